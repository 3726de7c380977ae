#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "sim/population/consistency.hpp"
#include "sim/population/digest.hpp"
#include "sim/population/draft.hpp"
#include "sim/population/misfit.hpp"
#include "tests/sim/population/city_input.hpp"

namespace oikos::population {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

PopulationInput city() { return city_input(); }

/// A thousand persons in as many households as given, sizes 1 to 3 with mean 2.
PopulationInput town(double households) {
  PopulationInput input = city();
  input.parameters.persons = 1000;
  input.parameters.households = households;
  input.household_size = {0.3, 0.4, 0.3};
  input.trust_households = input.trust_sizes = trust_of("verified");
  return input;
}

double mean_of(const std::vector<double>& share) {
  double mean = 0;
  for (std::size_t k = 0; k < share.size(); ++k) mean += share[k] * static_cast<double>(k + 1);
  return mean;
}

/// What size_compromise() makes as small as possible.
double departure(const PopulationInput& input, const std::vector<double>& share, double households) {
  double entropy = 0;
  for (std::size_t k = 0; k < share.size(); ++k) entropy += share[k] * std::log(share[k] / input.household_size[k]);
  const double wanted = input.parameters.households;
  return input.trust_households.weight * (households * std::log(households / wanted) - households + wanted) +
         input.trust_sizes.weight * households * entropy;
}

/// Goal: tables that agree are followed to the letter.
TEST(SizeCompromise, of_tables_that_agree_is_the_tables) {
  const SizeCompromise made = size_compromise(town(500));
  EXPECT_EQ(made.households, 500);
  for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR(made.share[k], town(500).household_size[k], 1e-12);
  EXPECT_EQ(household_compromise(town(500)), "");
}

/// Goal: with equal weights the numbers are n_k = H q_k t^k. For H = 600 and N = 1000 t solves
/// 600 (0.3 t + 0.8 t^2 + 0.9 t^3) = 1000, t = 0.914654...; then H' = 600 (0.3 t + 0.4 t^2 + 0.3 t^3) = 503.17...
TEST(SizeCompromise, of_equal_weights_is_the_tilted_table) {
  double t = 1;
  for (int i = 0; i < 100; ++i)
    t -= (0.3 * t + 0.8 * t * t + 0.9 * t * t * t - 1000.0 / 600) / (0.3 + 1.6 * t + 2.7 * t * t);
  const double z = 0.3 * t + 0.4 * t * t + 0.3 * t * t * t;
  const SizeCompromise made = size_compromise(town(600));
  EXPECT_EQ(made.households, std::lround(600 * z));
  EXPECT_NEAR(made.share[0], 0.3 * t / z, 2e-3);  // the number of households is whole
  EXPECT_NEAR(mean_of(made.share) * static_cast<double>(made.households), 1000, 1e-9);
}

/// Goal: no other number of households, with the shares nearest to the table's for it, departs less from the tables.
TEST(SizeCompromise, is_minimal_for_any_weights) {
  for (const char* households : {"verified", "derived", "assumption"})
    for (const char* sizes : {"verified", "derived", "assumption"}) {
      PopulationInput input = town(640);
      input.trust_households = trust_of(households);
      input.trust_sizes = trust_of(sizes);
      const SizeCompromise made = size_compromise(input);
      const double least = departure(input, made.share, static_cast<double>(made.households));
      for (const std::int64_t other : {made.households - 3, made.households + 3}) {
        PopulationInput fixed = input;  // as good as certain of its number of households
        fixed.parameters.households = static_cast<double>(other);
        fixed.trust_households.weight = 1e9;
        EXPECT_GT(departure(input, size_compromise(fixed).share, static_cast<double>(other)), least)
            << households << " households, " << sizes << " sizes, " << other;
      }
    }
}

/// Goal: what is known less gives way more.
TEST(SizeCompromise, leans_to_the_figures_that_are_known_better) {
  PopulationInput input = town(640);
  input.trust_sizes = trust_of("assumption");
  const auto kept = size_compromise(input).households;
  input.trust_sizes = trust_of("verified");
  const auto middle = size_compromise(input).households;
  input.trust_households = trust_of("assumption");
  const auto given_way = size_compromise(input).households;
  EXPECT_GT(kept, middle);
  EXPECT_GT(middle, given_way);
  EXPECT_GT(given_way, 500);
}

/// Goal: the report judges by the tables: 27 % of households of one person are wanted, whatever was aimed at.
TEST(FitReport, has_the_targets_of_the_tables) {
  PopulationInput input = city();
  input.scale = 0.1;
  const auto population = synthesise(input, Month{2015, 1}, luck(1, 0));
  const auto report = fit_report(input, population, "EUR");
  const auto row = [&](const std::string& margin, const std::string& group) {
    const auto found =
        std::ranges::find_if(report, [&](const FitRow& r) { return r.margin == margin && r.group == group; });
    return found == report.end() ? FitRow{} : *found;
  };
  const FitRow one = row("household_size", "1");
  EXPECT_EQ(one.target, 0.27);
  EXPECT_NEAR(one.compromise, 0.2755, 5e-4);
  EXPECT_NEAR(one.achieved, one.compromise, 5e-4);
  EXPECT_EQ(row("households", "all").target, 5804);
  EXPECT_EQ(row("households", "all").achieved, static_cast<double>(population.households.size()));
  EXPECT_EQ(row("wages", "mean").unit, "EUR per month gross");
  EXPECT_THAT(household_compromise(input), HasSubstr("built: 5363 households for 5804 (-7.6 %)"));
}

/// Goal: a form that the sizes do not allow is said to be missed, at its row, with what it got.
TEST(Misfit, names_the_tables_that_contradict_each_other) {
  PopulationInput input = city();
  input.scale = 0.2;
  for (const Diagnostic& one : misfit(input, fit_report(input, synthesise(input, Month{2015, 1}, luck(1, 0)), "PLN")))
    ADD_FAILURE() << to_string(one);
  input.parameters.households = 20'000;
  const auto found = misfit(input, fit_report(input, synthesise(input, Month{2015, 1}, luck(1, 0)), "PLN"));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].severity, Severity::warning);
  EXPECT_EQ(found[0].what, "household_size and the numbers of persons and households contradict each other");
  EXPECT_EQ(found[0].expected, "a mean size of 2.64, as household_size has");
  EXPECT_EQ(found[0].got, "140302 persons in 20000 households: 7.02");
  EXPECT_THAT(found[0].hint, HasSubstr("built: "));
  EXPECT_EQ(found[0].at.line, 4) << "the row of the households";
  EXPECT_THAT(found[0].at.source->name, testing::EndsWith("/population.csv"));

  input = city();
  input.scale = 0.05;
  input.household_form = {0, 0.6, 0.13, 0.165, 0.105};  // couples are two, and two in five larger households are
  const auto forms = misfit(input, fit_report(input, synthesise(input, Month{2015, 1}, luck(1, 0)), "PLN"));
  ASSERT_FALSE(forms.empty());
  EXPECT_EQ(forms[0].what, "household_forms contradicts the sizes: 'couple' cannot have its share");
  EXPECT_EQ(forms[0].expected, "60.0 % of households of two or more");
  EXPECT_THAT(forms[0].at.source->name, testing::EndsWith("/household_forms.csv"));
}

