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

TEST(Parts, come_back_as_they_were_saved) {
  const Folder folder;
  const Parts parts(folder / "x.h5");
  EXPECT_EQ(parts.folder(), folder / "x.h5.parts");
  EXPECT_EQ(parts.load(3, tiny()), std::nullopt);
  parts.save(numbered(3));
  EXPECT_EQ(parts.load(3, tiny()), numbered(3));
  EXPECT_EQ(parts.load(2, tiny()), std::nullopt);
  parts.clear();
  EXPECT_EQ(parts.load(3, tiny()), std::nullopt);
  EXPECT_TRUE(folder.names().empty());
}

TEST(Parts, of_another_run_or_damaged_are_not_taken) {
  const Folder folder;
  const Parts parts(folder / "x.h5");
  parts.save(numbered(0));
  ResultData other = tiny();
  other.seed += 1;
  EXPECT_EQ(parts.load(0, other), std::nullopt);
  other = tiny();
  other.inputs_sha256[0] = other.inputs_sha256[0] == 'a' ? 'b' : 'a';  // another table of law
  EXPECT_EQ(parts.load(0, other), std::nullopt);
  other = tiny();
  other.population.sha256[0] = other.population.sha256[0] == 'a' ? 'b' : 'a';
  EXPECT_EQ(parts.load(0, other), std::nullopt);
  other = tiny();
  other.source = "oikos 9.9.9";
  EXPECT_EQ(parts.load(0, other), std::nullopt);
  std::filesystem::resize_file(parts.folder() / "replicate-00000.h5", 100);
  EXPECT_EQ(parts.load(0, tiny()), std::nullopt);
}

TEST(Parts, that_cannot_be_kept_are_file_trouble) {
  const Folder folder;
  write(folder / "x.h5.parts", "in the way");
  const std::string place = (folder / "x.h5.parts").string();
  EXPECT_EQ(file_error([&] { Parts(folder / "x.h5").save(numbered(0)); }),
            place +
                ": error: cannot create the folder: Not a directory\n"
                "  hint:     a part of the path is a file, not a directory: check the spelling");
}

/// Goal: nobody is told to go on from what is not there.
TEST(Parts, of_an_interrupted_run_are_promised_only_when_there_are_some) {
  EXPECT_EQ(interruption(2, 5, "x.h5.parts"),
            "interrupted: 2 of 5 replicates are done and kept in x.h5.parts\n"
            "  hint:     the same command goes on from there\n");
  EXPECT_EQ(interruption(0, 5, "x.h5.parts"),
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
