#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/text/node.hpp"

namespace oikos {

/// A table of one quantity: key columns that say for whom a row is, and its value with its unit. Columns that only
/// describe (year, place, source, confidence, low, high) are passed over.
struct QuantityTable {
  static constexpr std::size_t most_rows = 100'000;

  struct Key {
    std::string name;       ///< of the language; of a column AGE_from `age`
    bool is_steps = false;  ///< lower ends
    bool is_month = false;  ///< the column `from`: first months
    Position at;
    std::vector<Node> cells;  ///< null: for all others
  };
  std::vector<Key> keys;
  std::vector<Node> values;  ///< as a scenario would write them: "0.05/year"
  std::vector<Position> rows_at;

  std::string key_names() const;
};

/// Reads the text of a table. @param named  where it is named
/// @param only  the rows of one value of a column, which is no key then
/// @return nothing after a diagnostic
std::optional<QuantityTable> read_quantity_table(const Position& named, const Source& source,
                                                 const std::optional<std::pair<std::string, std::string>>& only,
                                                 Diagnostics& diagnostics);

}  // namespace oikos
