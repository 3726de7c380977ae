#include <gmock/gmock.h>

#include <cmath>
#include <map>

#include "sim/ensemble/ensemble.hpp"
#include "sim/scenario/build.hpp"
#include "tests/sim/scenario/loading.hpp"

namespace oikos::testing {

using ::testing::HasSubstr;

namespace {

/// A second municipality with the tables of the first, and a provider of its own.
const std::string twin_and_centre =
    "municipalities:\n"
    "  ruda_slaska:\n"
    "    population: {tables: data}\n"
    "    parameters: [data/law.csv, data/economy.csv, data/rates.csv, data/age_rates.csv, data/population.csv]\n"
    "    keep: {registered_unemployment_rate: {table: data/unemployment.csv, between: linear}}\n"
    "  twin:\n"
    "    title: Twin\n"
    "    population: {tables: data}\n"
    "    parameters: [data/law.csv, data/economy.csv, data/rates.csv, data/age_rates.csv, data/population.csv]\n"
    "    keep: {registered_unemployment_rate: {table: data/unemployment.csv, between: linear}}\n";

std::string with_twin(const std::string& more = "") {
  std::string text = read(baseline_path);
  const auto begin = text.find("municipalities:"), end = text.find("payers:");
  text.replace(begin, end - begin, twin_and_centre);
  const auto programmes = text.find("programmes:");
  text.insert(programmes,
              "  twin_centre: {kind: social_integration, municipality: twin, places: 40, queue: "
              "{gives_up: 3 %/month}}\n");
  return text + more;
}

std::vector<MonthRecord> months_of(const std::string& path, int months, const std::string& scale, int replicate = 0) {
  const Executor executor(2);
  const Region region = build_region(prepare_all(load_scenario(path, {{"municipalities/*/population/scale", scale},
                                                                      {"months", std::to_string(months)}})),
                                     executor);
  RegionSimulation simulation(region, static_cast<std::uint32_t>(replicate), executor);
  std::vector<MonthRecord> records;
  for (int k = 0; k < months; ++k) records.push_back(simulation.step());
  return records;
}

std::vector<std::int64_t> numbers(const GroupSums& g) {
  return {g.persons, g.employed,      g.unemployed, g.long_term,       g.working_age, g.working_age_employed,
          g.poor,    g.anchored_poor, g.gap_ppm,    g.gap_squared_ppm, g.income};
}

std::string mistakes_of(const std::string& text) {
  const City city;
  return mistakes(city, city.plan("two.yaml", text));
}

}  // namespace

TEST(Municipalities, change_no_bit_of_one_another) {
  const City city;
  constexpr int months = 18;
  const auto alone = months_of(baseline_path, months, "2 %");
  const auto together = months_of(city.plan("two.yaml", with_twin()), months, "2 %");
  for (std::size_t k = 0; k < months; ++k) {
    const MonthRecord &one = alone[k], &both = together[k];
    const MonthRecord& first = both.municipalities.at(0);
    EXPECT_EQ(numbers(one.groups[0]), numbers(first.groups[0])) << k;
    EXPECT_EQ(one.income.median, first.income.median);
    EXPECT_EQ(one.income.gini, first.income.gini);
    EXPECT_EQ(one.poverty_line, first.poverty_line);
    EXPECT_EQ(one.households, first.households);
    EXPECT_EQ(one.wage_sum, first.wage_sum);
    EXPECT_EQ(one.counts, first.counts);
    for (std::size_t p = 0; p < one.programmes.size(); ++p) {
      EXPECT_EQ(one.enrolled[p], both.enrolled[p]) << k;
      EXPECT_EQ(one.programmes[p].waiting, both.programmes[p].waiting) << k;
      EXPECT_EQ(one.programmes[p].spent, both.programmes[p].spent) << k;
    }
  }
}

TEST(Municipalities, share_the_names_of_services_in_levers) {
  const std::string effect = "{times: 2, where: provider == twin_centre, source: s, confidence: assumption}";
  EXPECT_EQ(mistakes_of(with_twin("levers: {more: {effects: {provider.places: " + effect + "}}}\n")), "");
  EXPECT_THAT(mistakes_of(with_twin("levers: {more: {effects: {provider.places: {times: 2, where: provider == "
                                    "twin_centr, source: s, confidence: assumption}}}}\n")),
              HasSubstr("unknown value"));
}

TEST(Municipalities, have_people_and_luck_of_their_own) {
  const City city;
  const auto records = months_of(city.plan("two.yaml", with_twin()), 6, "2 %");
  const auto& parts = records.back().municipalities;
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_NE(numbers(parts[0].groups[0]), numbers(parts[1].groups[0]));
  EXPECT_NE(parts[0].counts, parts[1].counts);
}

TEST(Municipalities, add_up_to_the_whole) {
  const City city;
  const auto records = months_of(city.plan("two.yaml", with_twin()), 3, "2 %");
  for (const MonthRecord& all : records) {
    GroupSums sum;
    std::int64_t households = 0;
    for (const MonthRecord& part : all.municipalities) sum += part.groups[0], households += part.households;
    EXPECT_EQ(numbers(all.groups[0]), numbers(sum));
    EXPECT_EQ(all.households, households);
    EXPECT_EQ(all.income.persons, sum.persons) << "one distribution of all incomes";
    EXPECT_TRUE(std::isnan(all.poverty_line)) << "each has its own";
    EXPECT_EQ(all.programmes.size(), 4u);
    EXPECT_EQ(all.providers.size(), 2u);
    const Groups both(std::vector<std::string>(22));
    ASSERT_EQ(all.groups.size(), both.count());
    for (const Breakdown b : {Breakdown::sex, Breakdown::district}) {
      GroupSums of_groups;
      for (std::size_t i = 0; i < both.labels(b).size(); ++i) of_groups += all.groups[both.first(b) + i];
      EXPECT_EQ(numbers(of_groups), numbers(sum));
    }
  }
}

/// The same city under two names: each has the rates of the one, in the mean of replicates.
TEST(Municipalities, of_the_same_tables_have_the_same_rates) {
  const City city;
  const Region region =
      build_region(prepare_all(load_scenario(city.plan("two.yaml", with_twin()),
                                             {{"municipalities/*/population/scale", "2 %"}, {"months", "24"}})),
                   Executor(2));
  std::map<std::string, std::vector<double>> differences;
  std::vector<std::int32_t> replicates(20);
  for (std::size_t r = 0; r < replicates.size(); ++r) replicates[r] = static_cast<std::int32_t>(r);
  run_ensemble(
      region, replicates, {.threads = 2, .cut = {}, .progress = {}, .stop = nullptr},
      [&](std::int32_t, const std::vector<MonthRecord>& months) {
        const auto add = [&](const std::string& name, auto value) {
          differences[name].push_back(value(months.back().municipalities[1]) - value(months.back().municipalities[0]));
        };
        const auto d = [](std::int64_t n) { return static_cast<double>(n); };
        add("employed", [&](const MonthRecord& r) { return d(r.groups[0].employed); });
        add("unemployed", [&](const MonthRecord& r) { return d(r.groups[0].unemployed); });
        add("persons", [&](const MonthRecord& r) { return d(r.groups[0].persons); });
        add("poor", [&](const MonthRecord& r) { return d(r.groups[0].poor); });
        add("median", [&](const MonthRecord& r) { return r.income.median; });
      });
  // The two populations of the first day are one draw each, shared by all replicates: their difference is of the size
  // of a sample's error, which the tolerance adds.
  const double persons = static_cast<double>(region.persons()) / 2;
  const std::map<std::string, double> of_sample{{"employed", std::sqrt(persons * 0.25)},
                                                {"unemployed", std::sqrt(persons * 0.04)},
                                                {"persons", std::sqrt(persons)},
                                                {"poor", std::sqrt(2.5 * persons * 0.16)},
                                                {"median", 7000.0}};
  for (const auto& [name, all] : differences) {
    double sum = 0, squares = 0;
    for (const double x : all) sum += x;
    const auto n = static_cast<double>(all.size());
    const double mean = sum / n;
    for (const double x : all) squares += (x - mean) * (x - mean);
    const double error = std::sqrt(squares / (n - 1) / n);
    EXPECT_LT(std::abs(mean), 3 * std::hypot(error, of_sample.at(name))) << name << " " << mean << " " << error;
  }
}

TEST(Municipalities, may_be_named_in_conditions) {
  const City city;
  const std::string supplement =
      "  only_twin: {domain: poverty, eligible: municipality == twin, stays_while: municipality == twin, amount: 1 "
      "PLN, "
      "payers: {city: rest}}\n"
      "  of_ruda: {domain: poverty, municipality: ruda_slaska, eligible: age >= 90, stays_while: age >= 0, amount: 1 "
      "PLN}\n";
  const auto records = months_of(city.plan("two.yaml", with_twin(supplement)), 2, "2 %");
  const MonthRecord& last = records.back();
  ASSERT_EQ(last.enrolled.size(), 3u + 4u);  // the first has a programme of its own
  EXPECT_EQ(last.enrolled[2], 0) << "only_twin in ruda_slaska";
  EXPECT_EQ(last.enrolled[6], last.municipalities[1].groups[0].persons) << "only_twin in twin";
}

TEST(Municipalities, are_named_rightly) {
  const std::string programme = "  x: {domain: poverty, municipality: twinn, eligible: age < 18, amount: 1 PLN}\n";
  EXPECT_THAT(mistakes_of(with_twin(programme)), HasSubstr("error: unknown municipality\n"));
  EXPECT_THAT(mistakes_of(with_twin(programme)), HasSubstr("hint:     did you mean 'twin'?\n"));
  EXPECT_THAT(mistakes_of(with_twin(programme)), ::testing::Not(HasSubstr("2 errors"))) << "said once";
  std::string other = with_twin();
  other.replace(other.find("municipality: twin,"), 18, "municipality: tween");
  EXPECT_THAT(mistakes_of(other), HasSubstr("error: unknown municipality\n"));
}

TEST(Municipalities, keep_their_providers_to_themselves) {
  const std::string programme =
      "  x: {domain: poverty, municipality: ruda_slaska, provider: twin_centre, eligible: age < 18, stays_while: age < "
      "18}\n";
  EXPECT_THAT(mistakes_of(with_twin(programme)),
              HasSubstr("error: a programme of one municipality is served by another's provider\n"));
  const City city;
  const auto prepared = prepare_all(load_scenario(city.plan(
      "two.yaml",
      with_twin("  x: {domain: poverty, provider: twin_centre, eligible: age < 18, stays_while: age < 18}\n"))));
  std::vector<std::string> warned;
  for (const Diagnostic& one : prepared.warnings) warned.push_back(one.what);
  EXPECT_THAT(warned,
              ::testing::Contains(
                  "nobody is served in 'ruda_slaska': none of its providers is 'twin_centre', and others do not "
                  "reach it"));
}

TEST(Municipalities, have_districts_of_their_own) {
  const City city;
  std::filesystem::copy(city.path() / "data", city.path() / "other");
  std::string districts = read(city.path() / "other" / "districts.csv");
  for (auto at = districts.find("wirek"); at != std::string::npos; at = districts.find("wirek", at + 1))
    districts.replace(at, 5, "wyrek");
  write(city.path() / "other" / "districts.csv", districts);
  std::string text = with_twin();
  text.replace(text.find("population: {tables: data}", text.find("  twin:")), 26, "population: {tables: other}");
  const auto with = [&](const std::string& programme) {
    return mistakes(city, city.plan("two.yaml", text + "  x: {domain: poverty, " + programme + ", amount: 1 PLN}\n"));
  };
  EXPECT_EQ(with("eligible: district == wyrek, stays_while: district == wyrek"), "");
  EXPECT_EQ(with("municipality: twin, eligible: district == wyrek, stays_while: district == wyrek"), "");
  EXPECT_THAT(with("municipality: ruda_slaska, eligible: district == wyrek"), HasSubstr("did you mean 'wirek'?"));
  EXPECT_THAT(with("eligible: district == wurek"), HasSubstr("error: "));
}

/// Tables with a column `municipality` serve all: rows of one are not taken for slips of another's.
TEST(Municipalities, have_rows_of_their_own_in_shared_tables) {
  const City city;
  write(city.path() / "data" / "own.csv",
        "name,from,value,unit,place,source,confidence,municipality\nown_rate,,50,%,x,s,assumption,twin1\n");
  std::string text = with_twin();
  for (auto at = text.find("twin"); at != std::string::npos; at = text.find("twin", at + 5))
    text.replace(at, 4, "twin1");
  for (auto at = text.find("ruda_slaska"); at != std::string::npos; at = text.find("ruda_slaska", at + 5))
    text.replace(at, 11, "twin2");
  for (auto at = text.find("data/law.csv"); at != std::string::npos; at = text.find("data/law.csv", at + 30))
    text.replace(at, 12, "data/own.csv, data/law.csv");
  std::string told;
  for (const Diagnostic& one : prepare_all(load_scenario(city.plan("two.yaml", text))).warnings)
    told += one.what + "\n";
  EXPECT_EQ(told.find("is passed over"), std::string::npos) << told;
}

TEST(Municipalities, of_equal_codes_are_refused) {
  std::map<std::uint32_t, std::string> seen;
  std::string one, other;
  for (int i = 0; one.empty(); ++i) {
    const std::string key = "c" + std::to_string(i);
    const auto [found, fresh] = seen.emplace(rng::PlaceCode(key).value(), key);
    if (!fresh) one = found->second, other = key;
  }
  std::string text = with_twin();
  for (auto at = text.find("twin"); at != std::string::npos; at = text.find("twin", at + other.size()))
    text.replace(at, 4, other);
  for (auto at = text.find("ruda_slaska"); at != std::string::npos; at = text.find("ruda_slaska", at + one.size()))
    text.replace(at, 11, one);
  EXPECT_THAT(mistakes_of(text), HasSubstr("error: two municipalities would share their luck\n"));
}

TEST(Municipalities, are_at_least_one) {
  std::string text = with_twin();
  const auto begin = text.find("municipalities:"), end = text.find("payers:");
  text.replace(begin, end - begin, "municipalities: {}\n");
  EXPECT_THAT(mistakes_of(text), HasSubstr("error: no municipality\n"));
}

}  // namespace oikos::testing
