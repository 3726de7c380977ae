#include "sim/programme/spec.hpp"

#include <algorithm>

#include "sim/text/codec.hpp"

namespace oikos {

namespace {

struct WrittenApplies {
  Chance rate = TakeUpSpec{}.applies;
};
struct WrittenDecision {
  double wrongly_refused = 0;
};
struct WrittenTakeUp {
  WrittenApplies applies;
  WrittenDecision decision;
};

Codec<TakeUpSpec> take_up_codec() {
  Record<WrittenApplies> applies{"applies", "who of the eligible applies"};
  applies.optional("rate", &WrittenApplies::rate, codec::chance(),
                   "chance that one who is eligible, neither enrolled nor waiting, applies; certain unless stated");
  Record<WrittenDecision> decision{"decision", "what becomes of an application"};
  decision.optional("wrongly_refused", &WrittenDecision::wrongly_refused, codec::share(),
                    "share of the applications of eligible persons that is refused; none unless stated");
  Record<WrittenTakeUp> record{"take_up",
                               "how eligible persons come to apply; a step that is not written is passed by all"};
  record.optional("applies", &WrittenTakeUp::applies, codec::record_of(applies), "who of the eligible applies")
      .optional("decision", &WrittenTakeUp::decision, codec::record_of(decision), "what becomes of an application")
      .renamed("monthly", "write 'applies: {rate: 4 %/month}'")
      .renamed("refused", "write 'decision: {wrongly_refused: 5 %}'")
      .renamed("gives_up", "write 'queue: {gives_up: 3 %/month}' in the provider");
  return codec::mapped(codec::record_of(record), [](const WrittenTakeUp& written) {
    return TakeUpSpec{.applies = written.applies.rate, .wrongly_refused = written.decision.wrongly_refused};
  });
}

Codec<BudgetSpec> budget_codec(const std::string& currency) {
  constexpr std::array<std::string_view, 2> rations{"first_come", "priority"};
  Record<BudgetSpec> record{"budget", "what is paid in cash at most"};
  record
      .required("amount", &BudgetSpec::amount, codec::dated(codec::money_rate(currency, "year")),
                "most that is paid in cash in a calendar year")
      .optional("ration", &BudgetSpec::ration, codec::one_of<BudgetSpec::Ration>(rations),
                "who is paid while the money lasts: in order of entry (unless stated), or of the programme's priority")
      .optional("spread", &BudgetSpec::spread, codec::boolean(),
                "whether a month may spend a twelfth and what earlier months of the year left over, no more; no "
                "unless stated")
      .optional("scales", &BudgetSpec::scales, codec::boolean(),
                "whether a sample of the city has its part of the amount; yes unless stated");
  return codec::record_of(record);
}

}  // namespace

Codec<std::vector<Named<Dated<PayerShare>>>> payers_codec() {
  return codec::not_a_list(codec::map_of(codec::dated(codec::or_word("rest", codec::share_ppm()))),
                           "write a mapping from payers: {eu_social_fund: {2016-01: 60 %, 2023-01: 0 %}, city: rest}");
}

Record<PayerSpec> payer_record() {
  Record<PayerSpec> record{"payer", "who may pay for programmes"};
  record.optional("title", &PayerSpec::title, codec::text(), "name for people")
      .optional("from", &PayerSpec::from, codec::month(), "first month in which it pays; always unless stated")
      .optional("until", &PayerSpec::until, codec::month(units::MonthRole::last),
                "last month in which it pays; always unless stated");
  record.check([](const PayerSpec& payer, const Node& node, Diagnostics& diagnostics) {
    if (payer.from && payer.until && *payer.until < *payer.from)
      diagnostics.add({.at = node.find("until")->at,
                       .what = "a payer stops before it starts",
                       .expected = "a month from " + to_string(*payer.from) + " on",
                       .got = to_string(*payer.until),
                       .hint = ""});
  });
  return record;
}

Record<ProgrammeSpec> programme_record(const std::string& currency) {
  const auto expression = codec::positioned(codec::expression());
  constexpr std::array<std::string_view, 2> unit_names{"person", "household"};
  Record<ProgrammeSpec> record{"programme",
                               "a service or a cash benefit: for whom, how much, at whose cost, to what effect"};
  record.optional("title", &ProgrammeSpec::title, codec::text(), "name shown in reports")
      .required("domain", &ProgrammeSpec::domain,
                codec::positioned(codec::one_of({need_domain_names.begin(), need_domain_names.end()})),
                "the need it answers")
      .optional("provider", &ProgrammeSpec::provider, codec::positioned(codec::identifier()),
                "kind of provider, or one provider, whose places limit enrolment; without it everybody who applies is "
                "enrolled")
      .optional("unit", &ProgrammeSpec::unit, codec::one_of<Unit>(unit_names),
                "who applies, waits and is enrolled: each eligible person, or each household whose reference person is "
                "eligible")
      .optional("municipality", &ProgrammeSpec::municipality, codec::positioned(codec::identifier()),
                "where it exists; unless stated once in each municipality, with clients, budget and cost in each")
      .optional(
          "initial", &ProgrammeSpec::initial, codec::positioned(codec::integer(0, 10'000'000)),
          "clients of the whole city on the first day of the run: the first by priority of those eligible, with a "
          "part of their stay behind them; who finds no place waits; none unless stated")
      .required("eligible", &ProgrammeSpec::eligible, expression, "who may apply (true/false)")
      .optional("stays_while", &ProgrammeSpec::stays_while, expression,
                "who is enrolled stays while this holds; always unless stated")
      .optional("priority", &ProgrammeSpec::priority, expression,
                "order of the waiting list, higher first; equal unless stated")
      .optional("amount", &ProgrammeSpec::amount, expression, "cash paid each month (money)")
      .optional("duration", &ProgrammeSpec::duration, codec::duration_range(1),
                "planned stay; open-ended unless stated")
      .optional("from", &ProgrammeSpec::from, codec::positioned(codec::month()),
                "first month; the start of the run unless stated")
      .optional("until", &ProgrammeSpec::until, codec::positioned(codec::month(units::MonthRole::last)),
                "last month; in the month after, all leave")
      .optional("take_up", &ProgrammeSpec::take_up, codec::positioned(take_up_codec()),
                "how eligible persons come to apply")
      .optional("drop_out", &ProgrammeSpec::drop_out, codec::chance(),
                "chance that one who is enrolled leaves early; none unless stated")
      .optional("again_after", &ProgrammeSpec::again_after, codec::duration_months(),
                "time after leaving until a person may apply again; at once unless stated")
      .optional("cost", &ProgrammeSpec::cost,
                codec::positioned(codec::dated(codec::money_per(currency, {"person-month", "place-month"}))),
                "cost of a month of an enrolled person, or of a place whether taken or not")
      .optional("budget", &ProgrammeSpec::budget, codec::positioned(budget_codec(currency)),
                "what is paid in cash at most")
      .optional("payers", &ProgrammeSpec::payers, codec::positioned(payers_codec()),
                "who pays which part: shares, `rest`, or these by month; in every month 100 % or exactly one `rest`; "
                "the city all of it unless stated")
      .optional("effects", &ProgrammeSpec::effects, effects_codec(Giver::programme),
                "what it changes, from the month after")
      .renamed("start", "write 'from', the first month")
      .renamed("end", "write 'until', the last month")
      .renamed("envelope", "write 'budget: {amount: 1.2 million PLN/year}'");
  return record;
}

}  // namespace oikos
