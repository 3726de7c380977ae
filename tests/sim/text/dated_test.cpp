#include "sim/text/dated.hpp"

#include <gtest/gtest.h>

#include "tests/sim/text/reading.hpp"

namespace oikos {
namespace {

using test::tree;
using test::value_of;

TEST(Dated, a_value_is_in_force_until_the_next_date) {
  const auto places = value_of(codec::dated(codec::integer()), "places: {2015-07: 40, 2018-01: 80, 2020-01: 60}");
  EXPECT_FALSE(places.covers(Month(2015, 6)));
  EXPECT_TRUE(places.covers(Month(2015, 7)));
  EXPECT_EQ(places.at(Month(2015, 7)), 40);
  EXPECT_EQ(places.at(Month(2017, 12)), 40);
  EXPECT_EQ(places.at(Month(2018, 1)), 80);
  EXPECT_EQ(places.at(Month(2020, 1)), 60);
  EXPECT_EQ(places.at(Month(2999, 12)), 60);
  EXPECT_EQ(places.first(), Month(2015, 7));
  EXPECT_EQ(places.changes().size(), 3u);
  EXPECT_FALSE(places.constant());
}

TEST(Dated, a_plain_value_is_in_force_always) {
  const auto places = value_of(codec::dated(codec::integer()), "places: 40");
  EXPECT_TRUE(places.constant());
  EXPECT_EQ(places.at(Month(1800, 1)), 40);
  EXPECT_EQ(places.first(), Dated<int>::always());
}

TEST(Dated, asking_before_the_first_date_is_a_bug) {
  const Dated<int> value(std::vector<Dated<int>::Change>{{Month(2015, 7), 1}});
  EXPECT_THROW(value.at(Month(2015, 6)), ContractError);
  EXPECT_THROW(Dated<int>().at(Month(2015, 6)), ContractError);
  EXPECT_THROW(Dated<int>().first(), ContractError);
  EXPECT_FALSE(Dated<int>().covers(Month(2015, 6)));
  using Changes = std::vector<Dated<int>::Change>;
  EXPECT_THROW(Dated<int>(Changes{{Month(2015, 7), 1}, {Month(2015, 7), 2}}), ContractError);
}

TEST(Dated, holds_any_type_and_converts) {
  const auto flags = value_of(codec::dated(codec::boolean()), "open: {2015-07: yes, 2016-01: no}");
  EXPECT_TRUE(flags.at(Month(2015, 8)));
  const auto words = flags.transform([](bool open) { return std::string(open ? "open" : "closed"); });
  EXPECT_EQ(words.at(Month(2016, 1)), "closed");
  const auto texts = value_of(codec::dated(codec::positioned(codec::text())), "a: {2015-07: x, 2016-01: y}");
  EXPECT_EQ(texts.at(Month(2016, 1)).at.column, 26);
}

TEST(Dated, mappings_of_values_by_name_are_no_dates) {
  const auto by_name = value_of(codec::dated(codec::each_of({"a", "b"}, codec::integer())), "x: {a: 1, b: 2}");
  EXPECT_EQ(by_name.at(Month(2015, 1)), (std::vector<std::int64_t>{1, 2}));
  const auto both = value_of(codec::dated(codec::each_of({"a", "b"}, codec::integer())),
                             "x: {2015-01: {a: 1, b: 2}, 2016-01: {b: 3, a: 4}}");
  EXPECT_EQ(both.at(Month(2016, 1)), (std::vector<std::int64_t>{4, 3}));
}

TEST(Dated, only_mappings_with_months_alone_count_as_dated) {
  EXPECT_TRUE(is_dated(tree("{2015-07: 1, 2016-01: 2, between: linear}")));
  EXPECT_FALSE(is_dated(tree("{2015-07: 1, later: 2}")));
  EXPECT_FALSE(is_dated(tree("{2015-07: 1, 2016: 2}")));
  EXPECT_FALSE(is_dated(tree("{between: linear}")));
  EXPECT_FALSE(is_dated(tree("{}")));
  EXPECT_FALSE(is_dated(tree("2015-07")));
}

TEST(Dated, changes_know_where_they_are_written) {
  const auto places = value_of(codec::dated(codec::integer()), "places: {2015-07: 40, 2018-01: 80}");
  EXPECT_EQ(places.changes()[1].at.column, 23);
  EXPECT_FALSE(value_of(codec::dated(codec::integer()), "places: 40").changes()[0].at.known());
}

TEST(PathText, goes_in_steps_or_along_straight_lines) {
  const auto steps = value_of(codec::path_of(codec::share()), "a: {2020-01: 10 %, 2020-05: 6 %}");
  EXPECT_FALSE(steps.linear);
  EXPECT_EQ(steps.at(Month(2020, 4)), 0.10);
  const auto lines = value_of(codec::path_of(codec::share()), "a: {2020-01: 10 %, 2020-05: 6 %, between: linear}");
  EXPECT_TRUE(lines.linear);
  // The lines join first days; a month has the value of its middle.
  EXPECT_NEAR(lines.at(Month(2020, 1)), 0.095, 1e-15);
  EXPECT_NEAR(lines.at(Month(2020, 2)), 0.085, 1e-15);
  EXPECT_NEAR(lines.at(Month(2020, 4)), 0.065, 1e-15);
  EXPECT_EQ(lines.at(Month(2020, 5)), 0.06);
  EXPECT_EQ(lines.at(Month(2030, 1)), 0.06);
  EXPECT_FALSE(lines.covers(Month(2019, 12)));
  EXPECT_THROW(lines.at(Month(2019, 12)), ContractError);
  EXPECT_EQ(value_of(codec::path_of(codec::share()), "a: 7 %").at(Month(1900, 1)), 0.07);
}

}  // namespace
}  // namespace oikos
