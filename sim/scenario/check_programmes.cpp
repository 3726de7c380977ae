#include "sim/scenario/check_programmes.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "sim/expr/possible.hpp"

namespace oikos {

namespace {

using expr::Picture;

constexpr int lifetime = 130 * 12;  ///< months after which everything that can change has changed
constexpr int patience = 5 * 12;    ///< months of an open-ended stay within which an effect should reach somebody
constexpr std::array<std::string_view, 2> read_domains{"poverty", "unemployment"};

/// What a plan's dates replace stands in another file, and is nobody's mistake.
bool same_file(const Position& a, const Position& b) { return a.known() && b.known() && a.source == b.source; }

/// The conjuncts that make a condition impossible, as a hint.
std::string exclusion(const std::vector<std::string>& clash) {
  if (clash.size() == 1) return fmt::format("{} never holds", quoted(clash[0]));
  if (clash.size() == 2) return fmt::format("{} and {} exclude each other", quoted(clash[0]), quoted(clash[1]));
  return "its parts exclude each other: take one of them out";
}

/// Values that are never in force: followed by another one before `first`, or from a month after `last`, as far as who
/// wrote the date could know that month. @param of such as "the cost of 'integration'"   @param until last month of the
/// programme, where one is written
template <class T>
void check_changes(const Dated<T>& values, const std::string& of, Month first, Month last,
                   const std::optional<Positioned<Month>>& until, const LoadedScenario& loaded,
                   Diagnostics& diagnostics) {
  const auto changes = values.changes();
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (i + 1 < changes.size() && changes[i + 1].from <= first && same_file(changes[i].at, changes[i + 1].at))
      diagnostics.warn(
          {.at = changes[i].at,
           .what = fmt::format("a value of {} is never in force", of),
           .expected = fmt::format("one value up to {}, the first month in which it can act", to_string(first)),
           .got = fmt::format("{}, followed by {}", to_string(changes[i].from), to_string(changes[i + 1].from)),
           .hint = "take it out"});
    const bool closed = until && changes[i].from > until->value && same_file(until->at, changes[i].at);
    if (!closed && (changes[i].from <= last || !loaded.knows_end(changes[i].at))) continue;
    diagnostics.warn({.at = changes[i].at,
                      .what = fmt::format("a value of {} begins after the {}", of, closed ? "programme" : "run"),
                      .expected = fmt::format("a month up to {}", to_string(closed ? until->value : last)),
                      .got = to_string(changes[i].from),
                      .hint = "take it out, or write a month in which it can act"});
    return;
  }
}

/// Whether a value is at most nothing in every month from `first` to `last`.
template <class T>
bool never_above_nothing(const Dated<T>& values, Month first, Month last) {
  if (first > last) return false;  // it begins after the run: there is nothing to say
  for (Month month = first; month <= last; ++month)
    if (values.covers(month) && values.at(month) > T{}) return false;
  return true;
}

/// One programme, looked at by itself.
class ProgrammeCheck {
 public:
  ProgrammeCheck(const Named<ProgrammeSpec>& named, const Programme& programme, const LoadedScenario& loaded,
                 const expr::Possible& possible, Diagnostics& diagnostics)
      : spec_(named.value),
        programme_(programme),
        at_(named.at),
        name_(quoted(named.name)),
        loaded_(loaded),
        scenario_(loaded.scenario),
        possible_(possible),
        diagnostics_(diagnostics) {}

  void run() {
    const auto eligible = possible_.where(possible_.anybody(), spec_.eligible.value);
    if (!eligible) return report_nobody();
    check_stay(*eligible);
    check_amount(*eligible);
    check_effects(*eligible);
    check_queue(*eligible);
    check_take_up();
    check_dates();
    check_purpose();
  }

 private:
  void warn(const Position& at, std::string what, std::string expected, std::string got, std::string hint) {
    diagnostics_.warn({.at = at,
                       .what = std::move(what),
                       .expected = std::move(expected),
                       .got = std::move(got),
                       .hint = std::move(hint)});
  }

