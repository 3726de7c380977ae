#pragma once
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/effect/effects.hpp"
#include "sim/programme/programme.hpp"
#include "sim/world/expression_columns.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos::test {

/// An effect of a programme on clients.
inline Effect effect_on(const TargetSpec& target, double times, EffectSpec::When when = EffectSpec::When::enrolled,
                        int fade = 0) {
  Effect effect;
  effect.path = std::string(target.name);
  effect.target = &target;
  effect.value = Quantity(times);
  effect.when = when;
  effect.fade = fade;
  return effect;
}

/// A town with programmes, month by month: hand-made programmes over a hand-made world.
struct Town {
  explicit Town(Month start = Month{2020, 1}) : tiny(start), schema(person_schema(declared(), "PLN", districts)) {}

  expr::Program expression(const std::string& text) const {
    Diagnostics diagnostics;
    auto program = expr::compile(text, {}, schema, expr::Goal::anything("expression"), diagnostics);
    diagnostics.throw_if_any();
    return *program;
  }
  /// A programme for all who are eligible, without limits, paid by the city.
  Programme programme(const std::string& key, const std::string& eligible) {
    Programme p{.key = key,
                .currency = "PLN",
                .draw_index = rng::name_hash(key),
                .capacity = nullptr,
                .eligible = expression(eligible),
                .stays_while = {},
                .priority = {},
                .amount = {},
                .duration = {},
                .from = {},
                .until = {},
                .applies = threshold(1.0),
                .asking = {},
                .cost = {},
                .budget = {},
                .funding = {payer(key, "city", {})},
                .effects = {}};
    return p;
  }
  Funding payer(const std::string& key, const std::string& who, PayerShare share, Month from = Month{1000, 1},
                Month until = Month{6000, 1}) {
    return {Dated<PayerShare>(share), from, until, book.declare({who, "providers", key}),
            book.declare({who, "households", key})};
  }
  /// Places of one provider, the same in all months, which several programmes may share.
  std::shared_ptr<const Capacity> places(std::int64_t n) {
    const std::size_t index = tiny.world.providers.size();
    tiny.world.providers.push_back({});
    capacities.push_back(std::make_shared<const Capacity>(
        std::vector<Dated<std::int64_t>>(index + 1, Dated<std::int64_t>(n)), std::vector<std::size_t>{index}));
    return capacities.back();
  }
  void open(std::vector<Programme> all, std::uint64_t seed = 1, int threads = 1) {
    open_programmes(tiny.world, all);
    tiny.world.ledger = Ledger(book.kinds().size());
    const auto values = std::make_shared<ParameterValues>(600);
    std::vector<GivenEffect> given;
    for (std::size_t i = 0; i < all.size(); ++i)
      for (const Effect& effect : all[i].effects)
        given.push_back({.effect = effect,
                         .giver = Giver::programme,
                         .of_households = all[i].unit == Unit::household,
                         .programme = i,
                         .strength = all[i].strength});
    effects.emplace(std::move(given), values);
    programmes.emplace(std::move(all), capacities, values, std::make_shared<const expr::Schema>(schema));
    bench.emplace(tiny.world, tiny.month, seed, threads);
  }
  /// Runs the next month, and begins the one after it: what effects make of chances can be looked at.
  void month() {
    tiny.world.ledger.start_month();
    for (auto& state : tiny.world.programmes) state.month = {};
    for (std::uint32_t h = 0; h < tiny.world.households.size(); ++h)
      tiny.world.households[household::programme_cash][h] = 0;
    bench->resolve(*programmes, step++);
    bench->resolve(*effects, step);
  }
  /// Carries out changes of who lives where, as the month's demography does before programmes.
  void move_people(const MembershipChanges& changes) {
    MembershipBarrier().apply(tiny.world, changes, to_short(tiny.month), Executor(1));
    check_membership(tiny.world);
    bench->work.cut(tiny.world);
  }
  const ProgrammeState& state(std::size_t i = 0) const { return tiny.world.programmes[i]; }
  const ProgrammeCounts& counts(std::size_t i = 0) const { return state(i).month; }
  std::vector<Row> enrolled(std::size_t i = 0) const {
    std::vector<Row> rows;
    for (const Episode& e : state(i).episodes)
      if (e.enrolled()) rows.push_back(e.subject);
    return rows;
  }
  std::vector<Row> waiting(std::size_t i = 0) const {
    std::vector<Row> rows;
    for (const Waiting& w : state(i).waiting) rows.push_back(w.subject);
    return rows;
  }

  TinyWorld tiny;
  const std::vector<std::string> districts{"north", "south"};
  expr::Schema schema;
  FlowBook book;
  std::vector<std::shared_ptr<const Capacity>> capacities;
  std::optional<Programmes> programmes;
  std::optional<Effects> effects;
  std::optional<Bench> bench;
  int step = 0;
};

}  // namespace oikos::test
