#include "sim/model/labour/exits.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace oikos::labour {

namespace {

/// A product of the largest of some parameters in a month: one of each list.
using Product = std::vector<std::vector<std::string>>;

struct State {
  std::string_view name;
  std::vector<std::vector<Product>> groups;  ///< per group of persons, the products that compete
};

std::vector<std::string> ending(std::string_view front, std::initializer_list<std::string_view> ends) {
  std::vector<std::string> all;
  for (const auto end : ends) all.push_back(fmt::format("{}{}", front, end));
  return all;
}

const std::vector<State>& states() {
  const auto educations = {std::string_view("low"), std::string_view("basic_vocational"), std::string_view("secondary"),
                           std::string_view("tertiary")};
  const auto ages = {std::string_view("15_24"), std::string_view("25_54"), std::string_view("55_over")};
  static const std::vector<State> all{
      {"employed persons",
       {{{{"job_loss"}, ending("job_loss_factor_", educations), ending("job_loss_factor_age_", ages)},
         {ending("leaving_work_", {"male", "female"})}}}},
      {"registered unemployed",
       {{{ending("job_finding_from_month_", {"0", "3", "6", "12", "24"}), ending("job_finding_factor_", educations),
          ending("job_finding_factor_age_", ages)},
         {{"giving_up_search"}}}}},
      {"inactive persons",
       {{{{"registering_age_15_24"}}, {{"entering_work_age_15_24"}}},
        {{{"registering_age_25_54"}}, {{"entering_work_age_25_54"}}},
        {{{"registering_age_55_over"}}, {{"entering_work_age_55_over"}}}}}};
  return all;
}

/// The largest value of a product in a month, with the names that make it.
struct Part {
  double value = 1;
  std::string text;
  const Parameter::Row* latest = nullptr;  ///< row of the date that changed last
};

Part largest(const ParameterSet& parameters, const Product& product, Month month) {
  Part part;
  for (const auto& names : product) {
    const Parameter* best = nullptr;
    for (const auto& name : names) {
      const Parameter* one = parameters.find(name);
      if (one == nullptr || !one->values.covers(month)) return {0, "", nullptr};
      if (best == nullptr || one->values.at(month) > best->values.at(month)) best = one;
    }
    part.value *= best->values.at(month);
    part.text += fmt::format("{}{}", part.text.empty() ? "" : " x ", best->name);
    const Parameter::Row& row = best->row_at(month);
    if (part.latest == nullptr || row.from > part.latest->from) part.latest = &row;
  }
  part.text += fmt::format(" {:.4g} %/month", part.value * 100);
  return part;
}

/// Adds a diagnostic when the exits of a group sum above 1 in the month.
bool exceeds(const ParameterSet& parameters, const State& state, const std::vector<Product>& group, Month month,
             Diagnostics& diagnostics) {
  double sum = 0;
  std::string parts;
  Part dominant{0, "", nullptr};
  for (const Product& product : group) {
    const Part part = largest(parameters, product, month);
    sum += part.value;
    parts += fmt::format("{}{}", parts.empty() ? "" : " + ", part.text);
    if (part.latest != nullptr && part.value > dominant.value) dominant = part;
  }
  if (sum <= 1.0 || dominant.latest == nullptr) return false;
  diagnostics.add({.at = dominant.latest->at,
                   .what = fmt::format("the monthly exits of {} sum above 100 % in {}", state.name, to_string(month)),
                   .expected = "at most 100 %/month together, as they compete for the same persons",
                   .got = fmt::format("{:.4g} %/month: {}", sum * 100, parts),
                   .hint = ""});
  return true;
}

}  // namespace

void check_exits(const ParameterSet& parameters, Diagnostics& diagnostics) {
  const ParameterScope& scope = parameters.scope();
  for (const State& state : states())
    for (const auto& group : state.groups)
      for (int k = 0; k < scope.months; ++k)
        if (exceeds(parameters, state, group, scope.start + k, diagnostics)) break;
}

}  // namespace oikos::labour
