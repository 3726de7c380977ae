// What happens when the system refuses: file size limit, full disk, read-only disk.
#include <gmock/gmock.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

#include <csignal>
#include <optional>

#include "sim/file/checksum.hpp"
#include "sim/file/file.hpp"
#include "tests/sim/file/folder.hpp"

namespace oikos::testing {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

/// Files of this process may not grow beyond a limit, and the signal that says so is ignored, until the end of the
/// scope.
class SizeLimit {
 public:
  explicit SizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    EXPECT_EQ(::getrlimit(RLIMIT_FSIZE, &before_), 0);
    const struct rlimit limit { bytes, before_.rlim_max };
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  }
  SizeLimit(const SizeLimit&) = delete;
  SizeLimit& operator=(const SizeLimit&) = delete;
  ~SizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  void (*handler_)(int);
  struct rlimit before_ {};
};

/// A small disk in memory that only this process sees; empty when the system does not let us mount.
class SmallDisk {
 public:
  explicit SmallDisk(const std::filesystem::path& where) : where_(where) {
    mounted_ = ::unshare(CLONE_NEWNS) == 0 && ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
               ::mount("none", where.c_str(), "tmpfs", 0, "size=64k") == 0;
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  ~SmallDisk() {
    if (mounted_) ::umount(where_.c_str());
  }
  bool mounted() const { return mounted_; }
  void make_read_only() { ASSERT_EQ(::mount("none", where_.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0); }

 private:
  std::filesystem::path where_;
  bool mounted_;
};

}  // namespace

TEST(FileSizeLimit, is_reported_and_leaves_nothing) {
  const Folder folder;
  std::string error;
  {
    const SizeLimit limit(4096);
    error = file_error([&] { publish(folder / "x", std::string(5000, 'x'), IfExists::fail); });
  }
  EXPECT_EQ(error, (folder / "x").string() +
                       ": error: cannot write: File too large\n"
                       "  hint:     raise the file size limit (ulimit -f), or write a smaller file");
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(FileSizeLimit, leaves_the_old_file_and_its_checksum) {
  const Folder folder;
  publish_with_checksum(folder / "x", "old", IfExists::fail);
  {
    const SizeLimit limit(4096);
    EXPECT_THROW(publish_with_checksum(folder / "x", std::string(5000, 'x'), IfExists::replace), FileError);
  }
  EXPECT_EQ(read(folder / "x"), "old");
  EXPECT_EQ(read(folder / "x.sha256"), checksum_line(sha256("old"), "x"));
  EXPECT_THAT(folder.names(), ElementsAre("x", "x.sha256"));
}

TEST(FileSizeLimit, is_seen_before_the_run) {
  const Folder folder;
  std::string error;
  {
    const SizeLimit limit(4096);
    EXPECT_NO_THROW(check_writable(folder / "x", 4096));
    error = file_error([&] { check_writable(folder / "x", 4097); });
  }
  EXPECT_EQ(error, (folder / "x").string() +
                       ": error: about 4097 bytes are needed, but files may not be longer than 4096\n"
                       "  hint:     raise the file size limit: ulimit -f unlimited");
}

TEST(FullDisk, is_reported_and_leaves_the_old_file) {
  const Folder folder;
  SmallDisk disk(folder.path());
  if (!disk.mounted()) GTEST_SKIP() << "this system does not let us mount";
  publish(folder / "x", "old", IfExists::fail);
  EXPECT_EQ(file_error([&] { publish(folder / "x", std::string(1'000'000, 'x'), IfExists::replace); }),
            (folder / "x").string() +
                ": error: cannot write: No space left on device\n"
                "  hint:     free some space, or choose a place on another disk");
  EXPECT_EQ(read(folder / "x"), "old");
  EXPECT_THAT(folder.names(), ElementsAre("x"));
  struct statvfs state {};
  ASSERT_EQ(::statvfs(folder.path().c_str(), &state), 0);
  EXPECT_EQ(file_error([&] { check_writable(folder / "x", 1'000'000); }),
            (folder / "x").string() + ": error: about 1000000 bytes are needed, but its disk has " +
                std::to_string(state.f_bavail * state.f_frsize) +
                " free\n  hint:     free some space, or choose a place on another disk with --output");
}

TEST(ReadOnlyDisk, is_reported) {
  const Folder folder;
  SmallDisk disk(folder.path());
  if (!disk.mounted()) GTEST_SKIP() << "this system does not let us mount";
  disk.make_read_only();
  const auto reason = ": Read-only file system\n  hint:     this disk is read-only: choose another place";
  EXPECT_EQ(file_error([&] { publish(folder / "x", "abc", IfExists::fail); }),
            (folder / "x").string() + ": error: cannot create a temporary file beside it" + reason);
  EXPECT_EQ(file_error([&] { check_writable(folder / "x", 1); }),
            (folder / "x").string() + ": error: cannot write into its directory" + reason);
}

}  // namespace oikos::testing
