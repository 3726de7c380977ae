#pragma once
#include <cstdint>
#include <string>

namespace oikos {

/// What a parameter measures. It decides how the value is written and what rules and expressions are given.
enum class ParameterUnit : std::uint8_t {
  number,          ///< a factor or a count: a plain number
  persons,         ///< "persons"
  persons_yearly,  ///< "persons/year"
  households,      ///< "households"
  share,           ///< "%", given as a fraction of one
  chance,          ///< "%/month", "%/year", "1/month", "1/year", given as the probability in a month
  money,           ///< "PLN", given in minor units
  money_monthly,   ///< "PLN/month", given in minor units
  money_yearly,    ///< "PLN/year", given in minor units
  months,          ///< whole months; also written in years
  years,           ///< years, given in years; also written in months
  hours            ///< "hours/week"
};

/// Values from `low` to `high`, both included, as rules are given them.
struct ParameterRange {
  double low = 0;
  double high = 0;

  bool holds(double value) const { return value >= low && value <= high; }
};

/// When a rule looks at a parameter.
enum class ParameterRead : std::uint8_t {
  by_month,               ///< the value in force in each month: dates act in their month
  at_start,               ///< once, at the start of the run: dates are refused
  by_month_and_at_start,  ///< by month, and the value at the start also makes the people of the first day
};

/// A parameter as the rule that reads it declares it, beside itself.
struct ParameterSpec {
  std::string name;
  ParameterUnit unit = ParameterUnit::number;
  ParameterRange allowed;    ///< outside: an error
  ParameterRange plausible;  ///< outside: a warning
  std::string meaning;       ///< one line, without a full stop
  ParameterRead read = ParameterRead::by_month;
  std::string relative_to = "";  ///< another parameter: `plausible` is in multiples of its value in the same month
  bool optional = false;         ///< a scenario may leave it out
  double step = 0;               ///< values are multiples of it, as rules are given them; 0: any value
};

}  // namespace oikos
