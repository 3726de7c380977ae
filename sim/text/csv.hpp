#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/text/codec.hpp"

namespace oikos {

class CsvTable;

/// One column of a table, to be read by a codec. Valid as long as its table.
class CsvColumn {
 public:
  CsvColumn(const CsvTable& table, std::size_t index) : table_(&table), index_(index) {}
  std::size_t size() const;
  const std::string& name() const;
  /// The cell as text, without its quotes.
  std::string text(std::size_t row) const;
  Position at(std::size_t row) const;
  /// The cell as a tree, as codecs read it; null when empty.
  Node node(std::size_t row) const;

  /// One cell, or nothing after a diagnostic at the cell.
  template <class T>
  std::optional<T> value(std::size_t row, const Codec<T>& codec, Diagnostics& diagnostics) const {
    return codec.parse(node(row), diagnostics);
  }
  /// The whole column, or nothing after diagnostics. Gives up after 20 bad cells, so that a wrong file does not flood.
  template <class T>
  std::optional<std::vector<T>> values(const Codec<T>& codec, Diagnostics& diagnostics) const {
    std::vector<T> out;
    out.reserve(size());
    int bad = 0;
    for (std::size_t row = 0; row < size() && bad < 20; ++row) {
      if (auto one = value(row, codec, diagnostics)) out.push_back(std::move(*one));
      else ++bad;
    }
    if (bad > 0) return std::nullopt;
    return out;
  }

 private:
  const CsvTable* table_;
  std::size_t index_;
};

/// A table read from CSV: a header and rows of as many cells. Cells stay text until a codec reads them.
class CsvTable {
 public:
  std::size_t rows() const { return row_lines_.size(); }
  const std::vector<std::string>& header() const { return header_; }
  /// The column of that name, or nothing after a diagnostic at the header.
  std::optional<CsvColumn> column(std::string_view name, Diagnostics& diagnostics) const;
  /// Whether there is such a column.
  bool has(std::string_view name) const;
  /// Place of a column's name.
  Position header_at(std::size_t column) const;
  /// Place of a row: its first cell. Line 1 is the file's first.
  Position at(std::size_t row) const { return cell_at(row, 0); }
  const Source& source() const { return source_; }

 private:
  friend class CsvColumn;
  friend CsvTable parse_csv(const Source& source, Diagnostics& diagnostics);
  /// Bytes of a cell in the source, quotes included.
  struct Cell {
    std::uint32_t begin;
    std::uint32_t end;
  };

  const Cell& cell(std::size_t row, std::size_t column) const { return cells_[row * header_.size() + column]; }
  Position cell_at(std::size_t row, std::size_t column) const;
  Position place(std::uint32_t line_begin, int line, const Cell& cell) const;
  std::string cell_text(const Cell& cell) const;

  Source source_;
  std::vector<std::string> header_;
  std::vector<Cell> header_cells_;
  int header_line_ = 1;
  std::uint32_t header_begin_ = 0;
  std::vector<std::int32_t> row_lines_;    ///< line of each row's begin
  std::vector<std::uint32_t> row_begins_;  ///< byte of each row's begin
  std::vector<Cell> cells_;                ///< row by row
};

/// Reads CSV as of RFC 4180: commas, optional double quotes ("" inside them is one), LF or CRLF, a header first.
///
/// Lines that start with '#' are comments and empty lines are skipped, both outside quotes. Spaces belong to cells.
/// Mistakes go to `diagnostics` with their place: invalid UTF-8, no header, an empty or doubled column name, rows with
/// too few or too many cells, a quote that is never closed or is followed by text, quotes inside unquoted cells, more
/// than 1 GiB.
/// @return the table; its bad rows are left out
CsvTable parse_csv(const Source& source, Diagnostics& diagnostics);

}  // namespace oikos
