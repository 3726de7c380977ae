#pragma once
#include <memory>
#include <vector>

#include "sim/effect/effect.hpp"
#include "sim/process/process.hpp"
#include "sim/text/dated.hpp"
#include "sim/world/expression_columns.hpp"

namespace oikos {

/// An effect on chances with who gives it.
struct GivenEffect {
  Effect effect;
  Giver giver = Giver::city;
  bool of_households = false;   ///< of attributes and programmes: whose state, who is enrolled
  std::size_t programme = 0;    ///< place of the programme among the world's
  Dated<double> strength{1.0};  ///< of programmes: what stretches the distance from doing nothing
};

/// Sets what effects make of the month's chances, before anything else happens. It reads the picture as the last month
/// left it, and gives every receiver of an entry its effect once.
/// Rule   docs/methods/effects.md
class Effects final : public BarrierProcess {
 public:
  /// @param effects in any order: they act in that of their paths
  Effects(std::vector<GivenEffect> effects, std::shared_ptr<const ParameterValues> parameters);
  ProcessInfo info() const override;
  void resolve(World& world, const StepContext& now, MonthWork& work) const override;

 private:
  std::vector<GivenEffect> common_, own_;  ///< those that change everybody's chance alike, and the others
  std::shared_ptr<const ParameterValues> parameters_;
};

}  // namespace oikos
