#pragma once
#include <string>
#include <string_view>

namespace oikos::analysis {

/// Text that is safe in the content of elements and in quoted attributes: & < > " ' become references, control
/// characters spaces.
std::string escape(std::string_view text);

/// A number as the charts and tables write it: with a real minus sign and a dash for what is missing.
std::string with_minus(std::string number);

}  // namespace oikos::analysis
