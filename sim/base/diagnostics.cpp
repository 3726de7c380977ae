#include "sim/base/diagnostics.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace oikos {

namespace {

/// Bytes of a source line that is shown.
constexpr std::size_t longest_line = 400;

/// Finds lines of sources, fast for lines that follow each other.
class LineFinder {
 public:
  /// The text of a line (from 1) without its line ending; empty when there is none.
  std::string_view line_of(const Position& at) {
    const std::string_view text = at.source->text;
    if (source_ != at.source.get() || at.line < line_) source_ = at.source.get(), line_ = 1, begin_ = 0;
    for (; line_ < at.line; ++line_) {
      const auto end = text.find('\n', begin_);
      if (end == std::string_view::npos) return {};
      begin_ = end + 1;
    }
    // Of a line that is too long to be shown only so much that this is seen.
    auto found = text.substr(begin_, longest_line + 2);
    found = found.substr(0, found.find('\n'));
    if (!found.empty() && found.back() == '\r') found.remove_suffix(1);
    return found;
  }

 private:
  const SourceText* source_ = nullptr;
  int line_ = 1;
  std::size_t begin_ = 0;  ///< of that line
};

/// A code point of the text: its bytes, and its number (0xFFFD for bytes that are none).
struct CodePoint {
  std::size_t bytes = 1;
  std::uint32_t number = 0xFFFD;
};

CodePoint code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t bytes = byte(0) < 0x80u    ? 1
                            : byte(0) >= 0xF0u ? 4
                            : byte(0) >= 0xE0u ? 3
                            : byte(0) >= 0xC0u ? 2
                                               : 0;
  if (bytes == 0 || bytes > text.size()) return {};
  std::uint32_t number = bytes == 1 ? byte(0) : byte(0) & (0x3Fu >> (bytes - 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0u) != 0x80u) return {};
    number = number << 6 | (byte(i) & 0x3Fu);
  }
  constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  if (number < least[bytes] || number > 0x10FFFF || (number >= 0xD800 && number < 0xE000)) return {};
  return {bytes, number};
}

/// Whether a reader cannot see a character, or it changes what others look like: controls, marks of direction, joiners,
/// fillers and selectors, spaces without width (Unicode 15: general categories Cc, Cf, and what has no glyph).
bool invisible(std::uint32_t c) {
  using Range = std::pair<std::uint32_t, std::uint32_t>;
  static constexpr std::array<Range, 24> ranges{
      {{0x00, 0x1F},       {0x7F, 0x9F},       {0xAD, 0xAD},       {0x34F, 0x34F},     {0x600, 0x605},
       {0x61C, 0x61C},     {0x70F, 0x70F},     {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},
       {0x200B, 0x200F},   {0x2028, 0x202E},   {0x2060, 0x206F},   {0x2800, 0x2800},   {0x3164, 0x3164},
       {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},   {0xFFFE, 0xFFFF},
       {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}, {0xF0000, 0x10FFFF}}};
  return std::ranges::any_of(ranges, [c](const Range& one) { return one.first <= c && c <= one.second; });
}

/// A source line as it is shown: one sign for each character that cannot be seen, tabs as they are.
std::string shown_line(std::string_view line) {
  std::string out;
  while (!line.empty()) {
    const CodePoint c = code_point(line);
    if (line[0] == '\t' || (!invisible(c.number) && c.number != 0xFFFD)) out += line.substr(0, c.bytes);
    else out += "�";
    line.remove_prefix(c.bytes);
  }
  return out;
}

/// What stands under the source line: a tab stays a tab, so that the caret is in place at any tab width.
std::string caret_line(std::string_view line, int column, int length) {
  std::string out;
  int at = 1;
  for (const char c : line) {
    if (at >= column) break;
    if ((static_cast<unsigned char>(c) & 0xC0u) == 0x80u) continue;  // inside a UTF-8 sequence
    out += c == '\t' ? '\t' : ' ';
    ++at;
  }
  out.append(static_cast<std::size_t>(std::max(0, column - at)), ' ');
  out.append(static_cast<std::size_t>(std::max(1, length)), '^');
  return out;
}

/// The form of diagnostics.hpp.
std::string written(const Diagnostic& d, LineFinder& lines) {
  const std::string_view level = d.severity == Severity::error ? "error" : "warning";
  std::string out;
  if (d.at.known()) {
    out = fmt::format("{}:{}:{}: {}: {}\n", escaped(d.at.source->name), d.at.line, d.at.column, level, escaped(d.what));
    const auto line = lines.line_of(d.at);
    if (!line.empty() && line.size() <= longest_line)
      out += fmt::format("  {0:>4} | {2}\n  {1:>{3}} | {4}\n", d.at.line, "", shown_line(line),
                         std::max(4, static_cast<int>(std::to_string(d.at.line).size())),
                         caret_line(line, d.at.column, d.at.length));
  } else if (d.at.source) {
    out = fmt::format("{}: {}: {}\n", escaped(d.at.source->name), level, escaped(d.what));
  } else {
    out = fmt::format("{}: {}\n", level, escaped(d.what));
  }
  if (!d.expected.empty()) out += fmt::format("  expected: {}\n", escaped(d.expected));
  if (!d.got.empty()) out += fmt::format("  got:      {}\n", escaped(d.got));
  if (!d.hint.empty()) out += fmt::format("  hint:     {}\n", escaped(d.hint));
  return out;
}

std::string joined(std::span<const Diagnostic> all) {
  std::string out;
  LineFinder lines;
  for (const auto& one : all) out += (out.empty() ? "" : "\n") + written(one, lines);
  return out;
}

}  // namespace

