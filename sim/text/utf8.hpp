#pragma once
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/base/diagnostics.hpp"

namespace oikos::utf8 {

/// First byte that is not part of well-formed UTF-8 (no overlong forms, surrogates or values above U+10FFFF).
std::optional<std::size_t> first_invalid(std::string_view text);

/// Number of code points of well-formed text.
int length(std::string_view text);

/// Bytes of the byte order mark at the begin of the text: 3 or 0.
std::size_t bom(std::string_view text);

/// Turns byte offsets of a source into places. Fast for offsets that grow; remembers the last one.
class Locator {
 public:
  explicit Locator(Source source);
  /// Place of the text from byte `begin` up to `end`; underlines at most the rest of the line. A byte order mark has no
  /// column.
  Position at(std::size_t begin, std::size_t end);

 private:
  Source source_;
  std::vector<std::size_t> lines_;  ///< byte of each line's begin
  std::size_t line_ = 0;
  std::size_t byte_ = 0;
  int column_ = 1;
};

/// Checks what every text file has to be: valid UTF-8 without control characters. False after a diagnostic.
bool check(const Source& source, Diagnostics& diagnostics);

}  // namespace oikos::utf8
