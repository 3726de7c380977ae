// "A sample is the city in small": rates do not depend on how many people there are.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/promises/small_city.hpp"

namespace oikos::testing {

namespace {

/// Runs of one part of the city, each with a seed of its own, so that the people differ too.
struct Sample {
  double scale;
  int runs;
  std::uint64_t first_seed;
};

/// Twice the persons of the city in each, so that all means are equally sure.
constexpr Sample samples[] = {{0.05, 40, 1}, {0.20, 10, 101}, {1.0, 2, 201}};

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// What is compared: a year and 1,000 persons, or a mean of the months.
using Rates = std::map<std::string, double>;

Rates rates_of(const Series& series) {
  Rates rates;
  const double months = static_cast<double>(series.at("persons").size());
  const double thousand_years = sum(series.at("persons")) / 12'000;
  for (const char* count : {"unions_formed", "unions_dissolved", "births", "deaths", "arrivals", "departures",
                            "social_assistance_households"})
    rates[count] = sum(series.at(count)) / thousand_years;
  for (const char* rate : {"employment_rate", "at_risk_of_poverty_rate"}) rates[rate] = sum(series.at(rate)) / months;
  rates["spending on social assistance"] =
      sum(series.at("money_flow[city>households:social_assistance]")) / thousand_years;
  rates["spending on programmes"] =
      (sum(series.at("programme_spending[integration]")) + sum(series.at("programme_spending[family_supplement]"))) /
      thousand_years;
  rates["enrolled in programmes"] = sum(series.at("programme_enrolled[integration]")) / thousand_years;
  return rates;
}

Rates run_city(double scale, std::uint64_t seed) {
  const Folder folder;
  const std::string keys = fmt::format(
      "extends: {}\nmunicipalities: {{ruda_slaska: {{population: {{scale: {:g} %}}}}}}\nmonths: 180\nreplicates: 1\n"
      "seed: {}\n",
      baseline_path, scale * 100, seed);
  write(folder / "part.yaml", keys);
  const Said said = oikos_says({"run", (folder / "part.yaml").string(), "-o", (folder / "part.h5").string(), "-q"});
  EXPECT_EQ(said.code, app::ok) << said.err;
  return said.code == app::ok ? rates_of(series_of(read_result(folder / "part.h5"))) : Rates{};
}

/// Mean of a sample, and the squared deviations of its runs, each as those of a run of the whole city would be.
struct Measured {
  double mean = 0, squares = 0;
};

Measured measure(const std::vector<Rates>& runs, const std::string& name, double scale) {
  Measured m;
  for (const Rates& run : runs) m.mean += run.at(name) / static_cast<double>(runs.size());
  for (const Rates& run : runs) m.squares += scale * (run.at(name) - m.mean) * (run.at(name) - m.mean);
  return m;
}

}  // namespace

/// The rule: of each quantity, the mean of a sample differs from that of the city by at most 3 % of it and at most
/// three standard errors. A run of a part s of the city varies as 1 / s does, so the deviations of all 52 runs tell the
/// variance V of a run of the whole city (49 degrees of freedom); 2 / s runs then have a mean of variance V / 2, and
/// the difference of two such means has V. It cannot pass by being unsure: three standard errors must be less than 8 %.
TEST(Sample, has_the_rates_of_the_whole_city) {
  std::map<double, std::vector<Rates>> runs;
  for (const Sample& sample : samples)
    for (int run = 0; run < sample.runs; ++run)
      runs[sample.scale].push_back(run_city(sample.scale, sample.first_seed + static_cast<std::uint64_t>(run)));
  ASSERT_FALSE(HasFailure());
  for (const auto& [name, value] : runs.at(1.0).front()) {
    double squares = 0;
    std::map<double, Measured> measured;
    for (const auto& [scale, all] : runs) {
      measured[scale] = measure(all, name, scale);
      squares += measured[scale].squares;
    }
    const double city = measured.at(1.0).mean, error = std::sqrt(squares / (39 + 9 + 1));
    EXPECT_LT(3 * error, 0.08 * city) << name;
    for (const double scale : {0.05, 0.20}) {
      const double difference = measured.at(scale).mean - city;
      EXPECT_LE(std::abs(difference), 0.03 * city) << name << " at " << scale << ": " << measured.at(scale).mean
                                                   << ", in the city " << city << ", standard error " << error;
      EXPECT_LE(std::abs(difference), 3 * error) << name << " at " << scale << ": " << measured.at(scale).mean
                                                 << ", in the city " << city << ", standard error " << error;
    }
  }
}

}  // namespace oikos::testing
