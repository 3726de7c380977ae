#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "sim/base/contract.hpp"
#include "sim/population/families.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::population {

namespace {

constexpr std::size_t window = 256;     // children who may change places for the sake of their siblings
constexpr int window_months = 6;        // their mothers' ages differ by no more than this
constexpr double sibling_spread = 144;  // months: width of the noise that keeps siblings some years apart

/// Places for children, in order of the mothers' ages; those of one family stand together.
class Places {
 public:
  Places(const Draft& draft, const std::vector<Family>& families, const std::vector<ChildWish>& wishes)
      : draft_(draft), families_(families), first_(families.size(), 0) {
    std::vector<std::size_t> order(families.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return families[a].mother_months < families[b].mother_months;
    });
    for (const std::size_t family : order) {
      first_[family] = family_.size();
      family_.insert(family_.end(), static_cast<std::size_t>(families[family].children), family);
    }
    expect(family_.size() == wishes.size(), "there is a place for each child");
    for (const ChildWish& wish : wishes) age_.push_back(draft.age_months(wish.child)), child_.push_back(wish.child);
  }

  /// Sorts the children of each window by age plus noise, so that neighbours, and thus siblings, are near in age.
  void bring_siblings_near() {
    for (std::size_t begin = 0; begin < family_.size();) {
      std::size_t end = begin;
      while (end < family_.size() && end - begin < window && mother(end) - mother(begin) <= window_months) ++end;
      std::vector<std::pair<double, std::size_t>> key;
      for (std::size_t i = begin; i < end; ++i) {
        const std::uint32_t u = draft_.draw(rng::Purpose::population_assembly, 3, child_[i]);
        key.emplace_back(age_[i] + sibling_spread * (rng::uniform(u) - 0.5), i);
      }
      std::sort(key.begin(), key.end());
      std::vector<Row> children;
      std::vector<int> ages;
      for (const auto& [unused, i] : key) children.push_back(child_[i]), ages.push_back(age_[i]);
      std::copy(children.begin(), children.end(), child_.begin() + static_cast<std::ptrdiff_t>(begin));
      std::copy(ages.begin(), ages.end(), age_.begin() + static_cast<std::ptrdiff_t>(begin));
      begin = end;
    }
  }

  /// Swaps children in places that are impossible for them with the nearest child for whom both become possible.
  void repair() {
    for (std::size_t i = 0; i < family_.size(); ++i) {
      if (possible(i)) continue;
      for (std::size_t step = 1; step < family_.size(); ++step)
        if ((step <= i && swap_helps(i, i - step)) || (i + step < family_.size() && swap_helps(i, i + step))) break;
    }
  }

  std::size_t family(std::size_t place) const { return family_[place]; }
  Row child(std::size_t place) const { return child_[place]; }
  std::size_t size() const { return family_.size(); }

 private:
  int mother(std::size_t place) const { return families_[family_[place]].mother_months; }

  bool possible(std::size_t place) const {
    const int at_birth = mother(place) - age_[place];
    if (at_birth < youngest_mother || at_birth > oldest_mother) return false;
    const std::size_t begin = first_[family_[place]];
    const std::size_t end = begin + static_cast<std::size_t>(families_[family_[place]].children);
    for (std::size_t other = begin; other < end; ++other) {
      const int apart = std::abs(age_[other] - age_[place]);
      if (other != place && apart < sibling_gap) return false;
    }
    return true;
  }

  bool swap_helps(std::size_t a, std::size_t b) {
    if (family_[a] == family_[b]) return false;
    swap(a, b);
    if (possible(a) && possible(b)) return true;
    swap(a, b);
    return false;
  }
  void swap(std::size_t a, std::size_t b) { std::swap(age_[a], age_[b]), std::swap(child_[a], child_[b]); }

  const Draft& draft_;
  const std::vector<Family>& families_;
  std::vector<std::size_t> first_;   ///< first place of each family
  std::vector<std::size_t> family_;  ///< of each place
  std::vector<int> age_;             ///< months, of the child in each place
  std::vector<Row> child_;
};

}  // namespace

std::vector<std::size_t> match_children(const Draft& draft, std::vector<ChildWish>& wishes,
                                        const std::vector<Family>& families) {
  std::sort(wishes.begin(), wishes.end(), [](const ChildWish& a, const ChildWish& b) {
    return a.mother_months != b.mother_months ? a.mother_months < b.mother_months : a.child < b.child;
  });
  Places places(draft, families, wishes);
  places.bring_siblings_near();
  places.repair();
  std::vector<std::size_t> family_of;
  for (std::size_t place = 0; place < places.size(); ++place) {
    wishes[place].child = places.child(place);
    family_of.push_back(places.family(place));
  }
  return family_of;
}

}  // namespace oikos::population
