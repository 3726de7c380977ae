#include "sim/scenario/compile_city.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <functional>

#include "sim/base/narrow.hpp"
#include "sim/base/scale.hpp"
#include "sim/parameter/parameter_unit.hpp"
#include "sim/process/hazard.hpp"
#include "sim/programme/declared.hpp"
#include "sim/scenario/payer_book.hpp"

namespace oikos {

namespace {

/// A lever or shock with the section it stands in.
struct Entry {
  std::string_view section, noun;
  const Named<LeverSpec>* named;
};

std::vector<Entry> entries_of(const Scenario& scenario) {
  std::vector<Entry> all;
  for (const auto& one : scenario.levers) all.push_back({"levers", "a lever", &one});
  for (const auto& one : scenario.shocks) all.push_back({"shocks", "a shock", &one});
  return all;
}

EffectContext context_of(const Entry& entry, const LoadedScenario& loaded, const ParameterSet& parameters,
                         const QuantityContext& quantities) {
  const LeverSpec& spec = entry.named->value;
  return {.registry = loaded.registry(),
          .quantities = quantities,
          .giver = Giver::city,
          .path = fmt::format("{}/{}/effects", entry.section, entry.named->name),
          .from = spec.from ? std::optional(spec.from->value) : std::nullopt,
          .until = spec.until ? std::optional(spec.until->value) : std::nullopt,
          .ramp = spec.ramp,
          .parameters = &parameters,
          .currency = loaded.scenario.currency};
}

/// The effects on parameters, or those on all else.
EffectSpecs part_of(const EffectSpecs& specs, const Registry& registry, const ParameterSet& parameters,
                    bool of_parameters) {
  EffectSpecs part;
  for (const auto& one : specs)
    if ((registry.find_target(one.name) == nullptr && parameters.find(one.name) != nullptr) == of_parameters)
      part.push_back(one);
  return part;
}

/// What several effects make of one number in a month: the largest that sets it, times all factors, plus all sums.
struct Sum {
  std::optional<double> set;
  double times = 1, plus = 0;

  void add(const Effect& effect, Month month, Month start) {
    if (!effect.acts_in(month)) return;
    const double value = effect.value.at(month), strength = effect.ramped_by(month, start);
    if (effect.way == Way::sets) set = std::max(set.value_or(value), value);
    if (effect.way == Way::times) times *= std::max(0.0, 1 + (value - 1) * strength);
    if (effect.way == Way::plus) plus += value * strength;
  }
  double of(double stated) const { return set.value_or(stated) * times + plus; }
  HazardChange on_hazard() const { return {static_cast<float>(times), static_cast<float>(std::max(0.0, plus))}; }
};

/// Months of a run and what effects make of a number in each.
class ByEffects {
 public:
  ByEffects(std::vector<const Effect*> effects, Month start, int months)
      : effects_(std::move(effects)), start_(start), months_(months) {
    // Sums of rounded numbers are taken in the order of paths, not that of the text.
    std::ranges::sort(effects_, {}, [](const Effect* one) -> const std::string& { return one->path; });
  }
  bool empty() const { return effects_.empty(); }
  Sum in(Month month) const {
    Sum sum;
    for (const Effect* one : effects_) sum.add(*one, month, start_);
    return sum;
  }
  /// The values with a date for each month in which effects make something else of them. @param make (value, sum) ->
  /// value
  template <class T, class Make>
  Dated<T> on(const Dated<T>& stated, Make make) const {
    if (empty() || stated.empty()) return stated;
    std::vector<typename Dated<T>::Change> changes;
    for (const auto& change : stated.changes())
      if (change.from < start_) changes.push_back(change);
    for (Month month = start_; month < start_ + months_; ++month) {
      if (!stated.covers(month)) continue;
      T value = make(stated.at(month), in(month));
      if (!changes.empty() && changes.back().from >= start_ && changes.back().value == value) continue;
      changes.push_back({month, std::move(value), {}});
    }
    return Dated<T>(std::move(changes));
  }

