#include "sim/h5/result_file.hpp"

#include <fmt/core.h>
#include <gmock/gmock.h>

#include <cstdlib>

#include "sim/base/contract.hpp"
#include "sim/file/checksum.hpp"
#include "sim/file/seal.hpp"
#include "sim/h5/h5_file.hpp"
#include "tests/sim/file/folder.hpp"
#include "tests/sim/h5/example_result.hpp"

namespace oikos::testing {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(ResultFile, gives_back_what_was_written) {
  const Folder folder;
  write_result(folder / "r.h5", example_result(), IfExists::fail);
  EXPECT_THAT(folder.names(), ElementsAre("r.h5", "r.h5.sha256"));
  EXPECT_EQ(read_result(folder / "r.h5"), example_result());
  EXPECT_EQ(read_result_bytes(read(folder / "r.h5"), "bytes"), example_result());
}

TEST(ResultFile, gives_back_the_smallest_result) {
  ResultData data{.title = "t",
                  .source = "s",
                  .seed = 0,
                  .scenario_name = "n",
                  .scenario_sha256 = std::string(64, 'a'),
                  .inputs_sha256 = std::string(64, 'b'),
                  .currency = "PLN",
                  .start = Month(2024, 1),
                  .months = 1,
                  .replicates = {0},
                  .dimensions = {},
                  .variables = {},
                  .texts = {},
                  .population = {.sha256 = std::string(64, 'c')}};
  EXPECT_EQ(read_result_bytes(result_image(data), "bytes"), data);
  data.variables.push_back(
      {"gini", "Gini coefficient", "1", "", {"replicate", "time"}, std::vector<double>{0.3}, false});
  EXPECT_EQ(read_result_bytes(result_image(data), "bytes"), data);
}

/// Goal: a long ensemble is cut into chunks and comes back whole.
TEST(ResultFile, gives_back_a_large_result) {
  auto data = example_result();
  data.replicates.clear();
  for (int i = 0; i < 300; ++i) data.replicates.push_back(i);
  std::vector<std::int32_t> persons(300 * 14 * 3);
  for (std::size_t i = 0; i < persons.size(); ++i) persons[i] = static_cast<std::int32_t>(i * i % 100'003);
  data.variables = {{"persons_by_age_band", "persons", "1", "", {"replicate", "time", "age_band"}, persons, false},
                    {"long_by_age_band",
                     "long",
                     "1",
                     "",
                     {"replicate", "time", "age_band"},
                     std::vector<double>(persons.begin(), persons.end()),
                     false}};
  EXPECT_EQ(read_result_bytes(result_image(data), "bytes"), data);
}

TEST(ResultFile, bytes_depend_on_the_data_alone) {
  EXPECT_EQ(result_image(example_result()), result_image(example_result()));
  auto other = example_result();
  other.seed = 1;
  EXPECT_NE(result_image(other), result_image(example_result()));
}

/// The same from other processes, seconds apart in nothing but their ids, environment and directory.
TEST(ResultFile, bytes_are_equal_from_every_process) {
  const Folder folder;
  const auto run = [&](const std::string& environment, const std::string& name) {
    return std::system(fmt::format("{} {} {}", environment, OIKOS_MAKE_RESULT, (folder / name).string()).c_str());
  };
  ASSERT_EQ(run("TZ=Asia/Tokyo LC_ALL=C MALLOC_PERTURB_=165", "a"), 0);
  ASSERT_EQ(run("TZ=UTC MALLOC_PERTURB_=90", "b"), 0);
  EXPECT_EQ(sha256_file(folder / "a"), sha256_file(folder / "b"));
  EXPECT_EQ(sha256_file(folder / "a"), sha256(result_image(example_result())));
}

TEST(ResultFile, is_not_overwritten_unless_asked) {
  const Folder folder;
  const auto path = folder / "r.h5";
  write_result(path, example_result(), IfExists::fail);
  auto other = example_result();
  other.seed = 1;
  EXPECT_EQ(file_error([&] { write_result(path, other, IfExists::fail); }),
            path.string() + ": error: already exists\n  hint:     choose another name, or overwrite it with --force");
  EXPECT_EQ(read_result(path), example_result());
  write_result(path, other, IfExists::replace);
  EXPECT_EQ(read_result(path), other);
}

TEST(ResultFile, writes_nothing_when_the_data_are_unsound) {
  const Folder folder;
  auto data = example_result();
  data.variables[2].units = "days";
  EXPECT_THROW(write_result(folder / "r.h5", data, IfExists::fail), ContractError);
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(ResultFile, refuses_a_missing_file) {
  EXPECT_EQ(file_error([] { read_result("none.h5"); }),
            "none.h5: error: cannot open: No such file or directory\n"
            "  hint:     check the spelling; relative paths start at the current directory");
}

/// Goal: no bit can flip unseen, with or without a checksum beside the file, and HDF5 never sees a damaged byte.
TEST(ResultFile, refuses_every_damage) {
  const Folder folder;
  const auto path = folder / "r.h5";
  write_result(path, example_result(), IfExists::fail);
  const auto bytes = read(path);
  const std::string hint = "  hint:     restore the file or run again; let other programs write into a copy";
  for (std::size_t at = 8; at < bytes.size() - seal_bytes; at += 97) {
    auto flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << at % 8));
    write(path, flipped);
    ASSERT_EQ(file_error([&] { read_result(path); }),
              path.string() + ": error: damaged file: its bytes are not those that were written\n" + hint)
        << at;
  }
  for (std::size_t length = 8; length < bytes.size(); length += 997) {
    write(path, bytes.substr(0, length));
    ASSERT_EQ(file_error([&] { read_result(path); }), path.string() +
                                                          ": error: it does not end with the seal that oikos writes: "
                                                          "no result, cut short, or opened for writing by a program\n" +
                                                          hint)
        << length;
  }
  EXPECT_EQ(read_result_bytes(bytes, "bytes"), example_result());
}

TEST(ResultFile, refuses_files_of_others_and_newer_ones) {
  H5File foreign;
  foreign.set_attribute("/", "title", "not ours");
  const std::string others = foreign.image();
  EXPECT_THAT(file_error([&] { read_result_bytes(others, "f.h5"); }),
              ::testing::StartsWith("f.h5: error: it does not end with the seal that oikos writes: "));
  EXPECT_EQ(file_error([&] { read_result_bytes(sealed(others), "f.h5"); }),
            "f.h5: error: an HDF5 file, but not one that oikos wrote\n  hint:     name a result file of oikos");
  EXPECT_EQ(file_error([] { read_result_bytes("text", "f.h5"); }),
            "f.h5: error: not an HDF5 file\n  hint:     name a file that oikos wrote");
  H5File newer;
  newer.set_attribute("/", "oikos_format", "result");
  newer.set_attribute("/", "result_schema_version", 3);
  const std::string from_later = sealed(newer.image());
  EXPECT_EQ(file_error([&] { read_result_bytes(from_later, "f.h5"); }),
            "f.h5: error: written by a newer oikos: result_schema_version is 3, this one reads up to 2\n  hint:     "
            "update oikos");
}

TEST(ResultData, that_do_not_hold_together_are_found_without_an_exception) {
  EXPECT_EQ(fault_of(example_result()), std::nullopt);
  auto data = example_result();
  std::visit([](auto& values) { values.pop_back(); }, data.variables[0].values);
  ASSERT_TRUE(fault_of(data));
  EXPECT_THAT(*fault_of(data), ::testing::HasSubstr("' has "));
}

TEST(ResultFile, names_what_a_hollow_file_lacks) {
  H5File file;
  file.set_attribute("/", "oikos_format", "result");
  file.set_attribute("/", "result_schema_version", 2);
  const std::string hollow = sealed(file.image());
  EXPECT_EQ(file_error([&] { read_result_bytes(hollow, "f.h5"); }),
            "f.h5: error: damaged file: '/' has no text attribute 'title'\n  hint:     restore the file or run again");
}

}  // namespace oikos::testing
