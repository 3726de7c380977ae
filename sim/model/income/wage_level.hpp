#pragma once
#include <memory>
#include <span>
#include <vector>

#include "sim/base/money.hpp"
#include "sim/model/labour/declared.hpp"
#include "sim/process/access.hpp"
#include "sim/process/baseline_paths.hpp"

namespace oikos::income {

/// Wages that employers pay at a level: how many earn how much, in thousandths of the average wage.
class WageSpread {
 public:
  WageSpread();
  /// @param counts false: nobody is added
  void add(std::uint32_t potential_ppm, bool counts = true);
  /// Mean of max(minimum, potential * level) over all, in average wages. @param minimum in average wages
  double mean(double level, double minimum) const;
  /// The level at which that mean is 1; the nearest bound of the range below where no level does.
  double level(double minimum) const;
  bool empty() const { return persons_ == 0; }

 private:
  struct Bin {
    std::int64_t persons = 0, potential = 0;  ///< parts per million
  };
  std::vector<Bin> bins_;
  std::int64_t persons_ = 0;
};
inline constexpr double least_wage_level = 0.1, most_wage_level = 10.0;

/// Finds this month's wage level: wage potentials change as people grow older and better educated, and the level takes
/// that back, so that the mean gross wage of the employed is the average wage of the parameters, minimum wage included.
/// Used by the pilot only, after the rules of work. Source docs/methods/income.md
class WageLevel final : public BarrierStep<Reads<person::labour, person::wage_potential>> {
 public:
  struct MonthWages {
    Money average, minimum;  ///< gross a month
  };
  /// @param paths written month by month
  WageLevel(std::vector<MonthWages> wages, std::shared_ptr<BaselinePaths> paths)
      : wages_(std::move(wages)), paths_(std::move(paths)) {}

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  std::vector<MonthWages> wages_;
  std::shared_ptr<BaselinePaths> paths_;
};

}  // namespace oikos::income
