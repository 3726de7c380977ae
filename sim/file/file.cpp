#include "sim/file/file.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include "sim/file/descriptor.hpp"
#include "sim/file/read_blocks.hpp"

namespace oikos {

namespace {

/// A way out for the errors that users can do something about.
std::string_view way_out(int code) {
  switch (code) {
    case ENOENT: return "check the spelling; relative paths start at the current directory";
    case ENOTDIR: return "a part of the path is a file, not a directory: check the spelling";
    case EISDIR: return "name a file, not a directory";
    case EACCES:
    case EPERM: return "choose another place, or ask its owner for permission";
    case EROFS: return "this disk is read-only: choose another place";
    case ENOSPC: return "free some space, or choose a place on another disk";
    case EDQUOT: return "your disk quota is used up: free some space, or choose a place on another disk";
    case EFBIG: return "raise the file size limit (ulimit -f), or write a smaller file";
    case ENAMETOOLONG: return "choose a shorter name";
    case EIO: return "the disk or its connection reports a fault: check it before trying again";
    default: return "";
  }
}

}  // namespace

ExistsError::ExistsError(const std::filesystem::path& path)
    : FileError(path.string(), "already exists", "choose another name, or overwrite it with --force") {}

FileError system_failure(const std::filesystem::path& path, std::string_view doing, int code) {
  return {path.string(), fmt::format("cannot {}: {}", doing, std::generic_category().message(code)),
          std::string(way_out(code))};
}

namespace {

/// Opens a regular file for reading.
Descriptor opened(const std::filesystem::path& path) {
  // Without O_NONBLOCK, opening a pipe waits until somebody writes into it.
  Descriptor file{uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC); })};
  if (!file.valid()) throw system_failure(path, "open", errno);
  struct stat found {};
  if (::fstat(file.get(), &found) != 0) throw system_failure(path, "look at it", errno);
  if (S_ISDIR(found.st_mode)) throw system_failure(path, "read", EISDIR);
  if (!S_ISREG(found.st_mode))
    throw FileError(path.string(), "no regular file, but a pipe, a device or a socket", "write it into a file first");
  return file;
}

}  // namespace

void read_blocks(const std::filesystem::path& path, const std::function<bool(std::string_view)>& take) {
  const Descriptor file = opened(path);
  std::vector<char> block(std::size_t{1} << 18);
  for (;;) {
    const auto got = uninterrupted([&] { return ::read(file.get(), block.data(), block.size()); });
    if (got < 0) throw system_failure(path, "read", errno);
    if (got == 0 || !take({block.data(), static_cast<std::size_t>(got)})) return;
  }
}

std::string read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  const auto too_long = [&] {
    return FileError(path.string(), fmt::format("longer than {} bytes, the most that is read here", max_bytes),
                     "check that this is the file you mean");
  };
  std::error_code unknown;  // reading will say what is wrong
  if (const auto size = std::filesystem::file_size(path, unknown); !unknown && size > max_bytes) throw too_long();
  std::string content;
  read_blocks(path, [&](std::string_view block) {
    if (block.size() > max_bytes - content.size()) throw too_long();
    content += block;
    return true;
  });
  return content;
}

std::string read_start(const std::filesystem::path& path, std::size_t bytes) {
  std::string start;
  read_blocks(path, [&](std::string_view block) {
    start += block.substr(0, bytes - start.size());
    return start.size() < bytes;
  });
  return start;
}

std::string read_end(const std::filesystem::path& path, std::size_t bytes) {
  const Descriptor file = opened(path);
  const auto length = ::lseek(file.get(), 0, SEEK_END);
  if (length < 0) throw system_failure(path, "look at its end", errno);
  std::string end(std::min(bytes, static_cast<std::size_t>(length)), '\0');
  std::size_t done = 0;
  while (done < end.size()) {
    const auto at = length - static_cast<off_t>(end.size() - done);
    const auto got = uninterrupted([&] { return ::pread(file.get(), end.data() + done, end.size() - done, at); });
    if (got < 0) throw system_failure(path, "read", errno);
    if (got == 0) break;  // it became shorter meanwhile
    done += static_cast<std::size_t>(got);
  }
  end.resize(done);
  return end;
}

}  // namespace oikos
