#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/diagnostics.hpp"
#include "sim/population/margins.hpp"
#include "sim/text/csv.hpp"

namespace oikos::population {

/// One key column of a table: which of the labels each row carries.
struct TableKey {
  std::string column;
  std::vector<std::string> labels;
  std::vector<std::size_t> label;  ///< one a row
};

/// A table of figures with their provenance: key columns, then value, unit, year, place, source, confidence.
/// Reading goes on after mistakes where it can; once one was found, keys and values are empty.
class Table {
 public:
  /// @param lowest  smallest value allowed
  /// @throws FileError  the file cannot be read
  Table(const std::string& path, Diagnostics& diagnostics, double lowest = 0);
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  bool good() const { return good_; }
  std::size_t rows() const { return csv_.rows(); }
  Position at(std::size_t row) const;

  /// A key whose cells are among `names`, in that order.
  TableKey words(std::string_view column, std::span<const std::string_view> names);
  /// A key of whole numbers; labels are those that occur, ascending.
  TableKey numbers(std::string_view column, int min, int max);
  /// A key of any text; labels in order of first occurrence.
  TableKey names(std::string_view column);

  /// The values by keys, the last key fastest. Reports doubled rows, and, unless `sparse`, combinations without a row.
  std::vector<double> fill(std::span<const TableKey> keys, bool sparse = false);
  /// Reports groups of `size` neighbouring values that do not sum to 1 within 1e-6.
  void check_shares(std::span<const TableKey> keys, std::span<const double> values, std::size_t size);
  /// The row of a position of the filled table.
  Position at(std::span<const TableKey> keys, std::size_t index) const { return at(row_of(keys, index, 1)); }
  /// What the confidence at a position of the filled table is worth.
  Trust trust(std::span<const TableKey> keys, std::size_t index) const;
  /// Reports the value at a position of the filled table.
  void refuse(std::span<const TableKey> keys, std::size_t index, std::string what, std::string expected);
  /// Reports something about the table as a whole.
  void refuse(std::string what, std::string expected, std::string got);

  const Source& source() const { return source_; }

 private:
  std::size_t row_of(std::span<const TableKey> keys, std::size_t index, std::size_t size) const;
  void fail(Diagnostic diagnostic);

  Diagnostics& diagnostics_;
  Source source_;
  CsvTable csv_;
  std::vector<double> values_;
  std::vector<std::string> confidence_;
  bool good_ = true;
};

}  // namespace oikos::population
