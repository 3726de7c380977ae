#include "sim/h5/trial.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <stdexcept>
#include <thread>
#include <vector>

#include "sim/file/lock.hpp"
#include "tests/sim/file/folder.hpp"

namespace oikos::testing {
namespace {

/// Goal: whatever a library does over a file, this process goes on and says what happened.

std::string said_of(const std::function<void()>& act) {
  return file_error([&] { try_in_child(act, 1000, "x.h5"); });
}

TEST(Trial, of_what_does_no_harm_leaves_no_trace) {
  int changed = 0;
  try_in_child([&] { changed = 1; }, 1000, "x.h5");
  EXPECT_EQ(changed, 0) << "the child has a memory of its own";
  try_in_child([] { throw std::runtime_error("as the caller will see"); }, 1000, "x.h5");
}

TEST(Trial, of_a_crash_is_told_as_damage) {
  const std::string told = "x.h5: error: damaged file: reading it crashes\n  hint:     restore the file or run again";
  EXPECT_EQ(said_of([] { std::raise(SIGSEGV); }), told);
  EXPECT_EQ(said_of([] { std::raise(SIGABRT); }), told);
  EXPECT_EQ(said_of([] { std::raise(SIGKILL); }), told);
}

TEST(Trial, of_what_has_no_end_is_stopped) {
  EXPECT_EQ(said_of([] {
              for (volatile unsigned i = 0;; static_cast<void>(i)) {
              }
            }),
            "x.h5: error: damaged file: reading it does not come to an end\n  hint:     restore the file or run again");
}

/// Goal: after a kill the same command goes through at once.
TEST(Trial, holds_no_lock_when_its_parent_is_killed) {
  const Folder folder;
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t parent = ::fork();
  if (parent == 0) {
    const LockFile lock(folder / "lock", "this");
    if (::write(ready[1], "x", 1) != 1) _exit(1);
    try_in_child([] { ::pause(); }, 1000, "x.h5");
    _exit(0);
  }
  char said = 0;
  ASSERT_EQ(::read(ready[0], &said, 1), 1);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));  // until the child waits
  ::kill(parent, SIGKILL);
  ::waitpid(parent, nullptr, 0);
  EXPECT_EQ(file_error([&] { const LockFile again(folder / "lock", "this"); }), "");
}

TEST(Trial, of_what_asks_for_all_memory_is_stopped) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the sanitizers need address space without limits";
#endif
  EXPECT_EQ(said_of([] { std::vector<char>(std::size_t{1} << 36).back() = 1; }),
            "x.h5: error: damaged file: it asks for more memory than it can fill\n"
            "  hint:     restore the file or run again");
}

}  // namespace
}  // namespace oikos::testing
