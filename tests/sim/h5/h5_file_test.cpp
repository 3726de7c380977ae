#include "sim/h5/h5_file.hpp"

#include <gmock/gmock.h>

#include <bit>
#include <numeric>

#include "sim/base/contract.hpp"
#include "sim/h5/h5_reader.hpp"

namespace oikos::testing {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

const H5Reader::Format ours{.name = "test", .version_attribute = "version", .newest_version = 1};

H5File started() {
  H5File file;
  file.set_attribute("/", "oikos_format", "test");
  file.set_attribute("/", "version", 1);
  return file;
}

std::string contract_error(const std::function<void()>& call) {
  try {
    call();
  } catch (const ContractError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST(H5File, keeps_every_type_of_number) {
  auto file = started();
  file.add_numbers("x", std::vector<std::int32_t>{1, 2});
  const std::vector<std::string> dims{"x"};
  const std::vector<Values> all{std::vector<double>{0.1, -0.0}, std::vector<float>{0.1f, 1e30f},
                                std::vector<std::int32_t>{-5, 5}, std::vector<std::int64_t>{std::int64_t{1} << 62, 0},
                                std::vector<std::int8_t>{-1, 127}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    file.add_variable("chunked" + std::to_string(i), dims, all[i], {.chunk = {2}});
    file.add_variable("plain" + std::to_string(i), dims, all[i], {.chunk = {}, .deflate = 0, .may_be_missing = false});
  }
  const auto reader = H5Reader::from_bytes(file.image(), "test", ours);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(reader.read("chunked" + std::to_string(i)), all[i]);
    EXPECT_EQ(reader.read("plain" + std::to_string(i)), all[i]);
    EXPECT_TRUE(reader.has_attribute("chunked" + std::to_string(i), "_FillValue"));
    EXPECT_FALSE(reader.has_attribute("plain" + std::to_string(i), "_FillValue"));
  }
}

TEST(H5File, lists_dimensions_and_variables_in_the_order_they_came) {
  auto file = started();
  file.add_labels("zone", std::vector<std::string>{"north", "południe", ""});
  file.add_numbers("quantile", std::vector<double>{0.1, 0.9});
  file.add_plain("bounds", 2);
  file.add_text_variable("mayor", "zone", std::vector<std::string>{"A", "B", "C"});
  file.add_variable("income", std::vector<std::string>{"zone", "quantile"}, std::vector<double>(6, 1.0), {.chunk = {}});
  const auto reader = H5Reader::from_bytes(file.image(), "test", ours);
  ASSERT_EQ(reader.dimensions().size(), 3u);
  EXPECT_EQ(reader.dimensions()[0].name, "zone");
  EXPECT_THAT(reader.dimensions()[0].labels, ElementsAre("north", "południe", ""));
  EXPECT_THAT(reader.dimensions()[1].numbers, ElementsAre(0.1, 0.9));
  EXPECT_EQ(reader.dimensions()[2].length, 2u);
  EXPECT_TRUE(reader.dimensions()[2].labels.empty() && reader.dimensions()[2].numbers.empty());
  ASSERT_EQ(reader.variables().size(), 2u);
  EXPECT_TRUE(reader.variable("mayor").is_text);
  EXPECT_THAT(reader.read_texts("mayor"), ElementsAre("A", "B", "C"));
  EXPECT_THAT(reader.variable("income").dims, ElementsAre("zone", "quantile"));
  EXPECT_THAT(reader.variable("income").shape, ElementsAre(3u, 2u));
}

TEST(H5File, keeps_texts_and_attributes) {
  auto file = started();
  file.add_group("notes");
  const std::string longest(60'000, 'x'), longer(1'000'000, 'y');
  file.set_attribute("notes", "empty", "");
  file.set_attribute("notes", "longest", longest);
  file.add_text("notes", "b", longer);
  file.add_text("notes", "a", "");
  const auto reader = H5Reader::from_bytes(file.image(), "test", ours);
  EXPECT_THAT(reader.texts_in("notes"), ElementsAre("b", "a"));
  EXPECT_EQ(reader.text("notes", "b"), longer);
  EXPECT_EQ(reader.text("notes", "a"), "");
  EXPECT_EQ(reader.text_attribute("notes", "empty"), "");
  EXPECT_EQ(reader.text_attribute("notes", "longest"), longest);
  EXPECT_EQ(reader.text_attribute("notes", "none"), std::nullopt);
  EXPECT_EQ(reader.integer_attribute("/", "version"), 1);
}

/// Goal: 0/0 has its sign bit set on some CPUs and not on others; the bytes must not show it.
TEST(H5File, stores_every_nan_alike) {
  const auto image = [](std::uint64_t nan_bits) {
    auto file = started();
    file.add_plain("x", 2);
    file.add_variable("v", std::vector<std::string>{"x"}, std::vector<double>{std::bit_cast<double>(nan_bits), 1.0},
                      {.chunk = {2}});
    return file.image();
  };
  EXPECT_EQ(image(0xFFF8'0000'0000'0000), image(0x7FF8'0000'0000'0000));
  EXPECT_EQ(image(0x7FF8'0000'0000'0001), image(0x7FF8'0000'0000'0000));
}

TEST(H5File, reports_broken_promises) {
  auto file = started();
  file.add_plain("x", 2);
  const std::vector<std::string> x{"x"}, y{"y"};
  const auto add = [&](const std::vector<std::string>& dims, std::size_t count) {
    return [&file, dims, count] { file.add_variable("v", dims, std::vector<double>(count), {.chunk = {}}); };
  };
  EXPECT_THAT(contract_error(add(y, 2)), HasSubstr("broken contract: dimension 'y' was added before its first use"));
  EXPECT_THAT(contract_error(add(x, 3)),
              HasSubstr("broken contract: variable 'v' has as many values as its dimensions say"));
  EXPECT_THAT(contract_error(add({}, 1)), HasSubstr("broken contract: variable 'v' has a dimension"));
  EXPECT_THAT(contract_error([&] { file.add_plain("z", 0); }),
              HasSubstr("broken contract: dimension 'z' is not empty"));
  EXPECT_THAT(contract_error([&] { file.set_attribute("/", "a", std::string_view("a\0b", 3)); }),
              HasSubstr("texts hold no NUL"));
  EXPECT_THAT(contract_error([&] { file.set_attribute("/", "a", std::string(60'001, 'x')); }),
              HasSubstr("attribute 'a' is at most 60000 bytes long"));
  file.image();
  EXPECT_THAT(contract_error([&] { file.image(); }), HasSubstr("the image of a file is taken once"));
}

TEST(H5File, hands_on_what_hdf5_says) {
  auto file = started();
  file.add_plain("x", 2);
  const auto error = contract_error([&] { file.add_plain("x", 2); });
  EXPECT_THAT(error, HasSubstr("HDF5 cannot x\n    H5Dcreate2: "));
  EXPECT_THAT(error, HasSubstr("name already exists"));
}

/// Goal: reading one indicator touches few chunks, and no chunk is huge. Known answers, then the property.
TEST(ChunkShape, keeps_trailing_axes_whole) {
  using Shape = std::vector<std::uint64_t>;
  EXPECT_EQ(chunk_shape(Shape{20, 180, 4}, 8), (Shape{20, 180, 4}));
  EXPECT_EQ(chunk_shape(Shape{1000, 180, 4}, 8), (Shape{45, 180, 4}));
  EXPECT_EQ(chunk_shape(Shape{10, 180, 10'000}, 8), (Shape{1, 3, 10'000}));
  EXPECT_EQ(chunk_shape(Shape{10, 180, 100'000}, 8), (Shape{1, 1, 32'768}));
  EXPECT_EQ(chunk_shape(Shape{1, 1}, 4), (Shape{1, 1}));
  for (std::uint64_t a : {1, 7, 999})
    for (std::uint64_t b : {1, 13, 70'000})
      for (std::uint64_t c : {1, 5, 40'000}) {
        const auto chunk = chunk_shape(Shape{a, b, c}, 8);
        EXPECT_LE(chunk[0] * chunk[1] * chunk[2] * 8, 1u << 18);
        EXPECT_TRUE(chunk[0] >= 1 && chunk[0] <= a && chunk[1] >= 1 && chunk[1] <= b && chunk[2] >= 1 && chunk[2] <= c);
      }
}

TEST(Values, know_what_is_missing) {
  EXPECT_FALSE(any_missing(std::vector<std::int32_t>{0, -1}));
  EXPECT_TRUE(any_missing(std::vector<std::int32_t>{std::numeric_limits<std::int32_t>::min()}));
  EXPECT_TRUE(any_missing(std::vector<float>{std::numeric_limits<float>::quiet_NaN()}));
  EXPECT_FALSE(any_missing(std::vector<double>{}));
  const auto doubles = as_doubles(std::vector<std::int8_t>{-128, 5});
  EXPECT_TRUE(doubles[0] != doubles[0]);
  EXPECT_EQ(doubles[1], 5.0);
}

}  // namespace oikos::testing
