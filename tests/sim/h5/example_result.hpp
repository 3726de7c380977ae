#pragma once
#include "sim/h5/result_data.hpp"

namespace oikos::testing {

/// A small result with one of everything: all number types, missing values, a breakdown, texts beside labels, non-ASCII
/// text. 2 replicates (3 and 7), 14 months from 2015-11, so that it crosses two new years and a leap day.
ResultData example_result();

}  // namespace oikos::testing