std::string to_string(const Diagnostic& d) {
  LineFinder lines;
  return written(d, lines);
}

std::string to_note(const Diagnostic& diagnostic) {
  std::string note = diagnostic.what;
  if (!diagnostic.got.empty()) note += ": " + diagnostic.got;
  if (!diagnostic.expected.empty()) note += ", expected " + diagnostic.expected;
  if (!diagnostic.hint.empty()) note += " (" + diagnostic.hint + ")";
  for (char& c : note)
    if (c == '\n') c = ' ';
  return note;
}

InputError::InputError(std::vector<Diagnostic> all) : std::runtime_error(joined(all)), all_(std::move(all)) {}

std::vector<Diagnostic> in_order(std::vector<Diagnostic> all) {
  std::vector<const SourceText*> seen;
  const auto rank = [&](const Diagnostic& d) {
    const auto it = std::ranges::find(seen, d.at.source.get());
    const auto place = it - seen.begin();
    if (it == seen.end()) seen.push_back(d.at.source.get());
    return place;
  };
  std::vector<std::tuple<std::ptrdiff_t, int, int, std::size_t>> order;
  for (std::size_t i = 0; i < all.size(); ++i) order.emplace_back(rank(all[i]), all[i].at.line, all[i].at.column, i);
  std::ranges::sort(order);
  std::vector<Diagnostic> sorted;
  for (const auto& entry : order) sorted.push_back(std::move(all[std::get<3>(entry)]));
  return sorted;
}

void Diagnostics::add(Diagnostic diagnostic) {
  diagnostic.severity = Severity::error;
  errors_.push_back(std::move(diagnostic));
  if (errors_.size() <= most) return;
  errors_.back() = {.at = {},
                    .what = fmt::format("more than {} errors; what follows was not looked at", most),
                    .expected = "",
                    .got = "",
                    .hint = "",
                    .severity = Severity::error};
  throw_if_any();
}

void Diagnostics::warn(Diagnostic diagnostic) {
  if (warnings_.size() > most) return;
  if (warnings_.size() == most)
    diagnostic = {.at = {},
                  .what = fmt::format("more than {} warnings; the rest is left out", most),
                  .expected = "",
                  .got = "",
                  .hint = "",
                  .severity = Severity::warning};
  diagnostic.severity = Severity::warning;
  warnings_.push_back(std::move(diagnostic));
}

void Diagnostics::append(const Diagnostics& other) {
  for (const Diagnostic& one : other.warnings_) warn(one);
  for (const Diagnostic& one : other.errors_) add(one);
}

void Diagnostics::throw_if_any() const {
  if (errors_.empty()) return;
  std::vector<Diagnostic> all = errors_;
  all.insert(all.end(), warnings_.begin(), warnings_.end());
  throw InputError(in_order(std::move(all)));
}

FileError::FileError(std::string path, std::string reason, std::string hint)
    : std::runtime_error(fmt::format("{}: error: {}{}", escaped(path), escaped(reason),
                                     hint.empty() ? "" : "\n  hint:     " + escaped(hint))),
      path_(std::move(path)),
      reason_(std::move(reason)),
      hint_(std::move(hint)) {}

std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const CodePoint c = code_point(text);
    const auto byte = static_cast<unsigned char>(text[0]);
    if (c.bytes == 1 && (c.number == 0xFFFD || invisible(c.number))) out += fmt::format("\\x{:02x}", byte);
    else if (!invisible(c.number)) out += text.substr(0, c.bytes);
    else if (c.number < 0x10000) out += fmt::format("\\u{:04x}", c.number);
    else out += fmt::format("\\u{:04x}\\u{:04x}", 0xD7C0 + (c.number >> 10), 0xDC00 + (c.number & 0x3FFu));
    text.remove_prefix(c.bytes);
  }
  return out;
}

std::string quoted(std::string_view text) {
  std::size_t cut = std::min<std::size_t>(text.size(), 80);
  // Not inside a UTF-8 sequence, which has at most three bytes behind its first.
  for (int i = 0; i < 3 && cut < text.size() && (static_cast<unsigned char>(text[cut]) & 0xC0u) == 0x80u; ++i) --cut;
  return "'" + escaped(text.substr(0, cut)) + (cut < text.size() ? "…'" : "'");
}

int edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

namespace {

constexpr std::size_t most_candidates = 2000;

}  // namespace

std::string nearest(std::string_view text, std::span<const std::string> candidates) {
  // Among very many names a near one says little, and to look for it at each of many mistakes would take long.
  if (text.size() > 64 || candidates.size() > most_candidates) return "";
  // A part of one name alone, such as 'unemployed' of 'registered_unemployed', is meant as that name.
  const auto has_part = [&](const std::string& name) {
    return text.size() >= 5 && (name.ends_with("_" + std::string(text)) || name.starts_with(std::string(text) + "_"));
  };
  if (std::ranges::count_if(candidates, has_part) == 1) return *std::ranges::find_if(candidates, has_part);
  const int limit = std::clamp(static_cast<int>(text.size()) / 3, 1, 3);
  int best = limit + 1;
  std::string found;
  for (const auto& candidate : candidates) {
    const auto longer = std::max(candidate.size(), text.size()) - std::min(candidate.size(), text.size());
    if (candidate.size() > 96 || longer > static_cast<std::size_t>(limit)) continue;
    const int distance = edit_distance(text, candidate);
    if (distance < best) best = distance, found = candidate;
  }
  return found;
}

std::string did_you_mean(std::string_view text, std::span<const std::string> candidates) {
  const auto found = nearest(text, candidates);
  return found.empty() ? "" : fmt::format("did you mean '{}'?", found);
}

}  // namespace oikos
