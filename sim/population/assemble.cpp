#include <algorithm>
#include <cmath>

#include "sim/base/contract.hpp"
#include "sim/base/narrow.hpp"
#include "sim/population/families.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::population {

namespace {

constexpr int generation = 27 * 12;       // months between a further adult and the couple, where there is a choice
constexpr int youngest_father = 16 * 12;  // months
constexpr int oldest_father = 65 * 12;

std::vector<Row> persons_of(const Draft& draft, Role role, Sex sex) {
  std::vector<Row> out;
  for (Row person = 0; person < draft.persons.size(); ++person)
    if (draft.role[person] == role && draft.persons[person].sex == sex) out.push_back(person);
  return out;
}

/// Sorts by age, plus months of noise drawn from population_household lane 0 when `spread` is positive.
void sort_by_age(const Draft& draft, std::vector<Row>& rows, double shift, double spread) {
  std::vector<std::pair<double, Row>> key;
  for (const Row row : rows) {
    double age = draft.age_months(row) + shift;
    if (spread > 0) age += spread * rng::normal(draft.draw(rng::Purpose::population_household, 0, row));
    key.emplace_back(age, row);
  }
  std::sort(key.begin(), key.end());
  std::transform(key.begin(), key.end(), rows.begin(), [](const auto& one) { return one.second; });
}

/// Couples by rank: women in the order of the partner's age they would have, men in the order of theirs.
std::vector<Family> pair_couples(Draft& draft) {
  const PopulationParameters& parameters = draft.input.parameters;
  auto women = persons_of(draft, Role::partner, Sex::female);
  auto men = persons_of(draft, Role::partner, Sex::male);
  expect(women.size() == men.size(), "as many women as men live in couples");
  sort_by_age(draft, women, 12 * parameters.partner_age_gap_mean, 12 * parameters.partner_age_gap_sd);
  sort_by_age(draft, men, 0, 0);
  std::vector<Family> families;
  for (std::size_t i = 0; i < women.size(); ++i) {
    draft.persons[women[i]].partner = men[i];
    draft.persons[men[i]].partner = women[i];
    families.push_back({women[i], men[i], draft.age_months(women[i]), 0, no_row});
  }
  return families;
}

void add_lone_parents(const Draft& draft, std::vector<Family>& families) {
  const auto gap = narrow<int>(std::round(12 * draft.input.parameters.partner_age_gap_mean));
  for (const Row mother : persons_of(draft, Role::lone_parent, Sex::female))
    families.push_back({mother, no_row, draft.age_months(mother), 0, no_row});
  for (const Row father : persons_of(draft, Role::lone_parent, Sex::male))
    families.push_back({no_row, father, draft.age_months(father) - gap, 0, no_row});
}

bool could_be_parent(const Draft& draft, Row parent, Row child) {
  if (parent == no_row || child == no_row) return false;
  const int apart = draft.age_months(parent) - draft.age_months(child);
  return draft.persons[parent].sex == Sex::female ? apart >= youngest_mother && apart <= oldest_mother
                                                  : apart >= youngest_father && apart <= oldest_father;
}

/// Sets mother or father where the ages allow it.
void link(Draft& draft, Row parent, Row child) {
  if (!could_be_parent(draft, parent, child)) return;
  SyntheticPerson& person = draft.persons[child];
  (draft.persons[parent].sex == Sex::female ? person.mother : person.father) = parent;
}

/// The first position from `wanted` on that is free, else the last free one before; takes it.
class FreePositions {
 public:
  explicit FreePositions(std::size_t size) : taken_(size, false) {}
  std::size_t take(std::size_t wanted) {
    std::size_t at = std::min(wanted, taken_.size());
    while (at < taken_.size() && taken_[at]) ++at;
    if (at == taken_.size())
      for (at = std::min(wanted, taken_.size()); at > 0 && (at == taken_.size() || taken_[at]);) --at;
    taken_[at] = true;
    return at;
  }

