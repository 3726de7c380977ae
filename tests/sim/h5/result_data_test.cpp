#include "sim/h5/result_data.hpp"

#include <gmock/gmock.h>

#include <functional>

#include "sim/base/contract.hpp"
#include "sim/h5/result_file.hpp"
#include "tests/sim/h5/example_result.hpp"

namespace oikos::testing {

using ::testing::EndsWith;

namespace {

/// What check() says of the example after a change to it.
std::string complaint(const std::function<void(ResultData&)>& change) {
  auto data = example_result();
  change(data);
  try {
    check(data);
  } catch (const ContractError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST(ResultData, the_example_is_sound) { EXPECT_NO_THROW(check(example_result())); }

TEST(ResultData, refuses_units_that_readers_would_convert) {
  for (const std::string unit : {"days", "hours", "minutes", "seconds", ""})
    EXPECT_THAT(complaint([&](auto& d) { d.variables[2].units = unit; }),
                EndsWith("variable 'mean_wait' has a unit that readers leave alone, not '" + unit + "'"));
}

TEST(ResultData, refuses_names_that_are_bad_or_taken) {
  EXPECT_THAT(complaint([](auto& d) { d.variables[0].name = "Poverty rate"; }),
              EndsWith("'Poverty rate' is a name readers accept"));
  for (const std::string taken : {"time", "time_bounds", "provenance", "age_band", "payer", "persons_by_age_band"})
    EXPECT_THAT(complaint([&](auto& d) { d.variables[2].name = taken; }),
                EndsWith("'" + taken + "' names one thing only"));
}

TEST(ResultData, refuses_lengths_that_do_not_fit) {
  EXPECT_THAT(complaint([](auto& d) { d.variables[0].values = std::vector<float>(27); }),
              EndsWith("variable 'at_risk_of_poverty_rate' has 28 values, not 27"));
  EXPECT_THAT(complaint([](auto& d) { d.dimensions[1].texts[0].values.pop_back(); }),
              EndsWith("texts 'payer' are as many as the labels of 'flow'"));
}

TEST(ResultData, refuses_unknown_or_disordered_dimensions) {
  EXPECT_THAT(complaint([](auto& d) { d.variables[0].dims[1] = "sex"; }), EndsWith("dimension 'sex' is described"));
  EXPECT_THAT(complaint([](auto& d) { std::swap(d.variables[0].dims[0], d.variables[0].dims[1]); }),
              EndsWith("the dimensions of 'at_risk_of_poverty_rate' stand in the order of the file"));
  EXPECT_THAT(complaint([](auto& d) { d.variables[0].dims.clear(); }),
              EndsWith("variable 'at_risk_of_poverty_rate' has a dimension"));
}

TEST(ResultData, refuses_missing_values_where_none_are_allowed) {
  EXPECT_THAT(complaint([](auto& d) { d.variables[2].may_be_missing = false; }),
              EndsWith("variable 'mean_wait' has no missing values"));
  EXPECT_THAT(complaint([](auto& d) { d.variables[3].may_be_missing = false; }),
              EndsWith("variable 'first_served' has no missing values"));
}

TEST(ResultData, refuses_labels_that_are_empty_or_equal) {
  const auto reason = "the labels of dimension 'age_band' differ and none is empty";
  EXPECT_THAT(complaint([](auto& d) { d.dimensions[0].labels[0] = ""; }), EndsWith(reason));
  EXPECT_THAT(complaint([](auto& d) { d.dimensions[0].labels[0] = "65+"; }), EndsWith(reason));
  EXPECT_THAT(complaint([](auto& d) { d.dimensions[0].labels.clear(); }), EndsWith("dimension 'age_band' has a label"));
}

TEST(ResultData, refuses_a_run_without_replicates_months_or_origin) {
  EXPECT_THAT(complaint([](auto& d) { d.replicates.clear(); }),
              EndsWith("a result has a replicate, and not more than a run has"));
  EXPECT_THAT(complaint([](auto& d) { d.replicates = {7, 3}; }), EndsWith("replicate numbers grow"));
  EXPECT_THAT(complaint([](auto& d) { d.months = 0; }), EndsWith("a result has a month, and not more than a run has"));
  EXPECT_THAT(complaint([](auto& d) { d.scenario_sha256 = "abc"; }),
              EndsWith("a result names the SHA-256 of its scenario"));
  EXPECT_THAT(complaint([](auto& d) { d.texts.push_back(d.texts[0]); }),
              EndsWith("text 'scenario_yaml' has a name of its own"));
}

/// Goal: sentences go into a file and come back, whatever their number.
TEST(Notes, are_lines_of_a_text) {
  ResultData data = example_result();
  EXPECT_TRUE(notes_of(data).empty());
  for (const std::vector<std::string>& notes : {std::vector<std::string>{}, std::vector<std::string>{"One."},
                                                std::vector<std::string>{"One.", "Zażółć, two."}}) {
    std::erase_if(data.texts, [](const ResultText& text) { return text.name == "notes"; });
    data.texts.push_back({"notes", join_lines(notes)});
    EXPECT_EQ(notes_of(read_result_bytes(result_image(data), "memory")), notes);
  }
  EXPECT_THROW(join_lines({"One.\nTwo."}), ContractError);
}

TEST(ResultData, is_equal_when_every_bit_is) {
  EXPECT_EQ(example_result(), example_result());  // with NaN in it
  auto other = example_result();
  std::get<std::vector<double>>(other.variables[2].values)[0] = 30.000000000000004;
  EXPECT_NE(other, example_result());
  auto zero = example_result(), minus = example_result();
  std::get<std::vector<double>>(zero.variables[2].values)[0] = 0.0;
  std::get<std::vector<double>>(minus.variables[2].values)[0] = -0.0;
  EXPECT_NE(zero, minus);
}

}  // namespace oikos::testing
