#include "sim/scenario/compile_programmes.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>

#include "sim/base/narrow.hpp"
#include "sim/expr/program.hpp"
#include "sim/scenario/payer_book.hpp"
#include "sim/world/household_table.hpp"

namespace oikos {

namespace {

class Compiler {
 public:
  Compiler(const LoadedScenario& loaded, const ProgrammeNames& names, std::span<const std::string> districts,
           FlowBook& flows, Diagnostics& diagnostics)
      : loaded_(loaded),
        scenario_(loaded.scenario),
        tree_(loaded.tree),
        scale_(loaded.scenario.municipality().population.scale),
        names_(names),
        districts_(districts.begin(), districts.end()),
        payers_(loaded, flows, diagnostics),
        diagnostics_(diagnostics) {}

  CompiledProgrammes run() {
    payers_.check_names();
    check_providers();
    CompiledProgrammes all;
    std::map<std::uint32_t, std::string> keys;
    for (const auto& named : scenario_.programmes) {
      if (auto programme = compile(named)) all.programmes.push_back(std::move(*programme));
      const auto [other, fresh] = keys.emplace(rng::name_hash(named.name), named.name);
      if (!fresh)
        report(named.at, "two programmes would share their luck", "another key for one of them",
               fmt::format("'{}' and '{}'", other->second, named.name));
    }
    for (const auto& [name, capacity] : capacities_) all.capacities.push_back(capacity);
    return all;
  }

 private:
  void report(const Position& at, std::string what, std::string expected, std::string got, std::string hint = "") {
    diagnostics_.add({.at = at,
                      .what = std::move(what),
                      .expected = std::move(expected),
                      .got = std::move(got),
                      .hint = std::move(hint)});
  }

  std::string run_span() const {
    return fmt::format("a month of the run, {} to {}", to_string(scenario_.start), to_string(scenario_.end() - 1));
  }

  void check_municipality(const Positioned<std::string>& name) {
    const std::vector<std::string>& known = scenario_.everywhere;
    if (name.at.known() && !known.empty() && std::ranges::find(known, name.value) == known.end())
      report(name.at, "unknown municipality", "a municipality of the scenario", oikos::quoted(name.value),
             did_you_mean(name.value, known));
  }

  void check_providers() {
    for (const auto& programme : scenario_.programmes)
      if (const auto& where = programme.value.municipality) check_municipality(*where);
    for (const auto& provider : scenario_.providers) {
      const ProviderSpec& spec = provider.value;
      const auto check_name = [&](const Positioned<std::string>& name, const std::vector<std::string>& known,
                                  const char* what, const char* expected) {
        if (name.at.known() && !known.empty() && std::ranges::find(known, name.value) == known.end())
          report(name.at, what, expected, oikos::quoted(name.value), did_you_mean(name.value, known));
      };
      check_municipality(spec.municipality);
      check_name(spec.district, districts_, "unknown district", "a district of the population tables");
      every_kind_is_known_ = every_kind_is_known_ && spec.kind.at.known();
      kinds_[spec.kind.value].push_back(static_cast<std::size_t>(&provider - scenario_.providers.data()));
    }
    for (const auto& provider : scenario_.providers)
      if (const auto kind = kinds_.find(provider.name); kind != kinds_.end())
        report(provider.at, fmt::format("a provider and a kind are both called {}", oikos::quoted(provider.name)),
               "a name of its own for each, as programmes name either", oikos::quoted(provider.name));
    for (const auto& [kind, group] : kinds_) {
      check_queues(kind, group);
      capacities_[kind] = capacity_of(group);
    }
  }

  std::shared_ptr<const Capacity> capacity_of(std::vector<std::size_t> group) const {
    std::vector<Dated<std::int64_t>> places;
    std::vector<Scale> scales;
    for (const auto& provider : scenario_.providers) {
      places.push_back(provider.value.places);
      scales.push_back(provider.value.scales ? scale_ : Scale());
    }
    return std::make_shared<const Capacity>(std::move(places), std::move(group), std::move(scales));
  }

  /// Providers of one kind share a list, so those who wait give up alike.
  void check_queues(const std::string& kind, const std::vector<std::size_t>& group) {
    const auto& first = scenario_.providers[group.front()];
    for (const std::size_t i : group) {
      const auto& other = scenario_.providers[i];
      const Positioned<Chance>& gives_up = other.value.queue.gives_up;
      if (gives_up == first.value.queue.gives_up) continue;
      report(gives_up.at.known() ? gives_up.at : other.at,
             fmt::format("providers of kind {} have one list, but those who wait give up at different rates",
                         oikos::quoted(kind)),
             "the same 'queue: {gives_up: ...}' in all of them",
             fmt::format("another in {} than in {}", oikos::quoted(other.name), oikos::quoted(first.name)));
    }
  }

