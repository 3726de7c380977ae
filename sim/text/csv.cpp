#include "sim/text/csv.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <unordered_map>

#include "sim/base/contract.hpp"
#include "sim/text/utf8.hpp"

namespace oikos {

std::size_t CsvColumn::size() const { return table_->rows(); }
const std::string& CsvColumn::name() const { return table_->header()[index_]; }
std::string CsvColumn::text(std::size_t row) const { return table_->cell_text(table_->cell(row, index_)); }
Position CsvColumn::at(std::size_t row) const { return table_->cell_at(row, index_); }

Node CsvColumn::node(std::size_t row) const {
  Node node;
  node.at = at(row);
  node.text = text(row);
  node.kind = node.text.empty() ? Node::Kind::null : Node::Kind::scalar;
  return node;
}

bool CsvTable::has(std::string_view name) const { return std::ranges::find(header_, name) != header_.end(); }

Position CsvTable::header_at(std::size_t column) const {
  expect(column < header_cells_.size(), "a column is one of the table's");
  return place(header_begin_, header_line_, header_cells_[column]);
}

std::optional<CsvColumn> CsvTable::column(std::string_view name, Diagnostics& diagnostics) const {
  const auto found = std::ranges::find(header_, name);
  if (found != header_.end()) return CsvColumn(*this, static_cast<std::size_t>(found - header_.begin()));
  if (header_.empty()) return std::nullopt;  // parse_csv has said so
  diagnostics.add({place(header_begin_, header_line_, {header_begin_, header_cells_.back().end}),
                   fmt::format("no column {}", quoted(name)), fmt::format("a column named {}", name),
                   codec::joined(header_),
                   did_you_mean(name, header_).empty() ? "" : fmt::format("is it '{}'?", nearest(name, header_))});
  return std::nullopt;
}

Position CsvTable::cell_at(std::size_t row, std::size_t column) const {
  expect(row < rows() && column < header_.size(), "a cell is inside its table");
  return place(row_begins_[row], row_lines_[row], cell(row, column));
}

/// @param line_begin  byte at which the row begins, in line `line`: quoted cells before this one may hold more lines
Position CsvTable::place(std::uint32_t line_begin, int line, const Cell& cell) const {
  const std::string_view text = source_->text;
  std::size_t begin = line_begin;
  for (std::size_t i = text.find('\n', begin); i < cell.begin; i = text.find('\n', begin)) begin = i + 1, ++line;
  const std::string_view raw = text.substr(cell.begin, cell.end - cell.begin);
  const int underlined = utf8::length(raw.substr(0, raw.find_first_of("\r\n")));
  return {source_, line, utf8::length(text.substr(begin, cell.begin - begin)) + 1, std::max(1, underlined)};
}

std::string CsvTable::cell_text(const Cell& cell) const {
  const std::string_view raw = std::string_view(source_->text).substr(cell.begin, cell.end - cell.begin);
  if (!raw.starts_with('"')) return std::string(raw);
  std::string out;
  for (std::size_t i = 1; i + 1 < raw.size(); ++i) {
    out += raw[i];
    if (raw[i] == '"') ++i;
  }
  return out;
}

namespace {

constexpr std::size_t max_bytes = 1u << 30u;
constexpr int max_bad_rows = 20;

/// Walks over a CSV text row by row.
class Scanner {
 public:
  struct Cell {
    std::uint32_t begin;
    std::uint32_t end;
  };

  Scanner(const Source& source, Diagnostics& diagnostics)
      : text_(source->text), locator_(source), diagnostics_(diagnostics), at_(utf8::bom(source->text)) {}

  /// Moves to the next row that is neither empty nor a comment; false at the end.
  bool find_row() {
    for (; at_ < text_.size(); skip_line()) {
      const bool empty = text_[at_] == '\n' || text_.substr(at_).starts_with("\r\n");
      if (!empty && text_[at_] != '#') return true;
    }
    return false;
  }
  std::uint32_t begin() const { return static_cast<std::uint32_t>(at_); }
  int line() const { return line_; }
  Position at(Cell cell) { return locator_.at(cell.begin, cell.end); }

  /// Reads the row into `cells` and moves behind it. False after a diagnostic.
  bool read_row(std::vector<Cell>& cells) {
    cells.clear();
    bool good = true;
    while (true) {
      const std::size_t first = at_;
      good = (at_ < text_.size() && text_[at_] == '"' ? quoted_cell() : plain_cell()) && good;
      cells.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(at_)});
      if (at_ >= text_.size() || text_[at_] != ',') break;
      ++at_;
    }
    skip_line();
    return good;
  }