 private:
  std::vector<const Effect*> effects_;
  Month start_;
  int months_;
};

/// Names that a condition about one programme or provider may use, beside those of persons.
class ServiceNames {
 public:
  ServiceNames(expr::Schema names, std::string word, const std::vector<std::string>& keys,
               const std::vector<std::string>& kinds)
      : names_(std::move(names)), word_(std::move(word)) {
    keys_ = names_.add_domain(word_ + " of the scenario", keys);
    auto all_kinds = kinds;
    if (std::ranges::find(all_kinds, no_kind) == all_kinds.end()) all_kinds.emplace_back(no_kind);
    kinds_ = names_.add_domain("kind of provider", all_kinds);
    domains_ = names_.add_domain("need domain", {need_domain_names.begin(), need_domain_names.end()});
  }
  /// What programmes without a provider are of.
  static constexpr std::string_view no_kind = "none";
  /// @param domain of what has none: ""
  expr::Schema of(const std::string& key, const std::string& kind, const std::string& domain) const {
    expr::Schema names = names_;
    const auto add = [&](const std::string& word, const expr::EnumDomain* values, const std::string& value) {
      const auto code = value.empty() ? std::nullopt : values->code(value);
      if (code && names.is_free(word)) names.add_constant(word, values, *code);
    };
    add(word_, keys_, key);
    add("kind", kinds_, kind);
    add("domain", domains_, domain);
    return names;
  }

 private:
  expr::Schema names_;
  std::string word_;
  const expr::EnumDomain *keys_, *kinds_, *domains_;
};

/// One programme or provider that effects may act upon.
struct Service {
  std::string key;
  expr::Schema names;
};

/// Whether an effect acts on a service: always, never, or for persons who meet a condition.
struct Reach {
  bool all = false;
  std::optional<expr::Program> those;
};

/// Finds whom effects on services act upon.
class Reaches {
 public:
  Reaches(const std::vector<Service>& services, std::string noun, Diagnostics& diagnostics)
      : services_(services), noun_(std::move(noun)), diagnostics_(diagnostics) {}

  /// By service; all never after a mistake.
  std::vector<Reach> of(const Effect& effect) {
    std::vector<Reach> all(services_.size());
    if (!effect.where_service) {
      for (Reach& one : all) one.all = true;
    } else {
      for (std::size_t i = 0; i < services_.size(); ++i) {
        Diagnostics found;
        const auto program = expr::compile(effect.where_service->value, effect.where_service->at, services_[i].names,
                                           expr::Goal::exactly("condition", {expr::Kind::boolean, nullptr}), found);
        if (!program) {  // it is the same mistake for all of them
          diagnostics_.append(found);
          return std::vector<Reach>(services_.size());
        }
        const auto value = program->constant();
        if (value) all[i].all = *value != 0;
        else all[i].those = program;
      }
    }
    // Where entries are mistaken, those that are missing here may be meant.
    if (diagnostics_.empty() && std::ranges::none_of(all, [](const Reach& one) { return one.all || one.those; }))
      warn(effect, services_.empty() ? fmt::format("the scenario has no {}", noun_)
                                     : fmt::format("no {} of the scenario meets it", noun_));
    return all;
  }

 private:
  void warn(const Effect& effect, std::string got) {
    diagnostics_.warn({.at = effect.where_service ? effect.where_service->at : effect.at,
                       .what = fmt::format("the effect on {} {} {}", quoted(effect.target->name), acts_on_no, noun_),
                       .expected = fmt::format("a {} that it acts on", noun_),
                       .got = std::move(got),
                       .hint = ""});
  }

