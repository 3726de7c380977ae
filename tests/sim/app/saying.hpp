#pragma once
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "sim/app/commands.hpp"
#include "tests/sim/file/folder.hpp"

/// Commands run in this process, and what they said.
namespace oikos::testing {

inline const std::string city_folder = OIKOS_SOURCE_DIR "/scenarios/ruda-slaska";
inline const std::string baseline_path = city_folder + "/baseline.yaml";
inline const std::string help_line = "Run with --help for the commands and options.\n";

struct Said {
  int code = -1;
  std::string out, err;
};

inline Said oikos_says(const std::vector<std::string>& arguments) {
  std::ostringstream out, err;
  const int code = app::run_cli(arguments, app::Streams{out, err});
  return {code, out.str(), err.str()};
}

/// The text without a folder's name, so that it reads as if the command had been given in the folder.
inline std::string seen_from(const Folder& folder, std::string text) {
  const std::string prefix = folder.path().string() + "/";
  for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) text.erase(at, prefix.size());
  return text;
}

/// A copy of the example city that a test may damage.
class City : public Folder {
 public:
  City() { std::filesystem::copy(city_folder, path(), std::filesystem::copy_options::recursive); }

  /// Runs `check` on a file of the city.
  Said check(const std::string& file) const {
    Said said = oikos_says({"check", (*this / file).string()});
    return {said.code, seen_from(*this, said.out), seen_from(*this, said.err)};
  }
};

}  // namespace oikos::testing
