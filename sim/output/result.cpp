#include "sim/output/result.hpp"

#include <fmt/core.h>

#include <functional>
#include <limits>

#include "sim/base/build_info.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/narrow.hpp"
#include "sim/base/scale.hpp"
#include "sim/format/result_format.hpp"

namespace oikos {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double ratio(double part, double whole) { return whole > 0 ? part / whole : nan; }
double d(std::int64_t n) { return static_cast<double>(n); }

/// An indicator of a group: a count, or a value in whole currency units or as a share.
struct CountIndicator {
  const char* name;
  const char* long_name;
  const char* description;
  std::int64_t GroupSums::*member;
};
constexpr CountIndicator count_indicators[] = {
    {"persons", "residents", "persons living in private households of the city at the end of the month",
     &GroupSums::persons},
    {"employed", "persons at work", "persons in the labour state employed", &GroupSums::employed},
    {"registered_unemployed", "registered unemployed", "persons registered with the labour office",
     &GroupSums::unemployed},
    {"long_term_unemployed", "long-term unemployed", "registered unemployed for 12 months or more",
     &GroupSums::long_term},
};

struct ShareIndicator {
  const char* name;
  const char* long_name;
  const char* description;
  bool money;
  double (*value)(const GroupSums&);
};
constexpr ShareIndicator share_indicators[] = {
    {"employment_rate", "employment rate", "employed aged 15-64 / persons aged 15-64", false,
     [](const GroupSums& g) { return ratio(d(g.working_age_employed), d(g.working_age)); }},
    {"registered_unemployment_rate", "registered unemployment rate",
     "registered unemployed / (employed + registered unemployed)", false,
     [](const GroupSums& g) { return ratio(d(g.unemployed), d(g.unemployed + g.employed)); }},
    {"long_term_unemployed_share", "share of long-term unemployed",
     "registered for 12 months or more / registered unemployed", false,
     [](const GroupSums& g) { return ratio(d(g.long_term), d(g.unemployed)); }},
    {"at_risk_of_poverty_rate", "at-risk-of-poverty rate",
     "persons with equivalised disposable income below 60 % of the month's median / persons; line of the city itself",
     false, [](const GroupSums& g) { return ratio(d(g.poor), d(g.persons)); }},
    {"anchored_poverty_rate", "poverty rate at the anchored line",
     "as at_risk_of_poverty_rate, with the line of the first month, uprated by the average wage", false,
     [](const GroupSums& g) { return ratio(d(g.anchored_poor), d(g.persons)); }},
    {"poverty_gap", "poverty gap (FGT 1)", "mean over persons of (line - income) / line, 0 for those above the line",
     false, [](const GroupSums& g) { return ratio(d(g.gap_ppm) * 1e-6, d(g.persons)); }},
    {"poverty_severity", "poverty severity (FGT 2)", "mean over persons of the squared gap", false,
     [](const GroupSums& g) { return ratio(d(g.gap_squared_ppm) * 1e-6, d(g.persons)); }},
    {"mean_equivalised_income", "mean equivalised disposable income", "modified OECD scale; mean over persons", true,
     [](const GroupSums& g) { return ratio(d(g.income) * 0.01, d(g.persons)); }},
};

struct MonthIndicator {
  const char* name;
  const char* long_name;
  const char* description;
  bool money;
  double (*value)(const MonthRecord&);
};
constexpr MonthIndicator month_indicators[] = {
    {"median_equivalised_income", "median equivalised disposable income", "modified OECD scale; median over persons",
     true, [](const MonthRecord& r) { return r.income.median * 0.01; }},
    {"poverty_line", "poverty line", "60 % of the median equivalised disposable income", true,
     [](const MonthRecord& r) { return r.poverty_line * 0.01; }},
    {"anchored_poverty_line", "anchored poverty line", "poverty line of the first month, uprated by the average wage",
     true, [](const MonthRecord& r) { return r.anchored_line * 0.01; }},
    {"gini", "Gini coefficient", "of equivalised disposable income over persons, 0 to 1", false,
     [](const MonthRecord& r) { return r.income.gini; }},
    {"income_quintile_share_ratio", "income quintile share ratio (S80/S20)",
     "equivalised disposable income of the fifth of persons with most / with least", false,
     [](const MonthRecord& r) { return r.income.quintile_share_ratio; }},
    {"mean_gross_wage", "mean gross wage", "of persons at work", true,
     [](const MonthRecord& r) { return ratio(d(r.wage_sum) * 0.01, d(r.groups[0].employed)); }},
};

struct ProgrammeMeasure {
  const char* name;
  const char* long_name;
  std::int64_t ProgrammeCounts::*member;
};
constexpr ProgrammeMeasure programme_measures[] = {
    {"eligible", "persons or households that meet the conditions and are neither enrolled nor waiting",
     &ProgrammeCounts::eligible},
    {"applications", "applications", &ProgrammeCounts::applications},
    {"refusals", "applications refused", &ProgrammeCounts::refusals},
    {"entries", "persons or households that enter", &ProgrammeCounts::entries},
    {"completions", "persons or households that leave as planned", &ProgrammeCounts::completions},
    {"early_exits", "persons or households that leave early", &ProgrammeCounts::early_exits},
    {"deaths_and_departures", "enrolled persons who died or left the city, or households that ended",
     &ProgrammeCounts::deaths_and_departures},
    {"abandoned", "persons or households that leave the waiting list without entering", &ProgrammeCounts::abandoned},
    {"months_waited", "months waited by those who enter", &ProgrammeCounts::months_waited},
    {"waiting", "persons or households on the waiting list at the end of the month", &ProgrammeCounts::waiting},
    {"unpaid", "enrolled whose cash was not paid, because the budget was empty", &ProgrammeCounts::unpaid},
};

/// Counts fit the integers of their variable; shares are kept as exactly as theirs can.
template <class T, class V>
T as(V value) {
  if constexpr (std::integral<T>) return narrow<T>(value);
  else return static_cast<T>(value);
}

/// Fills variables from records, replicate by replicate and month by month.
class Assembler {
 public:
  Assembler(const RunDescription& run, std::span<const std::vector<MonthRecord>> replicates, ResultData& data)
      : run_(run), replicates_(replicates), data_(data) {}

