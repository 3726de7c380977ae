#pragma once
#include <optional>
#include <span>
#include <vector>

#include "sim/indicator/accumulator.hpp"
#include "sim/output/distribution.hpp"
#include "sim/output/groups.hpp"
#include "sim/process/process.hpp"

namespace oikos {

/// Exact sums over the persons of a group in one month.
struct GroupSums {
  std::int64_t persons = 0;
  std::int64_t employed = 0;
  std::int64_t unemployed = 0;   ///< registered
  std::int64_t long_term = 0;    ///< registered for 12 months or more
  std::int64_t working_age = 0;  ///< 15 to 64
  std::int64_t working_age_employed = 0;
  std::int64_t poor = 0;             ///< equivalised income below the month's line
  std::int64_t anchored_poor = 0;    ///< below the anchored line
  std::int64_t gap_ppm = 0;          ///< sum over the poor of (line - income) / line, parts per million
  std::int64_t gap_squared_ppm = 0;  ///< sum of its square, parts per million
  std::int64_t income = 0;           ///< sum of equivalised income, minor units
  GroupSums& operator+=(const GroupSums& other);
};

/// Everything that is kept of one month of one replicate.
struct MonthRecord {
  std::vector<GroupSums> groups;  ///< in the order of Groups
  IncomeDistribution income;
  double poverty_line = 0;  ///< minor units a month
  double anchored_line = 0;
  std::int64_t households = 0;
  std::int64_t wage_sum = 0;         ///< gross wages paid, minor units
  std::vector<std::int64_t> counts;  ///< by place of the count in the registry
  std::vector<Money> flows;
  std::vector<ProgrammeCounts> programmes;
  std::vector<std::int64_t> enrolled;  ///< by programme
  std::vector<ProviderState> providers;
  std::vector<MonthRecord> municipalities = {};  ///< of all municipalities together: what each of them was counted
};

/// Counts a month. One pass over households for the distribution, one over persons for all sums.
class Recorder {
 public:
  /// @param anchor growth of the anchored poverty line since the first month, by month of the run
  Recorder(const Groups& groups, std::vector<double> anchor);
  ~Recorder();
  /// The first month must be counted for others to be: its poverty line is the anchor. Uses the workers' scratch.
  /// Incomes are not negative and sum to income::largest_incomes at most (income::Books sees to it).
  MonthRecord record(const World& world, const StepContext& now, const MonthWork& work);
  /// Incomes of the households of the month counted last (income_key()), in order.
  std::span<const std::uint64_t> income_keys() const { return keys_; }

 private:
  struct Lines;
  struct Tables;
  void keep_lines(const World& world, const StepContext& now, const MonthWork& work, MonthRecord& out);
  void count_chunk(const World& world, const Chunk& chunk, const StepContext& now, const Lines& lines, Scratch& scratch,
                   Tables& tables) const;

  const Groups& groups_;
  std::vector<double> anchor_;
  std::optional<double> first_line_;  ///< minor units a month, of the first month
  std::vector<std::uint64_t> keys_, scratch_;
  std::vector<Tables> tables_;  ///< one a worker
};

}  // namespace oikos
