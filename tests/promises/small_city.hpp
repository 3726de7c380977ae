#pragma once
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "sim/app/commands.hpp"
#include "sim/app/exit_codes.hpp"
#include "sim/h5/result_file.hpp"
#include "tests/sim/file/folder.hpp"

/// Runs of a twentieth of the city through the command line, and their results taken apart by label.
namespace oikos::testing {

inline const std::string city_folder = OIKOS_SOURCE_DIR "/scenarios/ruda-slaska";
inline const std::string baseline_path = city_folder + "/baseline.yaml";

/// What a command said and how it ended.
struct Said {
  int code = -1;
  std::string out, err;
};

inline Said oikos_says(const std::vector<std::string>& arguments) {
  std::ostringstream out, err;
  const int code = app::run_cli(arguments, app::Streams{out, err});
  return {code, out.str(), err.str()};
}

/// Keys that every small run sets, before those of the test.
inline const std::string small_keys =
    "municipalities: {ruda_slaska: {population: {scale: 5 %}}}\nmonths: 36\nreplicates: 2\n";

/// Runs a plan over the baseline and reads its result. @param plan YAML text without `extends`, `months` and the like
inline ResultData run_plan(const std::string& plan, const std::vector<std::string>& more = {},
                           const std::string& extends = baseline_path) {
  const Folder folder;
  const std::string text = "extends: " + extends + "\n" + small_keys + plan;
  write(folder / "plan.yaml", text);
  std::vector<std::string> arguments{"run", (folder / "plan.yaml").string(), "-o", (folder / "plan.h5").string(),
                                     "--quiet"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Said said = oikos_says(arguments);
  EXPECT_EQ(said.code, app::ok) << said.err << text;
  return said.code == app::ok ? read_result(folder / "plan.h5") : ResultData{};
}

/// The values of one variable and label, months of the first replicate first.
using Series = std::map<std::string, std::vector<double>>;

/// Every variable by month, as "variable" or "variable[label]".
inline Series series_of(const ResultData& data) {
  Series all;
  for (const ResultVariable& variable : data.variables) {
    if (variable.dims.size() < 2 || variable.dims[1] != "time") continue;
    const std::vector<double> values = as_doubles(variable.values);
    std::vector<std::string> names{variable.name};
    if (variable.dims.size() == 3) {
      names.clear();
      for (const ResultDimension& dimension : data.dimensions)
        if (dimension.name == variable.dims[2])
          for (const std::string& label : dimension.labels) names.push_back(variable.name + "[" + label + "]");
    }
    for (std::size_t i = 0; i < values.size(); ++i) all[names[i % names.size()]].push_back(values[i]);
  }
  return all;
}

inline bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0);
}

/// The first `months` months of every replicate.
inline std::vector<double> start_of(const std::vector<double>& values, int all_months, int months) {
  std::vector<double> out;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (static_cast<int>(i % static_cast<std::size_t>(all_months)) < months) out.push_back(values[i]);
  return out;
}

/// Names of series of `a` that are not the same, to the bit, in `b`.
inline std::vector<std::string> differing(const Series& a, const Series& b) {
  std::vector<std::string> names;
  for (const auto& [name, values] : a)
    if (!b.contains(name) || !same_bits(values, b.at(name))) names.push_back(name);
  return names;
}

/// The same, looking at the first months only.
inline std::vector<std::string> differing(const Series& a, const Series& b, int all_months, int months) {
  std::vector<std::string> names;
  for (const auto& [name, values] : a)
    if (!b.contains(name) || !same_bits(start_of(values, all_months, months), start_of(b.at(name), all_months, months)))
      names.push_back(name);
  return names;
}

}  // namespace oikos::testing
