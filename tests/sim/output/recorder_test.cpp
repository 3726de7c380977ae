#include "sim/output/recorder.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/model/income/income.hpp"
#include "tests/sim/output/town_record.hpp"

namespace oikos {
namespace {

using test::TinyWorld;
const Month january{2020, 1};

constexpr std::int64_t GroupSums::*members[] = {&GroupSums::persons,     &GroupSums::employed,
                                                &GroupSums::unemployed,  &GroupSums::long_term,
                                                &GroupSums::working_age, &GroupSums::working_age_employed,
                                                &GroupSums::poor,        &GroupSums::anchored_poor,
                                                &GroupSums::gap_ppm,     &GroupSums::gap_squared_ppm,
                                                &GroupSums::income};

bool equal(const GroupSums& a, const GroupSums& b) {
  for (const auto member : members)
    if (a.*member != b.*member) return false;
  return true;
}

TEST(Recorder, sums_every_breakdown_to_the_total) {
  TinyWorld tiny(january);
  test::fill_town(tiny, 400);
  const MonthRecord record = test::record_town(tiny);
  const Groups groups(test::three_districts());
  ASSERT_EQ(record.groups.size(), groups.count());
  EXPECT_EQ(record.groups[0].persons, tiny.world.persons.size());
  for (std::size_t b = 0; b < breakdown_names.size(); ++b) {
    GroupSums sum;
    const auto breakdown = static_cast<Breakdown>(b);
    for (std::size_t i = 0; i < groups.labels(breakdown).size(); ++i) sum += record.groups[groups.first(breakdown) + i];
    EXPECT_TRUE(equal(sum, record.groups[0])) << breakdown_names[b];
  }
}

/// Recount of one person at a time, straight from the definitions.
std::vector<GroupSums> recount(const World& world, ShortMonth now, const MonthRecord& record, const Groups& groups) {
  std::vector<GroupSums> all(groups.count());
  for (Row row = 0; row < world.persons.size(); ++row) {
    const PersonTable& p = world.persons;
    const std::uint32_t h = p[person::household][row];
    const double income = world.households[household::equivalised_disposable_income][h];
    const int age = (now - p[person::birth_month][row]) / 12;
    std::size_t band = 0, quintile = 0;
    for (std::size_t b = 0; b < age_band_from.size(); ++b)
      if (age >= age_band_from[b]) band = b;
    for (const double limit : record.income.quintile_limits) quintile += income > limit;
    GroupSums one;
    one.persons = 1;
    one.employed = p[person::labour][row] == Labour::employed;
    one.unemployed = p[person::labour][row] == Labour::registered_unemployed;
    one.long_term = one.unemployed == 1 && now - p[person::state_since][row] >= 12;
    one.working_age = age >= 15 && age < 65;
    one.working_age_employed = one.working_age * one.employed;
    one.poor = income < record.poverty_line;
    one.anchored_poor = income < record.anchored_line;
    one.income = world.households[household::equivalised_disposable_income][h];
    const auto line = static_cast<std::int64_t>(std::ceil(record.poverty_line));
    if (one.poor == 1) {
      one.gap_ppm = (line - one.income) * 1'000'000 / line;
      one.gap_squared_ppm = one.gap_ppm * one.gap_ppm / 1'000'000;
    }
    const auto add = [&](Breakdown b, std::size_t i) { all[groups.first(b) + i] += one; };
    all[0] += one;
    add(Breakdown::age_band, band);
    add(Breakdown::sex, static_cast<std::size_t>(p[person::sex][row]));
    add(Breakdown::education, static_cast<std::size_t>(p[person::education][row]));
    add(Breakdown::household_type, static_cast<std::size_t>(world.households[household::type][h]));
    add(Breakdown::district, world.households[household::district][h]);
    add(Breakdown::income_quintile, quintile);
  }
  return all;
}

TEST(Recorder, equals_a_recount_of_one_person_at_a_time) {
  for (const unsigned seed : {1u, 2u, 3u}) {
    TinyWorld tiny(january);
    test::fill_town(tiny, 200, seed);
    const MonthRecord record = test::record_town(tiny);
    const Groups groups(test::three_districts());
    const auto expected = recount(tiny.world, to_short(january), record, groups);
    for (std::size_t g = 0; g < expected.size(); ++g)
      EXPECT_TRUE(equal(record.groups[g], expected[g])) << "group " << g;
  }
}

TEST(Recorder, does_not_depend_on_workers_or_chunks) {
  std::vector<MonthRecord> records;
  for (const auto& [threads, chunk] : {std::pair{1, 64u}, {3, 64u}, {3, 1u}, {2, 10'000u}}) {
    TinyWorld tiny(january);
    test::fill_town(tiny, 300);
    records.push_back(test::record_town(tiny, threads, chunk));
  }
  for (const MonthRecord& record : records) {
    for (std::size_t g = 0; g < record.groups.size(); ++g) ASSERT_TRUE(equal(record.groups[g], records[0].groups[g]));
    EXPECT_EQ(record.income.gini, records[0].income.gini);
    EXPECT_EQ(record.poverty_line, records[0].poverty_line);
  }
}

TEST(Recorder, draws_the_poverty_line_at_60_percent_of_the_median_of_persons) {
  TinyWorld tiny(january);
  for (int i = 0; i < 5; ++i) tiny.add("F30");
  const std::int32_t incomes[] = {59'999, 60'000, 100'000, 150'000, 200'000};
  for (std::uint32_t h = 0; h < 5; ++h) tiny.world.households[household::equivalised_disposable_income][h] = incomes[h];
  const MonthRecord record = test::record_town(tiny);
  EXPECT_EQ(record.income.median, 100'000);
  EXPECT_EQ(record.poverty_line, 60'000);
  EXPECT_EQ(record.groups[0].poor, 1) << "on the line is not below it";
  EXPECT_EQ(record.groups[0].gap_ppm, 16);  // 1 / 60000
}

TEST(Recorder, anchors_the_line_of_the_first_month) {
  TinyWorld tiny(january);
  for (int i = 0; i < 3; ++i) tiny.add("F30");
  for (std::uint32_t h = 0; h < 3; ++h) tiny.world.households[household::equivalised_disposable_income][h] = 100'000;
  const Groups groups(test::three_districts());
  test::Bench bench(tiny.world, january);
  Recorder recorder(groups, {1.0, 1.1});
  recorder.record(tiny.world, bench.now(0), bench.work);
  for (std::uint32_t h = 0; h < 3; ++h)
    tiny.world.households[household::equivalised_disposable_income][h] = 65'000 + static_cast<std::int32_t>(h) * 500;
  const MonthRecord second = recorder.record(tiny.world, bench.now(1), bench.work);
  EXPECT_DOUBLE_EQ(second.anchored_line, 66'000);
  EXPECT_EQ(second.groups[0].anchored_poor, 2);
  EXPECT_EQ(second.groups[0].poor, 0);
}

TEST(Recorder, puts_an_income_at_the_limit_of_a_fifth_into_the_lower_fifth) {
  TinyWorld tiny(january);
  for (int i = 0; i < 5; ++i) tiny.add("F30");
  for (std::uint32_t h = 0; h < 5; ++h)
    tiny.world.households[household::equivalised_disposable_income][h] = h < 3 ? 1000 : 2000;
  const MonthRecord record = test::record_town(tiny);
  const Groups groups(test::three_districts());
  const std::size_t first = groups.first(Breakdown::income_quintile);
  EXPECT_EQ(record.groups[first].persons, 3);
  GroupSums all;
  for (std::size_t q = 0; q < 5; ++q) all += record.groups[first + q];
  EXPECT_EQ(all.persons, 5);
}

TEST(Recorder, copies_counts_flows_programmes_and_providers) {
  TinyWorld tiny(january);
  test::fill_town(tiny, 10);
  World& w = tiny.world;
  w.ledger = Ledger(2);
  w.ledger.add(1, Money{7});
  w.programmes.resize(1);
  w.programmes[0].month.entries = 3;
  w.programmes[0].enrolled = 12;
  w.providers = {{40, 12}};
  const Groups groups(test::three_districts());
  test::Bench bench(w, january);
  bench.work.count(count::births, 4);
  Recorder recorder(groups, {1.0});
  const MonthRecord record = recorder.record(w, bench.now(), bench.work);
  std::int64_t wages = 0;
  for (Row row = 0; row < w.persons.size(); ++row) wages += w.persons[person::gross_wage][row];
  EXPECT_EQ(record.wage_sum, wages);
  EXPECT_EQ(record.households, 10);
  EXPECT_EQ(record.counts[declared().index(count::births)], 4);
  EXPECT_EQ(record.flows[1], Money{7});
  EXPECT_EQ(record.programmes[0].entries, 3);
  EXPECT_EQ(record.enrolled[0], 12);
  EXPECT_EQ(record.providers[0].occupied, 12);
}

TEST(IncomeTotals, add_all_incomes_and_divide_by_consumption_units) {
  TinyWorld tiny(january);
  tiny.add("F30*M32 f5");
  HouseholdTable& h = tiny.world.households;
  h[household::market_income][0] = 100'001;
  h[household::child_benefit][0] = 20'000;
  h[household::social_assistance][0] = 3'000;
  h[household::programme_cash][0] = 400;
  h[household::equivalence_size][0] = 18;
  test::Bench bench(tiny.world, january);
  const income::IncomeTotals totals;
  bench.sweep({&totals});
  EXPECT_EQ(h[household::disposable_income][0], 123'401);
  EXPECT_EQ(h[household::equivalised_disposable_income][0], 68'556);  // 68556.1
}

}  // namespace
}  // namespace oikos
