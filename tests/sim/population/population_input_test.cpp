#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "sim/population/margins.hpp"

namespace oikos::population {
namespace {

const std::string data = OIKOS_SOURCE_DIR "/scenarios/ruda-slaska/data";

/// The real tables with one of them replaced by a text, and all that is wrong with it.
class PopulationInputErrors : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::create_directories(folder_); }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string errors(std::string PopulationFiles::*table, const std::string& text) {
    PopulationFiles files = PopulationFiles::in_folder(data);
    const std::string path = (folder_ / "table.csv").string();
    std::ofstream(path) << text;
    files.*table = path;
    try {
      read_population_input(files);
    } catch (const InputError& error) {
      std::string all;
      for (const Diagnostic& one : error.diagnostics()) {
        std::string text_of = to_string(one);
        for (auto at = text_of.find(path); at != std::string::npos; at = text_of.find(path))
          text_of.replace(at, path.size(), "table.csv");
        all += text_of + '\n';
      }
      return all;
    }
    return "";
  }

  std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / testing::UnitTest::GetInstance()->current_test_info()->name();
};

const std::string provenance = ",value,unit,year,place,source,confidence\n";
const std::string rest = ",share,2015,Ruda,guess,assumption\n";

TEST(PopulationInput, reads_the_tables_of_the_city) {
  const PopulationInput input = read_population_input(PopulationFiles::in_folder(data));
  EXPECT_EQ(input.bands.size(), 21U);
  EXPECT_EQ(input.bands.name(3), "15-19");
  EXPECT_EQ(input.bands.name(20), "100+");
  EXPECT_EQ(input.bands.band_of(19), 3U);
  EXPECT_EQ(input.age_sex[0][0], 970497);
  EXPECT_EQ(input.districts.size(), 11U);
  EXPECT_EQ(input.districts[4], "nowy_bytom");
  EXPECT_EQ(input.births.period, (std::vector<int>{2000, 2005, 2010}));
  EXPECT_NEAR(input.household_size[0], 0.27, 1e-12);
  EXPECT_EQ(input.labour.at(Sex::male, 52)[static_cast<std::size_t>(Labour::retired)], 0.15);
  EXPECT_EQ(input.labour.at(Sex::male, 52)[static_cast<std::size_t>(Labour::child)], 0);
}

TEST(PopulationInput, missing_file_is_a_file_error) {
  PopulationFiles files = PopulationFiles::in_folder(data);
  files.tenure = data + "/nowhere.csv";
  EXPECT_THROW(read_population_input(files), FileError);
}

TEST_F(PopulationInputErrors, missing_column) {
  EXPECT_EQ(errors(&PopulationFiles::tenure, "tenure,value,unit,year,place,source\nowner,1,share,2015,Ruda,guess\n"),
            R"(table.csv:1:1: error: no column 'confidence'
     1 | tenure,value,unit,year,place,source
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  expected: a column named confidence
  got:      tenure, value, unit, year, place, source

)");
}

TEST_F(PopulationInputErrors, negative_share) {
  EXPECT_EQ(errors(&PopulationFiles::tenure, "tenure" + provenance + "owner,-0.1" + rest + "municipal,0.5" + rest +
                                                 "social,0.1" + rest + "private_rent,0.5" + rest),
            R"(table.csv:2:7: error: value too small
     2 | owner,-0.1,share,2015,Ruda,guess,assumption
       |       ^^^^
  expected: a number of at least 0
  got:      '-0.1'

)");
}

TEST_F(PopulationInputErrors, shares_that_do_not_sum_to_one) {
  EXPECT_EQ(errors(&PopulationFiles::tenure, "tenure" + provenance + "owner,0.6" + rest + "municipal,0.3" + rest +
                                                 "social,0.1" + rest + "private_rent,0.1" + rest),
            R"(table.csv:2:1: error: shares do not sum to 1
     2 | owner,0.6,share,2015,Ruda,guess,assumption
       | ^^^^^
  expected: a sum of 1, up to 0.000001
  got:      1.100000

)");
}

TEST_F(PopulationInputErrors, missing_and_doubled_rows) {
  EXPECT_EQ(errors(&PopulationFiles::tenure, "# kinds\ntenure" + provenance + "owner,0.6" + rest + "municipal,0.4" +
                                                 rest + "owner,0.6" + rest + "social,0" + rest),
            R"(table.csv:3:1: error: no row for tenure private_rent
     3 | owner,0.6,share,2015,Ruda,guess,assumption
       | ^^^^^
  expected: one row for each combination
  hint:     write a row with the value 0 where there is nothing

table.csv:5:1: error: second row for tenure owner
     5 | owner,0.6,share,2015,Ruda,guess,assumption
       | ^^^^^
  expected: one row for each combination

)");
}

TEST_F(PopulationInputErrors, misspelt_word) {
  EXPECT_EQ(errors(&PopulationFiles::tenure, "tenure" + provenance + "ownr,0.6" + rest),
            R"(table.csv:2:1: error: unknown word 'ownr'
     2 | ownr,0.6,share,2015,Ruda,guess,assumption
       | ^^^^
  expected: one of owner, municipal, social, private_rent
  got:      'ownr'
  hint:     did you mean 'owner'?

)");
}

TEST_F(PopulationInputErrors, missing_age_band) {
  EXPECT_EQ(errors(&PopulationFiles::age_sex, "sex,age_from" + provenance + "male,0,5" + rest + "male,20,5" + rest +
                                                  "female,0,5" + rest + "female,20,5" + rest),
            R"(table.csv:2:1: error: an age band is missing after 0
     2 | male,0,5,share,2015,Ruda,guess,assumption
       | ^^^^
  expected: bands of at most 10 years
  got:      next band from 20

)");
}

TEST_F(PopulationInputErrors, age_band_of_one_sex_only) {
  EXPECT_EQ(errors(&PopulationFiles::age_sex,
                   "sex,age_from" + provenance + "male,0,5" + rest + "male,5,5" + rest + "female,0,5" + rest),
            R"(table.csv:2:1: error: no row for sex female, age_from 5
     2 | male,0,5,share,2015,Ruda,guess,assumption
       | ^^^^
  expected: one row for each combination
  hint:     write a row with the value 0 where there is nothing

)");
}

TEST_F(PopulationInputErrors, impossible_form) {
  EXPECT_EQ(errors(&PopulationFiles::household_form_size,
                   "form,size" + provenance + "couple,2,1" + rest + "couple,3,0.1" + rest),
            R"(table.csv:3:10: error: this form cannot have 3 members
     3 | couple,3,0.1,share,2015,Ruda,guess,assumption
       |          ^^^
  expected: 0 or no row
  got:      '0.1'

)");
}

}  // namespace
}  // namespace oikos::population
