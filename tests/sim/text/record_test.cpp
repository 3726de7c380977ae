#include "sim/text/record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/text/dated.hpp"
#include "tests/sim/text/reading.hpp"

namespace oikos {
namespace {

using test::text_of;
using test::tree;
using testing::HasSubstr;

struct Effect {
  std::string on;
  double times = 1;
};
struct Programme {
  std::string title;
  Positioned<std::string> eligible;
  Dated<std::int64_t> places{10};
  std::optional<Positioned<std::string>> priority;
  std::int16_t burden = 2;
  std::optional<double> dose;
  std::vector<Effect> effects;
};
struct Plan {
  std::vector<Named<Programme>> programmes;
};

Record<Effect> effect_record() {
  Record<Effect> effect{"effect", "What a programme changes."};
  effect.required("on", &Effect::on, codec::identifier(), "the modifier it acts on")
      .optional("times", &Effect::times, codec::number(0, 100), "factor");
  return effect;
}
Record<Programme> programme_record() {
  Record<Programme> programme{"programme", "A programme of the city."};
  programme.required("title", &Programme::title, codec::text(), "name in reports")
      .required("eligible", &Programme::eligible, codec::expression(), "who may apply")
      .optional("places", &Programme::places, codec::dated(codec::integer(0)), "places in force from a month")
      .optional("priority", &Programme::priority, codec::expression(), "who comes first")
      .optional("burden", &Programme::burden, codec::integer(0, 100), "effort of applying")
      .optional("dose", &Programme::dose, codec::number(0), "hours")
      .list("effects", &Programme::effects, codec::record_of(effect_record()), "changes while enrolled | after")
      .check([](const Programme& p, const Node& node, Diagnostics& diagnostics) {
        if (p.burden == 13) diagnostics.add({node.find("burden")->at, "an unlucky burden", "", "'13'", ""});
      });
  return programme;
}
Record<Plan> plan_record() {
  Record<Plan> plan{"plan"};
  plan.map("programmes", &Plan::programmes, codec::record_of(programme_record()), "by name");
  return plan;
}

std::string errors(const std::string& text) {
  Diagnostics diagnostics;
  const auto plan = plan_record().parse(tree(text), diagnostics);
  EXPECT_EQ(plan.has_value(), diagnostics.empty());
  return text_of(diagnostics);
}

TEST(Record, reads_nested_records_and_keeps_defaults) {
  Diagnostics diagnostics;
  const auto plan = plan_record().parse(tree("programmes:\n"
                                             "  cis:\n"
                                             "    title: Centre\n"
                                             "    eligible: age >= 18\n"
                                             "    priority: age\n"
                                             "    places: {2015-07: 40, 2018-01: 80}\n"
                                             "    effects:\n"
                                             "      - {on: job_finding, times: 0.7}\n"
                                             "      - on: awareness\n"
                                             "  shelter: {title: Shelter, eligible: 'true', burden: 7, dose: 1.5}\n"),
                                        diagnostics);
  ASSERT_TRUE(plan);
  ASSERT_EQ(plan->programmes.size(), 2u);
  const auto& cis = plan->programmes[0];
  EXPECT_EQ(cis.name, "cis");
  EXPECT_EQ(cis.at.line, 2);
  EXPECT_EQ(cis.value.eligible.value, "age >= 18");
  EXPECT_EQ(cis.value.eligible.at.line, 4);
  EXPECT_EQ(cis.value.priority->at.line, 5);
  EXPECT_EQ(cis.value.places.at(Month(2018, 2)), 80);
  EXPECT_EQ(cis.value.burden, 2);
  EXPECT_EQ(cis.value.dose, std::nullopt);
  ASSERT_EQ(cis.value.effects.size(), 2u);
  EXPECT_EQ(cis.value.effects[0].times, 0.7);
  EXPECT_EQ(cis.value.effects[1].times, 1);
  EXPECT_EQ(plan->programmes[1].value.places.at(Month(2000, 1)), 10);
  EXPECT_EQ(plan->programmes[1].value.burden, 7);
  EXPECT_EQ(plan->programmes[1].value.dose, 1.5);
}

/// Goal: the user mends a scenario in one go. Method: one mistake of each kind, all reported, each at its place.
TEST(Record, reports_all_mistakes_at_once) {
  const auto all = errors(
      "programmes:\n"
      "  cis:\n"
      "    titel: Centre\n"
      "    eligible: [age]\n"
      "    places: {2015-07: -1, 2014-01: 5}\n"
      "    effects: [{on: Job, times: 200}, {times: 1}, 5]\n"
      "  Bad Name: {title: x, eligible: y, burden: ~}\n"
      "extra: 1\n");
  for (const char* one :
       {":2:3: error: missing key 'title' in programme", ":3:5: error: unknown key in programme",
        ":4:15: error: wrong kind of value", ":5:23: error: value too small",
        ":5:27: error: dates are not in ascending order", ":6:20: error: not a name", ":6:32: error: value too large",
        ":6:38: error: missing key 'on' in effect", ":6:50: error: wrong kind of value", ":7:3: error: not a name",
        ":7:45: error: empty value", ":8:1: error: unknown key in plan"})
    EXPECT_THAT(all, HasSubstr(one));
}

TEST(Record, gives_what_can_be_read_beside_the_mistakes) {
  Diagnostics diagnostics;
  const auto programme =
      programme_record().parse_readable(tree("title: Training\nburden: many\nplaces: 4\nunknown: 1\n"), diagnostics);
  ASSERT_TRUE(programme);
  EXPECT_EQ(programme->title, "Training");
  EXPECT_EQ(programme->burden, 2);
  EXPECT_EQ(programme->places.at(Month(2015, 1)), 4);
  EXPECT_FALSE(programme->eligible.at.known());
  EXPECT_EQ(diagnostics.all().size(), 3u);
  EXPECT_FALSE(programme_record().parse_readable(tree("just text"), diagnostics));
}

TEST(Record, inside_another_is_kept_as_far_as_it_can_be_read_when_asked) {
  Record<Plan> plan{"plan"};
  plan.map("programmes", &Plan::programmes, codec::record_of(programme_record(), codec::OnMistake::keep_readable),
           "by name");
  Diagnostics diagnostics;
  const Node text = tree("programmes: {first: {title: First, eligible: age > 3, dose: much}}\n");
  const auto readable = plan.parse_readable(text, diagnostics);
  ASSERT_TRUE(readable && readable->programmes.size() == 1);
  EXPECT_EQ(readable->programmes[0].value.title, "First");
  EXPECT_EQ(diagnostics.all().size(), 1u);
  EXPECT_FALSE(plan.parse(text, diagnostics));
}

TEST(Record, checks_across_keys_point_at_the_text) {
  EXPECT_THAT(errors("programmes: {a: {title: x, eligible: y, burden: 13}}\n"),
              HasSubstr("plan.yaml:1:49: error: an unlucky burden"));
}

TEST(Record, an_empty_file_is_no_record) { EXPECT_THAT(errors(""), HasSubstr("error: empty value\n")); }

TEST(Record, declaring_a_key_twice_is_a_bug) {
  Record<Effect> effect{"effect"};
  effect.required("on", &Effect::on, codec::text(), "");
  EXPECT_THROW(effect.optional("on", &Effect::on, codec::text(), ""), ContractError);
}

TEST(Record, schema_comes_from_the_same_declaration) {
  const auto schema = json_schema(effect_record().doc());
  EXPECT_EQ(schema["$schema"], "http://json-schema.org/draft-07/schema#");
  EXPECT_EQ(schema["additionalProperties"], false);
  EXPECT_EQ(schema["required"], nlohmann::json({"on"}));
  EXPECT_EQ(schema["properties"]["times"]["maximum"], 100.0);
  EXPECT_EQ(schema["properties"]["times"]["description"], "factor (a number from 0 to 100)");
  const auto plan = json_schema(plan_record().doc());
  const auto& programme = plan["properties"]["programmes"]["patternProperties"]["^[a-z][a-z0-9_]*$"];
  EXPECT_EQ(programme["required"], nlohmann::json({"title", "eligible"}));
  EXPECT_EQ(programme["properties"]["effects"]["items"]["properties"]["on"]["pattern"], "^[a-z][a-z0-9_]*$");
}

TEST(Record, reference_comes_from_the_same_declaration) {
  EXPECT_EQ(reference_markdown(effect_record()),
            "## effect\n\nWhat a programme changes.\n\n"
            "| key | required | value | meaning |\n|---|---|---|---|\n"
            "| `on` | yes | a name of a-z, 0-9 and '_' that begins with a letter | the modifier it acts on |\n"
            "| `times` | no | a number from 0 to 100 | factor |\n");
  const auto plan = reference_markdown(plan_record());
  EXPECT_THAT(
      plan, HasSubstr("| `programmes` | no | a mapping from names you choose; each: a mapping (programme) | by name |\n"
                      "\n## programme\n"));
  EXPECT_THAT(plan, HasSubstr("a list; each: a mapping (effect) | changes while enrolled \\| after |\n\n## effect\n"));
}

Record<Effect> renamed_record() {
  Record<Effect> effect{"effect"};
  effect.required("target", &Effect::on, codec::identifier(), "the modifier it acts on")
      .optional("times", &Effect::times, codec::number(0, 100), "factor")
      .renamed("on", "write 'target'", "target")
      .renamed("factor", "write 'times'");
  return effect;
}

std::string renamed_errors(const std::string& text) {
  Diagnostics diagnostics;
  renamed_record().parse(tree(text), diagnostics);
  return text_of(diagnostics);
}

TEST(RenamedKey, is_refused_with_the_new_spelling_and_not_missed_besides) {
  EXPECT_EQ(renamed_errors("on: death"), R"(plan.yaml:1:1: error: unknown key in effect
     1 | on: death
       | ^^
  expected: one of target, times
  got:      'on'
  hint:     write 'target'
)");
  EXPECT_EQ(renamed_errors("target: death\nfactor: 2"), R"(plan.yaml:2:1: error: unknown key in effect
     2 | factor: 2
       | ^^^^^^
  expected: one of target, times
  got:      'factor'
  hint:     write 'times'
)");
}

TEST(RenamedKey, cannot_be_a_key_too) { EXPECT_THROW(renamed_record().renamed("times", "write 'x'"), ContractError); }

}  // namespace
}  // namespace oikos
