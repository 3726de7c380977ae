#include "sim/file/file.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/sim/file/folder.hpp"

namespace oikos::testing {

TEST(ReadFile, gives_every_byte) {
  const Folder folder;
  const std::string bytes{"a\0b\r\n\xFF", 6};
  write(folder / "x", bytes);
  EXPECT_EQ(read_file(folder / "x", 6), bytes);
}

TEST(ReadFile, reads_the_empty_file) {
  const Folder folder;
  write(folder / "x", "");
  EXPECT_EQ(read_file(folder / "x", 0), "");
}

TEST(ReadFile, reads_files_longer_than_one_block) {
  const Folder folder;
  const std::string bytes(1'000'003, 'x');
  write(folder / "x", bytes);
  EXPECT_EQ(read_file(folder / "x", 2'000'000), bytes);
}

TEST(ReadFile, refuses_a_file_longer_than_allowed) {
  const Folder folder;
  write(folder / "x", "123456");
  const auto path = (folder / "x").string();
  EXPECT_EQ(
      file_error([&] { read_file(path, 5); }),
      path +
          ": error: longer than 5 bytes, the most that is read here\n  hint:     check that this is the file you mean");
}

TEST(ReadFile, says_what_is_wrong_with_a_missing_file) {
  EXPECT_EQ(file_error([] { read_file("no/such/file", 10); }),
            "no/such/file: error: cannot open: No such file or directory\n"
            "  hint:     check the spelling; relative paths start at the current directory");
}

TEST(ReadFile, refuses_a_pipe_instead_of_waiting_for_it) {
  const Folder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(file_error([&] { read_file(folder / "pipe", 10); }),
            (folder / "pipe").string() +
                ": error: no regular file, but a pipe, a device or a socket\n  hint:     write it into a file first");
  EXPECT_THROW(read_file("/dev/zero", 10), FileError);
  EXPECT_THROW(publish(folder / "pipe", "text", IfExists::replace), FileError);
  EXPECT_THROW(check_writable(folder / "pipe", 10, IfExists::replace), FileError);
}

TEST(ReadEnd, gives_the_last_bytes) {
  const Folder folder;
  write(folder / "x", "abcdef");
  EXPECT_EQ(read_end(folder / "x", 2), "ef");
  EXPECT_EQ(read_end(folder / "x", 6), "abcdef");
  EXPECT_EQ(read_end(folder / "x", 100), "abcdef");
  EXPECT_EQ(read_end(folder / "x", 0), "");
  EXPECT_THROW(read_end(folder / "none", 1), FileError);
  EXPECT_THROW(read_end(folder.path(), 1), FileError);
}

TEST(ReadFile, refuses_a_directory) {
  const Folder folder;
  EXPECT_EQ(file_error([&] { read_file(folder.path(), 10); }),
            folder.path().string() + ": error: cannot read: Is a directory\n  hint:     name a file, not a directory");
}

TEST(ReadStart, stops_after_the_bytes_asked_for) {
  const Folder folder;
  write(folder / "x", "12345");
  EXPECT_EQ(read_start(folder / "x", 3), "123");
  EXPECT_EQ(read_start(folder / "x", 9), "12345");
}

TEST(SystemFailure, names_no_way_out_where_there_is_none) {
  EXPECT_STREQ(system_failure("f", "do it", EBADF).what(), "f: error: cannot do it: Bad file descriptor");
}

}  // namespace oikos::testing
