#include "sim/model/income/wage_level.hpp"

#include <algorithm>

namespace oikos::income {

namespace {
constexpr std::uint32_t bin_width = 1000;  // parts per million of the average wage
constexpr std::size_t most_bins = 4'000;   // the last one holds all that is larger: nobody there earns the minimum wage
}  // namespace

WageSpread::WageSpread() : bins_(most_bins) {}

void WageSpread::add(std::uint32_t potential_ppm, bool counts) {
  Bin& bin = bins_[std::min<std::size_t>(potential_ppm / bin_width, most_bins - 1)];
  const auto persons = static_cast<std::int64_t>(counts);  // no branch: who works is hard to foretell
  bin.persons += persons;
  bin.potential += persons * potential_ppm;
  persons_ += persons;
}

double WageSpread::mean(double level, double minimum) const {
  double sum = 0;
  for (const Bin& bin : bins_)
    // The mean of a bin stands for all in it: the bin of the minimum wage is a thousandth of the average wage wide.
    sum += std::max(minimum * static_cast<double>(bin.persons), level * 1e-6 * static_cast<double>(bin.potential));
  return sum / static_cast<double>(persons_);
}

double WageSpread::level(double minimum) const {
  // The mean is convex and made of straight pieces. From a level that is too high (the one without the minimum wage),
  // each step solves the piece at hand and stays on the high side, until a piece solves itself.
  double level = most_wage_level;
  for (;;) {
    double at_minimum = 0, potential = 0;
    for (const Bin& bin : bins_) {
      const auto persons = static_cast<double>(bin.persons), ratio = 1e-6 * static_cast<double>(bin.potential);
      if (level * ratio < minimum * persons) at_minimum += persons;
      else potential += ratio;
    }
    const double solved = potential > 0 ? (static_cast<double>(persons_) - minimum * at_minimum) / potential : 0;
    if (solved >= level) return level;
    if (solved <= least_wage_level) return least_wage_level;
    level = solved;
  }
}

ProcessInfo WageLevel::about() const {
  return {.name = "wage_level",
          .summary = "finds the level that keeps the mean gross wage on the average wage (pilot only)",
          .stage = Stage::livelihood,
          .after = {{"schooling", "it counts wages at the end of the month's work"},
                    {"labour_transitions", "as above"},
                    {"retirement", "as above"}},
          .page = "methods/income.md"};
}

void WageLevel::run(const View& view) const {
  const auto step = static_cast<std::size_t>(view.now.step);
  const auto& labour = view[person::labour];
  const auto& potential = view[person::wage_potential];
  WageSpread spread;
  for (Row row = 0; row < view.persons(); ++row) spread.add(potential[row], labour[row] == Labour::employed);
  const auto average = static_cast<double>(wages_[step].average.minor());
  double reached = average;  // without anybody at work there is nothing to miss
  if (!spread.empty() && average > 0) {
    const double minimum = static_cast<double>(wages_[step].minimum.minor()) / average;
    paths_->wages[step] = spread.level(minimum);
    reached = spread.mean(paths_->wages[step], minimum) * average;
  }
  paths_->mean_wage.wanted.push_back(average);
  paths_->mean_wage.reached.push_back(reached);
}

}  // namespace oikos::income
