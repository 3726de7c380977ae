#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/base/rate.hpp"
#include "sim/expr/program.hpp"
#include "sim/expr/schema.hpp"
#include "sim/expr/screen.hpp"
#include "sim/process/process.hpp"
#include "sim/programme/spec.hpp"
#include "sim/provider/provider.hpp"
#include "sim/world/expression_columns.hpp"

namespace oikos {

/// A payer's part of a programme's money.
struct Funding {
  Dated<PayerShare> share;  ///< nothing is paid before its first date
  Month from, until;        ///< first and last month in which the payer pays at all
  FlowId service;           ///< flow to the providers
  FlowId cash;              ///< flow to the households

  bool pays(Month month) const { return from <= month && month <= until && share.covers(month); }
};

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
  Threshold applies = 0, refused = 0, gives_up = 0, drops_out = 0;
  int again_after = 0;       ///< months
  std::int64_t initial = 0;  ///< clients on the first day of the run
  Dated<units::MoneyRate> cost;
  std::optional<BudgetSpec> budget;
  std::vector<Funding> funding;
  std::vector<EffectSpec> effects;

  bool open(Month month) const { return (!from || *from <= month) && (!until || month <= *until); }
};

/// Runs all programmes of a scenario, in their order: exits, applications, waiting lists, entries, money, effects.
/// Rule and order   docs/methods/programmes.md
class Programmes final : public BarrierProcess {
 public:
  /// @param capacities of all kinds of providers, also those that no programme uses
  /// @param schema of their expressions
  Programmes(std::vector<Programme> programmes, std::vector<std::shared_ptr<const Capacity>> capacities,
             std::shared_ptr<const ParameterValues> parameters, std::shared_ptr<const expr::Schema> schema);
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
};

/// Gives a world the memory that these programmes need, empty.
void open_programmes(World& world, std::span<const Programme> programmes);

/// Factor of an effect `months` after exit: 1 + (times - 1) * (1 - months / fade), at least faded out to 1.
double faded(const EffectSpec& effect, int months);

/// What the payers of a month cover: the sum of their shares, and how many of them take the rest.
struct Coverage {
  std::int64_t share_ppm = 0;
  int rests = 0;
  /// Whether every amount has payers: one takes what the others leave, or there is nothing left.
  bool whole() const { return rests == 1 ? share_ppm <= 1'000'000 : rests == 0 && share_ppm == 1'000'000; }
};
Coverage coverage(std::span<const Funding> funding, Month month);

/// Splits an amount over the payers of the month, whose coverage is whole (ContractError otherwise).
/// @param parts shape (funding), all set
void split_over_payers(Money amount, std::span<const Funding> funding, Month month, std::span<Money> parts);

}  // namespace oikos
