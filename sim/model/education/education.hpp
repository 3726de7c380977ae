#pragma once
#include <array>
#include <memory>
#include <vector>

#include "sim/model/education/declared.hpp"
#include "sim/model/labour/declared.hpp"
#include "sim/parameter/parameter_set.hpp"
#include "sim/process/access.hpp"

namespace oikos::education {

/// What schooling needs to know in a month. Indexed by Sex, Education.
struct SchoolParams {
  int school_age = 15 * 12;                                            ///< months: child becomes pupil or student
  std::array<int, 4> leaving_age{17 * 12, 18 * 12, 19 * 12, 24 * 12};  ///< months of age at leaving school
  std::array<std::array<double, 4>, 2> attainment{};                   ///< [sex][education] shares of a birth cohort
  bool operator==(const SchoolParams&) const = default;
};

/// Reads school_start_age, school_leaving_age_<education> and attainment_<sex>_<education> of each month; attainments
/// that do not sum to 100 % are reported.
std::vector<SchoolParams> read_school(const ParameterSet& parameters, Diagnostics& diagnostics);

/// Who leaves school at a birthday, and with which education.
struct SchoolExit {
  double chance = 0;                 ///< of a student of that birthday
  std::array<double, 4> attained{};  ///< shares of those who leave, by Education
};

/// Leaving school by birth cohort.
/// Rule    a cohort that starts school during the run reaches the attainment of the parameters: at each leaving age the
///         share of those still in school leaves that the attainment asks for. Of a cohort that was in school in the
///         first month, the students reach what the cohort still lacks of it, and no less than they have.
/// Source  docs/methods/education.md
class SchoolLeaving {
 public:
  /// @param initial population of the first month `start`, counted by cohort, never kept
  SchoolLeaving(const World& initial, Month start, const SchoolParams& params);
  /// @param present education that the student has already   @param age years completed at the birthday
  SchoolExit at(ShortMonth birth, Sex sex, Education present, int age) const;

 private:
  /// What a group of students will reach and when they leave, both by attainment.
  struct Plan {
    std::array<double, 4> share{};
    std::array<int, 4> leaving_age{};  ///< years
  };
  using ByPresent = std::array<Plan, 4>;
  /// @param age years
  static SchoolExit exit(const Plan& plan, int age);

  std::array<Plan, 2> starting_;  ///< of cohorts that start school later, by sex
  int school_age_;                ///< years
  ShortMonth before_;             ///< the month before the first one
  /// [age in years before the first month - school age][sex][present education]
  std::vector<std::array<ByPresent, 2>> cohorts_;
};

/// Wage potentials of the young at the start, by sex and education: what school leavers draw from.
/// 64 quantiles of persons aged 20 to 39 of the initial population, however few they are, so that entrants of a sample
/// earn what those of the city do; of all ages where nobody is so young.
class EntryWages {
 public:
  explicit EntryWages(const World& initial, Month start);
  /// @param draw uniform   @return parts per million of the average wage; 1'000'000 where nobody can tell
  std::uint32_t at(Sex sex, Education education, std::uint32_t draw) const;

 private:
  std::array<std::array<std::vector<std::uint32_t>, 4>, 2> quantiles_;
};

/// What schooling does in each month of a run.
struct School {
  ByMonth<int> school_age;  ///< months
  ByMonth<std::shared_ptr<const SchoolLeaving>> leaving;
};
/// @param params of each month of the run
School make_school(const World& initial, Month start, const std::vector<SchoolParams>& params);

/// Starting and leaving school, in the months of birthdays.
/// Rule    at school age a child becomes a student; a student whose draw of the month lies below the chance of the
///         birthday leaves school, registers with the labour office and gets a wage potential.
/// Source  docs/methods/education.md
class Schooling final
    : public SweepStep<Reads<person::birth_month, person::identity, person::sex>,
                       Writes<person::labour, person::state_since, person::education, person::wage_potential>,
                       Draws<lane::leaves_school, lane::attainment, lane::first_wage>> {
 public:
  Schooling(std::shared_ptr<const School> school, EntryWages wages);

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  std::shared_ptr<const School> school_;
  EntryWages wages_;
};

}  // namespace oikos::education
