#include "sim/file/place.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "sim/file/file.hpp"

namespace oikos {

Placed place_by_rename(const std::filesystem::path& temporary, const std::filesystem::path& out) {
  if (::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, out.c_str(), RENAME_NOREPLACE) == 0) return Placed::done;
  if (errno == EEXIST) return Placed::taken;
  if (errno == EINVAL || errno == ENOSYS) return Placed::unsupported;
  throw system_failure(out, "rename the finished file to this name", errno);
}

Placed place_by_link(const std::filesystem::path& temporary, const std::filesystem::path& out) {
  if (::link(temporary.c_str(), out.c_str()) != 0) {
    if (errno == EEXIST) return Placed::taken;
    if (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS) return Placed::unsupported;
    throw system_failure(out, "link the finished file to this name", errno);
  }
  if (::unlink(temporary.c_str()) != 0) throw system_failure(temporary, "remove the temporary file", errno);
  return Placed::done;
}

}  // namespace oikos
