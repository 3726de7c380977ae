#include <fmt/core.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <optional>

#include "sim/file/file.hpp"
#include "sim/file/publish_after.hpp"

namespace oikos {

namespace fs = std::filesystem;

namespace {

/// What stands at a path (links are not followed), or nothing.
std::optional<struct stat> status_of(const fs::path& path) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) == 0) return found;
  if (errno == ENOENT) return {};
  throw system_failure(path, "look at it", errno);
}

void check_directory(const fs::path& out, const fs::path& directory) {
  struct stat found {};
  if (::stat(directory.c_str(), &found) != 0) {
    if (errno != ENOENT) throw system_failure(out, "look at its directory", errno);
    throw FileError(out.string(), fmt::format("the directory {} does not exist", oikos::quoted(directory.string())),
                    fmt::format("create it: mkdir -p {}", directory.string()));
  }
  if (!S_ISDIR(found.st_mode))
    throw FileError(out.string(), fmt::format("{} is a file, not a directory", oikos::quoted(directory.string())),
                    "choose another place with --output");
  if (::access(directory.c_str(), W_OK | X_OK) != 0) throw system_failure(out, "write into its directory", errno);
}

void check_space(const fs::path& out, const fs::path& directory, std::uint64_t expected_bytes) {
  struct statvfs disk {};
  int result = 0;
  do result = ::statvfs(directory.c_str(), &disk);
  while (result != 0 && errno == EINTR);
  if (result != 0) throw system_failure(out, "ask for the free space of its disk", errno);
  const auto block = static_cast<std::uint64_t>(disk.f_frsize);
  const bool counted = disk.f_blocks > 0 && block > 0;  // some virtual file systems report zeros
  if (counted && disk.f_bavail < expected_bytes / block + (expected_bytes % block != 0))
    throw FileError(
        out.string(),
        fmt::format("about {} bytes are needed, but its disk has {} free", expected_bytes, disk.f_bavail * block),
        "free some space, or choose a place on another disk with --output");
}

void check_size_limit(const fs::path& out, std::uint64_t expected_bytes) {
  struct rlimit limit {};
  if (::getrlimit(RLIMIT_FSIZE, &limit) != 0) throw system_failure(out, "ask for the file size limit", errno);
  if (limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < expected_bytes)
    throw FileError(
        out.string(),
        fmt::format("about {} bytes are needed, but files may not be longer than {}", expected_bytes, limit.rlim_cur),
        "raise the file size limit: ulimit -f unlimited");
}

}  // namespace

void refuse_special_file(const fs::path& out) {
  struct stat found {};
  // Links are followed: whoever names /dev/stdout means the device and not the link to it.
  if (::stat(out.c_str(), &found) != 0) return;  // what is wrong with the path, writing will say
  if (S_ISREG(found.st_mode) || S_ISLNK(found.st_mode) || S_ISDIR(found.st_mode)) return;
  throw FileError(out.string(), "this is a pipe, a device or a socket, and is not replaced by a file",
                  "choose another name with --output");
}

void refuse_input(const fs::path& out, std::span<const fs::path> inputs) {
  struct stat output {};
  if (::stat(out.c_str(), &output) != 0) return;  // what is not there is nobody's input
  for (const fs::path& input : inputs) {
    struct stat read {};
    if (::stat(input.c_str(), &read) != 0 || read.st_dev != output.st_dev || read.st_ino != output.st_ino) continue;
    throw FileError(
        out.string(),
        fmt::format("is an input of this command, {}, and is not overwritten", oikos::quoted(input.string())),
        "choose another name for the output");
  }
}

void check_writable(const fs::path& out, std::uint64_t expected_bytes, IfExists if_exists) {
  if (!out.has_filename()) throw FileError(out.string(), "this names a directory, not a file", "add a file name");
  constexpr std::size_t most = NAME_MAX - std::string_view(".").size() - std::string_view(".tmp-4194304-999").size();
  if (out.filename().string().size() > most)  // its temporary name is longer
    throw system_failure(out, "create a file of this name", ENAMETOOLONG);
  const auto directory = out.has_parent_path() ? out.parent_path() : fs::path(".");
  check_directory(out, directory);
  if (const auto found = status_of(out)) {
    if (S_ISDIR(found->st_mode)) throw FileError(out.string(), "this names a directory, not a file", "add a file name");
    refuse_special_file(out);
    if (if_exists == IfExists::fail) throw ExistsError(out);
  }
  check_space(out, directory, expected_bytes);
  check_size_limit(out, expected_bytes);
}

}  // namespace oikos
