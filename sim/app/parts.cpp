#include "sim/app/parts.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <variant>

#include "sim/base/contract.hpp"
#include "sim/base/diagnostics.hpp"
#include "sim/file/file.hpp"
#include "sim/format/result_format.hpp"
#include "sim/h5/result_file.hpp"

namespace oikos::app {

std::filesystem::path Parts::file(std::int32_t replicate) const {
  return folder_ / fmt::format("replicate-{:05d}.h5", replicate);
}

std::optional<ResultData> Parts::load(std::int32_t replicate, const ResultData& like) const {
  if (!std::filesystem::exists(file(replicate))) return std::nullopt;
  try {
    ResultData part = read_result(file(replicate));
    const bool fits = same_run(part, like) && part.replicates == std::vector{replicate};
    return fits ? std::optional(std::move(part)) : std::nullopt;
  } catch (const FileError&) {
    return std::nullopt;  // torn or foreign: the replicate is run again
  }
}

void Parts::save(const ResultData& part) const {
  std::error_code failed;
  std::filesystem::create_directories(folder_, failed);
  if (failed) throw system_failure(folder_, "create the folder", failed.value());
  write_result(file(part.replicates.front()), part, IfExists::replace);
}

void Parts::clear() const {
  std::error_code ignored;  // left-over parts are harmless: they are checked before use
  std::filesystem::remove_all(folder_, ignored);
}

std::string interruption(std::size_t done, std::int64_t all, const std::filesystem::path& folder) {
  const std::string said = fmt::format("interrupted: {} of {} replicates are done", done, all);
  if (done == 0) return said + "\n  hint:     nothing is kept: the same command begins anew\n";
  return fmt::format("{} and kept in {}\n  hint:     the same command goes on from there\n", said, folder.string());
}

bool same_run(const ResultData& a, const ResultData& b) {
  return a.source == b.source && a.seed == b.seed && a.scenario_sha256 == b.scenario_sha256 &&
         a.inputs_sha256 == b.inputs_sha256 && a.population == b.population && a.start == b.start &&
         a.months == b.months && a.texts == b.texts && a.dimensions == b.dimensions;
}

ResultData merge(std::vector<ResultData> parts) {
  expect(!parts.empty(), "a result has at least one replicate");
  ResultData all = std::move(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    expect(same_run(all, parts[i]) && all.variables.size() == parts[i].variables.size(), "parts of one run");
    all.replicates.insert(all.replicates.end(), parts[i].replicates.begin(), parts[i].replicates.end());
    for (std::size_t v = 0; v < all.variables.size(); ++v) {
      if (all.variables[v].dims.front() != format::replicate) continue;  // the same in all parts
      // The replicate is the first axis, so values follow on each other.
      std::visit(
          [&](auto& values) {
            const auto& more = std::get<std::remove_reference_t<decltype(values)>>(parts[i].variables[v].values);
            values.insert(values.end(), more.begin(), more.end());
          },
          all.variables[v].values);
    }
  }
  return all;
}

}  // namespace oikos::app