  /// value(record, i) for the i-th label of the dimension; an empty dimension name means none.
  template <class T, class F>
  void add(std::string name, std::string long_name, std::string units, std::string description,
           const std::string& dimension, std::size_t labels, F value, bool may_be_missing = false) {
    std::vector<T> values;
    values.reserve(replicates_.size() * static_cast<std::size_t>(run_.months) * labels);
    for (const auto& months : replicates_)
      for (const MonthRecord& record : months)
        for (std::size_t i = 0; i < labels; ++i) values.push_back(as<T>(value(record, i)));
    std::vector<std::string> dims{std::string(format::replicate), std::string(format::time)};
    if (!dimension.empty()) dims.push_back(dimension);
    data_.variables.push_back({.name = std::move(name),
                               .long_name = std::move(long_name),
                               .units = std::move(units),
                               .description = std::move(description),
                               .dims = std::move(dims),
                               .values = std::move(values),
                               .may_be_missing = may_be_missing});
  }

 private:
  const RunDescription& run_;
  std::span<const std::vector<MonthRecord>> replicates_;
  ResultData& data_;
};

void add_groups(Assembler& assembler, const Groups& groups, const std::string& currency) {
  const auto everywhere = [&](const auto& add) {
    add("", "", 0, std::size_t{1});
    for (std::size_t b = 0; b < groups.breakdowns(); ++b) {
      add(groups.name(b), groups.name(b), groups.first(b), groups.labels(b).size());
    }
  };
  const auto named = [](const char* name, const std::string& dimension) {
    return dimension.empty() ? std::string(name) : format::by_breakdown(name, dimension);
  };
  for (const CountIndicator& indicator : count_indicators)
    everywhere([&](const std::string& dimension, const std::string&, std::size_t first, std::size_t n) {
      assembler.add<std::int32_t>(
          named(indicator.name, dimension), indicator.long_name, "1", indicator.description, dimension, n,
          [&](const MonthRecord& r, std::size_t i) { return r.groups[first + i].*indicator.member; });
    });
  for (const ShareIndicator& indicator : share_indicators)
    everywhere([&](const std::string& dimension, const std::string&, std::size_t first, std::size_t n) {
      const auto value = [&](const MonthRecord& r, std::size_t i) { return indicator.value(r.groups[first + i]); };
      const auto add = [&]<class T>(T) {
        assembler.add<T>(named(indicator.name, dimension), indicator.long_name, indicator.money ? currency : "1",
                         indicator.description, dimension, n, value, true);
      };
      if (dimension.empty()) add(double{});
      else add(float{});
    });
}

/// All that is counted of each municipality.
void add_municipalities(Assembler& assembler, const RunDescription& run) {
  const std::string dimension(format::municipality);
  const std::size_t n = run.municipalities.size();
  const auto named = [&](const auto& name) { return format::by_breakdown(name, dimension); };
  const auto sums = [](const MonthRecord& r, std::size_t i) -> const GroupSums& {
    return r.municipalities[i].groups[0];
  };
  for (const CountIndicator& one : count_indicators)
    assembler.add<std::int32_t>(named(one.name), one.long_name, "1", one.description, dimension, n,
                                [&](const MonthRecord& r, std::size_t i) { return sums(r, i).*one.member; });
  for (const ShareIndicator& one : share_indicators)
    assembler.add<double>(
        named(one.name), one.long_name, one.money ? run.currency : "1", one.description, dimension, n,
        [&](const MonthRecord& r, std::size_t i) { return one.value(sums(r, i)); }, true);
  for (const MonthIndicator& one : month_indicators)
    assembler.add<double>(
        named(one.name), one.long_name, one.money ? run.currency : "1", one.description, dimension, n,
        [&](const MonthRecord& r, std::size_t i) { return one.value(r.municipalities[i]); }, true);
  assembler.add<std::int32_t>(named("households"), "private households", "1", "", dimension, n,
                              [](const MonthRecord& r, std::size_t i) { return r.municipalities[i].households; });
  for (std::size_t c = 0; c < run.counts.size(); ++c)
    assembler.add<std::int32_t>(named(std::string(run.counts[c]->name).c_str()), std::string(run.counts[c]->long_name),
                                "1", "in the month", dimension, n,
                                [&](const MonthRecord& r, std::size_t i) { return r.municipalities[i].counts[c]; });
}

void add_programmes(Assembler& assembler, const RunDescription& run) {
  const std::string dimension(format::programme);
  const std::size_t n = run.programmes.size();
  for (const ProgrammeMeasure& measure : programme_measures)
    assembler.add<std::int32_t>(format::programme_variable(measure.name), measure.long_name, "1", "", dimension, n,
                                [&](const MonthRecord& r, std::size_t i) { return r.programmes[i].*measure.member; });
  assembler.add<std::int32_t>(format::programme_variable("enrolled"),
                              "persons or households enrolled at the end of the month", "1", "", dimension, n,
                              [](const MonthRecord& r, std::size_t i) { return r.enrolled[i]; });
  assembler.add<double>(format::programme_variable("spending"), "money spent, services and cash", run.currency, "",
                        dimension, n,
                        [](const MonthRecord& r, std::size_t i) { return d(r.programmes[i].spent) / 100.0; });
}

/// The initial population against its input: a label a margin and group, and variables without replicate and month.
void add_population_fit(const std::vector<population::FitRow>& rows, ResultData& data) {
  if (rows.empty()) return;
  const std::string dimension(format::population_margin);
  ResultDimension margins{dimension, "margin of the initial population, and its group", {}};
  margins.texts = {{"population_margin_unit", "unit of the numbers", {}}};
  for (const auto& row : rows) {
    margins.labels.push_back(row.margin + ": " + row.group);
    margins.texts[0].values.push_back(row.unit);
  }
  data.dimensions.push_back(std::move(margins));
  const auto add = [&]<class T>(const char* measure, const char* long_name, const char* description, T value) {
    std::vector<std::decay_t<decltype(value(rows.front()))>> values;
    for (const auto& row : rows) values.push_back(value(row));
    data.variables.push_back({.name = std::string("population_fit_") + measure,
                              .long_name = long_name,
                              .units = "1",
                              .description = description,
                              .dims = {dimension},
                              .values = std::move(values)});
  };
  constexpr const char* unit = "in population_margin_unit";
  add("target", "as the table has it", unit, [](const population::FitRow& r) { return r.target; });
  add("compromise", "aimed at, where tables contradict each other", unit,
      [](const population::FitRow& r) { return r.compromise; });
  add("achieved", "of the population built", unit, [](const population::FitRow& r) { return r.achieved; });
  add("tolerance", "largest difference from the target that fits", unit,
      [](const population::FitRow& r) { return r.tolerance; });
  add("within", "whether the margin fits", "1 or 0",
      [](const population::FitRow& r) { return static_cast<std::int8_t>(r.within_tolerance()); });
}

}  // namespace

