#include <gmock/gmock.h>
#include <unistd.h>

#include "sim/file/file.hpp"
#include "tests/sim/file/folder.hpp"

namespace oikos::testing {
namespace {

using ::testing::ElementsAre;

TEST(LeftOvers, are_known_by_their_whole_name) {
  for (const char* name : {".x.h5.tmp-1", ".x.h5.tmp-4711", ".x.h5.tmp-12-3"})
    EXPECT_TRUE(is_left_over(name, "x.h5")) << name;
  for (const char* name : {"x.h5.tmp-1", ".x.h5.tmp-", ".x.h5.tmp-a", ".x.h5.tmp-1-", ".x.h5.tmp-1a", ".x.h5.tmp-1-2-3",
                           ".y.h5.tmp-1", ".x.h5", ".x.h5.sha256.tmp-1", ""})
    EXPECT_FALSE(is_left_over(name, "x.h5")) << name;
}

TEST(LeftOvers, go_and_nothing_else) {
  const Folder folder;
  for (const char* name : {".x.h5.tmp-1", ".x.h5.tmp-12-3", "x.h5", ".x.h5.tmp-mine", ".y.h5.tmp-1"})
    write(folder / name, "");
  std::filesystem::create_symlink(folder / "x.h5", folder / ".x.h5.tmp-7");
  std::filesystem::create_directory(folder / ".x.h5.tmp-8");
  sweep_left_overs(folder / "x.h5", Sweep::all);
  EXPECT_THAT(folder.names(), ElementsAre(".x.h5.tmp-7", ".x.h5.tmp-8", ".x.h5.tmp-mine", ".y.h5.tmp-1", "x.h5"));
}

TEST(LeftOvers, of_processes_that_live_stay_where_nobody_holds_a_lock) {
  const Folder folder;
  const std::string own = ".x.h5.tmp-" + std::to_string(::getpid());
  for (const std::string& name : {own, std::string(".x.h5.tmp-2147483646")}) write(folder / name, "");
  sweep_left_overs(folder / "x.h5", Sweep::of_dead);
  EXPECT_THAT(folder.names(), ElementsAre(own));
}

TEST(SpecialFiles, are_not_replaced_under_the_name_of_a_link_either) {
  const Folder folder;
  std::filesystem::create_symlink("/dev/null", folder / "link");
  EXPECT_EQ(
      file_error([&] { check_writable(folder / "link", 1); }),
      (folder / "link").string() +
          ": error: this is a pipe, a device or a socket, and is not replaced by a file\n  hint:     choose another "
          "name with --output");
}

TEST(CheckWritable, refuses_a_name_whose_temporary_one_is_too_long) {
  const Folder folder;
  EXPECT_NO_THROW(check_writable(folder / std::string(230, 'n'), 1));
  EXPECT_THROW(check_writable(folder / std::string(240, 'n'), 1), FileError);
}

TEST(RefuseInput, knows_a_file_under_every_name) {
  const Folder folder;
  write(folder / "plan.yaml", "");
  write(folder / "other", "");
  std::filesystem::create_symlink(folder / "plan.yaml", folder / "link");
  std::filesystem::create_hard_link(folder / "plan.yaml", folder / "twin");
  const std::vector<std::filesystem::path> inputs{folder / "gone", folder / "plan.yaml"};
  for (const char* name : {"plan.yaml", "link", "twin"})
    EXPECT_THROW(refuse_input(folder / name, inputs), FileError) << name;
  EXPECT_NO_THROW(refuse_input(folder / "other", inputs));
  EXPECT_NO_THROW(refuse_input(folder / "new", inputs));
  EXPECT_EQ(file_error([&] { refuse_input(folder / "link", inputs); }),
            (folder / "link").string() + ": error: is an input of this command, '" + (folder / "plan.yaml").string() +
                "', and is not overwritten\n  hint:     choose another name for the output");
}

}  // namespace
}  // namespace oikos::testing
