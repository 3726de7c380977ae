#include "sim/model/income/income.hpp"

#include <algorithm>
#include <array>

#include "sim/base/contract.hpp"
#include "sim/base/figure_error.hpp"
#include "sim/base/narrow.hpp"
#include "sim/base/vectorised.hpp"
#include "sim/model/income/declared.hpp"
#include "sim/model/labour/declared.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::income {

ProcessInfo Earnings::about() const {
  return {.name = "earnings",
          .summary = "pays wages and pensions net of contributions and tax",
          .stage = Stage::livelihood,
          .after = {{"schooling", "wages are those of the month's work"},
                    {"labour_transitions", "as above"},
                    {"retirement", "pensions begin in the month of retirement"}},
          .page = "methods/income.md"};
}

namespace {

/// Positions of those in a labour state; they stand in the room's positions.
std::span<const std::uint32_t> those_in(Labour state, const Earnings::View& view) {
  vectorised([n = view.chunk.persons, labour = view[person::labour].data() + view.chunk.first_person, state,
              flag = view.room.flags().data()] {
    OIKOS_NO_OVERLAP
    for (std::uint32_t i = 0; i < n; ++i) flag[i] = static_cast<std::uint8_t>(labour[i] == state ? 1 : 0);
  });
  return view.room.flagged();
}

/// Wages of the employed of the chunk, gross and net, into their columns.
PayslipSums pay_wages(const Earnings::View& view, const MonthLaw& law, double level) {
  const Row first = view.chunk.first_person;
  const std::uint32_t* const potential_of = view[person::wage_potential].data() + first;
  std::int64_t* const gross = view[person::gross_wage].data() + first;
  std::int64_t* const net = view[person::net_income].data() + first;
  const auto employed = those_in(Labour::employed, view);
  const auto potential = view.room.numbers(0).first(employed.size());
  const auto paid = view.room.amounts().first(employed.size());
  for (std::size_t k = 0; k < employed.size(); ++k) potential[k] = potential_of[employed[k]];
  const Money wage_of_one{round_half_away(static_cast<double>(law.average_wage.minor()) * level)};
  if (wage_of_one > largest_wage_unit)
    throw FigureError({.path = "parameters/average_wage",
                       .what = "the mean wage of persons of average potential is more than can be held",
                       .expected = "wages below 5 billion of the currency a month",
                       .got = "",
                       .hint = "look for an amount in the wrong unit"});
  multiples_of(wage_of_one, potential, paid.data());
  for (std::size_t k = 0; k < employed.size(); ++k) {
    paid[k] = std::max(paid[k], law.minimum_wage.minor());
    gross[employed[k]] = paid[k];
  }
  const PayslipSums sums = wage_payslips(paid, law.tax, paid.data());  // from here on net
  for (std::size_t k = 0; k < employed.size(); ++k) net[employed[k]] = paid[k];
  return sums;
}

/// Pensions of the retired, indexed where the month says so, gross and net.
PayslipSums pay_pensions(const Earnings::View& view, const MonthLaw& law) {
  const Row first = view.chunk.first_person;
  std::int64_t* const pension_of = view[person::pension].data() + first;
  std::int64_t* const net = view[person::net_income].data() + first;
  const auto retired = those_in(Labour::retired, view);
  const auto paid = view.room.amounts().first(retired.size());
  std::int64_t largest = 0;
  for (std::size_t k = 0; k < retired.size(); ++k) {
    std::int64_t& pension = pension_of[retired[k]];
    if (law.pension_growth != 0) pension += share_of(Money{pension}, law.pension_growth).minor();  // at most doubled
    pension = std::max(pension, law.minimum_pension.minor());
    largest = std::max(largest, pension);
    paid[k] = pension;
  }
  if (largest >= gross_limit)
    throw FigureError({.path = "parameters/pension_indexation",
                       .what = "pensions grow beyond what can be held",
                       .expected = "pensions below 22 thousand billion of the currency a month",
                       .got = "",
                       .hint = "look for an amount in the wrong unit among pensions and their indexation"});
  const PayslipSums sums = pension_payslips(paid, law.tax, paid.data());  // from here on net
  for (std::size_t k = 0; k < retired.size(); ++k) net[retired[k]] = paid[k];
  return sums;
}

}  // namespace

