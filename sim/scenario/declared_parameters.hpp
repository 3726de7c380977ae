#pragma once
#include <string>
#include <vector>

#include "sim/model/age_rates.hpp"
#include "sim/parameter/spec.hpp"

namespace oikos {

/// What all modules and the synthesis declare to read, in the order of the reference.
std::vector<ParameterSpec> declared_parameters();

/// What modules read by sex and age.
std::vector<AgeRateSpec> declared_age_rates();

/// Parameters as a table in Markdown, for docs/reference/parameters.md. @param currency of the units
std::string parameters_markdown(const std::string& currency);

}  // namespace oikos
