#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace oikos::population {

/// One margin of a table of cells: the cells of one group shall sum to the group's target.
struct Margin {
  static constexpr std::uint32_t none = 0xFFFF'FFFFu;  ///< the cell belongs to no group of this margin

  std::string name;                  ///< for messages
  std::vector<std::uint32_t> group;  ///< group of each cell, or none; one entry a cell
  std::vector<double> target;        ///< non-negative, one a group
};

/// The margin that keeps some axes of an n-dimensional table and sums over the others.
/// @param shape  extents, last axis fastest   @param axes  axes kept, ascending; target in their order, last fastest
Margin axis_margin(std::string name, std::span<const std::size_t> shape, std::span<const std::size_t> axes,
                   std::vector<double> target);

struct RakeResult {
  int sweeps = 0;
  bool converged = false;
  double error = 0;          ///< largest |achieved - target| / max(target, 1) over all groups
  std::string worst_margin;  ///< the margin with that error: the one in conflict, when not converged
  std::size_t worst_group = 0;
};

struct RakeOptions {
  double tolerance = 1e-10;
  int max_sweeps = 2000;
};

/// Iterative proportional fitting: scales the cells to each margin in turn until all hold (Deming and Stephan 1940).
/// Cells that are zero stay zero. When the margins contradict each other, or ask for persons where the seed allows
/// none, the last sweep's cells stay and the result names the worst margin.
/// @throws ContractError  negative or non-finite cells or targets, sizes that differ
RakeResult rake(std::span<double> cells, std::span<const Margin> margins, const RakeOptions& options = {});

/// Whole numbers near `values` that sum to `total` exactly, by largest remainder after scaling the values to the total;
/// ties go to the earlier. Zeros stay zero.
/// @throws ContractError  all values zero while total is positive; negative values or total
std::vector<std::int64_t> integerise(std::span<const double> values, std::int64_t total);

/// Whole numbers near a rows x columns table with exact row and column sums, never where the table is zero.
/// Rows are rounded by largest remainder; then units move along shortest chains of columns to those still short.
/// @param values         row by row, columns fastest
/// @param row_totals     sums to the same as column_totals
/// @returns empty when no whole table with these sums exists on the positive cells
std::vector<std::int64_t> integerise_table(std::span<const double> values, std::span<const std::int64_t> row_totals,
                                           std::span<const std::int64_t> column_totals);

}  // namespace oikos::population
