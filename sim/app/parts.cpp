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

namespace fs = std::filesystem;

namespace {

constexpr std::string_view mark = "oikos-parts";

/// Whether a file of the folder is ours by its name: the mark, a replicate, or a replicate half-written.
bool is_ours(std::string_view name) {
  constexpr std::string_view before = "replicate-", after = ".h5";
  if (name == mark) return true;
  if (name.starts_with('.')) {
    const auto end = name.find(after);
    if (end == std::string_view::npos) return false;
    const auto file = name.substr(1, end + after.size() - 1);
    return is_ours(file) && is_left_over(name, file);
  }
  if (!name.starts_with(before) || !name.ends_with(after)) return false;
  const auto number = name.substr(before.size(), name.size() - before.size() - after.size());
  return number.size() >= 5 && std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
}

/// What stands in a folder; nothing when that cannot be read.
std::optional<std::vector<fs::path>> readable_entries(const fs::path& folder) {
  std::vector<fs::path> all;
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
    all.push_back(at->path());
  if (failed) return std::nullopt;
  return all;
}

std::vector<fs::path> entries(const fs::path& folder) {
  return readable_entries(folder).value_or(std::vector<fs::path>{});
}

bool is_regular(const fs::path& path) {
  std::error_code ignored;
  return fs::symlink_status(path, ignored).type() == fs::file_type::regular;
}

/// Whether a file is the mark: ours by its name, and with nothing in it but who holds the lock.
bool is_mark(const fs::path& path) {
  if (path.filename() != mark || !is_regular(path)) return false;
  const std::string text = read_start(path, 400);
  return text.empty() || (text.starts_with("process ") && text.find('\n') + 1 == text.size());
}

/// Makes the folder, or sees that the one that is there is ours.
void claim(const fs::path& folder) {
  std::error_code failed;
  if (fs::create_directory(folder, failed)) return;
  if (failed && failed != std::errc::file_exists) throw system_failure(folder, "create the folder", failed.value());
  const char* const hint = "move it away, or choose another name with --output";
  if (fs::symlink_status(folder).type() != fs::file_type::directory)
    throw FileError(folder.string(), "stands where a run keeps its replicates, and is no folder", hint);
  const auto there = entries(folder);
  const bool marked = std::ranges::any_of(there, is_mark);
  if (!marked && !there.empty())
    throw FileError(folder.string(), "stands where a run keeps its replicates, and holds files of somebody else", hint);
}

/// A variable without its values: what must agree between replicates.
bool same_kind(const ResultVariable& a, const ResultVariable& b) {
  return a.name == b.name && a.units == b.units && a.dims == b.dims && a.values.index() == b.values.index();
}

}  // namespace

void refuse_inputs_among_own(const fs::path& result, std::span<const fs::path> inputs) {
  const fs::path folder = result.has_parent_path() ? result.parent_path() : fs::path(".");
  const auto stands_in = [](const fs::path& file, const fs::path& place) {
    std::error_code ignored;
    return fs::equivalent(file.has_parent_path() ? file.parent_path() : fs::path("."), place, ignored);
  };
  for (const fs::path& input : inputs) {
    const std::string name = input.filename().string();
    bool own = stands_in(input, result.string() + ".parts");
    for (const char* beside : {"", ".sha256", ".run.json"})
      own = own || (is_left_over(name, result.filename().string() + beside) && stands_in(input, folder));
    if (own)
      throw FileError(input.string(), "an input of this command stands where its own files are kept and removed",
                      "move it away, or choose another name with --output");
  }
}

Parts::Parts(const fs::path& result, std::function<void(const std::string&)> warn)
    : folder_(result.string() + ".parts"), warn_(std::move(warn)) {
  claim(folder_);
  lock_.emplace(folder_ / mark, "this result");
  for (const char* beside : {"", ".sha256", ".run.json"}) sweep_left_overs(result.string() + beside, Sweep::all);
  for (const fs::path& path : entries(folder_))
    if (const std::string name = path.filename().string(); name.starts_with('.') && is_ours(name) && is_regular(path)) {
      std::error_code ignored;
      fs::remove(path, ignored);
    }
}

Parts::~Parts() {
  if (!holds_parts()) clear();
}

fs::path Parts::file(std::int32_t replicate) const { return folder_ / fmt::format("replicate-{:05d}.h5", replicate); }

bool Parts::holds_parts() const {
  return std::ranges::any_of(entries(folder_), [](const fs::path& path) {
    const std::string name = path.filename().string();
    return name != mark && is_ours(name);
  });
}

std::optional<ResultData> Parts::load(std::int32_t replicate, const ResultData& like) const {
  const fs::path path = file(replicate);
  std::error_code ignored;
  if (fs::symlink_status(path, ignored).type() == fs::file_type::not_found) return std::nullopt;
  try {
    ResultData part = read_result(path);
    if (same_run(part, like) && part.replicates == std::vector{replicate}) return part;
    warn_(fmt::format("{} is of another run: replicate {} is run again", path.string(), replicate));
  } catch (const FileError& error) {
    warn_(fmt::format("replicate {} is run again, as what was kept of it cannot be trusted: {}", replicate,
                      error.what()));
  }
  return std::nullopt;
}

bool Parts::save(const ResultData& part) {
  try {
    publish(file(part.replicates.front()), result_image(part), IfExists::replace);
    return true;
  } catch (const FileError& error) {
    if (!told_) warn_(fmt::format("replicates are not kept before the run ends: {}", error.what()));
    told_ = true;
    return false;
  }
}

void Parts::clear() {
  std::error_code ignored;
  for (const fs::path& path : entries(folder_))
    if (const std::string name = path.filename().string(); name != mark && is_ours(name) && is_regular(path))
      fs::remove(path, ignored);
  // The mark goes last, and only when nothing is left that it stands for: without it no later run may touch the folder.
  const auto left = readable_entries(folder_);
  if (!left || std::ranges::any_of(*left, [](const fs::path& path) { return path.filename() != mark; })) return;
  fs::remove(folder_ / mark, ignored);
  fs::remove(folder_, ignored);
}

std::string interruption(std::size_t done, std::size_t kept, std::int64_t all, const fs::path& folder) {
  const std::string said = fmt::format("interrupted: {} of {} replicates are done", done, all);
  if (kept == 0) return said + "\n  hint:     nothing is kept: the same command begins anew\n";
  const std::string part = kept == done ? "" : fmt::format("{} ", kept);
  return fmt::format("{} and {}kept in {}\n  hint:     the same command goes on from there\n", said, part,
                     folder.string());
}

bool same_run(const ResultData& a, const ResultData& b) {
  return a.source == b.source && a.seed == b.seed && a.scenario_sha256 == b.scenario_sha256 &&
         a.inputs_sha256 == b.inputs_sha256 && a.population == b.population && a.start == b.start &&
         a.months == b.months && a.texts == b.texts && a.dimensions == b.dimensions &&
         std::ranges::equal(a.variables, b.variables, same_kind);
}

ResultData merge(std::vector<ResultData> parts) {
  expect(!parts.empty(), "a result has at least one replicate");
  ResultData all = std::move(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) {
    expect(same_run(all, parts[i]), "parts of one run");
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