 private:
  bool line_ends() const { return at_ >= text_.size() || text_[at_] == '\n' || text_.substr(at_).starts_with("\r\n"); }
  bool fail(std::size_t begin, std::string what, std::string hint) {
    diagnostics_.add({locator_.at(begin, begin + 1), std::move(what), "", "", std::move(hint)});
    return false;
  }
  void skip_line() {
    at_ = std::min(text_.find('\n', at_), text_.size());
    if (at_ < text_.size()) ++at_, ++line_;
  }
  bool plain_cell() {
    std::size_t quote = std::string_view::npos;
    for (; !line_ends() && text_[at_] != ','; ++at_)
      if (text_[at_] == '"' && quote == std::string_view::npos) quote = at_;
    if (quote == std::string_view::npos) return true;
    return fail(quote, "a quote inside a cell without quotes",
                "put the whole cell in quotes and double the quotes inside it");
  }
  bool quoted_cell() {
    const std::size_t first = at_++;
    const int first_line = line_;
    while (true) {
      const std::size_t next = text_.find_first_of("\"\n", at_);
      if (next == std::string_view::npos) {
        // Whatever follows was swallowed: read no further.
        at_ = text_.size();
        line_ = first_line;
        return fail(first, "quoted text is never closed", "close it with \"");
      }
      at_ = next + 1;
      if (text_[next] == '\n') ++line_;
      else if (at_ < text_.size() && text_[at_] == '"') ++at_;
      else break;
    }
    if (line_ends() || text_[at_] == ',') return true;
    const std::size_t extra = at_;
    while (!line_ends() && text_[at_] != ',') ++at_;
    return fail(extra, "text behind a closing quote", "double the quotes inside a cell");
  }

  std::string_view text_;
  utf8::Locator locator_;
  Diagnostics& diagnostics_;
  std::size_t at_;
  int line_ = 1;
};

std::string cells_text(std::size_t n) { return fmt::format("{} cell{}", n, n == 1 ? "" : "s"); }

/// Column names that cannot be told apart are mistakes.
void check_header(const std::vector<std::string>& header, const std::vector<Scanner::Cell>& cells, Scanner& scanner,
                  Diagnostics& diagnostics) {
  std::unordered_map<std::string_view, std::size_t> first_of;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i].empty()) diagnostics.add({scanner.at(cells[i]), "a column without a name", "", "", ""});
    const auto [first, fresh] = first_of.try_emplace(header[i], i);
    if (!header[i].empty() && !fresh)
      diagnostics.add({scanner.at(cells[i]), fmt::format("duplicate column {}", quoted(header[i])), "each column once",
                       "", fmt::format("it is first given as column {}", first->second + 1)});
  }
}

}  // namespace

CsvTable parse_csv(const Source& source, Diagnostics& diagnostics) {
  CsvTable table;
  table.source_ = source;
  if (source->text.size() > max_bytes) {
    diagnostics.add({{source, 0, 0, 1},
                     "the file is too large",
                     fmt::format("at most {} bytes", max_bytes),
                     fmt::format("{} bytes", source->text.size()),
                     "split it"});
    return table;
  }
  if (!utf8::check(source, diagnostics)) return table;
  Scanner scanner(source, diagnostics);
  if (!scanner.find_row()) {
    diagnostics.add({{source, 0, 0, 1},
                     "the table has no header",
                     "a first line with the names of the columns",
                     source->text.empty() ? "an empty file" : "blank lines and comments alone",
                     ""});
    return table;
  }
  std::vector<Scanner::Cell> cells;
  table.header_begin_ = scanner.begin();
  table.header_line_ = scanner.line();
  if (!scanner.read_row(cells)) return table;
  for (const auto& cell : cells) {
    table.header_cells_.push_back({cell.begin, cell.end});
    table.header_.push_back(table.cell_text({cell.begin, cell.end}));
  }
  // Spreadsheets of many countries part columns by semicolons.
  if (const auto other = table.header_[0].find_first_of(";\t"); cells.size() == 1 && other != std::string::npos) {
    const bool tabs = table.header_[0][other] == '\t';
    diagnostics.add({scanner.at(cells[0]), tabs ? "columns parted by tabs" : "columns parted by semicolons",
                     "columns parted by commas", "", "save the table as CSV with commas; decimals have points"});
    table.header_.clear();
    return table;
  }
  check_header(table.header_, cells, scanner, diagnostics);
  int bad = 0;
  while (bad < max_bad_rows && scanner.find_row()) {
    const std::uint32_t begin = scanner.begin();
    const int line = scanner.line();
    const std::size_t columns = table.header_.size();
    if (!scanner.read_row(cells)) {
      ++bad;
    } else if (cells.size() != columns) {
      ++bad;
      const auto& place = cells.size() > columns ? cells[columns] : cells.back();
      diagnostics.add({scanner.at(place), cells.size() > columns ? "too many cells in a row" : "too few cells in a row",
                       fmt::format("{}, as in the header", cells_text(columns)), cells_text(cells.size()),
                       cells.size() > columns ? "put cells that contain commas in quotes" : ""});
    } else {
      table.row_begins_.push_back(begin);
      table.row_lines_.push_back(line);
      for (const auto& cell : cells) table.cells_.push_back({cell.begin, cell.end});
    }
  }
  return table;
}

}  // namespace oikos
