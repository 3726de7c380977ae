#pragma once
#include <array>
#include <vector>

#include "sim/base/rate.hpp"
#include "sim/parameter/parameter_set.hpp"
#include "sim/process/process.hpp"

namespace oikos::education {

/// What schooling needs to know in a month. Indexed by Sex, Education.
struct SchoolParams {
  int school_age = 15 * 12;                                            ///< months: child becomes pupil or student
  std::array<int, 4> leaving_age{17 * 12, 18 * 12, 19 * 12, 24 * 12};  ///< months of age at leaving school
  std::array<std::array<double, 4>, 2> attainment{};                   ///< [sex][education] shares of those leaving
};

/// Reads school_start_age, school_leaving_age_<education> and attainment_<sex>_<education> of each month; attainments
/// that do not sum to 100 % are reported.
std::vector<SchoolParams> read_school(const ParameterSet& parameters, Diagnostics& diagnostics);

/// Wage potentials of the young at the start, by sex and education: what school leavers draw from.
/// 64 quantiles of persons aged 20 to 39 of the initial population; of all ages where fewer than 64 persons are so
/// young.
class EntryWages {
 public:
  explicit EntryWages(const World& initial, Month start);
  /// @param draw uniform   @return parts per million of the average wage; 1'000'000 where nobody can tell
  std::uint32_t at(Sex sex, Education education, std::uint32_t draw) const;

 private:
  std::array<std::array<std::vector<std::uint32_t>, 4>, 2> quantiles_;
};

/// Starting and leaving school, in the months of birthdays.
/// Rule    at school age a child becomes a student; at the leaving age of the attainment reached a student leaves
///         school, registers with the labour office and gets a wage potential. The attainment follows from a draw made
///         once for life and the shares of the month of the birthday.
/// Source  docs/methods/education.md
class Schooling final : public SweepProcess {
 public:
  /// @param params of each month of the run
  Schooling(ByMonth<SchoolParams> params, EntryWages wages);
  ProcessInfo info() const override;
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const override;

 private:
  struct Month {
    SchoolParams params;
    std::array<std::array<Threshold, 4>, 2> cumulative{};
  };
  ByMonth<Month> months_;
  EntryWages wages_;
};

}  // namespace oikos::education
