#include "sim/effect/spec.hpp"

#include <algorithm>

#include "sim/text/codec.hpp"

namespace oikos {

namespace {

/// A body as written: `while` and `after` say one thing.
struct Written {
  std::optional<Node> times, plus, sets;
  std::optional<Positioned<std::string>> where, range;
  std::optional<std::size_t> during, after;
  std::optional<Positioned<Month>> from, until;
  int ramp = 0, fade = 0;
  std::string source, confidence;
};

void refuse(Diagnostics& diagnostics, const Position& at, std::string what, std::string expected, std::string got,
            std::string hint = "") {
  diagnostics.add({.at = at,
                   .what = std::move(what),
                   .expected = std::move(expected),
                   .got = std::move(got),
                   .hint = std::move(hint)});
}

void check_ways(const Written& e, const Node& node, Giver giver, Diagnostics& diagnostics) {
  const int ways = static_cast<int>(e.times.has_value()) + static_cast<int>(e.plus.has_value()) +
                   static_cast<int>(e.sets.has_value());
  if (ways != 1)
    refuse(diagnostics, node.at, "an effect acts in one way",
           giver == Giver::city ? "one of 'times', 'plus' and 'sets'" : "either 'times' or 'plus'",
           ways == 0 ? "none" : "more than one", ways == 0 ? "" : "write a list of two effects, a body for each way");
  const std::optional<Node>& value = e.times ? e.times : e.plus;
  if (giver == Giver::attribute && !e.where && value && value->is_scalar())
    refuse(diagnostics, node.at, "an effect on everybody",
           "'where' beside it, such as 'where: alcohol == dependent', or '{by: ...}'", "neither");
}

void check_times(const Written& e, const Node& node, Giver giver, Diagnostics& diagnostics) {
  if (giver == Giver::programme && e.during.has_value() == e.after.has_value())
    refuse(diagnostics, node.at, "an effect is in force at one time",
           "either 'while: enrolled' or 'after: exit' (or completion)", e.during ? "both" : "neither");
  else if (e.fade > 0 && e.during)
    refuse(diagnostics, node.find("fade")->at, "an effect while enrolled does not fade",
           "'fade' beside 'after: exit' (or completion)", "'fade' beside 'while: enrolled'",
           "take it out, or write the effect after exit as one of its own");
  else if (e.ramp > 0 && e.sets)
    refuse(diagnostics, node.find("ramp")->at, "what is set does not grow", "'ramp' beside 'times' or 'plus'",
           "'ramp' beside 'sets'", "write the values by month: 'sets: {2016-01: ..., 2016-07: ...}'");
  else if (e.ramp > 0 && e.after)
    refuse(diagnostics, node.find("ramp")->at, "an effect after exit does not grow", "'ramp' beside 'while: enrolled'",
           "'ramp' beside 'after'", "take it out, or write 'fade' for an effect that goes");
  if (e.from && e.until && e.until->value < e.from->value)
    refuse(diagnostics, e.until->at, "an effect ends before it begins",
           "a month from " + to_string(e.from->value) + " on", to_string(e.until->value));
}

Record<Written> body_record(Giver giver) {
  Record<Written> record{giver == Giver::programme   ? "effect of a programme"
                         : giver == Giver::attribute ? "effect of an attribute"
                                                     : "effect of a lever or shock",
                         giver == Giver::programme   ? "what the programme changes"
                         : giver == Giver::attribute ? "what the state changes"
                                                     : "what it changes"};
  record
      .optional("times", &Written::times, codec::quantity_node("a factor: a number, an expression or '{by: ...}'"),
                "factor on the target: of a chance on its hazard")
      .optional("plus", &Written::plus,
                codec::quantity_node("what is added, in the unit of the target, such as '0.2/year'"),
                "what is added to the target, after all factors: to a chance, for those who have one");
  if (giver == Giver::city)
    record.optional("sets", &Written::sets, codec::quantity_node("a value in the unit of the target"),
                    "what the target is before factors, of parameters only; the largest, where several do");
  record.optional("where", &Written::where, codec::positioned(codec::expression()),
                  giver == Giver::city        ? "whom or which it acts on; all unless stated"
                  : giver == Giver::programme ? "which clients have the effect; all unless stated"
                                              : "who has the effect, of those whose state it is");
  if (giver == Giver::programme)
    record
        .optional("while", &Written::during, codec::one_of_index({"enrolled"}),
                  "in force from the month after entry to exit")
        .optional("after", &Written::after, codec::one_of_index({"exit", "completion"}),
                  "in force from the month after exit, of all or of those who stayed as planned");
  else
    record.optional("from", &Written::from, codec::positioned(codec::month()), "first month in which it acts")
        .optional("until", &Written::until, codec::positioned(codec::month(units::MonthRole::last)),
                  "last month in which it acts");
  if (giver != Giver::attribute)
    record.optional("ramp", &Written::ramp, codec::duration_months(1),
                    "time until it is whole, in a straight line from nothing; at once unless stated");
  if (giver == Giver::programme)
    record.optional("fade", &Written::fade, codec::duration_months(1),
                    "time until an effect after exit is gone, in a straight line");
  record
      .optional("range", &Written::range, codec::positioned(codec::text()),
                "LOW..HIGH around the figure, which holds the truth with 95 %: each replicate draws its own, all plans "
                "the same; the figure itself in all replicates unless stated")
      .required("source", &Written::source, codec::text(), "where the figure comes from")
      .required("confidence", &Written::confidence, codec::confidence(), "how far the source was checked")
      .renamed("on", "the target is the key: 'effects: {job_finding: {times: 0.7, ...}}'");
  record.check([giver](const Written& e, const Node& node, Diagnostics& diagnostics) {
    check_ways(e, node, giver, diagnostics);
    check_times(e, node, giver, diagnostics);
  });
  return record;
}

Codec<EffectSpec> body_codec(Giver giver) {
  return codec::mapped(codec::positioned(codec::record_of(body_record(giver))), [](Positioned<Written> written) {
    Written& e = written.value;
    EffectSpec spec;
    spec.at = std::move(written.at);
    spec.times = std::move(e.times), spec.plus = std::move(e.plus), spec.sets = std::move(e.sets);
    spec.where = std::move(e.where), spec.range = std::move(e.range);
    if (e.during) spec.when = EffectSpec::When::enrolled;
    if (e.after) spec.when = *e.after == 1 ? EffectSpec::When::after_completion : EffectSpec::When::after_exit;
    spec.from = std::move(e.from), spec.until = std::move(e.until);
    spec.ramp = e.ramp, spec.fade = e.fade;
    spec.source = std::move(e.source), spec.confidence = std::move(e.confidence);
    return spec;
  });
}

}  // namespace

Codec<EffectSpecs> effects_codec(Giver giver) {
  const auto bodies = codec::one_or_list(body_codec(giver));
  const std::string expected = "a mapping from targets: {job_finding: {times: 0.7, ...}}";
  const Codec<EffectSpecs> by_target{
      [bodies, expected](const Node& node, Diagnostics& diagnostics) -> std::optional<EffectSpecs> {
        if (!codec::expect_mapping(node, expected, diagnostics)) return std::nullopt;
        EffectSpecs all;
        for (const auto& entry : node.entries)
          if (auto read = bodies.parse(entry.value, diagnostics))
            all.push_back({entry.key, entry.key_at, std::move(*read)});
        return all;  // what is right is looked at although the rest is not
      },
      schema::map_of("", bodies.schema()), expected, bodies.inner()};
  return codec::not_a_list(by_target, "write " + expected);
}

}  // namespace oikos
