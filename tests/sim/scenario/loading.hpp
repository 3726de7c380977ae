#pragma once
#include <filesystem>
#include <stdexcept>
#include <string>

#include "sim/scenario/prepare.hpp"
#include "tests/sim/file/folder.hpp"

/// Scenario files of a test's own, and what reading them says.
namespace oikos::testing {

inline const std::string city_folder = OIKOS_SOURCE_DIR "/scenarios/ruda-slaska";
inline const std::string baseline_path = city_folder + "/baseline.yaml";

/// A copy of the example city beside which plans may be written.
class City : public Folder {
 public:
  City() { std::filesystem::copy(city_folder, path(), std::filesystem::copy_options::recursive); }
  std::string plan(const std::string& name, const std::string& text) const {
    write(*this / name, text);
    return (*this / name).string();
  }
};

/// What is wrong with a scenario, without the name of the folder; "" when nothing is.
inline std::string mistakes(const City& city, const std::string& path, const Settings& set = {}) {
  std::string text;
  try {
    prepare_all(load_readable(path, set));
  } catch (const InputError& error) {
    text = error.what();
    if (error.diagnostics().size() > 1) text += std::to_string(error.diagnostics().size()) + " errors\n";
  }
  const std::string prefix = city.path().string() + "/";
  for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) text.erase(at, prefix.size());
  return text;
}

/// The same for a plan over the baseline, written as plan.yaml.
inline std::string mistakes_of_plan(const std::string& text) {
  const City city;
  return mistakes(city, city.plan("plan.yaml", "extends: baseline.yaml\n" + text));
}

}  // namespace oikos::testing
