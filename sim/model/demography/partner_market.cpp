#include "sim/model/demography/partner_market.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "sim/base/contract.hpp"
#include "sim/base/detmath.hpp"
#include "sim/base/narrow.hpp"
#include "sim/model/demography/age_profile.hpp"
#include "sim/model/demography/declared.hpp"
#include "sim/rng/distributions.hpp"
#include "sim/store/radix_sort.hpp"

namespace oikos::demography {

namespace {

/// Who is too close to become a couple: the same household, parent and child, or children of one parent who is known.
struct Kinship {
  const Column<std::uint32_t>& household;
  const Column<Row>& mother;
  const Column<Row>& father;

  bool are_close(Row one, Row other) const {
    const auto same = [](Row a, Row b) { return a != no_row && a == b; };
    return household[one] == household[other] || mother[one] == other || father[one] == other || mother[other] == one ||
           father[other] == one || same(mother[one], mother[other]) || same(father[one], father[other]);
  }
};

/// How a woman goes round a circle.
struct Walk {
  const Kinship& kin;
  const std::vector<Threshold>& notice;  ///< by months apart
  int gap;                               ///< months that the man is older, preferred

  OIKOS_WRAPS bool notices(const Single& woman, const Single& other) const {
    const int older = woman.birth_month - other.birth_month;
    const auto apart = static_cast<std::size_t>(std::abs(other.sex == Sex::male ? older - gap : older));
    return apart < notice.size() && rng::happens(woman.notice + other.notice, notice[apart]) &&
           !kin.are_close(woman.row, other.row);
  }

  /// The first whom she notices after her own position among n; nobody: null. @param at the single at a position
  template <class At>
  const Single* first(const Single& woman, std::uint32_t own, std::uint32_t n, At at) const {
    for (std::uint32_t step = 1; step < n; ++step) {
      const Single& other = at(own + step < n ? own + step : own + step - n);
      if (notices(woman, other)) return &other;
    }
    return nullptr;
  }
};

}  // namespace

std::vector<Threshold> notice_by_months_apart(double sd_months) {
  constexpr int furthest = 12 * (max_age + 1);  // nobody's ages differ by more
  std::vector<Threshold> chances{threshold(1.0)};
  for (int d = 1; d <= 4 * sd_months && d <= furthest; ++d)
    chances.push_back(threshold(detmath::exp(-(d / sd_months) * (d / sd_months) / 2)));
  return chances;
}

void Circles::arrange(std::vector<Single>& singles) {
  expect(singles.size() < std::numeric_limits<std::uint32_t>::max(), "singles are counted in 32 bits");
  const auto n = static_cast<std::uint32_t>(singles.size());
  keys_.resize(n);
  for (std::uint32_t i = 0; i < n; ++i) keys_[i] = std::uint64_t{singles[i].place} << 32 | i;
  radix_sort(keys_, scratch_, 32, 64);
  city_.clear();
  for (const std::uint64_t key : keys_) city_.push_back(singles[static_cast<std::uint32_t>(key)]);
  for (std::uint32_t i = 0; i < n;) {  // the few who stand at one place
    std::uint32_t end = i + 1;
    while (end < n && city_[end].place == city_[i].place) ++end;
    if (end - i > 1)
      std::sort(city_.begin() + i, city_.begin() + end, [](auto& a, auto& b) { return a.identity < b.identity; });
    i = end;
  }
  begin_.fill(0);
  for (const Single& single : city_) ++begin_[single.district + 1u];
  for (std::size_t d = 1; d < begin_.size(); ++d) begin_[d] += begin_[d - 1];
  by_district_.resize(n);
  within_.resize(n);
  auto next = begin_;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint8_t d = city_[i].district;
    within_[i] = next[d] - begin_[d];
    by_district_[next[d]++] = i;
  }
}

ProcessInfo Couples::about() const {
  return {.name = "couples",
          .summary = "brings together those who look for a partner and moves them into one home",
          .stage = Stage::meetings,
          .after = {{"deaths", "the dead are not there"},
                    {"leavings", "nor are those who left"},
                    {"partings", "who parts looks from the next month on"},
                    {"new_homes", "who left home this month is taken"}},
          .page = "methods/unions.md"};
}

