#pragma once
#include <vector>

#include "sim/model/demography/age_profile.hpp"

namespace oikos::demography::test {

/// The same yearly rate for both sexes at ages from `from` up to, but without, `until`, in force always.
inline std::vector<RatePeriod> constant_rate(double yearly, int from = 0, int until = max_age + 1) {
  RatePeriod period{Month{1900, 1}, {}};
  for (auto& sex : period.yearly_rate)
    for (int age = from; age < until; ++age) sex[static_cast<std::size_t>(age)] = yearly;
  return {period};
}

}  // namespace oikos::demography::test
