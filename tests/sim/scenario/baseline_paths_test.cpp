// What keeps a baseline on its paths: met in expectation by many replicates, misses known, plans not taken back.
#include <gmock/gmock.h>

#include <cmath>
#include <fstream>
#include <numeric>

#include "sim/ensemble/ensemble.hpp"
#include "sim/model/demography/declared.hpp"
#include "sim/scenario/build.hpp"
#include "sim/scenario/modules.hpp"
#include "tests/sim/scenario/loading.hpp"
#include "tests/support/region.hpp"

namespace oikos::testing {

namespace {

using ::testing::Each;
using ::testing::IsEmpty;

struct Mean {
  double value = 0, standard_error = 0;
};

Mean mean_of(const std::vector<double>& values) {
  double sum = 0, squares = 0;
  for (const double x : values) sum += x;
  const double n = static_cast<double>(values.size()), mean = sum / n;
  for (const double x : values) squares += (x - mean) * (x - mean);
  return {mean, std::sqrt(squares / (n - 1) / n)};
}

/// Replicates of a model without its programmes, month by month.
std::vector<std::vector<MonthRecord>> replicates(const Prepared& p, Model& model, int count) {
  model.schedule = make_schedule(p, model.initial, model.paths, Rules::without_programmes);
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(count));
  for (int r = 0; r < count; ++r) numbers[static_cast<std::size_t>(r)] = r;
  std::vector<std::vector<MonthRecord>> records(numbers.size());
  run_ensemble(region_of(model), numbers, {.threads = 2, .cut = {}, .progress = {}, .stop = nullptr},
               [&](std::int32_t replicate, std::vector<MonthRecord> months) {
                 records[static_cast<std::size_t>(replicate)] = std::move(months);
               });
  return records;
}

double rate(const MonthRecord& record) {
  const GroupSums& all = record.groups[0];
  return static_cast<double>(all.unemployed) / static_cast<double>(all.unemployed + all.employed);
}

Prepared city(const std::string& scale, const std::string& months, const Settings& more = {}) {
  Settings set{{"municipalities/*/population/scale", scale}, {"months", months}};
  set.insert(set.end(), more.begin(), more.end());
  return prepare(load_scenario(baseline_path, set));
}

}  // namespace

TEST(BaselinePaths, of_unemployment_are_met_in_expectation) {
  constexpr std::size_t months = 36;
  const Prepared p = city("2 %", "36", {{"seed", "1"}});
  Model model = build_model(p, Executor(2));
  const auto records = replicates(p, model, 200);
  double sum = 0;
  for (std::size_t month = 0; month < months; ++month) {
    std::vector<double> misses;
    for (const auto& one : records) misses.push_back(rate(one[month]) - p.unemployment[month]);
    const Mean miss = mean_of(misses);
    EXPECT_NEAR(miss.value, 0, 3 * miss.standard_error) << "month " << month;
    sum += miss.value;
  }
  EXPECT_NEAR(sum / months, 0, 0.0005) << "0.0015 were what school leavers make of it when they are not expected";
}

TEST(BaselinePaths, of_departures_and_wages_are_met_and_follow_their_dates) {
  const Prepared p = city(
      "5 %", "36", {{"parameters", "{departures_yearly: {2015-01: 1450 persons/year, 2017-01: 4350 persons/year}}"}});
  Model own = build_model(p, Executor(2));
  const auto records = replicates(p, own, 30);
  for (int year = 0; year < 3; ++year) {
    std::vector<double> departures;
    for (const auto& one : records) {
      double sum = 0;
      for (std::size_t month = 0; month < 12; ++month)
        sum += static_cast<double>(
            one[static_cast<std::size_t>(year) * 12 + month].counts[declared().index(count::departures)]);
      departures.push_back(sum);
    }
    const Mean mean = mean_of(departures);
    EXPECT_NEAR(mean.value, (year < 2 ? 1450 : 4350) * 0.05, 3 * mean.standard_error) << 2015 + year;
  }
  for (std::size_t month = 0; month < 36; ++month) {
    std::vector<double> wages;
    for (const auto& one : records)
      wages.push_back(static_cast<double>(one[month].wage_sum) / static_cast<double>(one[month].groups[0].employed));
    const double wanted = own.paths->mean_wage.wanted[month];
    EXPECT_NEAR(mean_of(wages).value, wanted, 0.015 * wanted)
        << "the luck of one pilot of 3,100 workers, month " << month;
  }
}