  void report_nobody() {
    diagnostics_.add({.at = spec_.eligible.at,
                      .what = fmt::format("nobody can be eligible for {}", name_),
                      .expected = "a condition that somebody can meet in some month",
                      .got = quoted(spec_.eligible.value),
                      .hint = exclusion(possible_.clash(possible_.anybody(), spec_.eligible.value))});
  }

  /// Whether a stay may end by itself.
  bool has_end() const { return spec_.stays_while || spec_.duration || spec_.drop_out.monthly() > 0; }

  void check_stay(const Picture& eligible) {
    if (spec_.stays_while) {
      const std::string& stays = spec_.stays_while->value;
      if (!possible_.where(eligible, stays))
        warn(
            spec_.stays_while->at, fmt::format("who enters {} leaves it a month later", name_),
            "a condition that those who are eligible can meet", quoted(stays),
            exclusion(possible_.clash(possible_.anybody(), fmt::format("({}) and ({})", spec_.eligible.value, stays))));
      else if (possible_.always(possible_.anybody(), stays))
        warn(spec_.stays_while->at, fmt::format("'stays_while' of {} always holds: nobody leaves by it", name_),
             "a condition that ends some day", quoted(stays), "take it out, or write when the stay ends");
    } else if (!has_end() && !possible_.always(possible_.later(eligible, lifetime), spec_.eligible.value)) {
      warn(spec_.eligible.at, fmt::format("who enters {} stays for ever, also when no longer eligible", name_),
           "'stays_while', 'duration' or 'drop_out' beside it", "none of them",
           fmt::format("write 'stays_while: {}' if the stay ends with the condition", spec_.eligible.value));
    }
    if (spec_.again_after && !has_end())
      warn(at_, fmt::format("'again_after' of {} does nothing: nobody leaves", name_),
           "'stays_while', 'duration' or 'drop_out' beside it", "none of them", "take it out, or say when a stay ends");
  }

  /// Those who are enrolled, as far as known: whoever entered, and what holds while they stay.
  std::optional<Picture> enrolled(const Picture& eligible) const {
    const Picture later = possible_.later(eligible, spec_.duration ? spec_.duration->max : patience);
    return spec_.stays_while ? possible_.where(later, spec_.stays_while->value) : later;
  }

  void check_amount(const Picture& eligible) {
    if (!spec_.amount) return;
    const expr::Interval amount = possible_.range(eligible, spec_.amount->value);
    const auto stayed = enrolled(eligible);
    const expr::Interval later = stayed ? possible_.range(*stayed, spec_.amount->value) : amount;
    if (!(std::max(amount.most, later.most) < 0.5)) return;  // in minor units, to which payments are rounded
    if (amount.one_value() && amount.most < 0.0) return;     // reported where it was compiled
    diagnostics_.add({.at = spec_.amount->at,
                      .what = fmt::format("the amount of {} is never above 0", name_),
                      .expected = "an amount that somebody is paid",
                      .got = quoted(spec_.amount->value),
                      .hint = "amounts below 0 pay nothing: households pay by no programme"});
  }

  void check_effects(const Picture& eligible) {
    for (const Effect& effect : programme_.effects) {
      const std::string target = quoted(effect.target->name);
      if (effect.when != EffectSpec::When::enrolled && !has_end() && !spec_.until) {
        warn(effect.at, fmt::format("the effect on {} never comes: nobody leaves {}", target, name_),
             "'stays_while', 'duration' or 'drop_out' in the programme", "none of them",
             "write 'while: enrolled', or say when a stay ends");
        continue;
      }
      if (effect.when == EffectSpec::When::after_completion && !spec_.duration) {
        warn(effect.at, fmt::format("the effect on {} never comes: nobody completes {}", target, name_),
             "a 'duration', which those complete who stay to its end", "no 'duration'",
             "write 'after: exit', or state a 'duration'");
        continue;
      }
      const bool inside = effect.when == EffectSpec::When::enrolled;
      const int stay = spec_.duration ? spec_.duration->max : patience;
      const auto clients =
          inside ? enrolled(eligible)
                 : std::optional(possible_.later(eligible, stay + (effect.fade > 0 ? effect.fade : patience)));
      if (!clients) continue;  // reported with the stay
      const auto givers = effect.where ? possible_.where(*clients, to_string(*effect.where)) : clients;
      if (!givers) {
        warn(effect.at, fmt::format("the effect on {} is given by nobody of {}", target, name_),
             "a condition that a client can meet", quoted(to_string(*effect.where)),
             exclusion(possible_.clash(possible_.anybody(),
                                       fmt::format("({}) and ({})", spec_.eligible.value, to_string(*effect.where)))));
        continue;
      }
      if (effect.receiver != Relation::own) continue;  // nothing is known of others
      if (possible_.where(*givers, effect.target->faces)) continue;
      const bool by_stay = inside && spec_.stays_while && !who_stays_may_face(*effect.target);
      warn(effect.at, fmt::format("the effect on {} reaches nobody of {}", target, name_),
           fmt::format("persons who face it: {}", quoted(effect.target->faces)),
           quoted(by_stay ? spec_.stays_while->value : spec_.eligible.value),
           "take the effect out, or let in those who face the hazard");
    }
  }