ResultData result_data(const RunDescription& run, const Groups& groups,
                       std::span<const std::vector<MonthRecord>> replicates) {
  expect(replicates.size() == run.replicates.size(), "one list of months for each replicate");
  const BuildInfo build = build_info();
  ResultData data{.title = run.title,
                  .source = "oikos " + std::string(build.version) + " (" + std::string(build.commit) + ")",
                  .seed = run.seed,
                  .scenario_name = run.scenario_name,
                  .scenario_sha256 = run.scenario_sha256,
                  .inputs_sha256 = run.inputs_sha256,
                  .currency = run.currency,
                  .start = run.start,
                  .months = run.months,
                  .replicates = run.replicates,
                  .dimensions = {},
                  .variables = {},
                  .texts = {{std::string(format::scenario_yaml), run.scenario_yaml},
                            {std::string(format::inputs), run.inputs},
                            {std::string(format::notes), join_lines(run.notes)}},
                  .population = run.population};
  for (std::size_t b = 0; b < groups.breakdowns(); ++b)
    data.dimensions.push_back({groups.name(b), groups.title(b), groups.labels(b)});
  const auto add_keys = [&](std::string_view name, const std::vector<std::string>& keys, std::string titles_name,
                            const std::vector<std::string>& titles_of_keys) {
    if (keys.empty()) return;
    ResultDimension dimension{std::string(name), std::string(name), keys};
    if (!titles_of_keys.empty())
      dimension.texts = {{std::move(titles_name), fmt::format("name of the {} for people", name), titles_of_keys}};
    data.dimensions.push_back(std::move(dimension));
  };
  add_keys(format::municipality, run.municipalities, std::string(format::municipality) + "_title",
           run.municipality_titles);
  add_keys(format::programme, run.programmes, format::programme_variable("title"), run.programme_titles);
  add_keys(format::provider, run.providers, format::provider_variable("title"), run.provider_titles);
  ResultDimension flow{std::string(format::flow), "flow of money: payer, payee, reason", {}};
  flow.texts = {{std::string(format::payer), "who pays", {}},
                {std::string(format::payee), "who receives", {}},
                {std::string(format::reason), "for what", {}}};
  for (const FlowKind& kind : run.flows) {
    flow.labels.push_back(kind.payer + ">" + kind.payee + ":" + kind.reason);
    flow.texts[0].values.push_back(kind.payer);
    flow.texts[1].values.push_back(kind.payee);
    flow.texts[2].values.push_back(kind.reason);
  }
  data.dimensions.push_back(std::move(flow));
  add_population_fit(run.population_fit, data);

  Assembler assembler(run, replicates, data);
  add_groups(assembler, groups, run.currency);
  if (!run.municipalities.empty()) add_municipalities(assembler, run);
  for (const MonthIndicator& indicator : month_indicators)
    assembler.add<double>(
        indicator.name, indicator.long_name, indicator.money ? run.currency : "1", indicator.description, "", 1,
        [&](const MonthRecord& r, std::size_t) { return indicator.value(r); }, true);
  assembler.add<std::int32_t>("households", "private households", "1", "", "", 1,
                              [](const MonthRecord& r, std::size_t) { return r.households; });
  for (std::size_t c = 0; c < run.counts.size(); ++c)
    assembler.add<std::int32_t>(std::string(run.counts[c]->name), std::string(run.counts[c]->long_name), "1",
                                "in the month", "", 1, [&](const MonthRecord& r, std::size_t) { return r.counts[c]; });
  if (!run.programmes.empty()) add_programmes(assembler, run);
  if (!run.providers.empty()) {
    assembler.add<double>(format::provider_variable("places"), "places", "1",
                          "those of the month; a sample of the city has its part of them",
                          std::string(format::provider), run.providers.size(), [](const MonthRecord& r, std::size_t i) {
                            return static_cast<double>(r.providers[i].planned) / static_cast<double>(Scale::one);
                          });
    assembler.add<std::int32_t>(format::provider_variable("occupied"), "places taken", "1", "",
                                std::string(format::provider), run.providers.size(),
                                [](const MonthRecord& r, std::size_t i) { return r.providers[i].occupied; });
  }
  assembler.add<std::int64_t>(std::string(format::money_flow), "money by payer, payee and reason",
                              "0.01 " + run.currency, "exact, in minor units", std::string(format::flow),
                              run.flows.size(), [](const MonthRecord& r, std::size_t i) { return r.flows[i].minor(); });
  return data;
}

}  // namespace oikos
