#include "sim/text/codec.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/sim/text/reading.hpp"

namespace oikos {
namespace {

using test::value_errors;
using test::value_of;

enum class Colour { red, green };
constexpr std::array<std::string_view, 2> colour_names{"red", "green"};

TEST(Codec, reads_each_kind_of_value) {
  EXPECT_EQ(value_of(codec::integer(0, 5), "a: 5"), 5);
  EXPECT_EQ(value_of(codec::number(), "a: -0.5"), -0.5);
  EXPECT_EQ(value_of(codec::share(), "a: 12 %"), 0.12);
  EXPECT_EQ(value_of(codec::share_ppm(), "a: 12.5 %"), 125'000);
  EXPECT_EQ(value_of(codec::money("PLN"), "a: 850 PLN"), Money{85'000});
  EXPECT_EQ(value_of(codec::money_rate("PLN", "month"), "a: 850 PLN/month"), Money{85'000});
  EXPECT_EQ(value_of(codec::money_per("PLN", {"month", "year"}), "a: 850 PLN/year").per, "year");
  EXPECT_EQ(value_of(codec::duration_months(), "a: 2 years"), 24);
  EXPECT_EQ(value_of(codec::duration_range(), "a: 9..12 months"), (units::MonthRange{9, 12}));
  EXPECT_EQ(value_of(codec::quantity("hour"), "a: 5 hours"), 5.0);
  EXPECT_EQ(value_of(codec::age(), "a: 18"), 18);
  EXPECT_EQ(value_of(codec::month(), "a: 2015-07"), Month(2015, 7));
  EXPECT_TRUE(value_of(codec::boolean(), "a: yes"));
  EXPECT_EQ(value_of(codec::text(), "a: 2015 was a year"), "2015 was a year");
  EXPECT_EQ(value_of(codec::identifier(), "a: day_centre"), "day_centre");
  EXPECT_EQ(value_of(codec::expression(), "a: age >= 18 and tenure == street"), "age >= 18 and tenure == street");
  EXPECT_EQ(value_of(codec::path(), "a: tables/x.csv"), "tables/x.csv");
  EXPECT_EQ(value_of(codec::one_of<Colour>(colour_names), "a: green"), Colour::green);
  EXPECT_EQ(value_of(codec::one_of({"x", "y"}), "a: y"), "y");
  EXPECT_EQ(value_of(codec::list_of(codec::integer()), "a: [3, 1, 2]"), (std::vector<std::int64_t>{3, 1, 2}));
  EXPECT_TRUE(value_of(codec::mapping_node("a mapping"), "a: {b: 1}").is_mapping());
}

TEST(Codec, values_know_their_place) {
  const auto value = value_of(codec::positioned(codec::expression()), "rule: age > 3");
  EXPECT_EQ(value.value, "age > 3");
  EXPECT_EQ(value.at.column, 7);
  EXPECT_EQ(value.at.length, 7);
}

TEST(Codec, names_chosen_by_the_user_keep_the_order_of_the_file) {
  const auto values = value_of(codec::map_of(codec::integer()), "a: {zeta: 1, alpha: 2}");
  ASSERT_EQ(values.size(), 2u);
  EXPECT_EQ(values[0].name, "zeta");
  EXPECT_EQ(values[1].value, 2);
  EXPECT_EQ(values[1].at.column, 14);
}

TEST(Codec, each_of_gives_values_in_the_order_of_the_names) {
  EXPECT_EQ(value_of(codec::each_of({"low", "high"}, codec::number()), "a: {high: 2, low: 1}"),
            (std::vector<double>{1, 2}));
}

TEST(Codec, a_word_may_stand_for_a_value) {
  const auto share = codec::or_word("rest", codec::share());
  EXPECT_EQ(value_of(share, "a: rest"), std::nullopt);
  EXPECT_EQ(value_of(share, "a: 85 %"), 0.85);
}

TEST(Codec, two_ways_to_write_one_thing) {
  const auto either = codec::scalar_or(codec::mapped(codec::integer(), [](std::int64_t n) { return std::vector{n}; }),
                                       codec::list_of(codec::integer()));
  EXPECT_EQ(value_of(either, "a: 3"), (std::vector<std::int64_t>{3}));
  EXPECT_EQ(value_of(either, "a: [3, 4]"), (std::vector<std::int64_t>{3, 4}));
}

TEST(Codec, quotes_mean_text_where_a_bare_value_is_wanted) {
  EXPECT_NE(value_errors(codec::integer(), "a: '5'"), "");
  EXPECT_NE(value_errors(codec::boolean(), "a: \"yes\""), "");
  EXPECT_EQ(value_errors(codec::share(), "a: '12 %'"), "");
  EXPECT_EQ(value_errors(codec::month(), "a: '2015-07'"), "");
}

TEST(Codec, bounds_are_inclusive) {
  for (const char* good : {"a: 1", "a: 10"}) EXPECT_EQ(value_errors(codec::integer(1, 10), good), "");
  for (const char* bad : {"a: 0", "a: 11"}) EXPECT_NE(value_errors(codec::integer(1, 10), bad), "");
  EXPECT_EQ(value_errors(codec::share(0, 2), "a: 200 %"), "");
  EXPECT_NE(value_errors(codec::money("PLN"), "a: -1 PLN"), "");
  EXPECT_EQ(value_errors(codec::money("PLN", Money{-100}), "a: -1 PLN"), "");
}

TEST(Codec, schema_fragments_say_what_is_accepted) {
  EXPECT_EQ(codec::integer(1, 10).schema()->dump(), R"({"maximum":10,"minimum":1,"type":"integer"})");
  EXPECT_EQ(codec::number().schema()->dump(), R"({"type":"number"})");
  EXPECT_EQ(codec::one_of<Colour>(colour_names).schema()->dump(), R"({"enum":["red","green"]})");
  EXPECT_EQ(codec::list_of(codec::boolean(), 1).schema()->dump(),
            R"({"items":{"enum":["yes","no"]},"minItems":1,"type":"array"})");
  EXPECT_EQ(codec::money_rate("PLN", "month").schema()->dump(),
            R"({"pattern":"^-?(0|[1-9][0-9]*)(\\.[0-9]+)? +((thousand|million) +)?PLN ?/ ?(month)$","type":"string"})");
}

TEST(Codec, paths_are_seen_from_the_file_they_stand_in) {
  const Position at{make_source("scenarios/city/base.yaml", ""), 1, 1};
  EXPECT_EQ(resolved_path(at, "tables/x.csv"), "scenarios/city/tables/x.csv");
  EXPECT_EQ(resolved_path(at, "/data/x.csv"), "/data/x.csv");
  EXPECT_EQ(resolved_path({make_source("base.yaml", ""), 1, 1}, "x.csv"), "x.csv");
}

}  // namespace
}  // namespace oikos