  bool who_stays_may_face(const TargetSpec& target) const {
    const auto stayed = possible_.where(possible_.anybody(), spec_.stays_while->value);
    return stayed && possible_.where(*stayed, target.faces);
  }

  void check_queue(const Picture& eligible) {
    const bool rationed = spec_.budget && spec_.budget->value.ration == BudgetSpec::Ration::priority;
    if (spec_.priority && (spec_.provider || rationed || spec_.initial)) {
      if (possible_.range(eligible, spec_.priority->value).one_value())
        warn(spec_.priority->at, fmt::format("'priority' of {} is the same for everybody", name_),
             "an expression that differs between persons", quoted(spec_.priority->value),
             "take it out: who has waited longest is then first");
    } else if (spec_.priority) {
      warn(spec_.priority->at, fmt::format("'priority' of {} orders nothing", name_),
           "a 'provider' whose places can run out, 'initial' clients, or 'budget: {ration: priority}'", "none of them",
           spec_.budget ? "write 'ration: priority' in the budget" : "take it out: everybody who applies is enrolled");
    }
  }

  void check_take_up() {
    if (spec_.take_up.value.applies.value <= 0)
      warn(spec_.take_up.at, fmt::format("nobody ever applies for {}", name_), "a chance above 0", "0",
           "write how many apply in a month, or take the programme out");
    else if (spec_.take_up.value.wrongly_refused >= 1)
      warn(spec_.take_up.at, fmt::format("everybody who applies for {} is refused", name_), "a share below 100 %",
           "100 %", "write the share that is refused wrongly");
    if (spec_.take_up.at.known()) return;
    warn(at_, fmt::format("all who are eligible for {} apply at once", name_), "'take_up': how they come to apply",
         "no 'take_up'",
         "write 'take_up: {applies: {rate: 4 %/month}}', or '{rate: 100 %/month}' if all at once is meant");
  }

  /// First month in which the programme runs.
  Month opens() const { return spec_.from ? std::max(spec_.from->value, scenario_.start) : scenario_.start; }

  void check_dates() {
    const Month first = opens();
    if (!spec_.cost.value.empty() && !spec_.cost.value.covers(first))
      warn(spec_.cost.value.changes().front().at,
           fmt::format("{} costs nothing before {}", name_, to_string(spec_.cost.value.first())),
           fmt::format("a cost in force in {}, the first month of the programme", to_string(first)),
           fmt::format("the first one from {}", to_string(spec_.cost.value.first())),
           fmt::format("write the first cost from {} on, or '0 PLN' if nothing is meant", to_string(first)));
    const Month last = scenario_.end() - 1;
    const auto check = [&](const auto& values, const std::string& of) {
      check_changes(values, of, first, last, spec_.until, loaded_, diagnostics_);
    };
    check(spec_.cost.value, fmt::format("the cost of {}", name_));
    if (spec_.budget) {
      check(spec_.budget->value.amount, fmt::format("the budget of {}", name_));
      if (never_above_nothing(spec_.budget->value.amount, first, last))
        warn(spec_.budget->at, fmt::format("the budget of {} never pays anything", name_), "an amount above 0", "0",
             "write how much there is in a year, or take the budget out for as much as is asked for");
    }
    for (const auto& payer : spec_.payers.value)
      check(payer.value, fmt::format("the share of {} in {}", quoted(payer.name), name_));
  }