  std::optional<expr::Program> expression(const ProgrammeSpec& of, const Positioned<std::string>& text,
                                          const expr::Goal& goal) {
    if (!text.at.known()) return std::nullopt;  // missing or mistaken, and reported as such
    return expr::compile(text.value, text.at, schema_of(of), goal, diagnostics_);
  }

  const expr::Schema& schema_of(const ProgrammeSpec& spec) const {
    return spec.municipality ? names_.here : names_.everywhere;
  }

  void check_month(const std::optional<Positioned<Month>>& month, const char* key, Month latest) {
    if (!month || (month->value >= scenario_.start && month->value <= latest)) return;
    if (month->value < scenario_.start || loaded_.knows_end(month->at))
      report(month->at, fmt::format("{} lies outside the run", oikos::quoted(key)), run_span(),
             to_string(month->value));
  }

  /// The providers that serve a programme: those of a kind, or one.
  std::vector<std::size_t> serving(const ProgrammeSpec& spec) {
    if (!spec.provider) return {};
    const std::string& name = spec.provider->value;
    if (const auto kind = kinds_.find(name); kind != kinds_.end()) return kind->second;
    const auto one = std::ranges::find(scenario_.providers, name, &Named<ProviderSpec>::name);
    if (one != scenario_.providers.end()) return {static_cast<std::size_t>(one - scenario_.providers.begin())};
    if (is_elsewhere(spec)) {
      if (spec.municipality)
        report(spec.provider->at, "a programme of one municipality is served by another's provider",
               fmt::format("a provider of {}, or no 'municipality'", oikos::quoted(spec.municipality->value)),
               oikos::quoted(name));
      else
        diagnostics_.warn({.at = spec.provider->at,
                           .what = fmt::format("nobody is served in {}: none of its providers is {}, and others do not "
                                               "reach it",
                                               oikos::quoted(scenario_.municipality_key()), oikos::quoted(name)),
                           .expected = "a provider there, or 'municipality' in the programme",
                           .got = oikos::quoted(name),
                           .hint = ""});
      return {};
    }
    if (every_kind_is_known_) report_missing_provider(spec);  // else it may be the kind that could not be read
    return {};
  }

  /// Whether only other municipalities have such providers.
  bool is_elsewhere(const ProgrammeSpec& spec) const {
    return std::ranges::any_of(scenario_.elsewhere, [&](const Named<ProviderSpec>& provider) {
      return provider.name == spec.provider->value || provider.value.kind.value == spec.provider->value;
    });
  }

  void report_missing_provider(const ProgrammeSpec& spec) {
    const std::string& name = spec.provider->value;
    if (const Node::Entry* removed = removed_provider(name)) {
      report(removed->key_at, "a programme still needs what is removed here", "a provider that stays, or no programme",
             fmt::format("programmes with 'provider: {}'", name));
      return;
    }
    std::vector<std::string> names;
    for (const auto& [kind, group] : kinds_) names.push_back(kind);
    for (const auto& provider : scenario_.providers) names.push_back(provider.name);
    report(spec.provider->at, "no such kind of provider, and no such provider",
           "the kind of one of the providers of the scenario, or its key", oikos::quoted(name),
           did_you_mean(name, names));
  }

  /// Where a plan removed the provider of this name or kind, if it did.
  const Node::Entry* removed_provider(const std::string& name) const {
    const auto serves = [&](const Node::Entry& provider) {
      const Node* kind = provider.value.find("kind");
      return provider.key == name || (kind != nullptr && kind->text == name);
    };
    if (const Node::Entry* all = tree_.find_removed("providers"))
      return std::ranges::any_of(all->value.entries, serves) ? all : nullptr;
    const Node* providers = tree_.find("providers");
    if (providers == nullptr) return nullptr;
    const auto found = std::ranges::find_if(providers->removed, serves);
    return found == providers->removed.end() ? nullptr : &*found;
  }

  std::shared_ptr<const Capacity> capacity(const ProgrammeSpec& spec, const std::vector<std::size_t>& group) {
    if (group.empty() && !(spec.provider && is_elsewhere(spec))) return nullptr;
    auto& shared = capacities_[spec.provider->value];
    if (!shared) shared = capacity_of(group);
    return shared;
  }

