#include "sim/file/lock.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "sim/file/file.hpp"

namespace oikos {

namespace fs = std::filesystem;

namespace {

/// Who holds the lock, as its file says.
std::string holder(int file) {
  std::array<char, 200> text{};
  const auto got = ::pread(file, text.data(), text.size(), 0);
  std::string said(text.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
  said.resize(std::min(said.find('\n'), said.size()));
  return said.empty() ? "another process" : said;
}

std::string own_name() {
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  return fmt::format("process {} on {}\n", ::getpid(), host.data());
}

/// Whether the open file still stands under its name: a holder that ends may remove it.
bool is_there(int file, const fs::path& path) {
  struct stat opened {
  }, named{};
  return ::fstat(file, &opened) == 0 && ::lstat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
         opened.st_dev == named.st_dev;
}

Descriptor locked(const fs::path& path, const std::string& what) {
  for (;;) {
    Descriptor file{uninterrupted(
        [&] { return ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0666); })};
    if (!file.valid()) throw system_failure(path, "open", errno);
    const int result = uninterrupted([&] { return ::flock(file.get(), LOCK_EX | LOCK_NB); });
    if (result != 0 && errno == EWOULDBLOCK)
      throw FileError(path.string(), fmt::format("{} writes {} at this moment", holder(file.get()), what),
                      "wait until it ends, or choose another name with --output");
    // Some network file systems know no locks: better to run without one than not at all.
    if (result != 0 && errno != ENOLCK && errno != EOPNOTSUPP && errno != ENOSYS)
      throw system_failure(path, "lock", errno);
    if (is_there(file.get(), path)) return file;
  }
}

}  // namespace

LockFile::LockFile(const fs::path& path, const std::string& what) : file_(locked(path, what)) {
  const std::string name = own_name();
  // Only a courtesy to whoever finds the lock taken.
  if (::ftruncate(file_.get(), 0) != 0 || ::pwrite(file_.get(), name.data(), name.size(), 0) < 0) return;
}

}  // namespace oikos
