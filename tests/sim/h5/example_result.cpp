#include "tests/sim/h5/example_result.hpp"

namespace oikos::testing {

namespace {

/// count values start, start + step, ...
template <class T>
std::vector<T> ramp(int count, double start, double step) {
  std::vector<T> out;
  for (int i = 0; i < count; ++i) out.push_back(static_cast<T>(start + step * i));
  return out;
}

}  // namespace

ResultData example_result() {
  constexpr int replicates = 2, months = 14, bands = 3, flows = 2;
  auto rate = ramp<float>(replicates * months, 0.125, 0.0078125);
  auto wait = ramp<double>(replicates * months, 30.0, 0.5);
  wait[5] = missing_value<double>();
  auto first_served = ramp<std::int32_t>(replicates * months, 0, 1);
  first_served[0] = missing_value<std::int32_t>();
  return {
      .title = "Housing first – Łódź",
      .source = "oikos 0.1.0 (0123456)",
      .seed = 18446744073709551615u,
      .scenario_name = "housing_first",
      .scenario_sha256 = std::string(64, '0'),
      .inputs_sha256 = std::string(64, '1'),
      .currency = "PLN",
      .start = Month(2015, 11),
      .months = months,
      .replicates = {3, 7},
      .dimensions = {{"age_band", "age band", {"0-17", "18-64", "65+"}},
                     {"flow",
                      "money flow",
                      {"city_rent", "state_żłobek"},
                      {{"payer", "who pays", {"city", "state"}},
                       {"payee", "who is paid", {"landlord", "provider"}},
                       {"reason", "what for", {"rent", "opieka żłobkowa"}}}}},
      .variables =
          {{"at_risk_of_poverty_rate",
            "at-risk-of-poverty rate",
            "1",
            "share of persons below 60 % of the median",
            {"replicate", "time"},
            rate,
            false},
           {"persons_by_age_band",
            "persons",
            "1",
            "",
            {"replicate", "time", "age_band"},
            ramp<std::int32_t>(replicates * months * bands, 1000, 1),
            false},
           {"mean_wait", "mean waiting time", "day", "of those served in the month", {"replicate", "time"}, wait, true},
           {"first_served", "month of the first service", "month", "", {"replicate", "time"}, first_served, true},
           {"money_flow",
            "money by payer, payee and reason",
            "0.01 PLN",
            "",
            {"replicate", "time", "flow"},
            ramp<std::int64_t>(replicates * months * flows, 9007199254740992.0, 2),
            false},
           {"band_width", "width of the age band", "year", "", {"age_band"}, std::vector<double>{18, 47, 35}, false}},
      .texts = {{"scenario_yaml", "name: housing_first\n" + std::string(200'000, '#') + "\n"},
                {"inputs", std::string(64, 'a') + "  births.csv\n"},
                {"empty", ""}},
      .population = {.sha256 = std::string(64, '2'), .persons = 140302, .households = 58042, .scale = 0.05}};
}

}  // namespace oikos::testing
