#pragma once
#include <string>
#include <string_view>

namespace oikos::analysis {

/// The style sheet of reports: light, dark and print, colours of Okabe and Ito that people with any colour vision tell
/// apart.
std::string_view style_sheet();

/// Content policy that forbids everything except this style sheet.
std::string content_policy();

/// SHA-256 of some bytes in base64, as content policies write it.
std::string sha256_base64(std::string_view bytes);

/// Classes of the line and fill of a plan: 0 is the baseline, plans count from 1; from the seventh on colours repeat
/// with other dashes.
std::string stroke_class(int colour);
std::string fill_class(int colour);

}  // namespace oikos::analysis