void Earnings::run(const View& view) const {
  const auto step = static_cast<std::size_t>(view.now.step);
  const MonthLaw& law = law_[step];
  std::fill_n(view[person::gross_wage].data() + view.chunk.first_person, view.chunk.persons, 0);
  std::fill_n(view[person::net_income].data() + view.chunk.first_person, view.chunk.persons, 0);
  const PayslipSums wages = pay_wages(view, law, paths_->wages[step]);
  const PayslipSums pensions = pay_pensions(view, law);
  view.pay<flow::wages>(wages.gross);
  view.pay<flow::pensions>(pensions.gross);
  view.pay<flow::employer_contributions>(wages.employer_contributions);
  view.pay<flow::employee_contributions>(wages.contributions);
  view.pay<flow::health_contribution>(wages.health + pensions.health);
  view.pay<flow::income_tax>(wages.tax + pensions.tax);
}

Money social_assistance(Money income, int members, const MonthLaw& law) {
  const Money threshold = members == 1 ? law.assistance_single : law.assistance_per_person * members;
  if (income >= threshold) return Money{};
  return std::max(law.assistance_minimum, share_of(threshold - income, law.assistance_share));
}

ProcessInfo Benefits::about() const {
  return {.name = "benefits",
          .summary = "counts household members, pays child benefit and social assistance",
          .stage = Stage::livelihood,
          .after = {{"earnings", "benefits depend on what was earned"},
                    {"schooling", "pupils and students depend on their parents"},
                    {"labour_transitions", "who is out of work may ask for assistance"},
                    {"retirement", "who is retired may not"}},
          .page = "methods/benefits.md"};
}

