#include <gmock/gmock.h>

#include "sim/file/file.hpp"
#include "tests/sim/file/folder.hpp"

namespace oikos::testing {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST(CheckWritable, accepts_a_good_place_and_leaves_no_trace) {
  const Folder folder;
  EXPECT_NO_THROW(check_writable(folder / "x", 1000, IfExists::fail));
  EXPECT_NO_THROW(check_writable("x", 1000));
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(CheckWritable, refuses_an_existing_file_only_when_it_may_not_be_replaced) {
  const Folder folder;
  write(folder / "x", "abc");
  EXPECT_NO_THROW(check_writable(folder / "x", 1000, IfExists::replace));
  EXPECT_THROW(check_writable(folder / "x", 1000, IfExists::fail), ExistsError);
}

TEST(CheckWritable, says_how_to_make_a_missing_directory) {
  const Folder folder;
  const auto directory = (folder / "none").string();
  EXPECT_EQ(file_error([&] { check_writable(folder / "none" / "x", 0); }),
            directory + "/x: error: the directory '" + directory +
                "' does not exist\n  hint:     create it: mkdir -p " + directory);
}

TEST(CheckWritable, refuses_a_file_in_the_place_of_a_directory) {
  const Folder folder;
  write(folder / "file", "abc");
  const auto file = (folder / "file").string();
  EXPECT_EQ(
      file_error([&] { check_writable(folder / "file" / "x", 0); }),
      file + "/x: error: '" + file + "' is a file, not a directory\n  hint:     choose another place with --output");
}

TEST(CheckWritable, refuses_a_directory_in_the_place_of_a_file) {
  const Folder folder;
  std::filesystem::create_directory(folder / "d");
  const auto reason = ": error: this names a directory, not a file\n  hint:     add a file name";
  EXPECT_EQ(file_error([&] { check_writable(folder / "d", 0); }), (folder / "d").string() + reason);
  EXPECT_EQ(file_error([&] { check_writable(folder / "d" / "", 0); }), (folder / "d").string() + "/" + reason);
}

TEST(CheckWritable, asks_for_room_on_the_disk) {
  const Folder folder;
  const std::uint64_t too_much = std::uint64_t{1} << 62;
  const auto error = file_error([&] { check_writable(folder / "x", too_much); });
  EXPECT_THAT(error, StartsWith((folder / "x").string() +
                                ": error: about 4611686018427387904 bytes are needed, but its disk has "));
  EXPECT_THAT(error, EndsWith(" free\n  hint:     free some space, or choose a place on another disk with --output"));
}

}  // namespace oikos::testing
