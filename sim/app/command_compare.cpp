#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <ostream>
#include <variant>

#include "analysis/compare/compare.hpp"
#include "analysis/compare/first_difference.hpp"
#include "analysis/report/report.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/exit_codes.hpp"
#include "sim/app/output_name.hpp"
#include "sim/base/build_info.hpp"
#include "sim/file/file.hpp"
#include "sim/h5/result_file.hpp"

namespace oikos::app {

namespace {

/// Keeps only the replicates named, in every variable that has them.
void keep_replicates(ResultData& data, const std::vector<std::int32_t>& kept) {
  const std::size_t all = data.replicates.size();
  for (ResultVariable& variable : data.variables) {
    if (variable.dims.empty() || variable.dims.front() != "replicate") continue;
    std::visit(
        [&](auto& values) {
          const std::size_t block = values.size() / all;
          std::remove_reference_t<decltype(values)> fewer;
          for (std::size_t r = 0; r < all; ++r)
            if (std::ranges::binary_search(kept, data.replicates[r]))
              fewer.insert(fewer.end(), values.begin() + static_cast<std::ptrdiff_t>(r * block),
                           values.begin() + static_cast<std::ptrdiff_t>((r + 1) * block));
          values = std::move(fewer);
        },
        variable.values);
  }
  std::erase_if(data.replicates, [&](std::int32_t r) { return std::ranges::find(kept, r) == kept.end(); });
}

std::vector<std::int32_t> common_replicates(const std::vector<ResultData>& results) {
  std::vector<std::int32_t> common = results.front().replicates;
  for (const ResultData& result : results)
    std::erase_if(common, [&](std::int32_t r) { return !std::ranges::binary_search(result.replicates, r); });
  return common;
}

}  // namespace

int compare(const CompareCommandOptions& options, Streams streams) {
  const IfExists if_exists = options.force ? IfExists::replace : IfExists::fail;
  if (!options.report.empty()) {
    refuse_other_format(options.report, ".html", "a report is an HTML page");
    refuse_input(options.report, std::vector<std::filesystem::path>(options.results.begin(), options.results.end()));
    check_writable(options.report, 200'000, if_exists);
  }
  std::vector<ResultData> results;
  for (const std::string& path : options.results) results.push_back(read_result(path));
  const auto common = common_replicates(results);
  const bool partial = std::ranges::any_of(results, [&](const ResultData& r) { return r.replicates != common; });
  if (partial && (!options.allow_partial || common.empty())) {
    for (std::size_t i = 0; i < results.size(); ++i)
      streams.err << fmt::format("{}: {} replicates\n", options.results[i], results[i].replicates.size());
    streams.err << fmt::format("error: the results hold different replicates; {} are in all of them\n", common.size());
    if (!common.empty())
      streams.err << "  hint:     run the missing ones, or compare what is there with --allow-partial\n";
    return results_incomplete;
  }
  if (partial)
    for (ResultData& result : results) keep_replicates(result, common);
  if (options.first_difference) {
    for (std::size_t i = 1; i < results.size(); ++i)
      streams.out << fmt::format(
          "{}: {}\n", options.results[i],
          to_string(analysis::first_difference(results[0], results[i], options.results[0], options.results[i])));
    return ok;
  }
  const auto comparison =
      analysis::compare(results, options.results, {.indicators = options.indicators, .by = options.by});
  if (options.json) streams.out << analysis::to_json(comparison) << "\n";
  else if (options.csv) streams.out << analysis::to_csv(comparison);
  else streams.out << analysis::to_table(comparison);
  if (!options.report.empty()) {
    const std::string page =
        analysis::html_report(comparison, {.title = "", .program = "oikos " + std::string(build_info().version)});
    sweep_left_overs(options.report, Sweep::of_dead);
    publish(options.report, page, if_exists);
    if (!options.json && !options.csv)
      streams.out << "report: " << std::filesystem::absolute(options.report).lexically_normal().string() << "\n";
  }
  return ok;
}

}  // namespace oikos::app
