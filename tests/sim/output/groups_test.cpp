#include "sim/output/groups.hpp"

#include <gtest/gtest.h>

namespace oikos {
namespace {

TEST(Groups, stand_in_one_row_behind_everybody_breakdown_by_breakdown) {
  const Groups groups({"north", "south", "west"});
  EXPECT_EQ(groups.sizes(),
            (std::vector<std::size_t>{8, 2, education_names.size(), household_type_names.size(), 3, 5}));
  std::size_t next = 1;
  for (std::size_t b = 0; b < breakdown_names.size(); ++b) {
    EXPECT_EQ(groups.first(static_cast<Breakdown>(b)), next) << breakdown_names[b];
    next += groups.labels(static_cast<Breakdown>(b)).size();
  }
  EXPECT_EQ(groups.count(), next);
  EXPECT_EQ(groups.labels(Breakdown::age_band).back(), "75+");
}

TEST(AgeBands, are_named_by_their_edges) {
  for (std::size_t b = 0; b + 1 < age_band_from.size(); ++b)
    EXPECT_EQ(age_band_names[b], std::to_string(age_band_from[b]) + "-" + std::to_string(age_band_from[b + 1] - 1));
  EXPECT_EQ(age_band_from[first_working_band], 15);
  EXPECT_EQ(age_band_from[last_working_band + 1], 65);
}

}  // namespace
}  // namespace oikos
