#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/effect/effect.hpp"
#include "sim/parameter/parameter_unit.hpp"
#include "sim/quantity/readers.hpp"
#include "sim/text/codec.hpp"

namespace oikos {

namespace {

NumberReader number_only(NumberReader reader) {
  reader.expression = std::nullopt;
  reader.expected += ", or such by month";
  return reader;
}

NumberReader reader_of(ParameterUnit unit, const std::string& currency) {
  const std::string expected = describe(unit, currency);
  return {.expected = expected,
          .read = [unit, currency, expected](const Node& node, Diagnostics& diagnostics) -> std::optional<double> {
            const auto value = parse_parameter(node.text, unit, currency);
            if (value) return *value;
            diagnostics.add({.at = node.at,
                             .what = value.problem.what,
                             .expected = expected,
                             .got = describe(node),
                             .hint = value.problem.hint});
            return std::nullopt;
          }};
}

NumberReader places_reader() {
  const auto count = codec::integer(-1'000'000, 1'000'000);
  return {.expected = count.describe(),
          .read = [count](const Node& node, Diagnostics& diagnostics) -> std::optional<double> {
            const auto value = count.parse(node, diagnostics);
            return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
          }};
}

/// Compiles all bodies of one giver.
class Compiler {
 public:
  Compiler(const EffectContext& context, Diagnostics& diagnostics) : context_(context), diagnostics_(diagnostics) {}

