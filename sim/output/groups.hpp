#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/registry/column_spec.hpp"
#include "sim/world/enums.hpp"

namespace oikos {

/// The breakdowns of indicators. Bands of age have edges at 15 and 65, so that working age is a set of bands.
inline constexpr std::array<int, 8> age_band_from{0, 15, 25, 35, 45, 55, 65, 75};
inline constexpr std::array<std::string_view, 8> age_band_names{"0-14",  "15-24", "25-34", "35-44",
                                                                "45-54", "55-64", "65-74", "75+"};
inline constexpr std::size_t first_working_band = 1, last_working_band = 5;
inline constexpr std::array<std::string_view, 5> income_quintile_names{"1", "2", "3", "4", "5"};

enum class Breakdown : std::uint8_t { age_band, sex, education, household_type, district, income_quintile };
inline constexpr std::array<std::string_view, 6> breakdown_names{"age_band",       "sex",      "education",
                                                                 "household_type", "district", "income_quintile"};

/// A breakdown by the codes of a column of bytes, as the attributes of a scenario have.
struct GroupColumn {
  std::string name, title;
  std::vector<std::string> labels;  ///< by code
  const ColumnSpec* column;         ///< of persons, or of their households
};

/// All groups of all breakdowns in one row: group 0 is everybody, then the breakdowns in the order of the enumeration,
/// then those by columns.
class Groups {
 public:
  explicit Groups(std::vector<std::string> districts, std::vector<GroupColumn> columns = {});
  std::size_t count() const { return count_; }
  std::size_t breakdowns() const { return labels_.size(); }
  // By number: those of the enumeration, then the columns.
  std::string name(std::size_t breakdown) const;
  std::string title(std::size_t breakdown) const;
  std::size_t first(std::size_t breakdown) const { return first_[breakdown]; }
  const std::vector<std::string>& labels(std::size_t breakdown) const { return labels_[breakdown]; }
  std::size_t first(Breakdown b) const { return first(static_cast<std::size_t>(b)); }
  const std::vector<std::string>& labels(Breakdown b) const { return labels(static_cast<std::size_t>(b)); }
  const std::vector<GroupColumn>& columns() const { return columns_; }
  /// Number of groups of each breakdown.
  std::vector<std::size_t> sizes() const;

 private:
  std::vector<GroupColumn> columns_;
  std::vector<std::vector<std::string>> labels_;
  std::vector<std::size_t> first_;
  std::size_t count_ = 1;
};

}  // namespace oikos
