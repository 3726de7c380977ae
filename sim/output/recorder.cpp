#include "sim/output/recorder.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/contract.hpp"
#include "sim/base/narrow.hpp"
#include "sim/base/vectorised.hpp"
#include "sim/model/education/declared.hpp"
#include "sim/model/income/declared.hpp"
#include "sim/model/labour/declared.hpp"

namespace oikos {

namespace {

constexpr std::size_t bands = age_band_names.size();

constexpr auto band_of_age = [] {
  std::array<std::uint8_t, 128> table{};
  for (std::size_t age = 0; age < table.size(); ++age)
    for (std::size_t b = 0; b < bands; ++b)
      if (static_cast<int>(age) >= age_band_from[b]) table[age] = static_cast<std::uint8_t>(b);
  return table;
}();

constexpr bool is_working_band(std::size_t band) { return band >= first_working_band && band <= last_working_band; }

/// What is counted of persons, a bit each.
enum Condition : std::size_t {
  employed,
  unemployed,
  long_term,
  working_age,
  working_age_employed,
  poor,
  anchored_poor,
  conditions
};
/// What is summed over persons.
enum Value : std::size_t { gap_ppm, gap_squared_ppm, equivalised_income, values };

constexpr std::uint32_t bit(Condition one) { return 1u << one; }
static_assert(conditions <= 8, "a byte holds all conditions of a person");

}  // namespace

GroupSums& GroupSums::operator+=(const GroupSums& o) {
  persons += o.persons, employed += o.employed, unemployed += o.unemployed, long_term += o.long_term;
  working_age += o.working_age, working_age_employed += o.working_age_employed;
  poor += o.poor, anchored_poor += o.anchored_poor, gap_ppm += o.gap_ppm, gap_squared_ppm += o.gap_squared_ppm,
      income += o.income;
  return *this;
}

/// What a household's income is compared with.
struct Recorder::Lines {
  std::int64_t line, anchored;
  std::array<std::int64_t, 4> quintile;
};

/// What one worker counts, and room for the persons of a chunk.
struct Recorder::Tables {
  explicit Tables(const Accumulator::Shape& shape) : sums(shape), groups(shape.groups.size()) {}

  Accumulator sums;
  std::vector<std::vector<std::uint8_t>> groups;  ///< by breakdown, of each person
  std::vector<std::uint8_t> conditions;           ///< of each person
  std::vector<std::int64_t> incomes;
  std::vector<std::uint32_t> positions;          ///< of the poor
  std::vector<std::int64_t> gaps, squared_gaps;  ///< of the same

