#pragma once
#include <string_view>

namespace oikos {

/// What this program was built from. Set by CMake; the commit is "unknown" outside a checkout.
struct BuildInfo {
  std::string_view version;  ///< semantic version of the model and program
  std::string_view commit;   ///< short commit, with "+" behind it when files were changed
  /// Name and version. Kept out of result files: builds by different compilers must agree to the byte.
  std::string_view compiler;
};
BuildInfo build_info();

}  // namespace oikos