  std::vector<Effect> run(const EffectSpecs& specs) {
    std::vector<Effect> all;
    for (const auto& [name, at, bodies] : specs) {
      Effect begun;
      if (!find_target(name, at, begun)) continue;
      for (std::size_t i = 0; i < bodies.size(); ++i) {
        Effect effect = begun;
        // The first of a list has the luck that it has alone.
        effect.path = fmt::format("{}/{}{}", context_.path, name, i == 0 ? "" : fmt::format("/{}", i));
        if (compile(bodies[i], effect)) all.push_back(std::move(effect));
      }
    }
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
  void warn(const Position& at, std::string what, std::string expected, std::string got, std::string hint) {
    diagnostics_.warn({.at = at,
                       .what = std::move(what),
                       .expected = std::move(expected),
                       .got = std::move(got),
                       .hint = std::move(hint)});
  }

  bool is_city() const { return context_.giver == Giver::city; }

  std::vector<std::string> known() const {
    std::vector<std::string> names;
    for (const TargetSpec* one : context_.registry.targets())
      if (is_city() || one->is_of_people()) names.emplace_back(one->name);
    std::ranges::sort(names);
    return names;
  }

  bool find_target(const std::string& written, const Position& at, Effect& effect) {
    std::string_view name = written;
    for (std::size_t r = 1; r < relations.size(); ++r) {
      const std::string_view path = relations[r].name;
      if (!name.starts_with(path) || name.size() <= path.size() || name[path.size()] != '.') continue;
      if (name.size() == path.size() + 1) break;
      if (is_city()) {
        report(at, "an effect on everybody has no path to who receives it", "the target alone", oikos::quoted(written),
               fmt::format("write '{}'; 'where' says whom it acts on", name.substr(path.size() + 1)));
        return false;
      }
      effect.receiver = static_cast<Relation>(r);
      name.remove_prefix(path.size() + 1);
      break;
    }
    effect.target = context_.registry.find_target(name);
    if (effect.target != nullptr && (is_city() || effect.target->is_of_people())) return true;
    if (effect.target != nullptr) {
      report(at, fmt::format("{} is not a person's or household's", oikos::quoted(name)),
             fmt::format("one of {}", fmt::join(known(), ", ")), oikos::quoted(name),
             "a lever changes programmes, providers and parameters: 'levers: {NAME: {effects: {...}}}'");
      return false;
    }
    const Parameter* parameter = context_.parameters != nullptr ? context_.parameters->find(name) : nullptr;
    if (parameter == nullptr) return report_unknown(written, name, at), false;
    effect.parameter = parameter->name;
    if (is_city() && (parameter->spec == nullptr || parameter->spec->read != ParameterRead::at_start)) return true;
    if (is_city())
      report(at, fmt::format("parameter {} is read once, at the start, before anything acts", oikos::quoted(name)),
             "a parameter that is read by month (list them: oikos explain parameters)", oikos::quoted(name));
    else
      report(at, fmt::format("parameter {} is not a person's or household's", oikos::quoted(name)),
             fmt::format("one of {}", fmt::join(known(), ", ")), oikos::quoted(name),
             "a lever changes parameters: 'levers: {NAME: {effects: {...}}}'");
    return false;
  }

  void report_unknown(const std::string& written, std::string_view name, const Position& at) {
    auto names = known();
    std::string expected = fmt::format("one of {}", fmt::join(names, ", "));
    if (is_city()) expected += ", or a parameter that is read by month";
    else expected += ", perhaps with a path such as 'partner.' or 'members.' before it";
    if (is_city() && context_.parameters != nullptr)
      for (const Parameter& one : context_.parameters->all()) names.push_back(one.name);
    const auto dot = written.find('.');
    const bool has_path = dot != std::string::npos && !context_.registry.find_target(name);
    std::string hint = did_you_mean(name, names);
    if (hint.empty() && has_path) {
      std::vector<std::string> paths;
      for (const RelationInfo& one : std::span(relations).subspan(1)) paths.emplace_back(one.name);
      hint = did_you_mean(written.substr(0, dot), paths);
    }
    report(at, "unknown target", expected, oikos::quoted(written), hint);
  }

  NumberReader reader(const Effect& effect) const {
    const bool chance = effect.target != nullptr && effect.target->is_of_people();
    if (effect.way == Way::times) return chance ? factor_reader() : number_only(factor_reader());
    if (effect.target == nullptr)
      return number_only(reader_of(context_.parameters->find(effect.parameter)->unit, context_.currency));
    if (effect.target->unit == "places") return number_only(places_reader());
    return hazard_reader();
  }

  /// Whether the way is one that acts on the target.
  bool check_way(const EffectSpec& spec, const Effect& effect, const Node& value) {
    if (effect.way == Way::sets && effect.target != nullptr) {
      report(value.at, fmt::format("'sets' does not act on {}", oikos::quoted(effect.target->name)),
             "'times' or 'plus'; 'sets' of parameters only", "'sets'");
      return false;
    }
    if (effect.way == Way::plus && effect.target != nullptr && effect.target->unit.empty()) {
      report(value.at, fmt::format("'plus' does not act on {}", oikos::quoted(effect.target->name)), "'times'",
             "'plus'");
      return false;
    }
    if (effect.target == nullptr && spec.where) {
      report(spec.where->at, "a parameter is the municipality's, not a person's", "no 'where'",
             oikos::quoted(spec.where->value),
             "for one municipality of several write 'municipality: NAME' beside 'effects'");
      return false;
    }
    return true;
  }

  bool compile(const EffectSpec& spec, Effect& effect) {
    effect.at = spec.at;
    effect.way = spec.sets ? Way::sets : spec.times ? Way::times : Way::plus;
    const Node& written = spec.sets ? *spec.sets : spec.times ? *spec.times : *spec.plus;
    if (!check_way(spec, effect, written)) return false;
    effect.when = spec.when.value_or(EffectSpec::When::enrolled);
    effect.from = spec.from ? std::optional(spec.from->value) : context_.from;
    if (context_.from && effect.from) effect.from = std::max(*effect.from, *context_.from);
    effect.until = spec.until ? std::optional(spec.until->value) : context_.until;
    if (context_.until && effect.until) effect.until = std::min(*effect.until, *context_.until);
    effect.ramp = spec.ramp > 0 ? spec.ramp : context_.ramp;
    if (effect.ramp > 0 && effect.way == Way::sets) {
      report(spec.at, "what is set does not grow", "no 'ramp' in an entry that sets", "'ramp' of the entry",
             "write 'ramp' into the effects that it is for");
      return false;
    }
    effect.fade = spec.fade;
    const auto before = diagnostics_.all().size();
    QuantityContext quantities = context_.quantities;  // values by month begin with the effect
    if (effect.from && quantities.start < *effect.from) quantities.start = *effect.from;
    if (auto value = Quantity::compile(written, reader(effect), quantities, diagnostics_))
      effect.value = std::move(*value);
    if (effect.way == Way::plus && !std::isfinite(effect.value.range().most))
      report(written.at, "nothing can be added to reach certainty", "a chance below 100 %, such as '50 %/month'",
             describe(written));
    if (spec.where) condition(*spec.where, effect);
    if (diagnostics_.all().size() != before) return false;
    const bool of_people = effect.target != nullptr && effect.target->is_of_people();
    if (spec.range && of_people && !range(*spec.range, written, effect)) return false;
    find_what_waits(effect);
    if (effect.target == nullptr || !effect.target->is_of_people()) {
      if (!effect.value.is_same_for_all()) {
        report(written.at, "an effect on what is no person's differs between persons", "a number, or numbers by month",
               "'by' another thing");
        return false;
      }
      if (spec.range) {
        report(spec.range->at,
               fmt::format("the figure of {} is the same in all replicates", oikos::quoted(written_target(effect))),
               "'range' of effects on chances of persons and households", oikos::quoted(spec.range->value),
               "take it out, or write the ends of the range as two levers of their own");
        return false;
      }
    }
    check_acts(spec, written, effect);
    return true;
  }

  static std::string written_target(const Effect& effect) {
    return effect.target != nullptr ? std::string(effect.target->name) : effect.parameter;
  }

  void condition(const Positioned<std::string>& text, Effect& effect) {
    if (!effect.target->is_of_people()) {
      effect.where_service = text;
      return;
    }
    effect.where = expr::compile(text.value, text.at, context_.quantities.schema,
                                 expr::Goal::exactly("condition", {expr::Kind::boolean, nullptr}), diagnostics_);
  }

  bool range(const Positioned<std::string>& text, const Node& written, Effect& effect) {
    const auto stated = effect.value.constant();
    if (!stated) {
      report(text.at, "a range belongs to one figure", "a plain number beside it", describe(written),
             "write a body of its own for each figure");
      return false;
    }
    const auto dots = text.value.find("..");
    const auto end = [&](std::string part, std::size_t skipped) -> std::optional<double> {
      Node node = written;
      node.text = std::move(part);
      node.at = text.at;
      node.at.column += static_cast<int>(skipped);
      return reader(effect).read(node, diagnostics_);
    };
    const std::string expected = "LOW..HIGH, such as '1.2..2.1'";
    if (dots == std::string::npos) {
      const auto dash = text.value.find('-', 1);
      report(text.at, "not a range", expected, oikos::quoted(text.value),
             dash == std::string::npos
                 ? ""
                 : fmt::format("write '{}..{}'", text.value.substr(0, dash), text.value.substr(dash + 1)));
      return false;
    }
    std::string low = text.value.substr(0, dots), high = text.value.substr(dots + 2);
    const auto unit = high.find_first_not_of("0123456789.-");
    if (unit != std::string::npos && low.find_first_not_of("0123456789.-") == std::string::npos)
      low += high.substr(unit);
    const auto least = end(low, 0), most = end(high, dots + 2);
    if (!least || !most) return false;
    effect.range = FigureRange{*least, *most};
    const bool positive = (effect.way != Way::times || *least > 0) && std::isfinite(*most);
    if (*least <= *stated && *stated <= *most && *least < *most && positive) return true;
    report(text.at, "a range that does not hold its figure",
           effect.way == Way::times ? "LOW..HIGH with the figure between them, LOW above 0"
                                    : "LOW..HIGH with the figure between them",
           fmt::format("'{}' around '{}'", text.value, written.text));
    return false;
  }

  /// Incomes are known once the first month has been computed.
  void find_what_waits(Effect& effect) const {
    if (effect.target == nullptr || !effect.target->is_of_people()) return;
    const auto reads = [&](const expr::Program& program) {
      for (const std::uint32_t id : program.reads()) effect.waits |= context_.registry.names()[id]->computed;
    };
    effect.value.each_expression(reads);
    if (effect.where) reads(*effect.where);
  }

  /// What may be meant but does nothing.
  void check_acts(const EffectSpec& spec, const Node& written, const Effect& effect) {
    const double nothing = effect.way == Way::times ? 1.0 : 0.0;
    if (effect.way != Way::sets && effect.value.constant() == nothing && !effect.range)
      warn(spec.at, fmt::format("the effect on {} changes nothing", oikos::quoted(written_target(effect))),
           effect.way == Way::times ? "a factor other than 1" : "another number than 0",
           fmt::format("'{}: {}'", effect.way == Way::times ? "times" : "plus", written.text),
           "take the effect out, or write another figure");
    const Month start = context_.quantities.start, end = start + context_.quantities.months;
    const bool is_late = effect.from && *effect.from >= end, is_early = effect.until && *effect.until < start;
    if (!spec.from && !spec.until) return;  // the giver's months are looked at with the giver
    if (is_late || is_early || (effect.from && effect.until && *effect.until < *effect.from))
      warn(spec.at, fmt::format("the effect on {} acts in no month of the run", oikos::quoted(written_target(effect))),
           fmt::format("months from {} to {}", to_string(start), to_string(end - 1)),
           is_early ? fmt::format("until {}", to_string(*effect.until))
                    : fmt::format("from {}", to_string(*effect.from)),
           "take it out, or write months of the run");
  }

  const EffectContext& context_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::vector<Effect> compile_effects(const EffectSpecs& specs, const EffectContext& context, Diagnostics& diagnostics) {
  return Compiler(context, diagnostics).run(specs);
}

}  // namespace oikos
