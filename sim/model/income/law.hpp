#pragma once
#include <vector>

#include "sim/base/money.hpp"
#include "sim/base/rate.hpp"
#include "sim/model/income/payslip.hpp"
#include "sim/parameter/parameter_set.hpp"

namespace oikos::income {

/// Dated law and prices of one month.
struct MonthLaw {
  TaxLaw tax;
  Money minimum_wage;                    ///< gross a month
  Money average_wage;                    ///< gross a month, of the city
  Money minimum_pension;                 ///< gross a month
  std::int64_t pension_growth = 0;       ///< growth of pensions this month, parts per million
  Money child_benefit;                   ///< a child below 18 and month; 0: not in force
  bool child_benefit_universal = false;  ///< else the first child only up to the threshold
  Money child_benefit_threshold;         ///< net income per person and month
  Money assistance_single;               ///< income threshold of a person living alone
  Money assistance_per_person;           ///< income threshold per member of larger households
  std::int64_t assistance_share = 0;     ///< part of the gap that is paid, parts per million
  Money assistance_minimum;              ///< smallest amount paid
  Threshold assistance_take_up = 0;      ///< entitled households that claim; a lasting trait decides
};

/// The law of each month of a run, read from the parameters that law_parameters() declares.
std::vector<MonthLaw> monthly_law(const ParameterSet& parameters);

}  // namespace oikos::income
