#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/diagnostics.hpp"
#include "sim/world/enums.hpp"

namespace oikos::population {

/// How a household is assembled; children here are of any age, living with a parent and without a partner of their own.
enum class HouseholdForm : std::uint8_t { one_person, couple, couple_and_children, parent_and_children, other };
inline constexpr std::array<std::string_view, 5> household_form_names{"one_person", "couple", "couple_and_children",
                                                                      "parent_and_children", "other"};

/// A person's part in the household.
enum class Role : std::uint8_t { child, partner, lone_parent, alone, other };
inline constexpr std::array<std::string_view, 5> role_names{"child", "partner", "lone_parent", "alone", "other"};

inline constexpr std::size_t sexes = sex_names.size();
inline constexpr int max_age = 109;  ///< last single year of age

/// Age bands: band b holds completed years from[b] .. from[b + 1] - 1; the last one is open.
struct AgeBands {
  std::vector<int> from;  ///< ascending, from[0] = 0

  std::size_t size() const { return from.size(); }
  int first_age(std::size_t band) const { return from[band]; }
  /// Last single year of age of the band; five years wide when open, at most max_age.
  int last_age(std::size_t band) const;
  std::size_t band_of(int age) const;
  /// "15-19", "100+"
  std::string name(std::size_t band) const;
};

/// Shares of categories by sex and age: one row of shares applies from its age to the next row's age.
struct BandTable {
  std::vector<int> from;  ///< ascending ages, the same for both sexes
  std::size_t categories = 0;
  std::vector<double> value;  ///< [(sex * from.size() + row) * categories + category]

  /// Shares at this age; the first row also serves younger ages.
  const double* at(Sex sex, int age) const;
};

/// Yearly births per woman by her age, in five-year bands, for births from a year on.
struct BirthRates {
  std::vector<int> period;    ///< ascending first years of the periods
  std::vector<int> from;      ///< ascending first ages of five-year bands
  std::vector<double> value;  ///< [period * from.size() + band], births per woman and year
};

/// Single numbers of the synthesis: what population_parameters() declares, and what rules declare, as of the start.
struct PopulationParameters {
  double persons = 0;                  ///< persons in private households
  double households = 0;               ///< private households
  double school_leaving_age = 0;       ///< years: nobody younger is at work or registered
  double unemployment_rate = 0;        ///< registered unemployed / labour force
  double participation_men_15_24 = 0;  ///< labour force / persons, and so on
  double participation_men_15_64 = 0;
  double participation_women_15_24 = 0;
  double participation_women_15_64 = 0;
  double partner_age_gap_mean = 0;  ///< years the man is older; used for lone fathers, and as the check of couples
  double partner_age_gap_sd = 0;    ///< years
  double lone_father_share = 0;     ///< of parents living without a partner
  double unemployment_longest = 0;  ///< months, end of the open duration class
  double job_months_mean = 0;       ///< mean months in the present job
  double inactive_months_mean = 0;  ///< mean months out of the labour force
  double pension_age_men = 0;       ///< years; months of retirement count from it
  double pension_age_women = 0;
  double average_wage = 0;         ///< gross a month, of the city
  double minimum_wage = 0;         ///< gross a month
  double wage_mean_to_median = 0;  ///< ratio
  double wage_effect_women = 0;    ///< shifts of the wage score, in standard deviations of its random part
  double wage_effect_basic_vocational = 0;
  double wage_effect_secondary = 0;
  double wage_effect_tertiary = 0;
  double wage_effect_decade = 0;  ///< per ten years of age up to 45
  double pension_mean_men = 0;    ///< gross a month
  double pension_mean_women = 0;
  double pension_minimum = 0;
  double pension_sigma = 0;  ///< standard deviation of the logarithm
};

/// What a figure's confidence is worth where tables contradict each other.
struct Trust {
  double weight = 1;     ///< of its deviations in the compromise: a verified figure weighs as much as four assumptions
  double tolerance = 0;  ///< largest relative deviation that fits
};
/// verified: 4, 1 %; derived and recalled: 2, 2 %; assumption: 1, 10 %.
Trust trust_of(std::string_view confidence);

/// Where figures stand in the tables.
struct TablePlaces {
  std::array<Position, 14> table;  ///< first row of each table, as population_file_keys
  Position persons, households, minimum_wage, wage_mean_to_median;  ///< the rows of these parameters
  std::array<Position, household_form_names.size()> form;           ///< rows of household_forms
  std::array<Position, role_names.size()> role;                     ///< first rows of each role in living_arrangements

  /// The first row of a table. @throws ContractError  no table has this key
  const Position& of(std::string_view key) const;
};

/// Everything the synthesis needs, read and checked. Shares sum to 1.
struct PopulationInput {
  double scale = 1;  ///< persons and households are multiplied by it, e.g. 0.01 for tests; more than 0, at most 1
  PopulationParameters parameters;  ///< not of a table: read_population_parameters()
  AgeBands bands;
  std::array<std::vector<double>, sexes> age_sex;  ///< [sex][band], weights of any unit
  std::vector<double> household_size;              ///< share of households with 1, 2, ... persons, as the table has it
  std::array<double, household_form_names.size()> household_form{};  ///< share of households
  std::vector<double> form_size;  ///< [form * household_size.size() + size - 1], seed of the raking
  BandTable living;               ///< categories: Role; adults
  BirthRates births;
  BandTable children_born;  ///< women only, stored for both sexes; categories: 0, 1, 2, ... births
  BandTable education;      ///< categories: Education; seed
  std::array<std::array<double, education_names.size()>, sexes>
      education_total{};  ///< share of persons aged 13 or over
  BandTable labour;       ///< categories: Labour; seed
  std::array<std::array<double, education_names.size()>, labour_names.size()> labour_education{};  ///< odds
  std::vector<int> duration_from;  ///< months, ascending, from 0: classes of the duration of registered unemployment
  std::vector<double> duration;    ///< share of each class
  std::array<double, tenure_names.size()> tenure{};
  std::vector<std::string> districts;
  std::vector<double> district;  ///< share of households
  /// How far the number of households and the sizes may give way to each other: by the confidence of their rows.
  Trust trust_households = trust_of("assumption"), trust_sizes = trust_of("assumption");
  Trust trust_children_born = trust_of("assumption");
  TablePlaces places;                ///< where figures stand, for messages about contradictions
  std::vector<Source> sources = {};  ///< the tables, as population_file_keys
};

/// The files of the tables, each a path. The names are the keys of the scenario's `population:` section.
struct PopulationFiles {
  std::string age_sex, household_size, household_forms, household_form_size, living_arrangements, births, children_born,
      education, education_totals, labour, labour_education, unemployment_duration, tenure, districts;

  /// All tables in one folder under their own names: folder/age_sex.csv and so on.
  static PopulationFiles in_folder(const std::string& folder);
};

/// Keys of PopulationFiles, in order; table k stands in file keys[k] + ".csv" of a folder.
inline constexpr std::array<std::string_view, 14> population_file_keys{"age_sex",
                                                                       "household_size",
                                                                       "household_forms",
                                                                       "household_form_size",
                                                                       "living_arrangements",
                                                                       "births",
                                                                       "children_born",
                                                                       "education",
                                                                       "education_totals",
                                                                       "labour",
                                                                       "labour_education",
                                                                       "unemployment_duration",
                                                                       "tenure",
                                                                       "districts"};

/// Reads and checks all tables (docs/reference/population_tables.md).
/// @throws InputError  every mistake found in any of the tables
/// @throws FileError   a file cannot be read
PopulationInput read_population_input(const PopulationFiles& files);

}  // namespace oikos::population