TEST(BaselinePaths, of_unemployment_ask_little_of_the_shipped_chances) {
  // A factor far from 1 would also weaken or strengthen what plans do with job losses.
  const Model model = build_model(city("20 %", "180"), Executor(2));
  const auto& factors = model.paths->labour;
  for (std::ptrdiff_t year = 0; year < 15; ++year)
    EXPECT_NEAR(std::accumulate(factors.begin() + 12 * year, factors.begin() + 12 * (year + 1), 0.0) / 12, 1, 0.06)
        << 2015 + year;
}

TEST(BaselinePaths, that_cannot_be_reached_are_reported_with_the_month_that_misses_most) {
  for (const double wanted : {0.45, 0.0}) {
    Prepared p = city("2 %", "24");
    p.unemployment.assign(24, wanted);
    const Model model = build_model(p, Executor(2));
    const LargestMiss miss = largest_miss(model.paths->unemployment);
    EXPECT_GE(miss.step, 0);
    EXPECT_EQ(miss.wanted, wanted);
    EXPECT_GT(std::abs(miss.reached - wanted), 0.005);
    ASSERT_EQ(model.notes.size(), p.notes.size() + 2);
    EXPECT_THAT(model.notes[p.notes.size()],
                ::testing::HasSubstr("to keep registered_unemployment_rate from 201"));  // 5 or 6
    EXPECT_THAT(model.notes.back(), ::testing::HasSubstr("registered_unemployment_rate is not kept in "));
    EXPECT_THAT(model.notes.back(),
                ::testing::HasSubstr(wanted > 0 ? "where 45.00 % is wanted and " : "where 0.00 % is wanted and "));
  }
  const Prepared p = city("2 %", "24");
  const Model model = build_model(p, Executor(2));
  EXPECT_EQ(model.notes, p.notes);
  for (const KeptPath* path : model.paths->kept()) EXPECT_EQ(largest_miss(*path).step, -1) << path->name;
}

namespace {

/// A plan over the baseline, run as small as the baseline of city().
struct Plan {
  Plan(const std::string& text, const std::string& scale, const std::string& months)
      : prepared(prepare(load_scenario(folder.plan("plan.yaml", "extends: baseline.yaml\n" + text),
                                       {{"municipalities/*/population/scale", scale}, {"months", months}}))) {}
  City folder;
  Prepared prepared;
};

/// Employed persons by month, the mean of replicates.
std::vector<double> employed(const std::vector<std::vector<MonthRecord>>& records) {
  std::vector<double> mean(records.front().size());
  for (const auto& one : records)
    for (std::size_t month = 0; month < mean.size(); ++month)
      mean[month] += static_cast<double>(one[month].groups[0].employed) / static_cast<double>(records.size());
  return mean;
}

std::vector<double> difference(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> all;
  for (std::size_t i = 0; i < a.size(); ++i) all.push_back(a[i] - b[i]);
  return all;
}

// Twice the losses and half the chances of the shipped tables.
const std::string lost_twice =
    "parameters: {job_loss: {2015-01: 1.54 %/month, 2016-01: 1.34 %/month, 2017-01: 0.92 %/month}}\n";
const std::string found_half =
    "parameters: {job_finding_from_month_0: 13.5 %/month, job_finding_from_month_3: 9 %/month, "
    "job_finding_from_month_6: 5.25 %/month, job_finding_from_month_12: 2.625 %/month, job_finding_from_month_24: 1.5 "
    "%/month}\n";
const std::string retired_later = "parameters: {pension_age_male: 830 months, pension_age_female: 763 months}\n";

}  // namespace

TEST(Plan, has_the_paths_of_its_baseline) {
  const Model baseline = build_model(city("2 %", "24"), Executor(2));
  for (const std::string& text :
       {lost_twice, found_half, retired_later,
        std::string("parameters: {average_wage: 9000 PLN/month, arrivals_yearly: 0 persons/year}\n")}) {
    const Plan plan(text, "2 %", "24");
    ASSERT_NE(plan.prepared.baseline, nullptr);
    const Model model = build_model(plan.prepared, Executor(2));
    EXPECT_EQ(model.paths->labour, baseline.paths->labour) << text;
    EXPECT_EQ(model.paths->wages, baseline.paths->wages) << text;
    EXPECT_EQ(model.paths->departures, baseline.paths->departures) << text;
  }
}

