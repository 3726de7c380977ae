#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "sim/file/file.hpp"
#include "sim/file/place.hpp"
#include "tests/sim/file/folder.hpp"

namespace oikos::testing {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Publish, writes_all_bytes_under_the_name_and_nothing_else) {
  const Folder folder;
  const std::string bytes(3'000'001, '\0');
  publish(folder / "x", bytes, IfExists::fail);
  EXPECT_EQ(read(folder / "x"), bytes);
  EXPECT_THAT(folder.names(), ElementsAre("x"));
}

TEST(Publish, writes_the_empty_file) {
  const Folder folder;
  publish(folder / "x", "", IfExists::fail);
  EXPECT_TRUE(std::filesystem::exists(folder / "x"));
}

TEST(Publish, takes_a_name_without_directory) {
  const Folder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  publish("x", "abc", IfExists::fail);
  std::filesystem::current_path(before);
  EXPECT_EQ(read(folder / "x"), "abc");
}

TEST(Publish, replaces_only_when_allowed) {
  const Folder folder;
  const auto path = folder / "x";
  publish(path, "old", IfExists::replace);
  EXPECT_EQ(file_error([&] { publish(path, "new", IfExists::fail); }),
            path.string() +
                ": error: already exists\n"
                "  hint:     choose another name, or overwrite it with --force");
  EXPECT_THROW(publish(path, "new", IfExists::fail), ExistsError);
  EXPECT_EQ(read(path), "old");
  publish(path, "new", IfExists::replace);
  EXPECT_EQ(read(path), "new");
  EXPECT_THAT(folder.names(), ElementsAre("x"));
}

TEST(Publish, a_dangling_link_counts_as_existing) {
  const Folder folder;
  std::filesystem::create_symlink("nowhere", folder / "x");
  EXPECT_THROW(publish(folder / "x", "new", IfExists::fail), ExistsError);
  publish(folder / "x", "new", IfExists::replace);
  EXPECT_TRUE(std::filesystem::is_regular_file(std::filesystem::symlink_status(folder / "x")));
}

/// Goal: of many writers of one name exactly one wins, whole, and the others are told. Method: threads that start
/// together.
TEST(Publish, one_of_many_racing_threads_wins) {
  for (int round = 0; round < 20; ++round) {
    const Folder folder;
    std::atomic<int> wins = 0, refused = 0, ready = 0;
    std::vector<std::thread> threads;
    for (char id = 'a'; id < 'a' + 8; ++id)
      threads.emplace_back([&, id] {
        ++ready;
        while (ready < 8) std::this_thread::yield();
        try {
          publish(folder / "x", std::string(10'000, id), IfExists::fail);
          ++wins;
        } catch (const ExistsError&) {
          ++refused;
        }
      });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(wins, 1);
    EXPECT_EQ(refused, 7);
    const auto bytes = read(folder / "x");
    EXPECT_EQ(bytes, std::string(10'000, bytes.at(0)));
    EXPECT_THAT(folder.names(), ElementsAre("x"));
  }
}

/// The same between processes: exit code 0 for the winner, 1 for those who were told.
TEST(Publish, one_of_many_racing_processes_wins) {
  const Folder folder;
  std::vector<pid_t> children;
  for (int i = 0; i < 8; ++i) {
    const auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      try {
        publish(folder / "x", std::to_string(i), IfExists::fail);
        ::_exit(0);
      } catch (const ExistsError&) {
        ::_exit(1);
      }
    }
    children.push_back(child);
  }
  int wins = 0, refused = 0;
  for (const auto child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    (WEXITSTATUS(status) == 0 ? wins : refused) += 1;
  }
  EXPECT_EQ(wins, 1);
  EXPECT_EQ(refused, 7);
  EXPECT_THAT(folder.names(), ElementsAre("x"));
}

TEST(Publish, leaves_temporary_files_of_others_alone) {
  const Folder folder;
  const auto left_over = ".x.tmp-" + std::to_string(::getpid());
  write(folder / left_over, "of a killed run");
  publish(folder / "x", "abc", IfExists::fail);
  EXPECT_EQ(read(folder / "x"), "abc");
  EXPECT_EQ(read(folder / left_over), "of a killed run");
}

/// Goal: killed at any moment, the name holds nothing or everything. Method: kill a child that replaces the file again
/// and again.
TEST(Publish, a_killed_writer_leaves_old_or_new_content) {
  const Folder folder;
  const std::string a(400'000, 'a'), b(400'000, 'b');
  publish(folder / "x", a, IfExists::fail);
  for (int kill_after_us = 0; kill_after_us < 20'000; kill_after_us += 2'000) {
    const auto child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0)
      for (;;) publish(folder / "x", b, IfExists::replace), publish(folder / "x", a, IfExists::replace);
    ::usleep(static_cast<useconds_t>(kill_after_us));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    const auto found = read(folder / "x");
    EXPECT_TRUE(found == a || found == b) << found.size();
  }
}

TEST(Publish, names_the_problem_when_the_directory_is_none) {
  const Folder folder;
  write(folder / "file", "abc");
  EXPECT_EQ(file_error([&] { publish(folder / "file" / "x", "abc", IfExists::fail); }),
            (folder / "file" / "x").string() +
                ": error: cannot create a temporary file beside it: Not a directory\n"
                "  hint:     a part of the path is a file, not a directory: check the spelling");
  EXPECT_EQ(file_error([&] { publish(folder / "none" / "x", "abc", IfExists::fail); }),
            (folder / "none" / "x").string() +
                ": error: cannot create a temporary file beside it: No such file or directory\n"
                "  hint:     check the spelling; relative paths start at the current directory");
  EXPECT_THAT(folder.names(), ElementsAre("file"));
}

TEST(Publish, never_replaces_a_directory) {
  const Folder folder;
  std::filesystem::create_directory(folder / "x");
  EXPECT_THROW(publish(folder / "x", "abc", IfExists::fail), ExistsError);
  EXPECT_EQ(file_error([&] { publish(folder / "x", "abc", IfExists::replace); }),
            (folder / "x").string() +
                ": error: cannot rename the finished file to this name: Is a directory\n"
                "  hint:     name a file, not a directory");
  EXPECT_THROW(publish(folder.path() / "", "abc", IfExists::replace), FileError);
  EXPECT_THAT(folder.names(), ElementsAre("x"));
}

TEST(Publish, refuses_a_name_that_is_too_long) {
  const Folder folder;
  const auto path = folder / std::string(255, 'x');
  EXPECT_EQ(file_error([&] { publish(path, "abc", IfExists::fail); }),
            path.string() +
                ": error: cannot create a temporary file beside it: File name too long\n"
                "  hint:     choose a shorter name");
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(PlaceByLink, is_as_careful_as_the_rename_it_stands_in_for) {
  for (const auto place : {&place_by_link, &place_by_rename}) {
    const Folder folder;
    write(folder / "temporary", "new");
    EXPECT_EQ(place(folder / "temporary", folder / "x"), Placed::done);
    EXPECT_EQ(read(folder / "x"), "new");
    EXPECT_THAT(folder.names(), ElementsAre("x"));
    write(folder / "temporary", "newer");
    EXPECT_EQ(place(folder / "temporary", folder / "x"), Placed::taken);
    EXPECT_EQ(read(folder / "x"), "new");
    EXPECT_THROW(place(folder / "missing", folder / "y"), FileError);
  }
}

}  // namespace oikos::testing