namespace {

/// What is counted of a household's members: each person is some of these, a bit each.
enum MemberKind : std::uint8_t {
  dependent,  ///< below 18, and pupils and students below 25 who live with a parent
  below_18,
  below_14,
  reason,  ///< adult without work below pension: a reason for social assistance
  member_kinds
};
constexpr int bit(MemberKind kind) { return 1 << kind; }

/// All counts in one number, 16 bits each, so that one sum counts all; a household has fewer than 2^16 members.
constexpr auto counts_of_bits = [] {
  std::array<std::uint64_t, std::size_t{1} << member_kinds> counts{};
  for (std::size_t bits = 0; bits < counts.size(); ++bits)
    for (std::size_t kind = 0; kind < member_kinds; ++kind)
      if ((bits >> kind & 1) != 0) counts[bits] |= std::uint64_t{1} << (16 * kind);
  return counts;
}();
/// Running totals of counts, and what lies between two of them: 16 bits that wrap around on the way come back, because
/// a household has fewer than 2^16 members.
OIKOS_WRAPS std::uint64_t total_with(std::uint64_t counts, std::uint64_t more) { return counts + more; }
OIKOS_WRAPS std::uint64_t counts_between(std::uint64_t begin, std::uint64_t end) { return end - begin; }
int count_in(std::uint64_t counts, MemberKind kind) { return static_cast<int>(counts >> (16 * kind) & 0xFFFF); }

/// Finds the bits of all persons of the chunk; they stand in the room's kinds.
std::span<const std::uint8_t> member_bits(const Benefits::View& view) {
  const Row first = view.chunk.first_person;
  const auto bits = view.room.kinds();
  vectorised([n = view.chunk.persons, birth = view[person::birth_month].data() + first, month = view.now.short_month,
              labour = view[person::labour].data() + first, to = bits.data(), student = view.room.flags().data()] {
    OIKOS_NO_OVERLAP
    for (std::uint32_t i = 0; i < n; ++i) {
      const auto age = static_cast<std::int16_t>(month - birth[i]);  // below 2^15 months: 2730 years
      const auto when = [](bool holds, int what) { return holds ? what : 0; };
      const bool minor = age < 18 * 12;
      const bool seeks = (!minor) & ((labour[i] == Labour::registered_unemployed) | (labour[i] == Labour::inactive));
      to[i] = static_cast<std::uint8_t>(when(minor, bit(dependent) | bit(below_18)) |
                                        when(age < 14 * 12, bit(below_14)) | when(seeks, bit(reason)));
      student[i] = static_cast<std::uint8_t>(when((!minor) & (age < 25 * 12) & (labour[i] == Labour::student), 1));
    }
  });
  const auto& home = view[person::household];
  const auto& mother = view[person::mother];
  const auto& father = view[person::father];
  for (const std::uint32_t i : view.room.flagged()) {
    const std::uint32_t h = home[first + i];
    const auto here = [&](Row parent) { return parent != no_row && home[parent] == h; };
    if (here(mother[first + i]) || here(father[first + i])) bits[i] |= bit(dependent);
  }
  return bits;
}

constexpr HouseholdType type_of(int adults, bool has_dependent, bool reference_has_partner, bool reference_below_65) {
  const bool couple = reference_has_partner && adults == 2;
  if (has_dependent) {
    if (couple) return HouseholdType::couple_with_children;
    return adults == 1 ? HouseholdType::lone_parent : HouseholdType::other;
  }
  if (couple) return HouseholdType::couple_without_children;
  if (adults > 1) return HouseholdType::other;
  return reference_below_65 ? HouseholdType::one_person_below_65 : HouseholdType::one_person_65_or_over;
}

/// type_of() as a table, of at most three adults: more make no difference.
constexpr auto types = [] {
  std::array<std::array<std::array<std::array<HouseholdType, 2>, 2>, 2>, 4> all{};
  for (std::size_t adults = 0; adults < 4; ++adults)
    for (std::size_t dependent = 0; dependent < 2; ++dependent)
      for (std::size_t partner = 0; partner < 2; ++partner)
        for (std::size_t below_65 = 0; below_65 < 2; ++below_65)
          all[adults][dependent][partner][below_65] =
              type_of(static_cast<int>(adults), dependent == 1, partner == 1, below_65 == 1);
  return all;
}();

/// Running totals over the chunk's persons, one more in front: a household's sums are differences, whatever its size.
struct Totals {
  const std::uint64_t* counts;
  const std::int64_t* earned;
};

Totals running_totals(const Benefits::View& view) {
  const auto bits = member_bits(view);
  const auto counts = view.room.running_counts();
  const auto earned = view.room.running_amounts();
  // Money does not overflow: what is paid net is no more than what was paid gross, and those sums were checked
  // (Earnings).
  const std::int64_t* const net = view[person::net_income].data() + view.chunk.first_person;
  counts[0] = 0, earned[0] = 0;
  for (std::uint32_t i = 0; i < view.chunk.persons; ++i) {
    counts[i + 1] = total_with(counts[i], counts_of_bits[bits[i]]);
    earned[i + 1] = earned[i] + net[i];
  }
  return {counts.data(), earned.data()};
}

/// Writes what follows from who lives together: dependent children, consumption units, type.
void compose(const Benefits::View& view, const Totals& totals) {
  const std::uint32_t of = view.chunk.first_household;
  const std::uint16_t* const members = view[household::members].data() + of;
  std::uint16_t* const dependent_children = view[household::dependent_children].data() + of;
  std::uint16_t* const equivalence_size = view[household::equivalence_size].data() + of;
  HouseholdType* const type = view[household::type].data() + of;
  const Row* const partner = view[person::partner].data() + view.chunk.first_person;
  const ShortMonth* const birth = view[person::birth_month].data() + view.chunk.first_person;
  const ShortMonth now = view.now.short_month;
  int units = 0;  // bits of all consumption units, to see whether one is too large
  std::uint32_t begin = 0, end = 0;
  for (std::uint32_t h = 0; h < view.chunk.households; ++h, begin = end) {
    const int size = members[h];
    end = begin + members[h];
    const std::uint64_t counts = counts_between(totals.counts[begin], totals.counts[end]);
    const int dependents = count_in(counts, dependent), young = count_in(counts, below_14);
    const int others = size - young;  // aged 14 and over: 1.0 for the first, 0.5 for each further one
    const int consumption = others > 0 ? 5 + 5 * others + 3 * young : 7 + 3 * size;
    units |= consumption;
    equivalence_size[h] = static_cast<std::uint16_t>(consumption);   // checked below
    dependent_children[h] = static_cast<std::uint16_t>(dependents);  // no more than members, which fit
    type[h] = types[static_cast<std::size_t>(std::min(size - dependents, 3))][dependents > 0 ? 1 : 0]
                   [partner[begin] != no_row ? 1 : 0][now - birth[begin] < 65 * 12 ? 1 : 0];
  }
  expect(units <= 0xFFFF, "consumption units of a household fit their column");
}

}  // namespace

