#include "sim/programme/spec.hpp"

#include "sim/text/codec.hpp"

namespace oikos {

namespace {

Record<TakeUpSpec> take_up_record() {
  Record<TakeUpSpec> record{"take_up", "how eligible persons come to apply"};
  record
      .optional("monthly", &TakeUpSpec::monthly, codec::share(),
                "share of the eligible, neither enrolled nor waiting, who apply in a month; all of them unless stated")
      .optional("refused", &TakeUpSpec::refused, codec::share(), "share of applications refused; none unless stated")
      .optional("gives_up", &TakeUpSpec::gives_up, codec::share(), "share of those waiting who give up in a month");
  return record;
}

Record<PayerSpec> payer_record() {
  Record<PayerSpec> record{"payer", "who pays a part of the cost"};
  record
      .required("payer", &PayerSpec::payer, codec::positioned(codec::identifier()),
                "city, region, state, eu_social_fund ...")
      .required("share", &PayerSpec::share_ppm, codec::or_word("rest", codec::share_ppm()),
                "part of the cost; `rest` takes what the others leave")
      .optional("from", &PayerSpec::from, codec::month(), "first month")
      .optional("until", &PayerSpec::until, codec::month(), "last month");
  return record;
}

/// An effect as written: exactly one of `while` and `after`.
struct WrittenEffect {
  Modifier on = Modifier::job_finding;
  double times = 1;
  std::optional<std::size_t> during;
  std::optional<std::size_t> after;
  int fade = 0;
  std::string source, confidence;
};

Codec<EffectSpec> effect_codec() {
  Record<WrittenEffect> record{"effect", "what the programme changes"};
  record.required("on", &WrittenEffect::on, codec::one_of<Modifier>(modifier_names), "the hazard")
      .required("times", &WrittenEffect::times, codec::number(0, 100), "factor on the monthly hazard")
      .optional("while", &WrittenEffect::during, codec::one_of_index({"enrolled"}),
                "in force from the month after entry to exit")
      .optional("after", &WrittenEffect::after, codec::one_of_index({"exit", "completion"}),
                "in force from the month after exit, of all or of those who stayed as planned")
      .optional("fade", &WrittenEffect::fade, codec::duration_months(1),
                "time until an effect after exit is gone, linearly")
      .required("source", &WrittenEffect::source, codec::text(), "where the factor comes from")
      .required("confidence", &WrittenEffect::confidence,
                codec::one_of({"verified", "recalled", "derived", "assumption"}), "how far the source was checked");
  record.check([](const WrittenEffect& e, const Node& node, Diagnostics& diagnostics) {
    if (e.during.has_value() == e.after.has_value())
      diagnostics.add({.at = node.at,
                       .what = "an effect is in force at one time",
                       .expected = "either 'while: enrolled' or 'after: exit' (or completion)",
                       .got = e.during ? "both" : "neither",
                       .hint = ""});
  });
  return codec::mapped(codec::record_of(record), [](WrittenEffect e) {
    return EffectSpec{.on = e.on,
                      .times = e.times,
                      .when = e.after ? EffectSpec::When::after_exit : EffectSpec::When::enrolled,
                      .fade = e.fade,
                      .completed_only = e.after.value_or(0) == 1,
                      .source = std::move(e.source),
                      .confidence = std::move(e.confidence)};
  });
}

}  // namespace

Record<ProgrammeSpec> programme_record(const std::string& currency) {
  const auto expression = codec::positioned(codec::expression());
  constexpr std::array<std::string_view, 2> unit_names{"person", "household"};
  Record<ProgrammeSpec> record{"programme",
                               "a service or a cash benefit: for whom, how much, at whose cost, to what effect"};
  record.optional("title", &ProgrammeSpec::title, codec::text(), "name shown in reports")
      .required("domain", &ProgrammeSpec::domain, codec::one_of({need_domain_names.begin(), need_domain_names.end()}),
                "the need it answers")
      .optional("provider", &ProgrammeSpec::provider, codec::positioned(codec::identifier()),
                "kind of provider whose places limit enrolment; without it everybody who applies is enrolled")
      .optional("unit", &ProgrammeSpec::unit, codec::one_of<Unit>(unit_names),
                "who is enrolled: each eligible person, or the reference person for a household")
      .required("eligible", &ProgrammeSpec::eligible, expression, "who may apply (true/false)")
      .optional("stays_while", &ProgrammeSpec::stays_while, expression,
                "who is enrolled stays while this holds; always unless stated")
      .optional("priority", &ProgrammeSpec::priority, expression,
                "order of the waiting list, higher first; equal unless stated")
      .optional("amount", &ProgrammeSpec::amount, expression, "cash paid each month (money)")
      .optional("duration", &ProgrammeSpec::duration, codec::duration_range(1),
                "planned stay; open-ended unless stated")
      .optional("start", &ProgrammeSpec::start, codec::positioned(codec::month()),
                "first month; the start of the run unless stated")
      .optional("end", &ProgrammeSpec::end, codec::positioned(codec::month()),
                "first month in which it is closed and all have left")
      .optional("take_up", &ProgrammeSpec::take_up, codec::record_of(take_up_record()),
                "how eligible persons come to apply")
      .optional("drop_out", &ProgrammeSpec::drop_out, codec::share(),
                "share of the enrolled who leave early in a month")
      .optional("again_after", &ProgrammeSpec::again_after, codec::duration_months(),
                "time after leaving until a person may apply again; at once unless stated")
      .optional("cost", &ProgrammeSpec::cost, codec::dated(codec::money_per(currency, {"person-month", "place-month"})),
                "cost of a month of an enrolled person, or of a place whether taken or not")
      .optional("envelope", &ProgrammeSpec::envelope, codec::money_rate(currency, "year"),
                "most that is paid in cash in a calendar year; later entrants go without first")
      .optional("payers", &ProgrammeSpec::payers,
                codec::positioned(codec::list_of(codec::record_of(payer_record()), 1)),
                "who pays; the city all of it unless stated")
      .optional("effects", &ProgrammeSpec::effects, codec::list_of(effect_codec()),
                "what it changes, from the month after");
  return record;
}

}  // namespace oikos
