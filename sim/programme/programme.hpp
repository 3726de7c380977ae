#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/attribute/declarations.hpp"
#include "sim/base/rate.hpp"
#include "sim/effect/effect.hpp"
#include "sim/expr/program.hpp"
#include "sim/expr/schema.hpp"
#include "sim/expr/screen.hpp"
#include "sim/process/process.hpp"
#include "sim/programme/funding.hpp"
#include "sim/programme/spec.hpp"
#include "sim/provider/provider.hpp"
#include "sim/world/expression_columns.hpp"

namespace oikos {

/// A programme ready to run: expressions compiled, shares as thresholds, flows declared.
struct Programme {
  std::string key;
  std::string currency;          ///< for messages
  std::uint32_t draw_index = 0;  ///< from the key alone, so that programmes never share or shift draws
  Unit unit = Unit::person;
  std::shared_ptr<const Capacity> capacity;  ///< null: no limit
  expr::Program eligible;
  std::optional<expr::Program> stays_while, priority, amount;
  std::optional<units::MonthRange> duration;
  std::optional<Month> from, until;  ///< first and last month
  Dated<Threshold> applies{0}, refused{0}, drops_out{0};
  Threshold gives_up = 0;
  std::vector<Effect> asking;  ///< effects of the city on the chance to apply, of those who meet a condition
  bool keeps_exits = false;    ///< whether expressions ask for the month of the last exit
  int again_after = 0;         ///< months
  std::int64_t initial = 0;    ///< clients on the first day of the run
  Dated<units::MoneyRate> cost;
  std::optional<BudgetSpec> budget;
  std::vector<Funding> funding;
  Dated<double> amount_times{1.0};  ///< by effects of the city
  Dated<double> strength{1.0};      ///< by which its effects' distances from doing nothing are stretched
  std::vector<Effect> effects;

  bool open(Month month) const { return (!from || *from <= month) && (!until || month <= *until); }
};

/// Where it is kept for expressions who is in some programmes.
struct ServiceMark {
  const DeclaredService* service;
  std::vector<std::size_t> programmes;  ///< places among the programmes
};

/// Runs all programmes of a scenario, in their order: exits, applications, waiting lists, entries, money.
/// Rule and order   docs/methods/programmes.md
class Programmes final : public BarrierProcess {
 public:
  /// @param capacities of all kinds of providers, also those that no programme uses
  /// @param schema of their expressions   @param marks what expressions ask of them
  Programmes(std::vector<Programme> programmes, std::vector<std::shared_ptr<const Capacity>> capacities,
             std::shared_ptr<const ParameterValues> parameters, std::shared_ptr<const expr::Schema> schema,
             std::vector<ServiceMark> marks = {});
  ProcessInfo info() const override;
  void resolve(World& world, const StepContext& now, MonthWork& work) const override;

 private:
  struct Turn;  // one programme in one month (programme.cpp)
  struct Eligible;
  void screen(const World& world, const StepContext& now, MonthWork& work, const WorldColumns& columns,
              std::vector<Eligible>& out) const;
  std::vector<Programme> programmes_;
  std::vector<std::shared_ptr<const Capacity>> capacities_;
  std::shared_ptr<const ParameterValues> parameters_;
  std::shared_ptr<const expr::Schema> schema_;
  expr::Screen eligibility_;  ///< of all programmes
  std::vector<ServiceMark> marks_;
};

/// Gives a world the memory that these programmes need, empty.
void open_programmes(World& world, std::span<const Programme> programmes);

}  // namespace oikos