void Benefits::run(const View& view) const {
  const MonthLaw& law = law_[static_cast<std::size_t>(view.now.step)];
  const Totals totals = running_totals(view);
  compose(view, totals);

  // Copies of the law: the flags are bytes, whose stores might change anything else, as far as a compiler knows.
  const std::int64_t single = law.assistance_single.minor(), per_person = law.assistance_per_person.minor();
  const std::int64_t per_child = law.child_benefit.minor(), threshold = law.child_benefit_threshold.minor();
  const bool by_income = !law.child_benefit_universal;
  const std::uint32_t of = view.chunk.first_household;
  const std::uint16_t* const members = view[household::members].data() + of;
  std::int64_t* const market_income = view[household::market_income].data() + of;
  std::int64_t* const child_benefit = view[household::child_benefit].data() + of;
  std::int64_t* const received = view[household::social_assistance].data() + of;
  std::uint8_t* const may_ask = view.room.flags().data();  // poor enough for social assistance, and with a reason
  std::int64_t children_paid = 0, amounts = 0;             // bits of all amounts, to see whether one is too large
  std::uint32_t begin = 0, end = 0;
  for (std::uint32_t h = 0; h < view.chunk.households; ++h, begin = end) {
    const int size = members[h];
    end = begin + members[h];
    const std::uint64_t counts = counts_between(totals.counts[begin], totals.counts[end]);
    const int minors = count_in(counts, below_18);
    const std::int64_t income = totals.earned[end] - totals.earned[begin];
    const bool first_child_unpaid = (minors > 0) & by_income & (income > threshold * size);
    const int paid_children = per_child > 0 ? minors - static_cast<int>(first_child_unpaid) : 0;
    // Amounts of the law are below 2^39, members fewer than 2^16: such products fit.
    const std::int64_t benefit = per_child * paid_children;
    const bool poor = income < (size == 1 ? single : per_person * size);
    market_income[h] = income;
    child_benefit[h] = benefit;
    may_ask[h] = static_cast<std::uint8_t>((poor & (count_in(counts, reason) > 0)) ? 1 : 0);
    children_paid += paid_children;
    amounts |= income | benefit;
  }
  std::fill_n(view[household::programme_cash].data() + of, view.chunk.households, 0);
  std::fill_n(received, view.chunk.households, 0);

  Money assistance;
  std::int64_t assisted = 0;
  for (const std::uint32_t h : view.room.flagged(view.chunk.households)) {
    const Money due = social_assistance(Money{market_income[h]}, members[h], law);
    // A trait, not a monthly chance: the draw belongs to the household alone.
    if (due <= Money{} || !rng::happens(view.lasting_draw<lane::benefit_take_up>(view[household::identity][of + h]),
                                        law.assistance_take_up))
      continue;
    received[h] = due.minor();
    assistance += due;
    ++assisted;
    amounts |= child_benefit[h] + due.minor();
  }
  if (amounts >= household_limit / 2)
    throw FigureError(
        {.path = "parameters/average_wage",
         .what = "wages, pensions and benefits of a household sum to more than can be held",
         .expected = "less than 350 billion of the currency a month in wages and pensions, and in benefits",
         .got = "",
         .hint = "look for an amount in the wrong unit among wages, pensions and benefits"});
  view.pay<flow::child_benefit>(law.child_benefit * children_paid);
  view.pay<flow::social_assistance>(assistance);
  view.count<count::child_benefit_children>(children_paid);
  view.count<count::social_assistance_households>(assisted);
}

ProcessInfo IncomeTotals::about() const {
  return {.name = "income_totals",
          .summary = "sums each household's income and divides it by its consumption units",
          .stage = Stage::accounts,
          .page = "methods/indicators.md"};
}

void IncomeTotals::run(const View& view) const {
  const std::uint32_t of = view.chunk.first_household;
  const std::int64_t* const market = view[household::market_income].data() + of;
  const std::int64_t* const children = view[household::child_benefit].data() + of;
  const std::int64_t* const assistance = view[household::social_assistance].data() + of;
  const std::int64_t* const cash = view[household::programme_cash].data() + of;
  const std::uint16_t* const tenths = view[household::equivalence_size].data() + of;
  std::int64_t* const disposable = view[household::disposable_income].data() + of;
  std::int64_t* const equivalised = view[household::equivalised_disposable_income].data() + of;
  for (std::uint32_t h = 0; h < view.chunk.households; ++h) {
    // Below 2^47 and not negative: Benefits and Programmes keep their parts below household_limit.
    const std::int64_t income = market[h] + children[h] + assistance[h] + cash[h];
    const std::int64_t units = tenths[h];  // at least 10
    disposable[h] = income;
    equivalised[h] = (income * 10 + units / 2) / units;
  }
}

}  // namespace oikos::income
