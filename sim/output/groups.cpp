#include "sim/output/groups.hpp"

namespace oikos {

Groups::Groups(std::vector<std::string> districts) {
  const auto set = [&](Breakdown b, auto names) {
    labels_[static_cast<std::size_t>(b)].assign(names.begin(), names.end());
  };
  set(Breakdown::age_band, age_band_names);
  set(Breakdown::sex, sex_names);
  set(Breakdown::education, education_names);
  set(Breakdown::household_type, household_type_names);
  set(Breakdown::district, std::move(districts));
  set(Breakdown::income_quintile, income_quintile_names);
  for (std::size_t b = 0; b < labels_.size(); ++b) {
    first_[b] = count_;
    count_ += labels_[b].size();
  }
}

std::vector<std::size_t> Groups::sizes() const {
  std::vector<std::size_t> all;
  for (const auto& labels : labels_) all.push_back(labels.size());
  return all;
}

}  // namespace oikos