  const std::vector<Service>& services_;
  std::string noun_;
  Diagnostics& diagnostics_;
};

std::vector<std::string> kinds_in(const Scenario& scenario) {
  std::vector<std::string> kinds;
  for (const auto* list : {&scenario.providers, &scenario.elsewhere})
    for (const auto& provider : *list)
      if (std::ranges::find(kinds, provider.value.kind.value) == kinds.end())
        kinds.push_back(provider.value.kind.value);
  return kinds;
}

/// The kind of provider that serves a programme; `none` where nobody does.
std::string kind_of(const ProgrammeSpec& programme, const Scenario& scenario) {
  if (!programme.provider) return std::string(ServiceNames::no_kind);
  for (const auto* list : {&scenario.providers, &scenario.elsewhere})
    for (const auto& provider : *list)
      if (provider.name == programme.provider->value) return provider.value.kind.value;
  return programme.provider->value;
}

void check_month(const std::optional<Positioned<Month>>& month, std::string_view key, const LoadedScenario& loaded,
                 Diagnostics& diagnostics) {
  const Scenario& s = loaded.scenario;
  if (!month || (month->value >= s.start && (month->value < s.end() || !loaded.knows_end(month->at)))) return;
  diagnostics.add({.at = month->at,
                   .what = fmt::format("{} lies outside the run", quoted(key)),
                   .expected = fmt::format("a month of the run, {} to {}", to_string(s.start), to_string(s.end() - 1)),
                   .got = to_string(month->value),
                   .hint = ""});
}

units::MoneyRate scaled(const Scale& scale, const units::MoneyRate& rate) { return {scale.of(rate.amount), rate.per}; }

}  // namespace

void change_parameters(const LoadedScenario& loaded, ParameterSet& parameters, Diagnostics& diagnostics) {
  const Scenario& s = loaded.scenario;
  const expr::Schema no_names(s.currency, "a number: parameters are no person's, so no name");
  const QuantityContext numbers{.schema = no_names, .start = s.start, .months = narrow<int>(s.months)};
  std::vector<Effect> all;
  for (const Entry& entry : entries_of(s)) {
    const auto specs = part_of(entry.named->value.effects, loaded.registry(), parameters, true);
    for (Effect& one : compile_effects(specs, context_of(entry, loaded, parameters, numbers), diagnostics))
      all.push_back(std::move(one));
  }
  std::vector<std::string> names;
  for (const Effect& one : all)
    if (std::ranges::find(names, one.parameter) == names.end()) names.push_back(one.parameter);
  for (const std::string& name : names) {
    std::vector<const Effect*> of_name;
    for (const Effect& one : all)
      if (one.parameter == name) of_name.push_back(&one);
    const ByEffects effects(of_name, s.start, narrow<int>(s.months));
    const ParameterSpec* spec = parameters.find(name)->spec;
    std::optional<std::pair<Month, double>> cut;
    parameters.change(name, [&](double value, Month month) {
      const double made = effects.in(month).of(value);
      if (spec != nullptr && !spec->allowed.holds(made) && !cut) cut = {month, made};
      return made;
    });
    if (!cut) continue;
    const ParameterUnit unit = parameters.find(name)->unit;
    diagnostics.warn(
        {.at = of_name.front()->at,
         .what = fmt::format("effects lead parameter {} beyond what it may be: it is cut there", quoted(name)),
         .expected = show_range(spec->allowed, unit, s.currency),
         .got = fmt::format("{} in {}", show_parameter(cut->second, unit, s.currency), to_string(cut->first)),
         .hint = ""});
  }
}

CompiledCity compile_city(const LoadedScenario& loaded, const ParameterSet& parameters,
                          const QuantityContext& quantities, FlowBook& flows, Diagnostics& diagnostics) {
  const Scenario& s = loaded.scenario;
  const Scale scale(s.municipality().population.scale);
  PayerBook payers(loaded, flows, diagnostics);
  CompiledCity city;
  for (const Entry& entry : entries_of(s)) {
    const LeverSpec& spec = entry.named->value;
    check_month(spec.from, "from", loaded, diagnostics);
    check_month(spec.until, "until", loaded, diagnostics);
    if (spec.municipality && !s.everywhere.empty() &&
        std::ranges::find(s.everywhere, spec.municipality->value) == s.everywhere.end())
      diagnostics.add({.at = spec.municipality->at,
                       .what = "unknown municipality",
                       .expected = "a municipality of the scenario",
                       .got = quoted(spec.municipality->value),
                       .hint = did_you_mean(spec.municipality->value, s.everywhere)});
    const auto specs = part_of(spec.effects, loaded.registry(), parameters, false);
    for (Effect& one : compile_effects(specs, context_of(entry, loaded, parameters, quantities), diagnostics))
      (one.target->is_of_people() ? city.on_chances : city.on_services).push_back(std::move(one));
    if (spec.cost.value.empty()) continue;
    Lever lever{.key = entry.named->name,
                .from = spec.from ? std::optional(spec.from->value) : std::nullopt,
                .until = spec.until ? std::optional(spec.until->value) : std::nullopt,
                .cost = spec.cost.value.transform([&](const units::MoneyRate& rate) { return scaled(scale, rate); }),
                .funding = {}};
    lever.funding = payers.of({.noun = std::string(entry.noun),
                               .name = entry.named->name,
                               .payers = spec.payers,
                               .from = lever.from,
                               .until = lever.until,
                               .pays_cash = false,
                               .may_cost = [&](Month month) { return lever.cost.covers(month); }});
    if (!lever.funding.empty()) city.levers.push_back(std::move(lever));
  }
  // The ledger's flows are told in the order of the text; money is paid in that of names.
  std::ranges::sort(city.levers, {}, &Lever::key);
  return city;
}

void change_places(std::span<const Effect> effects, Scenario& scenario, Diagnostics& diagnostics) {
  std::vector<std::string> keys;
  for (const auto* list : {&scenario.providers, &scenario.elsewhere})
    for (const auto& provider : *list) keys.push_back(provider.name);
  const ServiceNames names(expr::Schema(scenario.currency, "provider or kind"), "provider", keys, kinds_in(scenario));
  std::vector<Service> services;
  for (const auto& provider : scenario.providers)
    services.push_back({provider.name, names.of(provider.name, provider.value.kind.value, "")});
  Reaches reaches(services, "provider", diagnostics);
  std::vector<std::vector<const Effect*>> of_provider(services.size());
  for (const Effect& effect : effects) {
    if (effect.target != &target::places) continue;
    const auto reached = reaches.of(effect);
    for (std::size_t i = 0; i < services.size(); ++i)
      if (reached[i].all) of_provider[i].push_back(&effect);
  }
  for (std::size_t i = 0; i < services.size(); ++i) {
    auto& places = scenario.providers[i].value.places;
    places = ByEffects(of_provider[i], scenario.start, narrow<int>(scenario.months))
                 .on(places, [](std::int64_t stated, const Sum& sum) {
                   constexpr double most = 10'000'000;
                   return round_half_away(std::clamp(sum.of(static_cast<double>(stated)), 0.0, most));
                 });
  }
}

namespace {

/// Lays the effects that reach one programme over it.
class ProgrammeChanges {
 public:
  ProgrammeChanges(Programme& programme, const std::vector<const Effect*>& reaching, Month start, int months)
      : programme_(programme), reaching_(reaching), start_(start), months_(months) {}