  void make_room(std::uint32_t persons) {
    for (auto& of_breakdown : groups) of_breakdown.resize(persons);
    conditions.resize(persons);
    incomes.resize(persons);
    positions.clear();
    gaps.clear();
    squared_gaps.clear();
  }
  std::uint8_t* of(Breakdown b) { return groups[static_cast<std::size_t>(b)].data(); }
};

Recorder::Recorder(const Groups& groups, std::vector<double> anchor) : groups_(groups), anchor_(std::move(anchor)) {}
Recorder::~Recorder() = default;

void Recorder::keep_lines(const World& world, const StepContext& now, const MonthWork& work, MonthRecord& out) {
  keys_.resize(world.households.size());
  const auto& equivalised = world.households[household::equivalised_disposable_income];
  const auto& members = world.households[household::members];
  work.executor.for_each(work.chunks.size(), [&](std::size_t c, std::size_t) {
    const Chunk& chunk = work.chunks[c];
    for (std::uint32_t h = chunk.first_household; h < chunk.first_household + chunk.households; ++h)
      keys_[h] = income_key(equivalised[h], members[h]);
  });
  out.income = distribution(keys_, scratch_);
  out.poverty_line = 0.6 * out.income.median;
  if (now.step == 0) first_line_ = out.poverty_line;
  expect(first_line_.has_value(), "the first month is counted");
  out.anchored_line = *first_line_ * anchor_[static_cast<std::size_t>(now.step)];
}

namespace {

/// The smallest whole income that is not below a line. A line above all incomes may stand anywhere above them, and a
/// line that is no number, before any wages, has nobody below it.
std::int64_t first_not_below(double line) {
  constexpr double above_all = 2.0 * household_limit;
  return line > 0 ? narrow<std::int64_t>(std::ceil(std::min(line, above_all))) : 0;
}

}  // namespace

MonthRecord Recorder::record(const World& world, const StepContext& now, const MonthWork& work) {
  MonthRecord out;
  keep_lines(world, now, work, out);
  Lines lines{first_not_below(out.poverty_line), first_not_below(out.anchored_line), {}};
  for (std::size_t q = 0; q < 4; ++q)
    lines.quintile[q] = narrow<std::int64_t>(std::floor(out.income.quintile_limits[q]));

  // Sums are integers, so one table a worker is as exact as one a chunk, whoever counts what.
  while (tables_.size() < static_cast<std::size_t>(work.executor.threads()))
    tables_.emplace_back(Accumulator::Shape{groups_.sizes(), conditions, values});
  for (Tables& tables : tables_) tables.sums.clear();
  work.executor.for_each(work.chunks.size(), [&](std::size_t c, std::size_t worker) {
    count_chunk(world, work.chunks[c], now, lines, work.scratch[worker], tables_[worker]);
  });
  for (std::size_t worker = 1; worker < tables_.size(); ++worker) tables_[0].sums.add(tables_[worker].sums);

  const Accumulator::Sums sums = tables_[0].sums.sums();
  for (std::size_t g = 0; g < sums.groups(); ++g)
    out.groups.push_back({.persons = sums.rows(g),
                          .employed = sums.count(g, employed),
                          .unemployed = sums.count(g, unemployed),
                          .long_term = sums.count(g, long_term),
                          .working_age = sums.count(g, working_age),
                          .working_age_employed = sums.count(g, working_age_employed),
                          .poor = sums.count(g, poor),
                          .anchored_poor = sums.count(g, anchored_poor),
                          .gap_ppm = sums.sum(g, gap_ppm),
                          .gap_squared_ppm = sums.sum(g, gap_squared_ppm),
                          .income = sums.sum(g, equivalised_income)});
  out.households = world.households.size();
  // The ledger holds the same sum, so it fits.
  out.wage_sum = std::reduce(world.persons[person::gross_wage].data(),
                             world.persons[person::gross_wage].data() + world.persons.size(), std::int64_t{0});
  out.counts = work.counts;
  out.flows.assign(world.ledger.amounts().begin(), world.ledger.amounts().end());
  for (const auto& programme : world.programmes) {
    out.programmes.push_back(programme.month);
    out.enrolled.push_back(programme.enrolled);
  }
  out.providers = world.providers;
  return out;
}

namespace {

__extension__ using Wide = __int128;

/// Of each kind of age and sex: the band of age, and, from bit 8 on, whether it is a working age.
constexpr auto bands_of_kinds = [] {
  std::array<std::uint32_t, age_sex_kinds> found{};
  for (int age = 0; age <= largest_age_of_kind; ++age)
    for (const Sex sex : {Sex::male, Sex::female}) {
      const std::uint32_t band = band_of_age[static_cast<std::size_t>(age)];
      found[age_sex(age, sex)] = band | (is_working_band(band) ? 1u << 8 : 0);
    }
  return found;
}();

/// A household's groups and whether it is poor in one number, so that a person looks once.
constexpr std::uint32_t home_of(std::uint32_t type, std::uint32_t district, std::uint32_t quintile, bool below,
                                bool below_anchored) {
  return type | district << 8 | quintile << 16 | (below ? 1u << 24 : 0) | (below_anchored ? 1u << 25 : 0);
}

/// Parts per million of the line by which an income below it falls short, and of its square, both cut off.
struct Gap {
  std::int64_t ppm, squared_ppm;
};
Gap gap_below(std::int64_t line, std::int64_t income) {
  // Up to here a million times the line fits; above, 128 bits take longer and are rarely needed.
  constexpr std::int64_t quick = std::int64_t{1} << 43;
  const std::int64_t ppm = line < quick ? (line - income) * 1'000'000 / line
                                        : static_cast<std::int64_t>(Wide{line - income} * 1'000'000 / line);
  return {ppm, ppm * ppm / 1'000'000};  // 0 < line - income <= line, so ppm is at most a million
}

}  // namespace

void Recorder::count_chunk(const World& world, const Chunk& chunk, const StepContext& now, const Lines& lines,
                           Scratch& scratch, Tables& tables) const {
  const PersonTable& p = world.persons;
  const HouseholdTable& h = world.households;
  const auto& equivalised = h[household::equivalised_disposable_income];
  const auto& members = h[household::members];
  const auto& district = h[household::district];
  const auto& type = h[household::type];
  scratch.start(world, chunk, now);
  tables.make_room(chunk.persons);

  // Households, without branches.
  const auto homes = scratch.numbers(0);
  const auto poor_homes = scratch.flags();
  for (std::uint32_t k = 0; k < chunk.households; ++k) {
    const std::uint32_t row = chunk.first_household + k;
    const std::int64_t income = equivalised[row];
    std::uint32_t quintile = 0;
    for (const std::int64_t limit : lines.quintile) quintile += income > limit ? 1 : 0;
    const bool below = income < lines.line;
    homes[k] = home_of(static_cast<std::uint32_t>(type[row]), district[row], quintile, below, income < lines.anchored);
    poor_homes[k] = below ? 1 : 0;
  }

  vectorised([n = chunk.persons, first_household = chunk.first_household, ages = scratch.ages(),
              month = now.short_month, homes = homes.data(),
              household = p[person::household].data() + chunk.first_person,
              labour = p[person::labour].data() + chunk.first_person,
              since = p[person::state_since].data() + chunk.first_person, kinds = bands_of_kinds.data(),
              band = tables.of(Breakdown::age_band), home_type = tables.of(Breakdown::household_type),
              home_district = tables.of(Breakdown::district), fifth = tables.of(Breakdown::income_quintile),
              met = tables.conditions.data()] {
    OIKOS_NO_OVERLAP
    for (std::uint32_t i = 0; i < n; ++i) {
      const std::uint32_t home = homes[household[i] - first_household], of_age = kinds[ages[i]];
      const std::uint32_t works = labour[i] == Labour::employed ? 1 : 0;
      const std::uint32_t looks = labour[i] == Labour::registered_unemployed ? 1 : 0;
      const std::uint32_t long_since = month - since[i] >= 12 ? 1 : 0;
      const std::uint32_t of_working_age = of_age >> 8;
      band[i] = static_cast<std::uint8_t>(of_age);
      home_type[i] = static_cast<std::uint8_t>(home);
      home_district[i] = static_cast<std::uint8_t>(home >> 8);
      fifth[i] = static_cast<std::uint8_t>(home >> 16);
      static_assert(anchored_poor == poor + 1);
      met[i] =
          static_cast<std::uint8_t>(works * bit(employed) + looks * bit(unemployed) +
                                    (looks & long_since) * bit(long_term) + of_working_age * bit(working_age) +
                                    (of_working_age & works) * bit(working_age_employed) + (home >> 24) * bit(poor));
    }
  });
  const auto& household_of = p[person::household];
  std::vector<const std::uint8_t*> groups(groups_.breakdowns());
  for (std::size_t b = 0; b < groups.size(); ++b) groups[b] = tables.groups[b].data();
  for (std::size_t k = 0; k < groups_.columns().size(); ++k) {
    const ColumnSpec& spec = *groups_.columns()[k].column;
    const std::size_t b = breakdown_names.size() + k;
    if (spec.table == TableId::person) {
      groups[b] = static_cast<const Column<std::uint8_t>&>(p.column(spec)).data() + chunk.first_person;
    } else {
      const auto& of_home = static_cast<const Column<std::uint8_t>&>(h.column(spec));
      for (std::uint32_t i = 0; i < chunk.persons; ++i)
        tables.groups[b][i] = of_home[household_of[chunk.first_person + i]];
    }
  }
  static_assert(sizeof(Sex) == 1 && sizeof(Education) == 1, "their columns are groups as they stand");
  groups[static_cast<std::size_t>(Breakdown::sex)] =
      reinterpret_cast<const std::uint8_t*>(p[person::sex].data()) + chunk.first_person;
  groups[static_cast<std::size_t>(Breakdown::education)] =
      reinterpret_cast<const std::uint8_t*>(p[person::education].data()) + chunk.first_person;
  const std::uint8_t* const met[] = {tables.conditions.data()};
  tables.sums.count(chunk.persons, groups, met);

  for (std::uint32_t i = 0; i < chunk.persons; ++i)
    tables.incomes[i] = equivalised[household_of[chunk.first_person + i]];
  tables.sums.sum(equivalised_income, tables.incomes);

  // The poor: how far they are below the line.
  for (const std::uint32_t k : scratch.flagged(chunk.households)) {
    const std::uint32_t row = chunk.first_household + k;
    const Gap gap = gap_below(lines.line, equivalised[row]);
    for (std::uint32_t m = 0; m < members[row]; ++m) {
      tables.positions.push_back(h[household::first][row] - chunk.first_person + m);
      tables.gaps.push_back(gap.ppm);
      tables.squared_gaps.push_back(gap.squared_ppm);
    }
  }
  tables.sums.sum(gap_ppm, tables.positions, tables.gaps);
  tables.sums.sum(gap_squared_ppm, tables.positions, tables.squared_gaps);
}

}  // namespace oikos