TEST(Plan, has_the_paths_of_the_last_file_that_is_a_whole_scenario) {
  const City folder;
  folder.plan("middle.yaml", "extends: baseline.yaml\n" + lost_twice);
  const std::string last = folder.plan("plan.yaml", "extends: middle.yaml\nname: last\nmonths: 12\n");
  const auto baseline = load_baseline(load_scenario(last));
  ASSERT_TRUE(baseline);
  EXPECT_EQ(baseline->scenario.name, "baseline");
  EXPECT_EQ(baseline->scenario.months, 12) << "run as the plan is";
  EXPECT_FALSE(load_baseline(*baseline));
}

TEST(Plan, has_the_paths_of_its_baseline_whatever_its_programmes_are_called) {
  const City folder;
  const std::string plan = folder.plan(
      "plan.yaml",
      "extends: baseline.yaml\nprogrammes: {keep_active: {domain: unemployment, eligible: labour == employed, cost: 1 "
      "PLN/person-month, duration: 3 months, take_up: {applies: {rate: 1 %/month}}}}\n");
  const auto baseline = load_baseline(load_scenario(plan, {{"programmes/keep_active/duration", "4 months"}}));
  ASSERT_TRUE(baseline);
  EXPECT_EQ(baseline->scenario.name, "baseline");
}

TEST(Plan, cannot_mend_the_baseline_that_it_is_measured_against) {
  const City folder;
  folder.change("baseline.yaml", "drop_out: 2 %/month", "drop_out: 2 %");
  const std::string plan =
      folder.plan("plan.yaml", "extends: baseline.yaml\nprogrammes: {integration: {drop_out: 2 %/month}}\n");
  try {
    prepare(load_scenario(plan));
    ADD_FAILURE() << "the plan became its own baseline";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("baseline.yaml"));
    EXPECT_THAT(error.what(), ::testing::HasSubstr("a chance without its time"));
  }
}

TEST(Plan, has_inputs_that_cover_the_tables_of_its_baseline) {
  const City folder;
  std::filesystem::copy(folder / "data", folder / "own", std::filesystem::copy_options::recursive);
  const std::string plan = folder.plan("plan.yaml",
                                       "extends: baseline.yaml\nmunicipalities: {ruda_slaska: {parameters: "
                                       "[own/law.csv, own/economy.csv, own/rates.csv, own/age_rates.csv, "
                                       "own/population.csv]}}\n");
  const std::string before = prepare(load_scenario(plan)).inputs_sha256;
  EXPECT_EQ(prepare(load_scenario(plan)).inputs_sha256, before);
  folder.change("data/rates.csv", "job_finding_from_month_0,,27,", "job_finding_from_month_0,,26,");
  EXPECT_NE(prepare(load_scenario(plan)).inputs_sha256, before);
}

TEST(Settings, of_what_is_kept_stand_by_themselves) {
  try {
    load_scenario(baseline_path, {{"municipalities", "{ruda_slaska: {keep: {registered_unemployment_rate: 15 %}}}"}});
    ADD_FAILURE() << "would act on the start alone";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("'keep' is set by a path of its own"));
  }
}

TEST(Settings, of_what_is_kept_are_those_of_the_baseline) {
  const Settings kept{{"months", "12"}, {"municipalities/*/keep/registered_unemployment_rate", "20 %"}};
  EXPECT_FALSE(load_baseline(load_scenario(baseline_path, kept)));
  Settings more = kept;
  more.push_back({"parameters", "{job_loss: 1.5 %/month}"});
  const Prepared plan = prepare(load_scenario(baseline_path, more));
  ASSERT_NE(plan.baseline, nullptr);
  EXPECT_EQ(plan.baseline->unemployment, std::vector<double>(12, 0.2));
}

TEST(Settings, that_say_how_to_run_leave_a_baseline_its_own_and_others_make_a_plan_of_it) {
  EXPECT_FALSE(load_baseline(
      load_scenario(baseline_path, {{"months", "12"}, {"seed", "3"}, {"municipalities/*/population/scale", "1 %"}})));
  const auto baseline =
      load_baseline(load_scenario(baseline_path, {{"months", "12"}, {"parameters", "{job_loss: 1.5 %/month}"}}));
  ASSERT_TRUE(baseline);
  EXPECT_EQ(baseline->scenario.months, 12);
  EXPECT_FALSE(baseline->scenario.parameters);
}

