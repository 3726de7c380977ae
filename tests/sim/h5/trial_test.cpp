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

TEST(Trial, passes_on_what_is_wrong_with_the_file) {
  EXPECT_EQ(said_of([] { throw DamageError("y", "damaged file: torn", "mend it"); }),
            "x.h5: error: damaged file: torn\n  hint:     mend it");
  EXPECT_THROW(try_in_child([] { throw DamageError("y", "r"); }, 1000, "x.h5"), DamageError);
  EXPECT_THROW(try_in_child([] { throw ForeignError("y", "r"); }, 1000, "x.h5"), ForeignError);
  EXPECT_EQ(said_of([] { throw FileError("y", std::string(100'000, 'r')); }),
            "x.h5: error: " + std::string(100'000, 'r'));
}

TEST(Trial, of_a_crash_is_told_as_damage) {
  const std::string told = "x.h5: error: damaged file: reading it crashes\n  hint:     restore the file or run again";
  EXPECT_EQ(said_of([] { std::raise(SIGSEGV); }), told);
  EXPECT_EQ(said_of([] { std::raise(SIGABRT); }), told);
  EXPECT_EQ(said_of([] { std::raise(SIGKILL); }),
            "x.h5: error: the process that looked at it first was stopped\n  hint:     give the same command again");
}

TEST(Trial, of_what_has_no_end_is_stopped) {
  const std::string told =
      "x.h5: error: damaged file: reading it does not come to an end\n  hint:     restore the file or run again";
  EXPECT_EQ(said_of([] { std::raise(SIGALRM); }), told) << "what waits for ever gets this signal";
  EXPECT_EQ(said_of([] {
              if (::alarm(0) == 0) std::raise(SIGSEGV);  // it ought to be set
              for (volatile unsigned i = 0;; static_cast<void>(i)) {
              }
            }),
            told);
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
  if (sanitized) GTEST_SKIP() << "the sanitizers need address space without limits";
  EXPECT_EQ(said_of([] { std::vector<char>(std::size_t{1} << 44).back() = 1; }),
            "x.h5: error: damaged file: it asks for more memory than there is for it\n"
            "  hint:     restore the file or run again");
}

}  // namespace
}  // namespace oikos::testing
