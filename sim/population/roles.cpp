#include <algorithm>
#include <array>
#include <string>

#include "sim/base/narrow.hpp"
#include "sim/population/draft.hpp"
#include "sim/population/ipf.hpp"

namespace oikos::population {

namespace {

constexpr int adult_age = 18;
constexpr std::size_t roles = role_names.size();
using RoleCounts = std::array<std::int64_t, roles>;

constexpr std::size_t index_of(Role role) { return static_cast<std::size_t>(role); }

/// Adults of one sex by age row, and the role table over them.
struct Adults {
  std::vector<std::vector<Row>> rows;  ///< persons of each age row, shuffled
  std::vector<double> cells;           ///< [row * roles + role]

  std::int64_t total() const {
    std::int64_t sum = 0;
    for (const auto& row : rows) sum += static_cast<std::int64_t>(row.size());
    return sum;
  }
};

std::array<Adults, sexes> collect_adults(const Draft& draft, const std::vector<AgeRow>& ages) {
  std::array<Adults, sexes> adults;
  for (auto& one : adults) one.rows.resize(ages.size());
  for (Row person = 0; person < draft.persons.size(); ++person) {
    const int age = draft.age(person);
    if (age < adult_age) continue;
    const auto above =
        std::upper_bound(ages.begin(), ages.end(), age, [](int value, const AgeRow& row) { return value < row.first; });
    adults[static_cast<std::size_t>(draft.persons[person].sex)]
        .rows[static_cast<std::size_t>(above - ages.begin()) - 1]
        .push_back(person);
  }
  for (std::size_t sex = 0; sex < sexes; ++sex) {
    for (std::size_t row = 0; row < ages.size(); ++row) {
      draft.shuffle(adults[sex].rows[row], rng::Purpose::population_assembly, 0);
      const double* share = draft.input.living.at(static_cast<Sex>(sex), ages[row].first);
      for (std::size_t role = 0; role < roles; ++role)
        adults[sex].cells.push_back(share[role] * static_cast<double>(adults[sex].rows[row].size()));
    }
  }
  return adults;
}

/// Totals of the roles that household_plan fixes; the child's for adults only.
struct RoleTotals {
  RoleCounts both{};                   ///< both sexes together
  std::array<RoleCounts, sexes> of{};  ///< partner and lone_parent by sex
};

RoleTotals totals_of(const Draft& draft, const HouseholdPlan& plan, std::int64_t minors) {
  RoleTotals totals;
  totals.both[index_of(Role::child)] = plan.children() - minors;
  if (totals.both[index_of(Role::child)] < 0)
    contradiction(draft.input.places.of("household_forms"), "fewer places for children than persons below 18",
                  "at least " + std::to_string(minors) + " places", std::to_string(plan.children()));
  totals.both[index_of(Role::partner)] = 2 * plan.couples();
  totals.both[index_of(Role::lone_parent)] = plan.lone_parents();
  totals.both[index_of(Role::alone)] = plan.of_size(1);
  totals.both[index_of(Role::other)] = plan.others();
  const std::int64_t fathers =
      round_half_away(draft.input.parameters.lone_father_share * static_cast<double>(plan.lone_parents()));
  for (auto& one : totals.of) one[index_of(Role::partner)] = plan.couples();
  totals.of[static_cast<std::size_t>(Sex::male)][index_of(Role::lone_parent)] = fathers;
  totals.of[static_cast<std::size_t>(Sex::female)][index_of(Role::lone_parent)] = plan.lone_parents() - fathers;
  return totals;
}

/// Rakes both sexes together: persons of each row; partners and lone parents by sex; the other roles for both.
void rake_roles(std::array<Adults, sexes>& adults, const RoleTotals& totals) {
  std::vector<double> cells;
  for (const auto& one : adults) cells.insert(cells.end(), one.cells.begin(), one.cells.end());
  const std::size_t ages = adults[0].rows.size();
  Margin persons{"age_sex", {}, {}};
  Margin by_role{"household plan", {}, std::vector<double>(2 * roles, 0.0)};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::size_t row = i / roles;
    const std::size_t role = i % roles;
    const bool by_sex = role == index_of(Role::partner) || role == index_of(Role::lone_parent);
    persons.group.push_back(narrow<std::uint32_t>(row));
    by_role.group.push_back(narrow<std::uint32_t>(role + (by_sex && row >= ages ? roles : 0)));
  }
  for (std::size_t role = 0; role < roles; ++role) {
    const bool by_sex = role == index_of(Role::partner) || role == index_of(Role::lone_parent);
    by_role.target[role] = static_cast<double>(by_sex ? totals.of[0][role] : totals.both[role]);
    if (by_sex) by_role.target[roles + role] = static_cast<double>(totals.of[1][role]);
  }
  for (const auto& one : adults)
    for (const auto& row : one.rows) persons.target.push_back(static_cast<double>(row.size()));
  const std::array margins{by_role, persons};
  rake(cells, margins, {1e-9, 2000});
  const auto half = static_cast<std::ptrdiff_t>(cells.size() / 2);
  adults[0].cells.assign(cells.begin(), cells.begin() + half);
  adults[1].cells.assign(cells.begin() + half, cells.end());
}

/// Whole totals of the roles shared by both sexes: men by their raked share, women the rest.
void split_by_sex(const Draft& draft, const std::array<Adults, sexes>& adults, RoleTotals& totals) {
  constexpr std::array shared{index_of(Role::child), index_of(Role::alone), index_of(Role::other)};
  std::vector<double> men(shared.size(), 0.0);
  for (std::size_t i = 0; i < adults[0].cells.size(); ++i)
    for (std::size_t k = 0; k < shared.size(); ++k)
      if (i % roles == shared[k]) men[k] += adults[0].cells[i];
  std::int64_t left = adults[0].total();
  for (const std::size_t role : {index_of(Role::partner), index_of(Role::lone_parent)}) left -= totals.of[0][role];
  if (left < 0 || (left > 0 && men[0] + men[1] + men[2] <= 0))
    contradiction(draft.input.places.of("household_forms"), "more couples than adult men",
                  std::to_string(adults[0].total()) + " or fewer",
                  std::to_string(totals.of[0][index_of(Role::partner)]));
  const auto whole = integerise(men, left);
  for (std::size_t k = 0; k < shared.size(); ++k) {
    totals.of[0][shared[k]] = std::min(whole[k], totals.both[shared[k]]);
    totals.of[1][shared[k]] = totals.both[shared[k]] - totals.of[0][shared[k]];
  }
}

}  // namespace

