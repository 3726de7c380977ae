#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sim/process/process.hpp"
#include "sim/programme/funding.hpp"

namespace oikos {

/// A lever's money, ready to run.
struct Lever {
  std::string key;
  std::optional<Month> from, until;
  Dated<units::MoneyRate> cost;  ///< of the simulated part of the city, a month or a year
  std::vector<Funding> funding;

  bool in_force(Month month) const { return (!from || *from <= month) && (!until || month <= *until); }
  /// What it costs in a month. The twelve months of a calendar year add up to a yearly cost exactly.
  Money due(Month month) const;
};

/// Pays for the levers of a city.
/// Rule   docs/methods/effects.md
class LeverCosts final : public BarrierProcess {
 public:
  explicit LeverCosts(std::vector<Lever> levers) : levers_(std::move(levers)) {}
  ProcessInfo info() const override;
  void resolve(World& world, const StepContext& now, MonthWork& work) const override;

 private:
  std::vector<Lever> levers_;
};

}  // namespace oikos
