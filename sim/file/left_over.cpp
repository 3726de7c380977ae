#include <algorithm>

#include "sim/file/file.hpp"

namespace oikos {

namespace fs = std::filesystem;

namespace {

/// Takes a number off the front of `text`; false where there is none.
bool take_number(std::string_view& text) {
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  text.remove_prefix(digits);
  return digits > 0;
}

}  // namespace

bool is_left_over(std::string_view name, std::string_view file) {
  if (!name.starts_with('.')) return false;
  name.remove_prefix(1);
  if (!name.starts_with(file)) return false;
  name.remove_prefix(file.size());
  constexpr std::string_view mark = ".tmp-";  // and the process, and a number where that name was taken
  if (!name.starts_with(mark)) return false;
  name.remove_prefix(mark.size());
  if (!take_number(name)) return false;
  if (!name.starts_with('-')) return name.empty();
  name.remove_prefix(1);
  return take_number(name) && name.empty();
}

void sweep_left_overs(const fs::path& out) {
  const fs::path folder = out.has_parent_path() ? out.parent_path() : fs::path(".");
  const std::string file = out.filename().string();
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    std::error_code ignored;
    if (is_left_over(at->path().filename().string(), file) &&
        at->symlink_status(ignored).type() == fs::file_type::regular)
      fs::remove(at->path(), ignored);
  }
}

}  // namespace oikos
