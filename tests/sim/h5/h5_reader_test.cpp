#include "sim/h5/h5_reader.hpp"

#include <gmock/gmock.h>

#include "sim/h5/h5_file.hpp"
#include "tests/sim/file/folder.hpp"

namespace oikos::testing {

using ::testing::ElementsAre;

namespace {

const H5Reader::Format ours{.name = "test", .version_attribute = "version", .newest_version = 2};

std::string error_of(const std::string& bytes) {
  return file_error([&] { H5Reader::from_bytes(bytes, "f.h5", ours); });
}

H5Reader example() {
  H5File file;
  file.set_attribute("/", "oikos_format", "test");
  file.set_attribute("/", "version", 2);
  file.add_plain("x", 3);
  file.add_variable("income", std::vector<std::string>{"x"}, std::vector<float>{1, 2, 3}, {.chunk = {3}});
  file.add_variable("persons", std::vector<std::string>{"x"},
                    std::vector<std::int32_t>{1, missing_value<std::int32_t>(), 3}, {.chunk = {3}});
  file.add_group("notes");
  return H5Reader::from_bytes(file.image(), "f.h5", ours);
}

}  // namespace

TEST(H5Reader, reads_numbers_as_asked) {
  const auto reader = example();
  EXPECT_THAT(reader.read_doubles("income"), ElementsAre(1.0, 2.0, 3.0));
  EXPECT_THAT(reader.read_doubles("persons"), ElementsAre(1.0, ::testing::IsNan(), 3.0));
}

TEST(H5Reader, helps_with_names_it_does_not_find) {
  const auto reader = example();
  EXPECT_EQ(file_error([&] { reader.read("incmoe"); }),
            "f.h5: error: has no variable 'incmoe'\n  hint:     did you mean 'income'?");
  EXPECT_EQ(file_error([&] { reader.read("zzz"); }), "f.h5: error: has no variable 'zzz'");
  EXPECT_EQ(file_error([&] { reader.text("notes", "zzz"); }), "f.h5: error: has no 'notes/zzz'");
  EXPECT_EQ(file_error([&] { reader.text("zzz", "notes"); }), "f.h5: error: has no 'zzz'");
  EXPECT_EQ(file_error([&] { reader.text_attribute("zzz", "a"); }), "f.h5: error: has no 'zzz'");
  EXPECT_EQ(file_error([&] { reader.read_texts("income"); }),
            "f.h5: error: damaged file: 'income' does not hold texts");
}

TEST(H5Reader, refuses_what_is_no_hdf5) {
  const auto reason = "f.h5: error: not an HDF5 file\n  hint:     name a file that oikos wrote";
  for (const auto* text : {"", "name: x\n", "\x89HDF"}) EXPECT_EQ(error_of(text), reason);
}

TEST(H5Reader, refuses_files_of_others) {
  H5File file;
  file.set_attribute("/", "title", "foreign");
  EXPECT_EQ(error_of(file.image()),
            "f.h5: error: an HDF5 file, but not one that oikos wrote\n  hint:     name a test file of oikos");
}

TEST(H5Reader, refuses_files_of_another_kind) {
  H5File file;
  file.set_attribute("/", "oikos_format", "checkpoint");
  EXPECT_EQ(error_of(file.image()), "f.h5: error: a checkpoint file of oikos, but a test file is needed");
}

TEST(H5Reader, refuses_newer_files) {
  H5File file;
  file.set_attribute("/", "oikos_format", "test");
  file.set_attribute("/", "version", 3);
  EXPECT_EQ(error_of(file.image()),
            "f.h5: error: written by a newer oikos: version is 3, this one reads up to 2\n  hint:     update oikos");
}

TEST(H5Reader, refuses_files_without_a_sound_version) {
  for (const int version : {0, -1}) {
    H5File file;
    file.set_attribute("/", "oikos_format", "test");
    file.set_attribute("/", "version", version);
    EXPECT_EQ(error_of(file.image()), "f.h5: error: damaged file: no valid attribute 'version'");
  }
  H5File text;
  text.set_attribute("/", "oikos_format", "test");
  text.set_attribute("/", "version", "1");
  EXPECT_EQ(error_of(text.image()), "f.h5: error: damaged file: no valid attribute 'version'");
}

}  // namespace oikos::testing
