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

constexpr std::size_t bands = age_band_names.size(), educations = education_names.size(),
                      types = household_type_names.size(), quintiles = income_quintile_names.size();

constexpr auto band_of_age = [] {
  std::array<std::uint8_t, 128> table{};
  for (std::size_t age = 0; age < table.size(); ++age)
    for (std::size_t b = 0; b < bands; ++b)
      if (static_cast<int>(age) >= age_band_from[b]) table[age] = static_cast<std::uint8_t>(b);
  return table;
}();

/// Classes of persons: the labour states, and one more for the long-term unemployed.
constexpr std::size_t long_term_class = labour_names.size(), classes = long_term_class + 1;
/// Not poor, poor, poor by the anchored line only, by both.
constexpr std::size_t poverty_states = 4;

std::uint32_t class_of(Labour labour, int months_in_state) {
  constexpr auto step =
      static_cast<std::uint32_t>(long_term_class) - static_cast<std::uint32_t>(Labour::registered_unemployed);
  const bool long_term = (labour == Labour::registered_unemployed) & (months_in_state >= 12);
  return static_cast<std::uint32_t>(labour) + (long_term ? step : 0);
}

constexpr bool is_working_band(std::size_t band) { return band >= first_working_band && band <= last_working_band; }

/// Adds n persons of a class.
void count_class(GroupSums& sums, std::size_t c, bool working_age, std::int64_t n) {
  const bool employed = c == static_cast<std::size_t>(Labour::employed);
  sums.persons += n;
  sums.employed += employed ? n : 0;
  sums.unemployed += c == static_cast<std::size_t>(Labour::registered_unemployed) || c == long_term_class ? n : 0;
  sums.long_term += c == long_term_class ? n : 0;
  sums.working_age += working_age ? n : 0;
  sums.working_age_employed += working_age && employed ? n : 0;
}

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

/// Joint tables that one worker fills: persons and their incomes by cell and class, other sums by cell. All groups of
/// all breakdowns are sums over cells.
struct Recorder::Tables {
  std::vector<std::uint32_t> persons;        ///< [person cell][class][poverty state]
  std::vector<std::int64_t> person_incomes;  ///< of the same
  std::vector<std::uint32_t> households;     ///< [household cell][class][working age], persons
  std::vector<GroupSums> person_sums;        ///< [person cell]: gaps
  std::vector<GroupSums> household_sums;     ///< [household cell]: poor, income and gaps

  void clear(std::size_t person_cells, std::size_t household_cells) {
    // Persons are rows of a table, so 32 bits count them.
    persons.assign(person_cells * classes * poverty_states, 0);
    person_incomes.assign(persons.size(), 0);
    households.assign(household_cells * classes * 2, 0);
    person_sums.assign(person_cells, {});
    household_sums.assign(household_cells, {});
  }
  void add(const Tables& other) {
    for (std::size_t i = 0; i < persons.size(); ++i) persons[i] += other.persons[i];
    for (std::size_t i = 0; i < persons.size(); ++i) person_incomes[i] += other.person_incomes[i];
    for (std::size_t i = 0; i < households.size(); ++i) households[i] += other.households[i];
    for (std::size_t i = 0; i < person_sums.size(); ++i) person_sums[i] += other.person_sums[i];
    for (std::size_t i = 0; i < household_sums.size(); ++i) household_sums[i] += other.household_sums[i];
  }
  /// Sums of a person cell, counts included.
  GroupSums of_person_cell(std::size_t cell) const {
    GroupSums sums = person_sums[cell];
    const std::size_t band = cell / (2 * educations);
    for (std::size_t c = 0; c < classes; ++c)
      for (std::size_t state = 0; state < poverty_states; ++state) {
        const std::size_t place = (cell * classes + c) * poverty_states + state;
        const std::int64_t n = persons[place];
        sums.income += person_incomes[place];
        count_class(sums, c, is_working_band(band), n);
        sums.poor += (state & 1) != 0 ? n : 0;
        sums.anchored_poor += (state & 2) != 0 ? n : 0;
      }
    return sums;
  }
  GroupSums of_household_cell(std::size_t cell) const {
    GroupSums sums = household_sums[cell];
    for (std::size_t c = 0; c < classes; ++c)
      for (std::size_t working = 0; working < 2; ++working)
        count_class(sums, c, working == 1, households[(cell * classes + c) * 2 + working]);
    return sums;
  }
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

  const std::size_t person_cells = bands * 2 * educations;
  const std::size_t household_cells = groups_.districts() * types * quintiles;
  // Sums are integers, so one table a worker is as exact as one a chunk, whoever counts what.
  tables_.resize(static_cast<std::size_t>(work.executor.threads()));
  for (Tables& tables : tables_) tables.clear(person_cells, household_cells);
  work.executor.for_each(work.chunks.size(), [&](std::size_t c, std::size_t worker) {
    count_chunk(world, work.chunks[c], now, lines, work.scratch[worker], tables_[worker]);
  });
  for (std::size_t worker = 1; worker < tables_.size(); ++worker) tables_[0].add(tables_[worker]);