void assign_roles(Draft& draft, const HouseholdPlan& plan) {
  const auto ages = age_rows(draft.input.bands, draft.input.living, adult_age);
  auto adults = collect_adults(draft, ages);
  const std::int64_t minors = static_cast<std::int64_t>(draft.persons.size()) - adults[0].total() - adults[1].total();
  RoleTotals totals = totals_of(draft, plan, minors);
  rake_roles(adults, totals);
  split_by_sex(draft, adults, totals);
  for (std::size_t sex = 0; sex < sexes; ++sex) {
    std::vector<std::int64_t> row_totals;
    for (const auto& row : adults[sex].rows) row_totals.push_back(static_cast<std::int64_t>(row.size()));
    const auto whole = integerise_table(adults[sex].cells, row_totals, totals.of[sex]);
    if (whole.empty())
      contradiction(draft.input.places.of("living_arrangements"),
                    "the living arrangements cannot fill the planned households",
                    "roles for as many " + std::string(sex_names[sex]) + " adults as there are", "too many or too few");
    for (std::size_t row = 0; row < ages.size(); ++row) {
      auto person = adults[sex].rows[row].begin();
      for (std::size_t role = 0; role < roles; ++role)
        for (std::int64_t i = 0; i < whole[row * roles + role]; ++i) draft.role[*person++] = static_cast<Role>(role);
    }
  }
}

}  // namespace oikos::population
