#pragma once
#include <array>
#include <vector>

#include "sim/base/rate.hpp"
#include "sim/model/parameters.hpp"
#include "sim/process/process.hpp"

namespace oikos::education {

/// What schooling needs to know. Indexed by Sex, Education.
struct SchoolParams {
  int school_age = 15;                                ///< years: child becomes pupil or student
  std::array<int, 4> leaving_age{17, 18, 19, 24};     ///< years of age at leaving school, by attainment
  std::array<std::array<double, 4>, 2> attainment{};  ///< [sex][education] shares of a birth cohort
};

/// Reads the parameters school_leaving_age_<education> and attainment_<sex>_<education>.
SchoolParams read_school(const ParameterSet& parameters, Month start, Diagnostics& diagnostics);

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

/// Starting and leaving school, in the months of birthdays.
/// Rule    at school age a child becomes a student; at the leaving age of the attainment that person will reach (drawn
/// once
///         for life) a student leaves school, registers with the labour office and gets a wage potential.
/// Source  docs/methods/education.md
class Schooling final : public SweepProcess {
 public:
  Schooling(SchoolParams params, EntryWages wages);
  ProcessInfo info() const override;
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const override;

 private:
  SchoolParams params_;
  std::array<std::array<Threshold, 4>, 2> cumulative_{};
  EntryWages wages_;
};

}  // namespace oikos::education
