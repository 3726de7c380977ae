#pragma once
#include <string>
#include <vector>

#include "sim/parameter/spec.hpp"

namespace oikos {

/// What all rules and the synthesis declare to read: THE list, in the order of the reference.
std::vector<ParameterSpec> declared_parameters();

/// The same as a table in Markdown, for docs/reference/parameters.md. @param currency of the units
std::string parameters_markdown(const std::string& currency);

}  // namespace oikos
