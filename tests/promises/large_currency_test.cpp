// "Money is conserved" and "nothing silent" in a currency with small units, 25,000 to the euro: the city is the same,
// amounts are larger than 32 bits and, where somebody means it, larger than 64.
#include <fmt/core.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <regex>

#include "sim/file/file.hpp"
#include "tests/promises/small_city.hpp"

namespace oikos::testing {

namespace {

constexpr double dong_per_zloty = 6000;  // 25,000 to the euro of 4.17 PLN

std::string times_dong(const std::string& amount) { return fmt::format("{:.0f}", std::stod(amount) * dong_per_zloty); }

/// A table with its amounts in dong: rows whose unit begins with PLN. Values and units stand before any quoted text.
std::string table_in_dong(const std::string& table) {
  std::istringstream lines(table);
  std::string out;
  std::ptrdiff_t value = -1, unit = -1;
  for (std::string line; std::getline(lines, line); out += line + "\n") {
    if (line.starts_with('#')) continue;
    std::vector<std::string> cells;
    std::istringstream words(line);
    for (std::string cell; std::getline(words, cell, ',');) cells.push_back(cell);
    const auto place_of = [&](const char* name) { return std::ranges::find(cells, name) - cells.begin(); };
    if (value < 0) {
      value = place_of("value"), unit = place_of("unit");
      continue;
    }
    if (unit >= std::ssize(cells) || !cells[static_cast<std::size_t>(unit)].starts_with("PLN")) continue;
    cells[static_cast<std::size_t>(value)] = times_dong(cells[static_cast<std::size_t>(value)]);
    cells[static_cast<std::size_t>(unit)].replace(0, 3, "VND");
    line.clear();
    for (const std::string& cell : cells) line += (line.empty() ? "" : ",") + cell;
  }
  return out;
}

std::string scenario_in_dong(const std::string& text) {
  static const std::regex amount(R"((\d+(\.\d+)?)( thousand| million)? PLN)");
  std::string out;
  auto from = text.begin();
  for (std::sregex_iterator at(text.begin(), text.end(), amount), end; at != end; ++at) {
    out.append(from, (*at)[0].first);
    out += times_dong((*at)[1]) + (*at)[3].str() + " VND";
    from = (*at)[0].second;
  }
  out.append(from, text.end());
  return std::regex_replace(out, std::regex("currency: PLN"), "currency: VND");
}

/// The example city with all its amounts in dong.
class CityOfDong : public Folder {
 public:
  CityOfDong() {
    std::filesystem::copy(city_folder, path(), std::filesystem::copy_options::recursive);
    for (const auto& entry : std::filesystem::directory_iterator(path() / "data"))
      if (const std::string table = read_file(entry.path(), 1 << 20); table.find(",PLN") != std::string::npos)
        write(entry.path(), table_in_dong(table));
    write(baseline(), scenario_in_dong(read_file(baseline(), 1 << 20)));
  }
  std::string baseline() const { return (path() / "baseline.yaml").string(); }
};

const std::vector<double>& series(const Series& all, const std::string& name) {
  static const std::vector<double> none;
  const auto found = all.find(name);
  EXPECT_TRUE(found != all.end()) << name;
  return found != all.end() ? found->second : none;
}

}  // namespace

TEST(LargeCurrency, gives_the_same_city_with_larger_numbers) {
  const CityOfDong city;
  // Its incomes do not fit into 32 bits: a mean household has some 3,000 PLN, 1.8 billion of the smaller unit.
  const Series zloty = series_of(run_plan("", {"--check", "--months", "24", "--replicates", "1"}));
  const Series dong = series_of(run_plan("", {"--check", "--months", "24", "--replicates", "1"}, city.baseline()));
  for (const char* same : {"persons", "births", "arrivals", "employed", "jobs_found", "retirements", "households"})
    EXPECT_TRUE(same_bits(series(zloty, same), series(dong, same))) << same;
  for (const char* money : {"median_equivalised_income", "mean_equivalised_income", "mean_gross_wage", "poverty_line",
                            "money_flow[employers>households:wages]", "money_flow[households>state:income_tax]",
                            "money_flow[social_insurance>households:old_age_pensions]"}) {
    const auto& in_zloty = series(zloty, money);
    const auto& in_dong = series(dong, money);
    for (std::size_t i = 0; i < in_zloty.size(); ++i)
      ASSERT_NEAR(in_dong[i] / in_zloty[i], dong_per_zloty, dong_per_zloty * 1e-3) << money << " month " << i;
  }
  for (const char* shape : {"gini", "at_risk_of_poverty_rate", "income_quintile_share_ratio"}) {
    const auto& in_zloty = series(zloty, shape);
    for (std::size_t i = 0; i < in_zloty.size(); ++i)
      ASSERT_NEAR(series(dong, shape)[i], in_zloty[i], in_zloty[i] * 1e-2) << shape << " month " << i;
  }
  EXPECT_GT(series(dong, "median_equivalised_income").front() * 100, 0x1p29);
}

TEST(LargeCurrency, does_not_bend_what_is_large_even_in_it) {
  const CityOfDong city;
  // Everybody gets 9,000 million dong: 9 * 10^11 of the smaller unit, far above 2^31, and 7,000 persons of them.
  const std::string cash =
      "programmes: {big_cash: {domain: poverty, eligible: age >= 0 years, amount: 9000000000 VND}}\n";
  const Series all = series_of(run_plan(cash, {"--months", "3", "--replicates", "1"}, city.baseline()));
  const auto& persons = series(all, "persons");
  const auto& spent = series(all, "programme_spending[big_cash]");
  for (std::size_t i = 0; i < persons.size(); ++i) {
    EXPECT_EQ(spent[i], 9e9 * persons[i]);
    EXPECT_LT(series(all, "gini")[i], 0.2) << "incomes are nearly equal now";
    EXPECT_GT(series(all, "mean_equivalised_income")[i], 9e9);
    EXPECT_GT(series(all, "income_quintile_share_ratio")[i], 1.0);
    EXPECT_LT(series(all, "income_quintile_share_ratio")[i], 3.0);
  }
}

/// What a run of a plan over the baseline says of it, without the folder's name.
std::string said_of(const std::string& plan, const std::string& command = "run") {
  const Folder folder;
  write(folder / "plan.yaml", "extends: " + baseline_path + "\n" + small_keys + plan);
  std::vector<std::string> arguments{command, (folder / "plan.yaml").string()};
  if (command == "run") arguments.insert(arguments.end(), {"-o", (folder / "plan.h5").string(), "--quiet"});
  const Said said = oikos_says(arguments);
  EXPECT_EQ(said.code, app::invalid_input);
  EXPECT_FALSE(std::filesystem::exists(folder / "plan.h5"));
  std::string text = said.err;
  const std::string prefix = folder.path().string() + "/";
  for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) text.erase(at, prefix.size());
  return text;
}

