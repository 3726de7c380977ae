#include "sim/city/spec.hpp"

#include "sim/text/codec.hpp"

namespace oikos {

namespace {

void add_when_and_what(Record<LeverSpec>& record) {
  record.optional("title", &LeverSpec::title, codec::text(), "name shown in reports")
      .optional("municipality", &LeverSpec::municipality, codec::positioned(codec::identifier()),
                "where it acts; unless stated in each municipality")
      .optional("from", &LeverSpec::from, codec::positioned(codec::month()),
                "first month; the start of the run unless stated")
      .optional("until", &LeverSpec::until, codec::positioned(codec::month(units::MonthRole::last)),
                "last month; the end of the run unless stated")
      .optional("ramp", &LeverSpec::ramp, codec::duration_months(1),
                "time until its effects are whole, in a straight line from nothing; at once unless stated")
      .optional("effects", &LeverSpec::effects, effects_codec(Giver::city), "what it changes, by target")
      .optional("source", &LeverSpec::source, codec::text(), "where its figures come from")
      .optional("confidence", &LeverSpec::confidence, codec::confidence(), "how far the source was checked")
      .renamed("start", "write 'from', the first month")
      .renamed("end", "write 'until', the last month");
}

void check_dates(const LeverSpec& lever, Diagnostics& diagnostics) {
  if (lever.from && lever.until && lever.until->value < lever.from->value)
    diagnostics.add({.at = lever.until->at,
                     .what = "it ends before it begins",
                     .expected = "a month from " + to_string(lever.from->value) + " on",
                     .got = to_string(lever.until->value),
                     .hint = ""});
}

}  // namespace

Record<LeverSpec> lever_record(const std::string& currency) {
  Record<LeverSpec> record{"lever", "what a city changes as a whole, and pays for"};
  add_when_and_what(record);
  record
      .optional("cost", &LeverSpec::cost,
                codec::positioned(codec::dated(codec::money_per(currency, {"month", "year"}))),
                "what it costs while it is in force, for the whole city; a sample pays its part; nothing unless stated")
      .optional("payers", &LeverSpec::payers, codec::positioned(payers_codec()),
                "who pays which part, as of programmes; the city all of it unless stated");
  record.check([](const LeverSpec& lever, const Node& node, Diagnostics& diagnostics) {
    check_dates(lever, diagnostics);
    if (!lever.cost.at.known() && lever.payers.at.known())
      diagnostics.add({.at = lever.payers.at,
                       .what = "payers with nothing to pay",
                       .expected = "a 'cost' beside 'payers'",
                       .got = "none",
                       .hint = "take them out, or write what it costs"});
    const Node* effects = node.find("effects");
    const bool none = effects == nullptr || (effects->is_mapping() && effects->entries.empty());
    if (none && lever.ramp > 0)
      diagnostics.add({.at = node.find("ramp")->at,
                       .what = "'ramp' of a lever without effects",
                       .expected = "'effects' beside it",
                       .got = "none",
                       .hint = "a cost that grows is written by month: 'cost: {2016-01: ..., 2016-07: ...}'"});
    if (!lever.cost.at.known() && none)
      diagnostics.add({.at = node.at,
                       .what = "a lever that changes nothing and costs nothing",
                       .expected = "'effects' or 'cost'",
                       .got = "neither",
                       .hint = ""});
  });
  return record;
}

Record<LeverSpec> shock_record() {
  Record<LeverSpec> record{"shock", "what happens to a city"};
  add_when_and_what(record);
  record
      .renamed("cost", "a shock happens and costs nothing; a lever is chosen and costs: 'levers: {NAME: {cost: ...}}'")
      .renamed("payers", "a shock happens and costs nothing; a lever has payers");
  record.check([](const LeverSpec& shock, const Node& node, Diagnostics& diagnostics) {
    check_dates(shock, diagnostics);
    const Node* effects = node.find("effects");
    if (effects == nullptr || (effects->is_mapping() && effects->entries.empty()))
      diagnostics.add(
          {.at = node.at, .what = "a shock that changes nothing", .expected = "'effects'", .got = "none", .hint = ""});
  });
  return record;
}

}  // namespace oikos
