#pragma once
#include <span>
#include <string>
#include <vector>

#include "sim/base/contract.hpp"
#include "sim/expr/evaluate.hpp"
#include "sim/expr/schema.hpp"
#include "sim/world/world.hpp"

namespace oikos {

/// The names that expressions over persons may use: what modules declare.
/// @param currency   code of amounts of money     @param districts  names of the districts, in the order of their codes
/// @param municipalities their keys, in the order of World::municipality   @param calls words whose columns the
/// registry may have
expr::Schema person_schema(const Registry& registry, const std::string& currency,
                           std::span<const std::string> districts, std::span<const std::string> municipalities = {},
                           std::span<const expr::Call> calls = {});

/// Values of the parameters that expressions may name, by month of the run, then by parameter id.
using ParameterValues = std::vector<std::vector<double>>;

/// Reads columns of a world for expressions, as of one month.
class WorldColumns final : public expr::ColumnSource {
 public:
  /// When in a month columns are read: after its attributes have moved, or before.
  enum class States : std::uint8_t { moved, unmoved };

  /// @param parameters values by parameter id, in the units of expressions
  WorldColumns(const World& world, Month month, std::span<const double> parameters, States states = States::moved)
      : world_(world),
        now_(to_short(month)),
        states_(to_short(states == States::moved ? month : month - 1)),
        parameters_(parameters) {}

  void load(std::uint32_t column, std::span<const std::uint32_t> rows, double* out) const override {
    fill(name(column), {rows.data(), 0, rows.size()}, out);
  }
  void load_range(std::uint32_t column, std::uint32_t first, std::uint32_t count, double* out) const override {
    fill(name(column), {nullptr, first, count}, out);
  }
  void related(std::uint32_t group, std::span<const std::uint32_t> rows, std::vector<std::uint32_t>& members,
               std::vector<std::uint32_t>& ends) const override;
  double parameter(std::uint32_t id) const override { return parameters_[id]; }

 private:
  const ExpressionName& name(std::uint32_t column) const {
    expect(column < world_.registry.names().size(), "expressions name columns of the schema");
    return *world_.registry.names()[column];
  }

  void fill(const ExpressionName& one, const RowSet& rows, double* out) const {
    one.fill(one, world_, one.counts_from_states ? states_ : now_, rows, out);
  }

  const World& world_;
  ShortMonth now_, states_;
  std::span<const double> parameters_;
};

/// The `fill` of a name whose value a function gives. One loop, so that its columns are looked for once.
/// @tparam maker  (world, now) -> (row) -> number, a lambda without captures
template <auto maker>
void fill_rows(const ExpressionName&, const World& world, ShortMonth now, const RowSet& rows, double* out) {
  const auto value = maker(world, now);
  if (rows.list != nullptr)
    for (std::size_t i = 0; i < rows.count; ++i) out[i] = static_cast<double>(value(rows.list[i]));
  else
    for (std::size_t i = 0; i < rows.count; ++i) out[i] = static_cast<double>(value(rows.first + static_cast<Row>(i)));
}

/// The `fill` of a name that shows a column as it is, of the person or of the own household.
template <const auto& spec>
void fill_column(const ExpressionName& self, const World& world, ShortMonth now, const RowSet& rows, double* out) {
  if constexpr (spec.table == TableId::person)
    fill_rows<[](const World& w, ShortMonth) { return [&column = w.persons[spec]](Row r) { return column[r]; }; }>(
        self, world, now, rows, out);
  else
    fill_rows<[](const World& w, ShortMonth) {
      return [&column = w.households[spec], &home = w.persons[person::household]](Row r) { return column[home[r]]; };
    }>(self, world, now, rows, out);
}

}  // namespace oikos
