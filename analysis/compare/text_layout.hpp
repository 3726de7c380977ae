#pragma once
#include <string>
#include <string_view>
#include <vector>

/// Text in fixed-width columns. Widths count columns of a terminal: combining marks take none, wide characters two.
namespace oikos::analysis {

int display_width(std::string_view utf8);

/// Lines of at most `width` columns, broken at spaces; a longer word is cut. At least one line.
std::vector<std::string> wrap(std::string_view utf8, int width);

enum class Side { left, right };
/// The text filled with spaces; `side` says where the text stands. A wider text stays as it is.
std::string pad(std::string_view utf8, int width, Side side);

}  // namespace oikos::analysis
