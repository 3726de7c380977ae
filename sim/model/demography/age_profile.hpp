#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "sim/base/month.hpp"
#include "sim/base/rate.hpp"
#include "sim/process/hazard.hpp"
#include "sim/world/enums.hpp"

namespace oikos::demography {

inline constexpr int max_age = 110;  ///< years; older persons use the value of this age

/// Values by single year of age, 0 .. max_age.
template <class T>
using ByAge = std::array<T, max_age + 1>;

/// Yearly rates by sex and single year of age, in force from a month on.
struct RatePeriod {
  Month from;
  std::array<ByAge<double>, 2> yearly_rate;  ///< [sex][age], events per person-year, not negative
};

/// Monthly probabilities by age and sex of one or more periods as limits of a draw; the first serves earlier months
/// too.
class AgeSexHazard {
 public:
  /// @param periods not empty, ascending. Monthly probability 1 - exp(-rate / 12); a rate of 0 never happens.
  explicit AgeSexHazard(std::span<const RatePeriod> periods);

  /// By age_sex().
  const KindLimits& at(Month month) const;
  /// The same with all chances of a period multiplied, at most to certainty. @param factor of the period, given its
  /// largest chance (above 0)
  template <class Factor>
  AgeSexHazard multiplied(Factor factor) const {
    AgeSexHazard copy = *this;
    for (KindLimits& table : copy.tables_) multiply(table, factor(largest_chance(table)));
    return copy;
  }
  /// Makes the event certain from this age [years] on.
  void make_certain_from(int age);
  /// Leaves the event to one sex.
  void make_impossible_for(Sex sex);

 private:
  static double largest_chance(const KindLimits& table);
  static void multiply(KindLimits& table, double factor);

  std::vector<Month> from_;
  std::vector<KindLimits> tables_;
};

inline std::size_t age_index(int age_years) {
  return static_cast<std::size_t>(age_years < max_age ? age_years : max_age);
}

}  // namespace oikos::demography
