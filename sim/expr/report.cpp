#include "sim/expr/report.hpp"

#include <algorithm>

#include "sim/expr/words.hpp"

namespace oikos::expr {

namespace {

constexpr int most_reports = 20;

int code_points(std::string_view text) {
  return static_cast<int>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

/// What follows a place (line and column from 1) on its line.
std::string_view rest_of_line(std::string_view text, int line, int column) {
  for (int i = 1; i < line; ++i) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  for (int i = 1; i < column && !text.empty(); ++i) {
    text.remove_prefix(1);
    while (!text.empty() && (static_cast<unsigned char>(text[0]) & 0xC0u) == 0x80u) text.remove_prefix(1);
  }
  return text;
}

}  // namespace

Report::Report(std::string_view text, const Position& at, std::string_view name, Diagnostics& diagnostics)
    : text_(text), at_(at), name_(name), diagnostics_(&diagnostics) {
  if (!at.known()) return;
  auto line = rest_of_line(at.source->text, at.line, at.column);
  if (!line.starts_with(text) && !line.empty() && (line[0] == '"' || line[0] == '\'')) {
    line.remove_prefix(1);
    ++at_.column;
  }
  in_place_ = line.starts_with(text);
  if (!in_place_) at_ = at;
}

Position Report::where(std::uint32_t begin, std::uint32_t end) const {
  if (!in_place_) return at_;
  Position place = at_;
  place.column += code_points(text_.substr(0, begin));
  place.length = std::max(1, code_points(text_.substr(begin, end - begin)));
  return place;
}

void Report::put(Diagnostic diagnostic) {
  if (++count_ <= most_reports) diagnostics_->add(std::move(diagnostic));
}

void Report::add(std::uint32_t begin, std::uint32_t end, std::string_view what, std::string expected, std::string got,
                 std::string hint) {
  put({where(begin, end), std::string(what) + " in " + name_, std::move(expected), std::move(got), std::move(hint)});
}

void Report::add_whole(std::string what, std::string expected, std::string got, std::string hint) {
  const auto end = static_cast<std::uint32_t>(text_.size());
  put({where(0, end), std::move(what), std::move(expected), std::move(got), std::move(hint)});
}

std::string shown(const Ast& ast, const Node& node) {
  std::string out;
  for (const char c : ast.text_of(node)) {
    if (!is_space(c)) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  return out;
}

}  // namespace oikos::expr