std::vector<std::string> complaints(const PopulationInput& input) {
  Diagnostics found;
  check_consistency(input, found);
  std::vector<std::string> out;
  for (const auto& list : {found.all(), found.warnings()})
    for (const Diagnostic& one : list)
      out.push_back(one.at.source->name.substr(one.at.source->name.rfind('/') + 1) + ": " + one.what);
  return out;
}

/// Goal: what no population can follow is found without building one, at the table at fault.
TEST(Consistency, finds_tables_that_nothing_can_follow) {
  EXPECT_THAT(complaints(city()), ElementsAre());
  PopulationInput input = city();
  input.parameters.households = 150'000;
  EXPECT_THAT(complaints(input), ElementsAre("population.csv: more households than persons"));
  input.parameters.households = 17'000;
  EXPECT_THAT(complaints(input), ElementsAre("population.csv: households cannot hold the persons"));

  input = city();
  const std::size_t largest = input.household_size.size();
  for (std::size_t size = 1; size <= largest; ++size) input.form_size[3 * largest + size - 1] = 0;
  EXPECT_THAT(complaints(input),
              ElementsAre("household_forms.csv: no household can have the form 'parent_and_children'"));
  input = city();
  for (std::size_t form = 1; form < 5; ++form) input.form_size[form * largest + 3] = 0;
  EXPECT_THAT(complaints(input), ElementsAre("household_form_size.csv: households of 4 have no form"));

  input = city();
  for (std::size_t i = 0; i < input.living.value.size(); ++i)
    if (i % role_names.size() == static_cast<std::size_t>(Role::lone_parent)) input.living.value[i] = 0;
  EXPECT_THAT(complaints(input), ElementsAre("living_arrangements.csv: nobody can be 'lone_parent'"));
  input = city();
  for (std::size_t i = 0; i < input.labour.value.size(); ++i)
    if (i % labour_names.size() == static_cast<std::size_t>(Labour::registered_unemployed)) input.labour.value[i] = 0;
  EXPECT_THAT(complaints(input), ElementsAre("labour.csv: nobody can be 'registered_unemployed'"));
  input = city();
  input.district[2] = 0;
  EXPECT_THAT(complaints(input), ElementsAre("districts.csv: district 'ruda' has no households"));
}

/// Goal: the bytes are those the format page lists, so that others can compute the digest. Expected value: Python's
/// struct.pack('<iiQ', 2015, 0, 2), '<iBIIIIBBHIqB' a person and '<IHHBB' a household, through hashlib.sha256.
TEST(Digest, is_that_of_the_listed_bytes) {
  SyntheticPopulation two{.start = Month{2015, 1}, .place = rng::PlaceCode("city"), .persons = {}, .households = {}};
  SyntheticPerson mother;
  mother.birth_month = two.start - 480;
  mother.sex = Sex::female;
  mother.education = Education::secondary;
  mother.labour = Labour::employed;
  mother.months_in_state = 14;
  mother.wage_potential = 1'250'000;
  mother.children_born = 2;
  SyntheticPerson child;
  child.birth_month = two.start - 61;
  child.sex = Sex::male;
  child.mother = 0;
  child.months_in_state = 61;
  two.persons = {mother, child};
  two.households = {
      {.first = 0, .size = 2, .district = 3, .tenure = Tenure::municipal, .form = HouseholdForm::parent_and_children}};
  EXPECT_EQ(digest(two), "f9219da7f244e88a0d1506473c35f03f8eda5962e83e2b1a8063df54bf0e612a");
  two.persons[0].pension = Money{1};
  EXPECT_NE(digest(two), "f9219da7f244e88a0d1506473c35f03f8eda5962e83e2b1a8063df54bf0e612a");
}

}  // namespace
}  // namespace oikos::population
