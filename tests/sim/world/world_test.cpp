#include "sim/world/world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/support/tiny_world.hpp"

namespace oikos {
namespace {

TEST(World, assign_copies_tables_lists_and_books) {
  test::TinyWorld tiny(Month{2020, 1});
  tiny.add("F30*M32 f5");
  World& from = tiny.world;
  from.change(2, target::death, {.times = 2.0F});
  from.programmes.resize(1);
  from.programmes[0].waiting.push_back({1, 1, 0.5, 7, 9});
  from.providers.resize(2);
  from.providers[1] = {40, 3};
  from.ledger = Ledger(3);
  from.ledger.add(2, Money{5});
  World to(declared());
  to.assign(from);
  for (std::size_t c = 0; c < from.persons.columns().size(); ++c)
    EXPECT_TRUE(std::ranges::equal(to.persons.columns()[c]->bytes(), from.persons.columns()[c]->bytes()));
  EXPECT_EQ(to.households.size(), 1u);
  EXPECT_EQ(to.change_of(2, target::death).times, 2.0F);
  EXPECT_EQ(to.programmes[0].waiting[0].tie, 9u);
  EXPECT_EQ(to.providers[1].occupied, 3);
  EXPECT_EQ(to.ledger.amount(2), Money{5});
}

TEST(World, columns_have_a_name_a_unit_and_a_meaning_each) {
  const World world(declared());
  for (const Table* table : {static_cast<const Table*>(&world.persons), static_cast<const Table*>(&world.households)}) {
    std::set<std::string_view> names;
    for (const ColumnBase* column : table->columns()) {
      EXPECT_TRUE(names.insert(column->info().name).second) << column->info().name << " stands twice";
      EXPECT_FALSE(column->info().unit.empty()) << column->info().name;
      EXPECT_FALSE(column->info().doc.empty()) << column->info().name;
    }
  }
}

TEST(World, relations_between_persons_are_marked_as_such) {
  const World world(declared());
  std::set<std::string_view> relations;
  for (const ColumnBase* column : world.persons.columns())
    if (column->info().refers == Refers::persons) relations.insert(column->info().name);
  EXPECT_EQ(relations, (std::set<std::string_view>{"father", "mother", "partner"}));
}

TEST(World, short_months_turn_back_into_months) {
  for (const Month month : {Month{1850, 3}, Month{1999, 12}, Month{2100, 1}})
    EXPECT_EQ(to_month(to_short(month)), month);
}

TEST(Persons, age_in_completed_months_and_years) {
  test::TinyWorld tiny(Month{2020, 1});
  tiny.add("F30");
  const PersonTable& persons = tiny.world.persons;
  EXPECT_EQ(persons.age_months(0, to_short(Month{2020, 1})), 360);
  EXPECT_EQ(persons.age_years(0, to_short(Month{2019, 12})), 29);
  EXPECT_EQ(persons.age_years(0, to_short(Month{2020, 12})), 30);
  EXPECT_EQ(persons.age_years(0, to_short(Month{2021, 1})), 31);
}

}  // namespace
}  // namespace oikos