 private:
  std::vector<bool> taken_;
};

/// Gives each planned household of the form `other` with three or more its further adult, a parent of one of the
/// couple where the ages allow it. `others` ascend in age; the oldest are taken from the end.
void place_relatives(Draft& draft, const HouseholdPlan& plan, std::vector<Row>& others, std::vector<Family>& families) {
  std::size_t places = 0;
  for (std::size_t size = 3; size <= plan.largest; ++size)
    places += static_cast<std::size_t>(plan.at(HouseholdForm::other, size));
  std::vector<Row> elders(others.end() - static_cast<std::ptrdiff_t>(places), others.end());
  others.resize(others.size() - places);
  draft.shuffle(elders, rng::Purpose::population_household, 2);
  auto next = elders.begin();
  for (std::size_t size = 3; size <= plan.largest; ++size) {
    const auto count = static_cast<std::ptrdiff_t>(plan.at(HouseholdForm::other, size));
    std::vector<Row> of_size(next, next + count);
    next += count;
    sort_by_age(draft, of_size, 0, 0);
    std::vector<std::size_t> couples;
    for (std::size_t f = 0; f < families.size(); ++f)
      if (families[f].couple() && families[f].children == static_cast<int>(size) - 3) couples.push_back(f);
    std::stable_sort(couples.begin(), couples.end(), [&](std::size_t a, std::size_t b) {
      return families[a].mother_months < families[b].mother_months;
    });
    FreePositions free(couples.size());
    for (const Row elder : of_size) {
      const auto wanted =
          std::lower_bound(couples.begin(), couples.end(), draft.age_months(elder) - generation,
                           [&](std::size_t f, int months) { return families[f].mother_months < months; });
      families[couples[free.take(static_cast<std::size_t>(wanted - couples.begin()))]].relative = elder;
    }
  }
}

void add_household(Draft& draft, HouseholdForm form, std::vector<Row> members) {
  std::sort(members.begin(), members.end(), [&](Row a, Row b) {
    return draft.age_months(a) != draft.age_months(b) ? draft.age_months(a) > draft.age_months(b) : a < b;
  });
  SyntheticHousehold household;
  household.first = narrow<Row>(draft.members.size());
  household.size = narrow<std::uint16_t>(members.size());
  household.form = form;
  draft.households.push_back(household);
  draft.members.insert(draft.members.end(), members.begin(), members.end());
}

void add_family(Draft& draft, const Family& family, const std::vector<Row>& children) {
  std::vector<Row> members = children;
  for (const Row adult : {family.woman, family.man, family.relative})
    if (adult != no_row) members.push_back(adult);
  for (const Row child : children) {
    link(draft, family.woman, child);
    link(draft, family.man, child);
  }
  if (family.relative != no_row) {
    const bool hers = (draft.draw(rng::Purpose::population_household, 3, family.relative) & 1U) == 0;
    const Row first = hers ? family.woman : family.man;
    const Row second = hers ? family.man : family.woman;
    link(draft, family.relative, could_be_parent(draft, family.relative, first) ? first : second);
  }
  const HouseholdForm form = family.relative != no_row ? HouseholdForm::other
                             : !family.couple()        ? HouseholdForm::parent_and_children
                             : children.empty()        ? HouseholdForm::couple
                                                       : HouseholdForm::couple_and_children;
  add_household(draft, form, std::move(members));
}

}  // namespace

void assemble_households(Draft& draft, const HouseholdPlan& plan) {
  std::vector<Family> families = pair_couples(draft);
  add_lone_parents(draft, families);
  std::vector<ChildWish> wishes = wished_mothers(draft);
  plan_children(draft, plan, wishes, families);
  const auto family_of = match_children(draft, wishes, families);
  std::vector<std::vector<Row>> children(families.size());
  for (std::size_t i = 0; i < wishes.size(); ++i) children[family_of[i]].push_back(wishes[i].child);

  auto others = persons_of(draft, Role::other, Sex::male);
  const auto women = persons_of(draft, Role::other, Sex::female);
  others.insert(others.end(), women.begin(), women.end());
  sort_by_age(draft, others, 0, 0);
  place_relatives(draft, plan, others, families);
  expect(others.size() % 2 == 0, "the remaining others live in twos");

  for (const Sex sex : {Sex::male, Sex::female})
    for (const Row person : persons_of(draft, Role::alone, sex))
      add_household(draft, HouseholdForm::one_person, {person});
  for (std::size_t f = 0; f < families.size(); ++f) add_family(draft, families[f], children[f]);
  for (std::size_t i = 0; i < others.size(); i += 2)
    add_household(draft, HouseholdForm::other, {others[i], others[i + 1]});
}

}  // namespace oikos::population
