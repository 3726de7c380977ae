#pragma once
#include <span>
#include <string>
#include <vector>

#include "sim/base/month.hpp"
#include "sim/expr/evaluate.hpp"
#include "sim/expr/schema.hpp"
#include "sim/world/world.hpp"

namespace oikos {

/// The names that expressions over persons may use. Columns of the household stand for the person's own household.
/// One file declares name, type, unit, range and meaning, and how the value is read (expression_columns.cpp).
/// @param currency   code of amounts of money     @param districts  names of the districts, in the order of their codes
expr::Schema person_schema(const std::string& currency, std::span<const std::string> districts);

/// Reads columns of a world for expressions, as of one month.
class WorldColumns final : public expr::ColumnSource {
 public:
  /// @param parameters values by parameter id, in the units of expressions
  WorldColumns(const World& world, Month month, std::span<const double> parameters)
      : world_(world), now_(to_short(month)), parameters_(parameters) {}

  void load(std::uint32_t column, std::span<const std::uint32_t> rows, double* out) const override;
  void load_range(std::uint32_t column, std::uint32_t first, std::uint32_t count, double* out) const override;
  double parameter(std::uint32_t id) const override { return parameters_[id]; }

 private:
  const World& world_;
  ShortMonth now_;
  std::span<const double> parameters_;
};

}  // namespace oikos
