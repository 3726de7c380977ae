#include "sim/h5/values.hpp"

#include <algorithm>
#include <cmath>

namespace oikos {

namespace {

template <class T>
bool is_missing(T value) {
  if constexpr (std::is_floating_point_v<T>) return std::isnan(value);
  else return value == missing_value<T>();
}

}  // namespace

std::size_t size(const Values& values) {
  return std::visit([](const auto& list) { return list.size(); }, values);
}

bool any_missing(const Values& values) {
  return std::visit([](const auto& list) { return std::ranges::any_of(list, [](auto x) { return is_missing(x); }); },
                    values);
}

std::vector<double> as_doubles(const Values& values) {
  return std::visit(
      [](const auto& list) {
        std::vector<double> out;
        out.reserve(list.size());
        for (const auto x : list) out.push_back(is_missing(x) ? missing_value<double>() : static_cast<double>(x));
        return out;
      },
      values);
}

}  // namespace oikos
