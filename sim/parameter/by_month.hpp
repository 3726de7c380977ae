#pragma once
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/base/contract.hpp"

namespace oikos {

/// A value for each month of a run, or one for all of them. Months are steps: 0 is the first of the run.
template <class T>
class ByMonth {
 public:
  ByMonth(T always) : values_{std::move(always)} {}  // NOLINT: a plain value is one for all months
  /// @param values not empty, the first month's first
  explicit ByMonth(std::vector<T> values) : values_(std::move(values)) {
    expect(!values_.empty(), "values by month have a first month");
  }

  const T& at(int step) const {
    if (values_.size() == 1) return values_.front();
    expect(step >= 0 && static_cast<std::size_t>(step) < values_.size(), "a month asked for is one of the run");
    return values_[static_cast<std::size_t>(step)];
  }

  /// The same months with converted values.
  template <class F>
  auto transform(F convert) const {
    using R = std::decay_t<std::invoke_result_t<F, const T&>>;
    std::vector<R> out;
    out.reserve(values_.size());
    for (const T& value : values_) out.push_back(convert(value));
    return ByMonth<R>(std::move(out));
  }

 private:
  std::vector<T> values_;
};

}  // namespace oikos
