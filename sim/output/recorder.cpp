#include "sim/output/recorder.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/contract.hpp"

namespace oikos {

namespace {

constexpr std::size_t bands = age_band_names.size(), educations = education_names.size(), types = household_type_names.size(),
                      quintiles = income_quintile_names.size();

constexpr auto band_of_age = [] {
  std::array<std::uint8_t, 128> table{};
  for (std::size_t age = 0; age < table.size(); ++age)
    for (std::size_t b = 0; b < bands; ++b)
      if (static_cast<int>(age) >= age_band_from[b]) table[age] = static_cast<std::uint8_t>(b);
  return table;
}();

}  // namespace

GroupSums& GroupSums::operator+=(const GroupSums& o) {
  persons += o.persons, employed += o.employed, unemployed += o.unemployed, long_term += o.long_term;
  working_age += o.working_age, working_age_employed += o.working_age_employed;
  poor += o.poor, anchored_poor += o.anchored_poor, gap_ppm += o.gap_ppm, gap_squared_ppm += o.gap_squared_ppm, income += o.income;
  return *this;
}

ProcessInfo IncomeTotals::info() const {
  return {.name = "income_totals",
          .summary = "sums each household's income and divides it by its consumption units",
          .reads = {"household.market_income", "household.child_benefit", "household.social_assistance",
                    "household.programme_cash", "household.equivalence_size"},
          .writes = {"household.disposable_income", "household.equivalised_income"},
          .draws = {},
          .page = "methods/indicators.md"};
}

void IncomeTotals::sweep(World& world, const Chunk& chunk, const StepContext&, Scratch&, Outbox&) const {
  HouseholdTable& h = world.households;
  for (std::uint32_t k = chunk.first_household; k < chunk.first_household + chunk.households; ++k) {
    const std::int64_t income = std::int64_t{h.market_income[k]} + h.child_benefit[k] + h.social_assistance[k] + h.programme_cash[k];
    const std::int64_t units = h.equivalence_size[k];  // tenths
    h.disposable_income[k] = static_cast<std::int32_t>(income);
    h.equivalised_income[k] = static_cast<std::int32_t>((income * 10 + units / 2) / units);
  }
}

/// What a household's income is compared with.
struct Recorder::Lines {
  std::int64_t line, anchored;
  std::array<std::int64_t, 4> quintile;
};

/// Joint tables of one chunk. Persons by (age band, sex, education) and by (district, household type, quintile).
struct Recorder::Tables {
  std::span<GroupSums> by_person;
  std::span<GroupSums> by_household;
};

void Recorder::keep_lines(const World& world, const StepContext& now, const MonthWork& work, MonthRecord& out) {
  keys_.resize(world.households.size());
  work.executor.for_each(work.chunks.size(), [&](std::size_t c, std::size_t) {
    const Chunk& chunk = work.chunks[c];
    for (std::uint32_t h = chunk.first_household; h < chunk.first_household + chunk.households; ++h)
      keys_[h] = income_key(world.households.equivalised_income[h], world.households.members[h]);
  });
  out.income = distribution(keys_, scratch_);
  out.poverty_line = 0.6 * out.income.median;
  if (now.step == 0) first_line_ = out.poverty_line;
  out.anchored_line = first_line_ * anchor_[static_cast<std::size_t>(now.step)];
}

MonthRecord Recorder::record(const World& world, const StepContext& now, const MonthWork& work) {
  MonthRecord out;
  keep_lines(world, now, work, out);
  Lines lines{static_cast<std::int64_t>(std::ceil(out.poverty_line)), static_cast<std::int64_t>(std::ceil(out.anchored_line)), {}};
  for (std::size_t q = 0; q < 4; ++q) lines.quintile[q] = static_cast<std::int64_t>(std::floor(out.income.quintile_limits[q]));

  const std::size_t person_cells = bands * 2 * educations;
  const std::size_t household_cells = groups_.districts() * types * quintiles;
  const auto workers = static_cast<std::size_t>(work.executor.threads());
  chunk_sums_.resize(workers);
  for (auto& sums : chunk_sums_) sums.assign(person_cells + household_cells, {});
  // Sums are integers, so one table a worker is as exact as one a chunk, whoever counts what.
  work.executor.for_each(work.chunks.size(), [&](std::size_t c, std::size_t worker) {
    const std::span<GroupSums> all(chunk_sums_[worker]);
    Tables tables{all.first(person_cells), all.subspan(person_cells)};
    count_chunk(world, work.chunks[c], now.now, lines, tables);
  });
  for (std::size_t worker = 1; worker < workers; ++worker)
    for (std::size_t i = 0; i < chunk_sums_[0].size(); ++i) chunk_sums_[0][i] += chunk_sums_[worker][i];

  out.groups.assign(groups_.count(), {});
  const auto add = [&](Breakdown b, std::size_t i, const GroupSums& sums) { out.groups[groups_.first(b) + i] += sums; };
  for (std::size_t cell = 0; cell < person_cells; ++cell) {
    const GroupSums& sums = chunk_sums_[0][cell];
    out.groups[0] += sums;
    add(Breakdown::age_band, cell / (2 * educations), sums);
    add(Breakdown::sex, cell / educations % 2, sums);
    add(Breakdown::education, cell % educations, sums);
  }
  for (std::size_t cell = 0; cell < household_cells; ++cell) {
    const GroupSums& sums = chunk_sums_[0][person_cells + cell];
    add(Breakdown::district, cell / (types * quintiles), sums);
    add(Breakdown::household_type, cell / quintiles % types, sums);
    add(Breakdown::income_quintile, cell % quintiles, sums);
  }
  out.households = world.households.size();
  for (Row row = 0; row < world.persons.size(); ++row) out.wage_sum += world.persons.gross_wage[row];
  out.counts = work.counts;
  out.flows.assign(world.ledger.amounts().begin(), world.ledger.amounts().end());
  for (const auto& programme : world.programmes) {
    out.programmes.push_back(programme.month);
    out.enrolled.push_back(programme.enrolled);
  }
  out.providers = world.providers;
  return out;
}

void Recorder::count_chunk(const World& world, const Chunk& chunk, ShortMonth now, const Lines& lines, Tables& tables) const {
  const PersonTable& p = world.persons;
  const HouseholdTable& h = world.households;
  for (std::uint32_t k = chunk.first_household; k < chunk.first_household + chunk.households; ++k) {
    const std::int64_t income = h.equivalised_income[k];
    std::size_t quintile = 0;
    while (quintile < 4 && income > lines.quintile[quintile]) ++quintile;
    GroupSums& home = tables.by_household[(h.district[k] * types + static_cast<std::size_t>(h.type[k])) * quintiles + quintile];
    const bool poor = income < lines.line, anchored = income < lines.anchored;
    const std::int64_t gap = poor ? (lines.line - income) * 1'000'000 / lines.line : 0;
    const std::int64_t gap_squared = gap * gap / 1'000'000;
    const std::int64_t n = h.members[k];
    home.persons += n, home.income += n * income;
    home.poor += poor ? n : 0, home.anchored_poor += anchored ? n : 0, home.gap_ppm += n * gap, home.gap_squared_ppm += n * gap_squared;
    const Row first = h.first[k];
    for (Row row = first; row < first + static_cast<Row>(n); ++row) {
      const std::size_t band = band_of_age[static_cast<std::size_t>(std::clamp(p.age_years(row, now), 0, 127))];
      GroupSums& cell = tables.by_person[(band * 2 + static_cast<std::size_t>(p.sex[row])) * educations +
                                         static_cast<std::size_t>(p.education[row])];
      const Labour labour = p.labour[row];
      const std::int64_t working_age = band >= first_working_band && band <= last_working_band;
      const std::int64_t employed = labour == Labour::employed;
      const std::int64_t unemployed = labour == Labour::registered_unemployed;
      const std::int64_t long_term = unemployed & static_cast<std::int64_t>(now - p.state_since[row] >= 12);
      cell.persons += 1, cell.income += income;
      cell.employed += employed, home.employed += employed;
      cell.unemployed += unemployed, home.unemployed += unemployed;
      cell.long_term += long_term, home.long_term += long_term;
      cell.working_age += working_age, home.working_age += working_age;
      cell.working_age_employed += working_age & employed, home.working_age_employed += working_age & employed;
      if (poor) cell.poor += 1, cell.gap_ppm += gap, cell.gap_squared_ppm += gap_squared;
      cell.anchored_poor += anchored;
    }
  }
}

}  // namespace oikos
