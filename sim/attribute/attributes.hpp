#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "sim/attribute/declarations.hpp"
#include "sim/effect/effect.hpp"
#include "sim/process/process.hpp"
#include "sim/quantity/quantity.hpp"
#include "sim/rng/stream.hpp"
#include "sim/world/expression_columns.hpp"

namespace oikos {

/// An influence on a move, ready to be looked at.
struct Factor {
  std::string name;
  Quantity times;
  std::optional<expr::Program> where;
};

/// Where a move leads: a value, or one of several with these chances.
struct Outcome {
  std::uint8_t value;
  double share;  ///< all add up to 1
};

/// A move ready to run.
struct AttributeMove {
  const DeclaredMove* declared = nullptr;
  std::vector<bool> from;  ///< by value
  std::vector<Outcome> to;
  std::optional<expr::Program> where;
  Quantity rate{0.0};  ///< hazard a month; infinite: certain
  std::vector<Factor> factors;
  double cap = 8;
  bool rate_is_mean = false;
  double divisor = 1;  ///< of the product of the factors

  /// Largest hazard a month that anybody can have, effects aside.
  double largest_hazard() const;
};

/// An attribute ready to run. Moves are in the order of their names.
struct Attribute {
  const DeclaredAttribute* declared = nullptr;
  std::uint32_t lane = 0;         ///< in MoveDraws: moves out of one value compete on one draw
  std::vector<Quantity> initial;  ///< share of each value; of a flag that of yes alone counts
  bool is_flag = false;
  Position initial_at = {};
  std::vector<AttributeMove> moves;
  std::vector<Effect> effects;
};

/// What attributes are compiled with.
struct AttributeContext {
  const Declarations& declarations;
  QuantityContext quantities;  ///< its schema has the columns of the declarations' registry
  /// Names of attributes in the order of their lanes: those of the file that extends no other by name, then those that
  /// each plan adds, so that what a plan adds moves the luck of nothing else.
  std::span<const std::string> lanes;
  /// Whether what may be meant but does nothing is told: not where mistakes hide a part of the text.
  bool warns = true;
};

/// Compiles the attributes of a scenario. Mistakes are reported; attributes with mistakes are left out.
std::vector<Attribute> compile_attributes(std::span<const Named<AttributeSpec>> specs, const AttributeContext& context,
                                          Diagnostics& diagnostics);

/// Draws the state of the first day of all persons and households, who must be there already. Each one's luck is its
/// own: it depends on identity and attribute alone.
/// @param luck  shared by all replicates   @param parameters  of the first month
void start_attributes(std::span<const Attribute> attributes, std::span<const double> parameters,
                      const rng::Stream& luck, Month start, World& world);

/// Mean product of factors over those who may make a move in the first month, weighted by their rates, by the name of
/// the target: what a rate that is a mean is divided by. Moves that nobody may make are left out.
std::map<std::string, double> mean_factors(std::span<const Attribute> attributes, std::span<const double> parameters,
                                           Month start, const World& world);

/// Lets attributes move. All moves of a month read the picture before the first of them.
/// Rule   docs/methods/attributes.md
class AttributeMoves final : public BarrierProcess {
 public:
  AttributeMoves(std::shared_ptr<const std::vector<Attribute>> attributes,
                 std::shared_ptr<const ParameterValues> parameters);
  ProcessInfo info() const override;
  void resolve(World& world, const StepContext& now, MonthWork& work) const override;

 private:
  std::shared_ptr<const std::vector<Attribute>> attributes_;
  std::shared_ptr<const ParameterValues> parameters_;
};

}  // namespace oikos