  out.groups.assign(groups_.count(), {});
  const auto add = [&](Breakdown b, std::size_t i, const GroupSums& sums) { out.groups[groups_.first(b) + i] += sums; };
  for (std::size_t cell = 0; cell < person_cells; ++cell) {
    const GroupSums sums = tables_[0].of_person_cell(cell);
    out.groups[0] += sums;
    add(Breakdown::age_band, cell / (2 * educations), sums);
    add(Breakdown::sex, cell / educations % 2, sums);
    add(Breakdown::education, cell % educations, sums);
  }
  for (std::size_t cell = 0; cell < household_cells; ++cell) {
    const GroupSums sums = tables_[0].of_household_cell(cell);
    add(Breakdown::district, cell / (types * quintiles), sums);
    add(Breakdown::household_type, cell / quintiles % types, sums);
    add(Breakdown::income_quintile, cell % quintiles, sums);
  }
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

/// Places in the tables, of which the parts of a person's are added up. [person cell][class][poverty state] and
/// [household cell][class][working age].
constexpr std::uint32_t person_step = classes * poverty_states, household_step = classes * 2;

/// Of each kind of age and sex: place in the person tables of its cell with the lowest education, and, from bit 16 on,
/// whether it is a working age.
constexpr auto places_of_ages = [] {
  std::array<std::uint32_t, age_sex_kinds> places{};
  for (int age = 0; age <= largest_age_of_kind; ++age)
    for (const Sex sex : {Sex::male, Sex::female}) {
      const std::uint32_t band = band_of_age[static_cast<std::size_t>(age)];
      const std::uint32_t cell = (band * 2 + static_cast<std::uint32_t>(sex)) * educations;
      places[age_sex(age, sex)] = cell * person_step + (is_working_band(band) ? 1u << 16 : 0);
    }
  return places;
}();
static_assert(bands * 2 * educations * person_step < 1u << 16);

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
  const auto& home_of = p[person::household];
  scratch.start(world, chunk, now);
  const AgeSex* const ages = scratch.ages();

  // Households, without branches: cell * poverty states + state.
  const auto homes = scratch.numbers(0);
  const auto poor = scratch.flags();
  for (std::uint32_t k = 0; k < chunk.households; ++k) {
    const std::uint32_t row = chunk.first_household + k;
    const std::int64_t income = equivalised[row];
    std::size_t quintile = 0;
    for (const std::int64_t limit : lines.quintile) quintile += income > limit ? 1 : 0;
    const std::size_t home = (district[row] * types + static_cast<std::size_t>(type[row])) * quintiles + quintile;
    const int below = income < lines.line ? 1 : 0, below_anchored = income < lines.anchored ? 1 : 0;
    const std::int64_t n = members[row];
    GroupSums& sums = tables.household_sums[home];
    sums.income += n * income;
    sums.poor += n * below;
    sums.anchored_poor += n * below_anchored;
    homes[k] =
        static_cast<std::uint32_t>(home * poverty_states) + static_cast<std::uint32_t>(below + 2 * below_anchored);
    poor[k] = static_cast<std::uint8_t>(below);
  }

  // Persons: first all places in both tables, then the counts, so that neither waits for the other.
  const auto places = scratch.numbers(1), home_places = scratch.numbers(2);
  vectorised([n = chunk.persons, first_household = chunk.first_household, ages, month = now.short_month,
              homes = homes.data(), household = p[person::household].data() + chunk.first_person,
              labour = p[person::labour].data() + chunk.first_person,
              since = p[person::state_since].data() + chunk.first_person,
              education = p[person::education].data() + chunk.first_person, ages_places = places_of_ages.data(),
              place = places.data(), home_place = home_places.data()] {
    OIKOS_NO_OVERLAP
    for (std::uint32_t i = 0; i < n; ++i) {
      const std::uint32_t of_age = ages_places[ages[i]], of_home = homes[household[i] - first_household];
      const std::uint32_t c = class_of(labour[i], month - since[i]);
      place[i] = (of_age & 0xFFFF) + static_cast<std::uint32_t>(education[i]) * person_step + c * poverty_states +
                 of_home % poverty_states;
      home_place[i] = of_home / poverty_states * household_step + c * 2 + (of_age >> 16);
    }
  });
  for (const std::uint32_t place : places) ++tables.persons[place];
  for (const std::uint32_t place : home_places) ++tables.households[place];
  for (std::uint32_t i = 0; i < chunk.persons; ++i)
    tables.person_incomes[places[i]] += equivalised[home_of[chunk.first_person + i]];

  // The poor: how far they are below the line.
  for (const std::uint32_t k : scratch.flagged(chunk.households)) {
    const std::uint32_t row = chunk.first_household + k;
    const Gap gap = gap_below(lines.line, equivalised[row]);
    GroupSums& sums = tables.household_sums[homes[k] / poverty_states];
    sums.gap_ppm += members[row] * gap.ppm;
    sums.gap_squared_ppm += members[row] * gap.squared_ppm;
    for (Row person = h[household::first][row]; person < h[household::first][row] + members[row]; ++person) {
      GroupSums& own = tables.person_sums[places[person - chunk.first_person] / person_step];
      own.gap_ppm += gap.ppm;
      own.gap_squared_ppm += gap.squared_ppm;
    }
  }
}

}  // namespace oikos
