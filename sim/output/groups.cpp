#include "sim/output/groups.hpp"

namespace oikos {

Groups::Groups(std::vector<std::string> districts, std::vector<GroupColumn> columns) : columns_(std::move(columns)) {
  labels_.resize(breakdown_names.size());
  const auto set = [&](Breakdown b, auto names) {
    labels_[static_cast<std::size_t>(b)].assign(names.begin(), names.end());
  };
  set(Breakdown::age_band, age_band_names);
  set(Breakdown::sex, sex_names);
  set(Breakdown::education, education_names);
  set(Breakdown::household_type, household_type_names);
  set(Breakdown::district, std::move(districts));
  set(Breakdown::income_quintile, income_quintile_names);
  for (const GroupColumn& one : columns_) labels_.push_back(one.labels);
  for (const auto& labels : labels_) {
    first_.push_back(count_);
    count_ += labels.size();
  }
}

std::string Groups::name(std::size_t breakdown) const {
  return breakdown < breakdown_names.size() ? std::string(breakdown_names[breakdown])
                                            : columns_[breakdown - breakdown_names.size()].name;
}

std::string Groups::title(std::size_t breakdown) const {
  constexpr std::array<std::string_view, breakdown_names.size()> titles{
      "age band [year]", "sex",      "highest completed education",
      "household type",  "district", "fifth of persons by equivalised income, 1 lowest"};
  return breakdown < titles.size() ? std::string(titles[breakdown]) : columns_[breakdown - titles.size()].title;
}

std::vector<std::size_t> Groups::sizes() const {
  std::vector<std::size_t> all;
  for (const auto& labels : labels_) all.push_back(labels.size());
  return all;
}

}  // namespace oikos