  void check_money(const Named<ProgrammeSpec>& named) {
    const ProgrammeSpec& spec = named.value;
    check_budget(named);
    for (const auto& change : spec.cost.value.changes())
      if (change.value.per == "place-month" && !spec.provider)
        report(named.at, fmt::format("cost of {} is per place, but it has no provider", oikos::quoted(named.name)),
               "a 'provider', or a cost per person-month", "place-month");
    if (spec.until && spec.from && spec.until->value < spec.from->value)
      report(spec.until->at, "a programme ends before it starts",
             fmt::format("a month from {} on", to_string(spec.from->value)), to_string(spec.until->value));
  }

  /// Clients of the first day in the simulated part of the city.
  std::int64_t initial_clients(const Named<ProgrammeSpec>& named) {
    const ProgrammeSpec& spec = named.value;
    if (!spec.initial) return 0;
    if (spec.from && spec.from->value > scenario_.start) {
      if (spec.from->value < scenario_.end())
        diagnostics_.warn(
            {.at = spec.from->at,
             .what = fmt::format("{} begins later and has no clients at the start", oikos::quoted(named.name)),
             .expected = fmt::format("'initial' where 'from' is {}, the first month, or not written",
                                     to_string(scenario_.start)),
             .got = fmt::format("from: {}", to_string(spec.from->value)),
             .hint = "write 'initial: ~' beside 'from'"});
      return 0;
    }
    return (scale_.millionths_of(spec.initial->value) + Scale::one / 2) / Scale::one;
  }

  std::optional<BudgetSpec> scaled_budget(const ProgrammeSpec& spec) const {
    if (!spec.budget) return std::nullopt;
    BudgetSpec budget = spec.budget->value;
    if (budget.scales) budget.amount = budget.amount.transform([&](Money amount) { return scale_.of(amount); });
    return budget;
  }

  void check_budget(const Named<ProgrammeSpec>& named) {
    const ProgrammeSpec& spec = named.value;
    if (!spec.budget) return;
    const auto& [budget, at] = *spec.budget;
    if (!spec.amount)
      report(at, fmt::format("{} has a budget but pays no cash", oikos::quoted(named.name)),
             "an 'amount' beside the 'budget'", "none");
    if (budget.ration == BudgetSpec::Ration::priority && !spec.priority)
      report(at, fmt::format("{} rations by priority but has none", oikos::quoted(named.name)),
             "a 'priority' beside the 'budget'", "none",
             "'priority: 0 PLN - income_per_person' pays the poorest first");
    const Month first = spec.from ? std::max(spec.from->value, scenario_.start) : scenario_.start;
    if (!budget.amount.empty() && !budget.amount.covers(first))
      report(at, fmt::format("the budget of {} has no amount when it begins", oikos::quoted(named.name)),
             fmt::format("an amount in force in {}", to_string(first)),
             fmt::format("the first one from {}", to_string(budget.amount.first())));
  }

  /// Amounts that cannot be meant or held, as far as constants tell. Others end a run (sim/base/figure_error.hpp).
  void check_amounts(const Named<ProgrammeSpec>& named, const std::optional<expr::Program>& amount,
                     std::span<const std::size_t> group) {
    const ProgrammeSpec& spec = named.value;
    const auto value = amount ? amount->constant() : std::nullopt;
    const auto text = [&](double minor) { return fmt::format("{:.2f} {}", minor / 100, scenario_.currency); };
    if (value && *value < 0)
      report(spec.amount->at, fmt::format("programme {} would pay a negative amount", oikos::quoted(named.name)),
             "an amount of 0 or more", text(*value));
    if (value && *value >= static_cast<double>(household_limit))
      report(spec.amount->at,
             fmt::format("programme {} pays a household more than can be held", oikos::quoted(named.name)),
             fmt::format("less than {} a month", to_string(Money{household_limit}, scenario_.currency)), text(*value));
    for (const auto& change : spec.cost.value.changes()) check_cost(named, change.value, group);
  }

  void check_cost(const Named<ProgrammeSpec>& named, const units::MoneyRate& cost, std::span<const std::size_t> group) {
    const std::int64_t most = cost.per == "place-month" ? most_places(group) : 1;
    std::int64_t all = 0;
    if (__builtin_mul_overflow(cost.amount.minor(), most, &all))
      report(named.value.cost.at, fmt::format("programme {} costs more than can be held", oikos::quoted(named.name)),
             fmt::format("a cost of at most {} a month in all", to_string(largest_money, scenario_.currency)),
             fmt::format("{}/{} for {}", to_string(cost.amount, scenario_.currency), cost.per, most));
  }

