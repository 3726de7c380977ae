#include "sim/file/lock.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/sim/file/folder.hpp"

namespace oikos::testing {
namespace {

using ::testing::HasSubstr;

TEST(LockFile, is_held_by_one_at_a_time_and_names_its_holder) {
  const Folder folder;
  {
    const LockFile mine(folder / "lock", "this result");
    const std::string said = file_error([&] { const LockFile other(folder / "lock", "this result"); });
    EXPECT_THAT(said, HasSubstr("process " + std::to_string(::getpid()) + " on "));
    EXPECT_THAT(said, HasSubstr(" writes this result at this moment\n  hint:     wait until it ends"));
  }
  EXPECT_NO_THROW(LockFile(folder / "lock", "this result"));
}

TEST(LockFile, goes_with_the_process_that_held_it) {
  const Folder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    const LockFile held(folder / "lock", "this result");
    ::_exit(0);  // as after a kill: nothing is cleaned up
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(std::filesystem::exists(folder / "lock"));
  EXPECT_NO_THROW(LockFile(folder / "lock", "this result"));
}

TEST(LockFile, follows_no_link) {
  const Folder folder;
  write(folder / "mine", "text");
  std::filesystem::create_symlink(folder / "mine", folder / "lock");
  EXPECT_THROW(LockFile(folder / "lock", "this result"), FileError);
  EXPECT_EQ(read(folder / "mine"), "text");
}

}  // namespace
}  // namespace oikos::testing