  void check_purpose() {
    const bool pays = spec_.amount || !spec_.cost.value.empty();
    if (!pays && spec_.effects.empty())
      warn(at_, fmt::format("{} costs nothing, pays nothing and changes nothing", name_),
           "'cost', 'amount' or 'effects'", "none of them", "write what it does, or take it out");
    else if (!pays && !spec_.payers.value.empty())
      warn(spec_.payers.at, fmt::format("the payers of {} have nothing to pay", name_), "'cost' or 'amount'", "neither",
           "write what it costs, or take the payers out");
    // What it does to an attribute is seen in that.
    const bool on_attribute = std::ranges::any_of(
        programme_.effects, [](const Effect& one) { return one.target->name.find('.') != std::string_view::npos; });
    if (!on_attribute && std::ranges::find(read_domains, spec_.domain.value) == read_domains.end() &&
        spec_.domain.at.known())
      warn(spec_.domain.at, fmt::format("no rule of the model reads or writes the need {}", quoted(spec_.domain.value)),
           fmt::format("{}, whose indicators move", fmt::join(read_domains, " or ")), quoted(spec_.domain.value),
           fmt::format("of {} only enrolment, queue, money and its own effects will be seen in results", name_));
  }

  const ProgrammeSpec& spec_;
  const Programme& programme_;
  const Position& at_;
  const std::string name_;
  const LoadedScenario& loaded_;
  const Scenario& scenario_;
  const expr::Possible& possible_;
  Diagnostics& diagnostics_;
};

/// Providers, and what programmes share.
class SharedCheck {
 public:
  SharedCheck(const LoadedScenario& loaded, Diagnostics& diagnostics)
      : loaded_(loaded), scenario_(loaded.scenario), diagnostics_(diagnostics) {}

  void run() {
    for (const auto& provider : scenario_.providers) check_provider(provider);
    check_places_paid_twice();
    check_payers();
  }

 private:
  void warn(const Position& at, std::string what, std::string expected, std::string got, std::string hint) {
    diagnostics_.warn({.at = at,
                       .what = std::move(what),
                       .expected = std::move(expected),
                       .got = std::move(got),
                       .hint = std::move(hint)});
  }

  static bool serves(const Named<ProviderSpec>& provider, const ProgrammeSpec& programme) {
    return programme.provider &&
           (programme.provider->value == provider.name || programme.provider->value == provider.value.kind.value);
  }

  void check_provider(const Named<ProviderSpec>& provider) {
    const std::string name = quoted(provider.name);
    const auto& spec = provider.value;
    if (std::ranges::none_of(scenario_.programmes, [&](const auto& p) { return serves(provider, p.value); }))
      warn(provider.at, fmt::format("no programme uses the provider {}", name), "a programme that names it or its kind",
           "none", fmt::format("write 'provider: {}' in a programme, or take it out", spec.kind.value));
    const auto changes = spec.places.changes();
    if (changes.empty()) return;
    if (!spec.places.covers(scenario_.start))
      warn(changes.front().at, fmt::format("{} has no place before {}", name, to_string(spec.places.first())),
           fmt::format("places in force in {}, the first month of the run", to_string(scenario_.start)),
           fmt::format("the first ones from {}", to_string(spec.places.first())),
           fmt::format("write '{}: 0' beside them if none is meant", to_string(scenario_.start)));
    if (never_above_nothing(spec.places, scenario_.start, scenario_.end() - 1))
      warn(changes.front().at.known() ? changes.front().at : provider.at, fmt::format("{} never has a place", name),
           "places above 0 in some month", "0", "write how many it can serve at a time, or take it out");
    check_changes(spec.places, fmt::format("the places of {}", name), scenario_.start, scenario_.end() - 1,
                  std::nullopt, loaded_, diagnostics_);
  }

