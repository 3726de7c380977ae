#include "sim/population/ipf.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/contract.hpp"
#include "sim/base/narrow.hpp"

namespace oikos::population {

namespace {

void check(std::span<const double> cells, std::span<const Margin> margins) {
  for (const double cell : cells) expect(std::isfinite(cell) && cell >= 0, "cells are finite and not negative");
  for (const Margin& margin : margins) {
    expect(margin.group.size() == cells.size(), "a margin names a group for each cell");
    for (const double target : margin.target)
      expect(std::isfinite(target) && target >= 0, "targets are finite and not negative");
    for (const std::uint32_t group : margin.group)
      expect(group == Margin::none || group < margin.target.size(), "groups have targets");
  }
}

/// Sums of the margin's groups, into `sums` (reused between sweeps).
void sum_groups(std::span<const double> cells, const Margin& margin, std::vector<double>& sums) {
  sums.assign(margin.target.size(), 0.0);
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (margin.group[i] != Margin::none) sums[margin.group[i]] += cells[i];
}

void scale_to(std::span<double> cells, const Margin& margin, std::vector<double>& sums) {
  sum_groups(cells, margin, sums);
  for (std::size_t g = 0; g < sums.size(); ++g) sums[g] = sums[g] > 0 ? margin.target[g] / sums[g] : 1.0;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (margin.group[i] != Margin::none) cells[i] *= sums[margin.group[i]];
}

void measure(std::span<const double> cells, std::span<const Margin> margins, std::vector<double>& sums,
             RakeResult& result) {
  result.error = 0;
  for (const Margin& margin : margins) {
    sum_groups(cells, margin, sums);
    for (std::size_t g = 0; g < sums.size(); ++g) {
      const double error = std::abs(sums[g] - margin.target[g]) / std::max(margin.target[g], 1.0);
      if (error > result.error) {
        result.error = error;
        result.worst_margin = margin.name;
        result.worst_group = g;
      }
    }
  }
}

}  // namespace

Margin axis_margin(std::string name, std::span<const std::size_t> shape, std::span<const std::size_t> axes,
                   std::vector<double> target) {
  std::size_t cells = 1;
  for (const std::size_t extent : shape) cells *= extent;
  Margin margin{std::move(name), std::vector<std::uint32_t>(cells), std::move(target)};
  std::size_t groups = 1;
  for (const std::size_t axis : axes) {
    expect(axis < shape.size(), "a margin keeps axes of the table");
    groups *= shape[axis];
  }
  expect(groups == margin.target.size(), "a margin has a target for each of its groups");
  std::vector<std::size_t> index(shape.size(), 0);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    std::size_t group = 0;
    for (const std::size_t axis : axes) group = group * shape[axis] + index[axis];
    margin.group[cell] = narrow<std::uint32_t>(group);
    for (std::size_t after = shape.size(); after > 0; --after) {
      const std::size_t axis = after - 1;
      if (++index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
  return margin;
}

RakeResult rake(std::span<double> cells, std::span<const Margin> margins, const RakeOptions& options) {
  check(cells, margins);
  RakeResult result;
  std::vector<double> sums;
  do {
    for (const Margin& margin : margins) scale_to(cells, margin, sums);
    measure(cells, margins, sums, result);
    result.converged = result.error <= options.tolerance;
  } while (!result.converged && ++result.sweeps < options.max_sweeps);
  if (result.converged) {
    ++result.sweeps;
    result.worst_margin.clear();
    result.worst_group = 0;
  }
  return result;
}

}  // namespace oikos::population
