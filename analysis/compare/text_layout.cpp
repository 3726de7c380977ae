#include "analysis/compare/text_layout.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace oikos::analysis {

namespace {

struct Range {
  std::uint32_t first, last;
};

bool within(std::uint32_t c, const auto& ranges) {
  return std::ranges::any_of(ranges, [&](const Range& r) { return c >= r.first && c <= r.last; });
}

/// Columns of a code point, after Unicode's East Asian Width and general categories Mn, Me and Cf, for the scripts in
/// use.
int columns(std::uint32_t c) {
  constexpr std::array<Range, 8> none{{{0x300, 0x36f},
                                       {0x483, 0x489},
                                       {0x591, 0x5bd},
                                       {0x64b, 0x65f},
                                       {0x200b, 0x200f},
                                       {0x20d0, 0x20f0},
                                       {0xfe00, 0xfe0f},
                                       {0xfe20, 0xfe2f}}};
  constexpr std::array<Range, 8> two{{{0x1100, 0x115f},
                                      {0x2e80, 0xa4cf},
                                      {0xac00, 0xd7a3},
                                      {0xf900, 0xfaff},
                                      {0xfe30, 0xfe6f},
                                      {0xff00, 0xff60},
                                      {0x1f300, 0x1faff},
                                      {0x20000, 0x3fffd}}};
  return within(c, none) ? 0 : within(c, two) ? 2 : 1;
}

/// The next character's bytes and code point. Bytes that are no UTF-8 count one column each.
struct Character {
  std::size_t bytes;
  std::uint32_t code;
};
Character next(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const auto lead = byte(at);
  const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  if (bytes == 1 || at + bytes > text.size()) return {1, '?'};
  std::uint32_t code = lead & (0xffu >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) code = (code << 6) | (byte(at + i) & 0x3fu);
  return {bytes, code};
}

/// Bytes of the longest start of at most `width` columns, and at least one character.
std::size_t fitting(std::string_view text, int width) {
  std::size_t at = 0;
  for (int used = 0; at < text.size();) {
    const auto character = next(text, at);
    used += columns(character.code);
    if (used > width && at > 0) break;
    at += character.bytes;
  }
  return at;
}

}  // namespace

int display_width(std::string_view text) {
  int width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto character = next(text, at);
    width += columns(character.code);
    at += character.bytes;
  }
  return width;
}

std::vector<std::string> wrap(std::string_view text, int width) {
  std::vector<std::string> lines;
  do {
    auto end = fitting(text, width);
    if (end < text.size() && text[end] != ' ')
      if (const auto space = text.substr(0, end).rfind(' '); space != std::string_view::npos && space > 0) end = space;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
    while (text.starts_with(' ')) text.remove_prefix(1);
  } while (!text.empty());
  return lines;
}

std::string pad(std::string_view text, int width, Side side) {
  const std::string space(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ');
  return side == Side::left ? std::string(text) + space : space + std::string(text);
}

}  // namespace oikos::analysis