  /// Places of providers, had each its most at once. A provider has at most 10^7, so the sum fits.
  std::int64_t most_places(std::span<const std::size_t> group) const {
    std::int64_t all = 0;
    for (const std::size_t i : group) {
      std::int64_t most = 0;
      for (const auto& change : scenario_.providers[i].value.places.changes()) most = std::max(most, change.value);
      all += most;
    }
    return all;
  }

  std::optional<Programme> compile(const Named<ProgrammeSpec>& named) {
    const ProgrammeSpec& spec = named.value;
    const expr::Type boolean{expr::Kind::boolean, nullptr}, money{expr::Kind::money, nullptr};
    auto eligible = expression(spec, spec.eligible, expr::Goal::exactly("eligibility expression", boolean));
    std::optional<expr::Program> stays, priority, amount;
    if (spec.stays_while)
      stays = expression(spec, *spec.stays_while, expr::Goal::exactly("stays_while expression", boolean));
    if (spec.priority) priority = expression(spec, *spec.priority, expr::Goal::any_numeric("priority expression"));
    if (spec.amount) amount = expression(spec, *spec.amount, expr::Goal::exactly("amount expression", money));
    check_month(spec.from, "from", scenario_.end() - 1);
    check_month(spec.until, "until", scenario_.end() - 1);
    check_money(named);
    const auto group = serving(spec);
    check_amounts(named, amount, group);
    auto place = capacity(spec, group);
    const Chance gives_up = group.empty() ? Chance{} : scenario_.providers[group.front()].value.queue.gives_up.value;
    const std::int64_t initial = initial_clients(named);
    auto payers = payers_.of({.noun = "a programme",
                              .name = named.name,
                              .payers = spec.payers,
                              .from = spec.from ? std::optional(spec.from->value) : std::nullopt,
                              .until = spec.until ? std::optional(spec.until->value) : std::nullopt,
                              .may_cost = [&](Month month) { return spec.amount || spec.cost.value.covers(month); }});
    auto effects = compile_effects(spec.effects,
                                   {.registry = loaded_.registry(),
                                    .quantities = {.schema = schema_of(spec),
                                                   .start = scenario_.start,
                                                   .months = narrow<int>(scenario_.months),
                                                   .open = names_.open},
                                    .giver = Giver::programme,
                                    .path = "programmes/" + named.name + "/effects"},
                                   diagnostics_);
    const bool good =
        eligible && (stays || !spec.stays_while) && (priority || !spec.priority) && (amount || !spec.amount);
    if (!good || payers.empty()) return std::nullopt;
    return Programme{.key = named.name,
                     .currency = scenario_.currency,
                     .draw_index = rng::name_hash(named.name),
                     .unit = spec.unit,
                     .capacity = std::move(place),
                     .eligible = std::move(*eligible),
                     .stays_while = std::move(stays),
                     .priority = std::move(priority),
                     .amount = std::move(amount),
                     .duration = spec.duration,
                     .from = spec.from ? std::optional(spec.from->value) : std::nullopt,
                     .until = spec.until ? std::optional(spec.until->value) : std::nullopt,
                     .applies = threshold(spec.take_up.value.applies.monthly()),
                     .refused = threshold(spec.take_up.value.wrongly_refused),
                     .drops_out = threshold(spec.drop_out.monthly()),
                     .gives_up = threshold(gives_up.monthly()),
                     .asking = {},
                     .again_after = spec.again_after.value_or(0),
                     .initial = initial,
                     .cost = spec.cost.value,
                     .budget = scaled_budget(spec),
                     .funding = std::move(payers),
                     .effects = std::move(effects)};
  }

  const LoadedScenario& loaded_;
  const Scenario& scenario_;
  const Node& tree_;
  Scale scale_;  ///< of the simulated part of the city
  const ProgrammeNames& names_;
  std::vector<std::string> districts_;
  PayerBook payers_;
  Diagnostics& diagnostics_;
  std::map<std::string, std::vector<std::size_t>> kinds_;
  bool every_kind_is_known_ = true;
  std::map<std::string, std::shared_ptr<const Capacity>> capacities_;
};

}  // namespace

CompiledProgrammes compile_programmes(const LoadedScenario& loaded, const ProgrammeNames& names,
                                      std::span<const std::string> districts, FlowBook& flows,
                                      Diagnostics& diagnostics) {
  return Compiler(loaded, names, districts, flows, diagnostics).run();
}

}  // namespace oikos