TEST(ImpossibleMoney, of_a_programme_is_the_users_mistake_at_its_line_in_that_month) {
  const std::string text = said_of(
      "programmes:\n"
      "  dear:\n"
      "    domain: poverty\n"
      "    eligible: age >= 18 years\n"
      "    cost: 50000000000000000 PLN/person-month\n");
  EXPECT_THAT(text,
              ::testing::HasSubstr("plan.yaml:9:11: error: programme 'dear' costs more than can be held in 2015-01\n"
                                   "     9 |     cost: 50000000000000000 PLN/person-month\n"
                                   "       |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
                                   "  expected: a cost of at most 92233720368547758.07 PLN a month in all\n"
                                   "  got:      50000000000000000.00 PLN/person-month for "));
}

TEST(ImpossibleMoney, of_cash_below_zero_is_the_users_mistake_with_a_way_out) {
  EXPECT_THAT(said_of("programmes:\n"
                      "  top_up:\n"
                      "    domain: poverty\n"
                      "    eligible: age == 60 years\n"
                      "    amount: 50 PLN - age / 1 year * 1 PLN\n"),
              ::testing::EndsWith("plan.yaml:9:13: error: programme 'top_up' would pay a negative amount in 2015-01\n"
                                  "     9 |     amount: 50 PLN - age / 1 year * 1 PLN\n"
                                  "       |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
                                  "  expected: 0 or more for everybody enrolled\n"
                                  "  got:      -10.00 PLN\n"
                                  "  hint:     write max(0 PLN, ...)\n"));
}

TEST(ImpossibleMoney, is_found_before_a_run_where_it_follows_from_what_is_written) {
  EXPECT_EQ(said_of("programmes:\n"
                    "  integration: {cost: 90000000000000000 PLN/place-month}\n"
                    "  family_supplement: {amount: -150 PLN}\n"
                    "  rich: {domain: poverty, eligible: age < 18 years, amount: 703687441776.64 PLN}\n",
                    "check"),
            "plan.yaml:6:23: error: programme 'integration' costs more than can be held\n"
            "     6 |   integration: {cost: 90000000000000000 PLN/place-month}\n"
            "       |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "  expected: a cost of at most 92233720368547758.07 PLN a month in all\n"
            "  got:      90000000000000000.00 PLN/place-month for 40\n"
            "\n"
            "plan.yaml:7:31: error: programme 'family_supplement' would pay a negative amount\n"
            "     7 |   family_supplement: {amount: -150 PLN}\n"
            "       |                               ^^^^^^^^\n"
            "  expected: an amount of 0 or more\n"
            "  got:      -150.00 PLN\n"
            "\n"
            "plan.yaml:8:61: error: programme 'rich' pays a household more than can be held\n"
            "     8 |   rich: {domain: poverty, eligible: age < 18 years, amount: 703687441776.64 PLN}\n"
            "       |                                                             ^^^^^^^^^^^^^^^^^^^\n"
            "  expected: less than 703687441776.64 PLN a month\n"
            "  got:      703687441776.64 PLN\n"
            "3 errors\n");
}

TEST(ImpossibleMoney, of_wages_and_pensions_is_found_in_any_thread_and_named) {
  std::string every_month;
  for (int month = 1; month <= 9; ++month) every_month += fmt::format("2015-0{0}: {0}, ", month);
  const std::string text = said_of(
      "parameters:\n  minimum_pension: 5000000000 PLN\n  pension_indexation: 100 %\n  pension_indexation_month: {" +
          every_month + "2015-10: 1}\n",
      "run");
  EXPECT_THAT(text, ::testing::HasSubstr(
                        "error: wages, pensions and benefits of a household sum to more than can be held in 2015-0"));
  EXPECT_THAT(text, ::testing::HasSubstr("average_wage"));
}

}  // namespace oikos::testing