  void lay() {
    programme_.cost = of(target::cost).on(programme_.cost, [](const units::MoneyRate& stated, const Sum& sum) {
      return units::MoneyRate{money(stated.amount, sum), stated.per};
    });
    if (programme_.budget)
      programme_.budget->amount = of(target::budget).on(programme_.budget->amount, [](Money stated, const Sum& sum) {
        return money(stated, sum);
      });
    programme_.amount_times = of(target::amount).on(programme_.amount_times, number);
    programme_.strength = of(target::effect).on(programme_.strength, number);
    programme_.drops_out = of(target::drop_out).on(programme_.drops_out, chance);
    programme_.applies = of(target::asks).on(programme_.applies, chance);
    programme_.refused = of(target::wrongly_refused).on(programme_.refused, [](Threshold stated, const Sum& sum) {
      return threshold(std::min(1.0, static_cast<double>(stated) * 0x1p-32 * sum.times));
    });
  }

 private:
  static Money money(Money stated, const Sum& sum) {
    // What is beyond all bounds is found where it is paid.
    return Money{round_half_away(
        std::min(static_cast<double>(stated.minor()) * sum.times, static_cast<double>(largest_money.minor())))};
  }
  static double number(double stated, const Sum& sum) { return stated * sum.times; }
  static Threshold chance(Threshold stated, const Sum& sum) {
    const HazardChange change = sum.on_hazard();
    return change.none() ? stated : threshold(changed(static_cast<double>(stated) * 0x1p-32, change));
  }
  ByEffects of(const TargetSpec& target) const {
    std::vector<const Effect*> all;
    for (const Effect* one : reaching_)
      if (one->target == &target) all.push_back(one);
    return {std::move(all), start_, months_};
  }