TEST(Plan, of_the_labour_market_acts_on_the_path_as_it_does_off_it) {
  // On the path that the baseline takes by itself, smoothed, so that both ways of running have the same unemployment.
  constexpr int count = 10, months = 36;
  const Plan any(lost_twice, "2 %", "36");
  Prepared baseline = *any.prepared.baseline;
  Model without = build_model(baseline, Executor(2));
  const auto free = std::make_shared<BaselinePaths>(*without.paths);
  free->labour.assign(months, 1.0);
  without.paths = free;
  std::vector<double> course(months);
  for (const auto& one : replicates(baseline, without, 60))
    for (std::size_t month = 0; month < months; ++month) course[month] += rate(one[month]) / 60;
  for (int month = 0; month < months; ++month) {
    double sum = 0;
    const int reach = std::min({6, month, months - 1 - month});
    for (int k = month - reach; k <= month + reach; ++k) sum += course[static_cast<std::size_t>(k)];
    baseline.unemployment[static_cast<std::size_t>(month)] = sum / (2 * reach + 1);
  }
  const auto free_baseline = replicates(baseline, without, count);
  Model on = build_model(baseline, Executor(2));
  const auto baseline_on_path = replicates(baseline, on, count);
  for (const auto& [text, sign] : {std::pair{lost_twice, -1}, {found_half, -1}, {retired_later, 1}}) {
    Plan plan(text, "2 %", "36");
    plan.prepared.baseline = std::make_shared<const Prepared>(baseline);
    Model of_plan = build_model(plan.prepared, Executor(2));
    ASSERT_EQ(of_plan.paths->labour, on.paths->labour);
    const auto on_path = difference(employed(replicates(plan.prepared, of_plan, count)), employed(baseline_on_path));
    of_plan.paths = free;
    const auto plan_free = replicates(plan.prepared, of_plan, count);
    const auto off_path = difference(employed(plan_free), employed(free_baseline));
    std::vector<double> pairs;
    for (std::size_t r = 0; r < count; ++r)
      pairs.push_back(
          static_cast<double>(plan_free[r].back().groups[0].employed - free_baseline[r].back().groups[0].employed));
    EXPECT_GT(sign * off_path.back(), 10) << text;
    EXPECT_NEAR(on_path.back(), off_path.back(), 2 * mean_of(pairs).standard_error) << text;
    EXPECT_NEAR(on_path.back() / off_path.back(), 1, 0.1) << text;
  }
}

TEST(Recession, of_two_years_shows_in_them_and_fades) {
  const Plan plan(
      "parameters: {job_loss: {2016-01: 1.34 %/month, 2017-01: 1.13 %/month, 2018-01: 0.38 %/month, 2019-01: 0.28 "
      "%/month, 2020-01: 0.36 %/month}}\n",
      "2 %", "84");
  Model of_plan = build_model(plan.prepared, Executor(2)),
        of_baseline = build_model(*plan.prepared.baseline, Executor(2));
  const auto lost = difference(employed(replicates(*plan.prepared.baseline, of_baseline, 10)),
                               employed(replicates(plan.prepared, of_plan, 10)));
  EXPECT_THAT(std::vector<double>(lost.begin(), lost.begin() + 12), Each(0.0)) << "before it begins";
  EXPECT_GT(lost[23], 15) << "of 1,270 employed, after a year";
  EXPECT_GT(lost[35], lost[23]) << "at its end";
  EXPECT_LT(lost[47], 0.6 * lost[35]) << "a year later";
  EXPECT_LT(lost[83], 0.25 * lost[35]) << "four years later";
}

TEST(AverageWage, of_a_plan_acts_in_full_on_the_level_of_its_baseline) {
  const Plan plan("parameters: {average_wage: {2015-01: 3543.83 PLN/month, 2016-01: 7355.62 PLN/month}}\n", "2 %",
                  "24");
  Model of_plan = build_model(plan.prepared, Executor(2)),
        of_baseline = build_model(*plan.prepared.baseline, Executor(2));
  const auto wages = [](const std::vector<std::vector<MonthRecord>>& records, std::size_t month) {
    return static_cast<double>(records[0][month].wage_sum) / static_cast<double>(records[0][month].groups[0].employed);
  };
  const auto before = replicates(*plan.prepared.baseline, of_baseline, 1),
             after = replicates(plan.prepared, of_plan, 1);
  EXPECT_EQ(wages(after, 11), wages(before, 11));
  // Twice 3677.81; the minimum wage, which does not double, lifts fewer.
  EXPECT_NEAR(wages(after, 12) / wages(before, 12), 2, 0.1);
}

}  // namespace oikos::testing
