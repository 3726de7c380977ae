#include "sim/text/utf8.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oikos::utf8 {

namespace {

unsigned byte_at(std::string_view text, std::size_t i) {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
}
bool continues(unsigned byte) { return (byte & 0xC0u) == 0x80u; }

/// Bytes of the well-formed sequence that begins at `i`; 0 when there is none (Unicode 15, table 3-7).
std::size_t sequence(std::string_view text, std::size_t i) {
  const unsigned a = byte_at(text, i), b = byte_at(text, i + 1), c = byte_at(text, i + 2), d = byte_at(text, i + 3);
  if (a < 0x80) return 1;
  if (a >= 0xC2 && a <= 0xDF) return continues(b) ? 2 : 0;
  if (a >= 0xE0 && a <= 0xEF) {
    const bool second = a == 0xE0 ? b >= 0xA0 && b <= 0xBF : a == 0xED ? b >= 0x80 && b <= 0x9F : continues(b);
    return second && continues(c) ? 3 : 0;
  }
  if (a >= 0xF0 && a <= 0xF4) {
    const bool second = a == 0xF0 ? b >= 0x90 && b <= 0xBF : a == 0xF4 ? b >= 0x80 && b <= 0x8F : continues(b);
    return second && continues(c) && continues(d) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::optional<std::size_t> first_invalid(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t bytes = sequence(text, i);
    if (bytes == 0) return i;
    i += bytes;
  }
  return std::nullopt;
}

int length(std::string_view text) {
  return static_cast<int>(
      std::ranges::count_if(text, [](char c) { return !continues(static_cast<unsigned char>(c)); }));
}

std::size_t bom(std::string_view text) { return text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }

Locator::Locator(Source source) : source_(std::move(source)), lines_{0} {
  const std::string& text = source_->text;
  for (std::size_t i = text.find('\n'); i != std::string::npos; i = text.find('\n', i + 1)) lines_.push_back(i + 1);
  byte_ = bom(text);
}

Position Locator::at(std::size_t begin, std::size_t end) {
  const std::string_view text = source_->text;
  begin = std::min(begin, text.size());
  const auto line = static_cast<std::size_t>(std::ranges::upper_bound(lines_, begin) - lines_.begin()) - 1;
  if (line != line_ || begin < byte_) {
    line_ = line;
    byte_ = line == 0 ? bom(text) : lines_[line];
    column_ = 1;
  }
  if (begin > byte_) {
    column_ += length(text.substr(byte_, begin - byte_));
    byte_ = begin;
  }
  const std::string_view stretch = text.substr(begin, std::max(end, begin) - begin);
  const int underlined = length(stretch.substr(0, stretch.find_first_of("\r\n")));
  return {source_, static_cast<int>(line_) + 1, column_, std::max(underlined, 1)};
}

bool check(const Source& source, Diagnostics& diagnostics) {
  const std::string_view text = source->text;
  if (const auto bad = first_invalid(text)) {
    diagnostics.add({.at = Locator(source).at(*bad, *bad + 1),
                     .what = "the file is not valid UTF-8",
                     .expected = "UTF-8 text",
                     .got = fmt::format("byte 0x{:02x}", byte_at(text, *bad)),
                     .hint = "save the file as UTF-8"});
    return false;
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned byte = byte_at(text, i);
    if (byte == 0xEF && i > 0 && bom(text.substr(i)) > 0) {
      diagnostics.add({.at = Locator(source).at(i, i + 3),
                       .what = "a byte order mark inside the file",
                       .expected = "one at its beginning, or none",
                       .got = "",
                       .hint = "two files were joined, or text was pasted: delete the invisible character"});
      return false;
    }
    const bool lone_return = byte == '\r' && byte_at(text, i + 1) != '\n';
    if ((byte >= 0x20 && byte != 0x7F && !lone_return) || byte == '\n' || byte == '\t') continue;
    if (byte == '\r' && !lone_return) continue;
    diagnostics.add({.at = Locator(source).at(i, i + 1),
                     .what = "the file contains a control character",
                     .expected = "text; lines end with LF or CRLF",
                     .got = fmt::format("byte 0x{:02x}", byte),
                     .hint = ""});
    return false;
  }
  return true;
}

}  // namespace oikos::utf8
