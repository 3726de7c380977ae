#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>

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

/// Whether the process that a left-over's name tells has ended.
bool is_of_dead(std::string_view name, std::string_view file) {
  name.remove_prefix(1 + file.size() + std::string_view(".tmp-").size());
  int process = 0;
  std::from_chars(name.data(), name.data() + name.size(), process);
  return process > 0 && ::kill(process, 0) != 0 && errno == ESRCH;
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

void sweep_left_overs(const fs::path& out, Sweep which) {
  const fs::path folder = out.has_parent_path() ? out.parent_path() : fs::path(".");
  const std::string file = out.filename().string();
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    std::error_code ignored;
    if (is_left_over(at->path().filename().string(), file) &&
        at->symlink_status(ignored).type() == fs::file_type::regular &&
        (which == Sweep::all || is_of_dead(at->path().filename().string(), file)))
      fs::remove(at->path(), ignored);
  }
}

}  // namespace oikos