  Programme& programme_;
  const std::vector<const Effect*>& reaching_;
  Month start_;
  int months_;
};

}  // namespace

void change_programmes(std::span<const Effect> effects, const LoadedScenario& loaded, const expr::Schema& persons,
                       std::vector<Programme>& programmes, Diagnostics& diagnostics) {
  const Scenario& scenario = loaded.scenario;
  if (std::ranges::none_of(effects, [](const Effect& one) { return one.target->of == TargetSpec::Of::programme; }))
    return;
  std::vector<std::string> keys;  // of all municipalities
  if (const Node* all = loaded.tree.find("programmes"); all != nullptr && all->is_mapping())
    for (const auto& entry : all->entries) keys.push_back(entry.key);
  const auto kinds = kinds_in(scenario);
  const ServiceNames of_programmes(expr::Schema(scenario.currency, "programme, domain or kind"), "programme", keys,
                                   kinds);
  expr::Schema of_persons = persons;
  of_persons.describe("programme, domain, kind, or a column of persons and their households");
  const ServiceNames of_asking(std::move(of_persons), "programme", keys, kinds);
  std::vector<Service> services, asked;
  for (const Programme& programme : programmes) {
    const auto& spec = std::ranges::find(scenario.programmes, programme.key, &Named<ProgrammeSpec>::name)->value;
    const std::string kind = kind_of(spec, scenario);
    services.push_back({programme.key, of_programmes.of(programme.key, kind, spec.domain.value)});
    asked.push_back({programme.key, of_asking.of(programme.key, kind, spec.domain.value)});
  }
  const auto has = [](const Programme& programme, const TargetSpec& what) {
    constexpr Threshold certain = Threshold{1} << 32;
    if (&what == &target::cost) return !programme.cost.empty();
    if (&what == &target::budget) return programme.budget.has_value();
    if (&what == &target::amount) return programme.amount.has_value();
    if (&what == &target::effect) return !programme.effects.empty();
    if (&what == &target::drop_out) return programme.drops_out.at(Month{}) > 0;
    if (&what == &target::wrongly_refused) return programme.refused.at(Month{}) > 0;
    return programme.applies.at(Month{}) < certain;
  };
  Reaches reaches(services, "programme", diagnostics), reaches_asking(asked, "programme", diagnostics);
  std::vector<std::vector<const Effect*>> of_programme(programmes.size());
  for (const Effect& effect : effects) {
    if (effect.target->of != TargetSpec::Of::programme) continue;
    const auto reached = (effect.target == &target::asks ? reaches_asking : reaches).of(effect);
    bool reaches_any = false, changes_any = false;
    for (std::size_t i = 0; i < programmes.size(); ++i) {
      if (!reached[i].all && !reached[i].those) continue;
      reaches_any = true;
      changes_any |= has(programmes[i], *effect.target);
    }
    if (reaches_any && !changes_any && diagnostics.empty())
      diagnostics.warn({.at = effect.at,
                        .what = fmt::format("the effect on {} changes nothing: none of its programmes has such",
                                            quoted(effect.target->name)),
                        .expected = effect.target == &target::asks
                                        ? "a programme for which not everybody applies at once ('take_up')"
                                        : fmt::format("a programme with '{}'",
                                                      effect.target->name.substr(effect.target->name.find('.') + 1)),
                        .got = "none",
                        .hint = ""});
    for (std::size_t i = 0; i < programmes.size(); ++i) {
      if (reached[i].all) of_programme[i].push_back(&effect);
      if (!reached[i].those) continue;
      Effect of_some = effect;
      of_some.where = reached[i].those;
      programmes[i].asking.push_back(std::move(of_some));
    }
  }
  for (std::size_t i = 0; i < programmes.size(); ++i) {
    // Where some ask for a condition on the person all are combined for each person, factors before sums.
    if (!programmes[i].asking.empty())
      std::erase_if(of_programme[i], [&](const Effect* effect) {
        if (effect->target != &target::asks) return false;
        programmes[i].asking.push_back(*effect);
        return true;
      });
    ProgrammeChanges(programmes[i], of_programme[i], scenario.start, narrow<int>(scenario.months)).lay();
    std::ranges::sort(programmes[i].asking, {}, &Effect::path);
  }
}

}  // namespace oikos
