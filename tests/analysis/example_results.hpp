#pragma once
#include <functional>
#include <string>
#include <vector>

#include "sim/h5/result_data.hpp"

namespace oikos::analysis::example {

/// Number in replicate (place), month since the start and, where there is one, place in the breakdown.
using Number = std::function<double(int replicate, int month, int group)>;

/// A result without variables: months from 2016-01, replicates 0, 1, ..., seed 7, currency PLN.
ResultData empty_result(const std::string& scenario, int replicates, int months);

/// Adds a variable in floating point; with a breakdown it is added to the dimensions when it is new.
void add(ResultData& data, const std::string& name, const std::string& units, const Number& number,
         const std::string& breakdown = "", const std::vector<std::string>& labels = {});

/// The same in 64-bit integers, each number rounded.
void add_count(ResultData& data, const std::string& name, const std::string& units, const Number& number,
               const std::string& breakdown = "", const std::vector<std::string>& labels = {});

/// A plausible run of a small town: levels, noise by replicate, groups, programmes, money. From month 12 on the plan
/// changes poverty and employment by `strength`, money too, and nothing before.
ResultData town(const std::string& scenario, double strength, int replicates = 10, int months = 36);

}  // namespace oikos::analysis::example