std::vector<Single> Couples::open_singles(const View& view) const {
  const auto& identity = view[person::identity];
  const auto& birth_month = view[person::birth_month];
  const auto& sex = view[person::sex];
  const auto& home = view[person::household];
  const auto& district = view[household::district];
  std::vector<Row> rows;
  std::vector<std::uint64_t> who;
  for (const Row row : view.told<event::open_to_partner>()) {
    if (!view.desk().is_free(row)) continue;
    rows.push_back(row);
    who.push_back(identity[row]);
  }
  std::array<std::vector<std::uint32_t>, 4> draws;
  std::array<std::uint32_t*, 4> lanes{};
  for (std::size_t k = 0; k < lanes.size(); ++k) draws[k].resize(rows.size()), lanes[k] = draws[k].data();
  view.blocks<lane::place, lane::notice, lane::anywhere>(who, lanes);

  const Threshold anywhere = threshold(rule_.other_district.at(view.now.month));
  auto looking = view.told<event::seeks_partner>().begin();
  const auto end = view.told<event::seeks_partner>().end();
  std::vector<Single> singles;
  singles.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row row = rows[i];
    while (looking != end && *looking < row) ++looking;  // both lists are in the order of rows
    singles.push_back({.identity = who[i],
                       .row = row,
                       .place = lanes[lane::place.lane][i],
                       .notice = lanes[lane::notice.lane][i],
                       .birth_month = birth_month[row],
                       .district = district[home[row]],
                       .sex = sex[row],
                       .looks = looking != end && *looking == row && sex[row] == Sex::female,
                       .anywhere = rng::happens(lanes[lane::anywhere.lane][i], anywhere)});
  }
  return singles;
}

void Couples::run(const View& view) const {
  if (view.told<event::seeks_partner>().empty()) return;
  const When& now = view.now;
  std::vector<Single> singles = open_singles(view);
  Circles circles;
  circles.arrange(singles);
  const Homes homes(view);
  const auto& partner = view[person::partner];
  const auto notice = notice_by_months_apart(12 * rule_.age_gap_sd.at(now.month));
  const Kinship kin{homes.household, view[person::mother], view[person::father]};
  const Walk walk{kin, notice, narrow<int>(std::round(12 * rule_.age_gap.at(now.month)))};
  const std::vector<Single>& city = circles.city();
  const auto n = static_cast<std::uint32_t>(city.size());
  for (std::uint32_t i = 0; i < n; ++i) {
    const Single& woman = city[i];
    if (!woman.looks) continue;
    const Single* met = nullptr;
    if (!woman.anywhere) {
      const auto district = circles.of(woman.district);
      met = walk.first(woman, circles.within_district(i), static_cast<std::uint32_t>(district.size()),
                       [&](std::uint32_t k) -> const Single& { return city[district[k]]; });
    }
    // Whoever finds nobody of a fitting age in the own district looks around the city.
    if (met == nullptr) met = walk.first(woman, i, n, [&](std::uint32_t k) -> const Single& { return city[k]; });
    if (met == nullptr || met->sex != Sex::male || partner[met->row] != no_row) continue;
    if (!homes.desk.is_free(met->row) || !homes.desk.is_free(woman.row)) continue;
    join(view, homes, woman.row, met->row);
  }
}

void Couples::join(const View& view, const Homes& homes, Row woman, Row man) const {
  view[person::partner][woman] = man;
  view[person::partner][man] = woman;
  view.count<count::unions_formed>();
  if (!homes.lives_with_parent(woman)) return homes.move_with_children(man, homes.household[woman]);
  if (!homes.lives_with_parent(man)) return homes.move_with_children(woman, homes.household[man]);
  const std::uint64_t who = view[person::identity][woman];
  const auto identity = rng::founded_household_identity(PersonId{who}, view.now.month);
  const std::uint32_t home = homes.desk.new_household(identity, homes.household[woman]);
  view[household::tenure][home] = rule_.tenures.at(view.draw<lane::tenure>(who), view.now.month);
  homes.move_with_children(woman, home);
  homes.move_with_children(man, home);
}

}  // namespace oikos::demography
