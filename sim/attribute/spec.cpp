#include "sim/attribute/spec.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <set>

namespace oikos {

namespace {

/// Words that readers of YAML 1.1 take for truth values or nothing.
constexpr std::array<std::string_view, 9> truth_words{"on", "off", "yes", "no", "true", "false", "null", "y", "n"};

/// A name, or `yes` and `no`.
Codec<std::string> value_name() {
  const auto text = codec::text();
  return {[text](const Node& node, Diagnostics& diagnostics) { return text.parse(node, diagnostics); }, text.schema(),
          "one of the values"};
}

Record<FactorSpec> factor_record() {
  Record<FactorSpec> record{"factor", "an influence on a move"};
  record
      .required("times", &FactorSpec::times,
                codec::quantity_node("a factor on the hazard: a number, an expression or '{by: ...}'"),
                "factor on the hazard")
      .optional("where", &FactorSpec::where, codec::positioned(codec::expression()),
                "for whom, of those who may move; all of them unless stated")
      .required("source", &FactorSpec::source, codec::text(), "where the factor comes from")
      .required("confidence", &FactorSpec::confidence, codec::confidence(), "how far the source was checked");
  return record;
}

Record<MoveSpec> move_record() {
  constexpr std::array<std::string_view, 2> kinds{"reference", "mean"};
  const auto one_value = codec::mapped(codec::positioned(value_name()), [](Positioned<std::string> one) {
    return std::vector<Positioned<std::string>>{std::move(one)};
  });
  Record<MoveSpec> record{"move", "a change of an attribute, with its chance"};
  record
      .optional("from", &MoveSpec::from,
                codec::scalar_or(one_value, codec::list_of(codec::positioned(value_name()), 1)),
                "the value or values it leads away from; all but the one it leads to unless stated")
      .optional("to", &MoveSpec::to,
                codec::quantity_node("a value, or shares of values: {recovering: 70 %, none: rest}"),
                "the value it leads to, or shares of values")
      .optional("sets", &MoveSpec::sets, codec::positioned(value_name()), "of a flag: `yes` or `no`")
      .optional("where", &MoveSpec::where, codec::positioned(codec::expression()),
                "who may move; everybody unless stated")
      .required(
          "rate", &MoveSpec::rate,
          codec::quantity_node("a chance per time, such as '6 %/year' or '0.18/year', by month, by another thing or "
                               "from a table"),
          "how often those move who may")
      .optional("rate_is", &MoveSpec::rate_is, codec::one_of<MoveSpec::RateIs>(kinds),
                "what the rate says where there are factors: the `reference` whose factors are all 1, or the `mean` of "
                "those who may move at the start of the baseline, by whose mean factor it is divided once")
      .map("factors", &MoveSpec::factors, codec::record_of(factor_record()), "influences, by names of your choice")
      .optional("cap", &MoveSpec::cap, codec::number(1, 1000), "largest product of the factors; 8 unless stated")
      .optional("source", &MoveSpec::source, codec::text(), "where the rate comes from; the attribute's unless stated")
      .optional("confidence", &MoveSpec::confidence, codec::confidence(), "how far the source was checked");
  record.check([](const MoveSpec& move, const Node& node, Diagnostics& diagnostics) {
    if (move.to.has_value() == move.sets.has_value())
      diagnostics.add({.at = node.at,
                       .what = "a move leads to one thing",
                       .expected = "either 'to' (of values) or 'sets' (of a flag)",
                       .got = move.to ? "both" : "neither",
                       .hint = ""});
    if (!move.factors.empty() && !move.rate_is)
      diagnostics.add({.at = node.find("factors")->at,
                       .what = "factors on a rate that does not say what it is",
                       .expected = "'rate_is: reference' or 'rate_is: mean' beside 'factors'",
                       .got = "neither",
                       .hint = "'mean' if the source counted everybody, 'reference' if it counted those without any of "
                               "the influences"});
    if (move.factors.empty() && move.rate_is)
      diagnostics.add({.at = node.find("rate_is")->at,
                       .what = "'rate_is' without factors",
                       .expected = "'factors' beside it",
                       .got = "none",
                       .hint = "take it out"});
  });
  return record;
}

void refuse(Diagnostics& diagnostics, const Position& at, std::string what, std::string expected, std::string got,
            std::string hint = "") {
  diagnostics.add({.at = at,
                   .what = std::move(what),
                   .expected = std::move(expected),
                   .got = std::move(got),
                   .hint = std::move(hint)});
}

void check_attribute(const AttributeSpec& spec, const Node& node, Diagnostics& diagnostics) {
  if (spec.flag == !spec.values.empty())
    refuse(diagnostics, node.at, "an attribute is of one kind", "either 'values' or 'type: flag'",
           spec.flag ? "both" : "neither");
  if (spec.values.size() == 1)
    refuse(diagnostics, spec.values[0].at, "an attribute that has one value only", "two values or more", "one");
  if (spec.values.size() > 200)
    refuse(diagnostics, spec.values[200].at, "too many values", "at most 200", fmt::format("{}", spec.values.size()));
  std::set<std::string> seen;
  for (const auto& value : spec.values) {
    if (!seen.insert(value.value).second)
      refuse(diagnostics, value.at, "a value twice", "each value once", quoted(value.value));
    if (std::ranges::find(truth_words, value.value) != truth_words.end())
      refuse(diagnostics, value.at, "a value that readers of YAML take for true, false or nothing", "another word",
             quoted(value.value), "'type: flag' has the values yes and no");
  }
  if (spec.of == AttributeSpec::Of::person && node.find("when_split") != nullptr)
    refuse(diagnostics, node.find("when_split")->at, "a person does not split", "'when_split' of households only",
           "'of: person'");
  if (spec.of == AttributeSpec::Of::household && spec.at_birth)
    refuse(diagnostics, spec.at_birth->at, "households are not born", "'at_birth' of persons only", "'of: household'",
           "a household that is founded begins with the first value, or with 'when_split: copy' as "
           "the one that is left");
  const bool figures = spec.initial.has_value();
  if (figures && (spec.source.empty() || spec.confidence.empty()))
    refuse(diagnostics, node.at, "figures without a source", "'source' and 'confidence' of the attribute",
           spec.source.empty() ? "no 'source'" : "no 'confidence'");
  for (const auto& move : spec.moves)
    if ((move.value.source.empty() && spec.source.empty()) ||
        (move.value.confidence.empty() && spec.confidence.empty()))
      refuse(diagnostics, move.at, "a rate without a source", "'source' and 'confidence' of the move or the attribute",
             "neither");
}

}  // namespace

std::vector<std::string> AttributeSpec::value_names() const {
  if (flag) return {"no", "yes"};
  std::vector<std::string> names;
  for (const auto& value : values) names.push_back(value.value);
  return names;
}

Record<AttributeSpec> attribute_record() {
  constexpr std::array<std::string_view, 2> units{"person", "household"}, splits{"initial", "copy"};
  const auto flag = codec::mapped(codec::one_of_index({"flag"}), [](std::size_t) { return true; });
  Record<AttributeSpec> record{"attribute", "a state of persons or households, and how it changes"};
  record.optional("title", &AttributeSpec::title, codec::text(), "name for people")
      .required("of", &AttributeSpec::of, codec::one_of<AttributeSpec::Of>(units), "whose state it is")
      .optional("values", &AttributeSpec::values, codec::list_of(codec::positioned(codec::identifier()), 1),
                "the values it can have")
      .optional("type", &AttributeSpec::flag, flag, "`flag`: its values are `yes` and `no`")
      .optional(
          "initial", &AttributeSpec::initial,
          codec::quantity_node("one value, shares of values such as {none: 90 %, harmful: rest}, or of a flag a share"),
          "the state on the first day: one value, shares of the values, or of a flag the share that has it; the "
          "first value unless stated")
      .optional("at_birth", &AttributeSpec::at_birth, codec::positioned(value_name()),
                "the value of newborns; the first one unless stated")
      .optional("when_split", &AttributeSpec::when_split, codec::one_of<AttributeSpec::WhenSplit>(splits),
                "what a household begins with that somebody founds who leaves another: the `initial` first value "
                "(unless stated), or a `copy` of the other's")
      .map("moves", &AttributeSpec::moves, codec::record_of(move_record()), "how it changes, by names of your choice")
      .optional("effects", &AttributeSpec::effects, effects_codec(Giver::attribute),
                "what it does to chances, by target; a path such as `partner.` or `members.` before a target says who "
                "receives it")
      .optional("source", &AttributeSpec::source, codec::text(), "where its figures come from")
      .optional("confidence", &AttributeSpec::confidence, codec::confidence(), "how far the source was checked");
  record.check(check_attribute);
  return record;
}

}  // namespace oikos
