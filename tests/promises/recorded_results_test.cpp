// "Results change only on purpose": the checksum of each variable of the example city, against those written down.
//
// After a wanted change: run with OIKOS_REWRITE_EXPECTED=1 in the environment, read the differences of
// recorded_results.txt, and say in CHANGELOG.md, in a line marked RESULTS, why numbers moved.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <set>

#include "sim/file/checksum.hpp"
#include "tests/promises/small_city.hpp"

namespace oikos::testing {
namespace {

const std::string recorded_path = OIKOS_SOURCE_DIR "/tests/promises/recorded_results.txt";

/// The values as stored, low byte first on all machines that results are compared on.
std::string bytes_of(const Values& values) {
  return std::visit(
      [](const auto& list) {
        return std::string(reinterpret_cast<const char*>(list.data()), list.size() * sizeof(list[0]));
      },
      values);
}

/// Lines "SCENARIO VARIABLE SHA256".
std::string checksums(const std::string& scenario, const ResultData& data) {
  std::string lines;
  for (const ResultVariable& variable : data.variables)
    lines += scenario + " " + variable.name + " " + sha256(bytes_of(variable.values)) + "\n";
  return lines;
}

/// Lines of one text that the other has not.
std::vector<std::string> missing_lines(const std::string& of, const std::string& from) {
  const auto lines = [](const std::string& text) {
    std::set<std::string> all;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) all.insert(line);
    return all;
  };
  std::vector<std::string> missing;
  std::ranges::set_difference(lines(of), lines(from), std::back_inserter(missing));
  return missing;
}

TEST(RecordedResults, are_those_of_the_example_city) {
  const std::string now =
      checksums("baseline", run_plan("")) +
      checksums("double-integration-places", run_plan("", {}, city_folder + "/double-integration-places.yaml"));
  if (std::getenv("OIKOS_REWRITE_EXPECTED") != nullptr) write(recorded_path, now);
  std::ifstream in(recorded_path);
  std::stringstream recorded;
  recorded << in.rdbuf();
  EXPECT_THAT(missing_lines(now, recorded.str()), ::testing::IsEmpty());
  EXPECT_THAT(missing_lines(recorded.str(), now), ::testing::IsEmpty());
}

}  // namespace
}  // namespace oikos::testing