  void check_places_paid_twice() {
    std::map<std::string, const Named<ProgrammeSpec>*> first_of;
    for (const auto& programme : scenario_.programmes) {
      const ProgrammeSpec& spec = programme.value;
      const auto of_places = [](const auto& change) { return change.value.per == "place-month"; };
      if (!spec.provider || std::ranges::none_of(spec.cost.value.changes(), of_places)) continue;
      for (const auto& provider : scenario_.providers) {
        if (!serves(provider, spec)) continue;
        const auto [other, fresh] = first_of.emplace(provider.name, &programme);
        if (fresh || other->second == &programme) continue;
        warn(programme.at, fmt::format("two programmes pay for the same places of {}", quoted(provider.name)),
             "a cost per place-month in one of them, per person-month in the others",
             fmt::format("{} and {}: {}", quoted(other->second->name), quoted(programme.name),
                         both(*other->second, programme, provider)),
             "write the other one's cost per person-month, or take it out");
        break;
      }
    }
  }

  /// What two programmes pay together for a provider's places, in the first month in which both do.
  std::string both(const Named<ProgrammeSpec>& a, const Named<ProgrammeSpec>& b, const Named<ProviderSpec>& provider) {
    for (Month month = scenario_.start; month < scenario_.end(); ++month) {
      if (!a.value.cost.value.covers(month) || !b.value.cost.value.covers(month) ||
          !provider.value.places.covers(month))
        continue;
      const double places = static_cast<double>(provider.value.places.at(month));
      const auto of = [&](const Named<ProgrammeSpec>& p) {
        return static_cast<double>(p.value.cost.value.at(month).amount.minor()) / 100.0 * places;
      };
      return fmt::format("{:.0f} + {:.0f} {} in {}", of(a), of(b), scenario_.currency, to_string(month));
    }
    return "in different months";
  }

  void check_payers() {
    for (const auto& payer : scenario_.payers) {
      const bool named = std::ranges::any_of(scenario_.programmes, [&](const auto& programme) {
        return std::ranges::find(programme.value.payers.value, payer.name, [](const auto& one) { return one.name; }) !=
               programme.value.payers.value.end();
      });
      if (!named)
        warn(payer.at, fmt::format("no programme names the payer {}", quoted(payer.name)),
             "a programme with a part for it", "none",
             fmt::format("write 'payers: {{{}: 60 %, city: rest}}' in a programme, or take it out", payer.name));
      else if ((payer.value.until && *payer.value.until < scenario_.start) ||
               (payer.value.from && *payer.value.from >= scenario_.end() && loaded_.knows_end(payer.at)))
        warn(payer.at, fmt::format("the payer {} pays in no month of the run", quoted(payer.name)),
             fmt::format("months from {} to {}", to_string(scenario_.start), to_string(scenario_.end() - 1)),
             payer.value.until && *payer.value.until < scenario_.start
                 ? fmt::format("until {}", to_string(*payer.value.until))
                 : fmt::format("from {}", to_string(*payer.value.from)),
             "take it out, or write months of the run");
    }
  }

  const LoadedScenario& loaded_;
  const Scenario& scenario_;
  Diagnostics& diagnostics_;
};

}  // namespace

expr::Possible possible_in(const expr::Schema& schema, const ParameterValues& parameters) {
  expr::Possible possible(schema);
  for (const expr::Column& parameter : schema.parameters()) {
    double least = expr::infinite, most = -expr::infinite;
    for (const auto& month : parameters) {
      least = std::min(least, month[parameter.id]);
      most = std::max(most, month[parameter.id]);
    }
    possible.set_parameter(parameter.name, least, most);
  }
  return possible;
}

void check_programmes(const LoadedScenario& loaded, const expr::Possible& possible,
                      std::span<const Programme> programmes, Diagnostics& diagnostics) {
  for (const auto& named : loaded.scenario.programmes)
    if (const auto found = std::ranges::find(programmes, named.name, &Programme::key); found != programmes.end())
      ProgrammeCheck(named, *found, loaded, possible, diagnostics).run();
  SharedCheck(loaded, diagnostics).run();
}

}  // namespace oikos
