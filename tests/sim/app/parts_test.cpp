#include "sim/app/parts.hpp"

#include <gmock/gmock.h>

#include "sim/base/contract.hpp"
#include "sim/h5/result_file.hpp"
#include "tests/sim/app/saying.hpp"

namespace oikos::app {
namespace {

using ::testing::ElementsAre;
using namespace oikos::testing;

/// A result of one replicate, of a tiny run.
const ResultData& tiny() {
  static const ResultData data = [] {
    const Folder folder;
    const Said said = oikos_says({"run", baseline_path, "--scale", "0.5 %", "--months", "3", "--replicates", "1", "-q",
                                  "-o", (folder / "x.h5").string()});
    if (said.code != 0) throw std::runtime_error(said.err);
    return read_result(folder / "x.h5");
  }();
  return data;
}

ResultData numbered(std::int32_t replicate) {
  ResultData part = tiny();
  part.replicates = {replicate};
  return part;
}

/// Parts of a result in the folder, and what they warn of.
struct Kept {
  explicit Kept(const Folder& folder)
      : parts(folder / "x.h5", [this](const std::string& what) { warnings.push_back(what); }) {}
  std::vector<std::string> warnings;
  Parts parts;
};

TEST(Parts, come_back_as_they_were_saved) {
  const Folder folder;
  {
    Kept kept(folder);
    EXPECT_EQ(kept.parts.folder(), folder / "x.h5.parts");
    EXPECT_EQ(kept.parts.load(3, tiny()), std::nullopt);
    EXPECT_TRUE(kept.parts.save(numbered(3)));
  }
  Kept kept(folder);
  EXPECT_EQ(kept.parts.load(3, tiny()), numbered(3));
  EXPECT_EQ(kept.parts.load(2, tiny()), std::nullopt);
  kept.parts.clear();
  EXPECT_TRUE(folder.names().empty());
  EXPECT_THAT(kept.warnings, ElementsAre());
}

TEST(Parts, leave_no_folder_behind_when_there_are_none) {
  const Folder folder;
  { const Kept kept(folder); }
  EXPECT_TRUE(folder.names().empty());
}

TEST(Parts, of_another_run_or_damaged_are_run_again_with_a_warning) {
  const Folder folder;
  Kept kept(folder);
  kept.parts.save(numbered(0));
  ResultData other = tiny();
  other.seed += 1;
  EXPECT_EQ(kept.parts.load(0, other), std::nullopt);
  other = tiny();
  other.inputs_sha256[0] = other.inputs_sha256[0] == 'a' ? 'b' : 'a';  // another table of law
  EXPECT_EQ(kept.parts.load(0, other), std::nullopt);
  other = tiny();
  other.population.sha256[0] = other.population.sha256[0] == 'a' ? 'b' : 'a';
  EXPECT_EQ(kept.parts.load(0, other), std::nullopt);
  other = tiny();
  other.source = "oikos 9.9.9";
  EXPECT_EQ(kept.parts.load(0, other), std::nullopt);
  other = tiny();
  other.variables.pop_back();
  EXPECT_EQ(kept.parts.load(0, other), std::nullopt) << "a variable more";
  ASSERT_EQ(kept.warnings.size(), 5u);
  EXPECT_THAT(kept.warnings[0], ::testing::EndsWith("replicate-00000.h5 is of another run: replicate 0 is run again"));
  const auto file = kept.parts.folder() / "replicate-00000.h5";
  std::string bytes = read(file);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  write(file, bytes);
  EXPECT_EQ(kept.parts.load(0, tiny()), std::nullopt);
  EXPECT_THAT(kept.warnings.back(), ::testing::HasSubstr("replicate 0 is run again, as what was kept of it cannot be "
                                                         "trusted: "));
  std::filesystem::remove(file);
  std::filesystem::create_directory(file);
  EXPECT_EQ(kept.parts.load(0, tiny()), std::nullopt) << "not even a file";
}

TEST(Parts, that_cannot_be_kept_are_told_of_once) {
  const Folder folder;
  Kept kept(folder);
  std::filesystem::create_directory(kept.parts.folder() / "replicate-00001.h5");
  EXPECT_FALSE(kept.parts.save(numbered(1)));
  EXPECT_FALSE(kept.parts.save(numbered(1)));
  ASSERT_EQ(kept.warnings.size(), 1u);
  EXPECT_THAT(kept.warnings[0], ::testing::HasSubstr("replicates are not kept before the run ends: "));
}

TEST(Parts, touch_nothing_of_anybody_else) {
  const Folder folder;
  write(folder / "x.h5.parts", "in the way");
  EXPECT_EQ(file_error([&] { const Kept kept(folder); }),
            (folder / "x.h5.parts").string() +
                ": error: stands where a run keeps its replicates, and is no folder\n"
                "  hint:     move it away, or choose another name with --output");
  EXPECT_EQ(read(folder / "x.h5.parts"), "in the way");
  std::filesystem::remove(folder / "x.h5.parts");
  std::filesystem::create_directories(folder / "elsewhere");
  std::filesystem::create_directory_symlink(folder / "elsewhere", folder / "x.h5.parts");
  EXPECT_THROW(const Kept kept(folder), FileError);
  std::filesystem::remove(folder / "x.h5.parts");
  std::filesystem::create_directory(folder / "x.h5.parts");
  write(folder / "x.h5.parts/my_thesis.txt", "all of it");
  EXPECT_EQ(file_error([&] { const Kept kept(folder); }),
            (folder / "x.h5.parts").string() +
                ": error: stands where a run keeps its replicates, and holds files of somebody else\n"
                "  hint:     move it away, or choose another name with --output");
  EXPECT_EQ(read(folder / "x.h5.parts/my_thesis.txt"), "all of it");
}

TEST(Parts, know_their_mark_by_what_is_in_it) {
  const Folder folder;
  std::filesystem::create_directory(folder / "x.h5.parts");
  write(folder / "x.h5.parts/oikos-parts", "name: a scenario of somebody\n");
  EXPECT_THROW(const Kept kept(folder), FileError);
  EXPECT_EQ(read(folder / "x.h5.parts/oikos-parts"), "name: a scenario of somebody\n");
  write(folder / "x.h5.parts/oikos-parts", "");
  EXPECT_NO_THROW(const Kept kept(folder)) << "of a run that was killed before it wrote its name";
}

TEST(Parts, do_not_stand_where_inputs_do) {
  const Folder folder;
  std::filesystem::create_directory(folder / "x.h5.parts");
  const auto refused = [&](const std::filesystem::path& input) {
    write(input, "");
    const std::vector<std::filesystem::path> inputs{input};
    return !file_error([&] { refuse_inputs_among_own(folder / "x.h5", inputs); }).empty();
  };
  EXPECT_TRUE(refused(folder / "x.h5.parts/plan.yaml"));
  EXPECT_TRUE(refused(folder / ".x.h5.tmp-1"));
  EXPECT_TRUE(refused(folder / ".x.h5.run.json.tmp-1"));
  EXPECT_FALSE(refused(folder / "plan.yaml"));
  EXPECT_FALSE(refused(folder / ".y.h5.tmp-1"));
}

TEST(Parts, clear_only_what_is_theirs) {
  const Folder folder;
  {
    Kept kept(folder);
    kept.parts.save(numbered(0));
    for (const char* name : {"notes.txt", "replicate-mine.h5", ".replicate-00000.h5.tmp-9", "replicate-00000.h5.old"})
      write(kept.parts.folder() / name, "");
    std::filesystem::create_symlink(folder / "elsewhere", kept.parts.folder() / "replicate-00007.h5");
    kept.parts.clear();
    EXPECT_THAT(Folder::names_in(kept.parts.folder()), ElementsAre("notes.txt", "oikos-parts", "replicate-00000.h5.old",
                                                                   "replicate-00007.h5", "replicate-mine.h5"));
  }
}

TEST(Parts, of_a_result_that_is_being_written_are_refused) {
  const Folder folder;
  const Kept first(folder);
  EXPECT_THAT(file_error([&] { const Kept second(folder); }),
              ::testing::HasSubstr("writes this result at this moment"));
}

/// Goal: nobody is told to go on from what is not there.
TEST(Parts, of_an_interrupted_run_are_promised_only_when_there_are_some) {
  EXPECT_EQ(interruption(2, 2, 5, "x.h5.parts"),
            "interrupted: 2 of 5 replicates are done and kept in x.h5.parts\n"
            "  hint:     the same command goes on from there\n");
  EXPECT_EQ(interruption(0, 0, 5, "x.h5.parts"),
            "interrupted: 0 of 5 replicates are done\n  hint:     nothing is kept: the same command begins anew\n");
}

TEST(Merge, puts_replicates_one_after_the_other) {
  const ResultData both = merge({numbered(0), numbered(5)});
  EXPECT_THAT(both.replicates, ElementsAre(0, 5));
  for (std::size_t v = 0; v < both.variables.size(); ++v)
    EXPECT_EQ(size(both.variables[v].values),
              (both.variables[v].dims[0] == "replicate" ? 2 : 1) * size(tiny().variables[v].values))
        << both.variables[v].name;
  EXPECT_NO_THROW(check(both));
}

TEST(Merge, of_different_runs_or_of_nothing_is_a_broken_promise) {
  ResultData other = numbered(1);
  other.months += 1;
  EXPECT_THROW(merge({numbered(0), other}), ContractError);
  EXPECT_THROW(merge({}), ContractError);
}

}  // namespace
}  // namespace oikos::app
