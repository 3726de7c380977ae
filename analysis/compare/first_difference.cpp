#include "analysis/compare/first_difference.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "analysis/compare/comparable.hpp"
#include "sim/base/contract.hpp"
#include "sim/base/diagnostics.hpp"
#include "sim/format/result_format.hpp"

namespace oikos::analysis {

namespace {

/// One number of a variable. Integers stay integers: floating point would round beyond 2^53.
struct Cell {
  std::int64_t integer = 0;
  double number = 0;
  bool is_integer = true;
  bool missing = false;

  double shown() const { return missing ? missing_value<double>() : number; }
};

constexpr Cell zero{};
constexpr Cell missing{.missing = true};

Cell cell(const Values& values, std::size_t index) {
  return std::visit(
      [&]<class T>(const std::vector<T>& list) {
        const T x = list[index];
        if constexpr (std::is_integral_v<T>)
          return Cell{.integer = x, .number = static_cast<double>(x), .missing = x == missing_value<T>()};
        else return Cell{.number = x, .is_integer = false, .missing = std::isnan(x)};
      },
      values);
}

bool same(const Cell& a, const Cell& b) {
  if (a.missing || b.missing) return a.missing == b.missing;
  if (a.is_integer && b.is_integer) return a.integer == b.integer;
  return std::bit_cast<std::uint64_t>(a.number) == std::bit_cast<std::uint64_t>(b.number);
}

/// An axis of a variable over two results: for each of its places, where it stands in either of them.
struct Axis {
  std::string name;
  std::vector<std::string> labels;                  ///< empty for replicate and time
  std::vector<std::ptrdiff_t> in_first, in_second;  ///< -1: not there
  std::size_t size() const { return in_first.size(); }
};

std::vector<std::string> labels_of(const ResultData& data, const std::string& dimension) {
  const auto* found = find_dimension(data, dimension);
  return found == nullptr ? std::vector<std::string>{} : found->labels;
}

std::ptrdiff_t place(const std::vector<std::string>& labels, const std::string& label) {
  const auto found = std::ranges::find(labels, label);
  return found == labels.end() ? -1 : found - labels.begin();
}

Axis axis(const ResultData& first, const ResultData& second, const std::string& name) {
  Axis result{.name = name, .labels = {}, .in_first = {}, .in_second = {}};
  if (name == format::replicate || name == format::time) {
    const auto length = name == format::time ? first.months : static_cast<int>(first.replicates.size());
    for (int i = 0; i < length; ++i) result.in_first.push_back(i);
    result.in_second = result.in_first;
    return result;
  }
  const auto mine = labels_of(first, name), others = labels_of(second, name);
  result.labels = mine;
  for (const auto& label : others)
    if (place(mine, label) < 0) result.labels.push_back(label);
  for (const auto& label : result.labels) {
    result.in_first.push_back(place(mine, label));
    result.in_second.push_back(place(others, label));
  }
  return result;
}

/// One variable over two results, its cells addressed by places on the axes.
class Pair {
 public:
  Pair(const ResultData& first, const ResultData& second, const std::string& name)
      : first_data_(first), first_(find_variable(first, name)), second_(find_variable(second, name)), name_(name) {
    const auto& variable = first_ != nullptr ? *first_ : *second_;
    for (const auto& dim : variable.dims) axes_.push_back(axis(first, second, dim));
    open_ = std::ranges::any_of(variable.dims, [](const auto& dim) { return is_open(dim); });
    const auto lengths = [&](const ResultData& data) {
      std::vector<std::size_t> found;
      for (const auto& a : axes_)
        found.push_back(a.name == format::replicate || a.name == format::time ? a.size()
                                                                              : labels_of(data, a.name).size());
      return found;
    };
    lengths_first_ = lengths(first);
    lengths_second_ = lengths(second);
  }

  /// The first difference before month `limit`, counted from the start.
  std::optional<FirstDifference> before(int limit) const {
    if (first_ != nullptr && second_ != nullptr && first_->dims != second_->dims)
      return limit > 0 ? std::optional(FirstDifference{.month = first_data_.start,
                                                       .variable = name_,
                                                       .group = "",
                                                       .replicate = first_data_.replicates.front()})
                       : std::nullopt;
    const auto by_time = std::ranges::find(axes_, format::time, &Axis::name) - axes_.begin();
    const bool timeless = by_time == static_cast<std::ptrdiff_t>(axes_.size());
    const int months = timeless ? std::min(limit, 1) : std::min(limit, first_data_.months);
    for (int month = 0; month < months; ++month) {
      std::vector<std::size_t> at(axes_.size(), 0);
      if (!timeless) at[static_cast<std::size_t>(by_time)] = static_cast<std::size_t>(month);
      if (auto found = scan(at, timeless ? axes_.size() : static_cast<std::size_t>(by_time), month)) return found;
    }
    return std::nullopt;
  }

 private:
  /// Walks all places of one month: groups, and in each the replicates.
  std::optional<FirstDifference> scan(std::vector<std::size_t> at, std::size_t fixed, int month) const {
    if (std::ranges::any_of(axes_, [](const Axis& a) { return a.size() == 0; })) return std::nullopt;
    while (true) {
      const Cell a = value(first_, at, lengths_first_, &Axis::in_first);
      const Cell b = value(second_, at, lengths_second_, &Axis::in_second);
      if (!same(a, b)) return described(at, month, a, b);
      if (!advance(at, fixed)) return std::nullopt;
    }
  }

  /// The next place; the first axis (replicates) turns fastest. False after the last one.
  bool advance(std::vector<std::size_t>& at, std::size_t fixed) const {
    for (std::size_t i = 0; i < at.size(); ++i) {
      if (i == fixed) continue;
      if (++at[i] < axes_[i].size()) return true;
      at[i] = 0;
    }
    return false;
  }

  Cell value(const ResultVariable* variable, const std::vector<std::size_t>& at,
             const std::vector<std::size_t>& lengths, std::vector<std::ptrdiff_t> Axis::*places) const {
    const Cell absent = open_ && !(first_ != nullptr ? first_ : second_)->may_be_missing ? zero : missing;
    if (variable == nullptr) return absent;
    std::size_t index = 0;
    for (std::size_t i = 0; i < at.size(); ++i) {
      const auto there = (axes_[i].*places)[at[i]];
      if (there < 0) return absent;
      index = index * lengths[i] + static_cast<std::size_t>(there);
    }
    return cell(variable->values, index);
  }

  FirstDifference described(const std::vector<std::size_t>& at, int month, const Cell& a, const Cell& b) const {
    FirstDifference found{.month = first_data_.start + month,
                          .variable = name_,
                          .group = "",
                          .replicate = first_data_.replicates.front(),
                          .first = a.shown(),
                          .second = b.shown()};
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < at.size(); ++i) {
      if (axes_[i].name == format::replicate) found.replicate = first_data_.replicates[at[i]];
      else if (axes_[i].name != format::time) labels.push_back(axes_[i].labels[at[i]]);
    }
    found.group = fmt::format("{}", fmt::join(labels, ", "));
    return found;
  }

  const ResultData& first_data_;
  const ResultVariable* first_;
  const ResultVariable* second_;
  std::string name_;
  std::vector<Axis> axes_;
  bool open_ = false;
  std::vector<std::size_t> lengths_first_, lengths_second_;
};

}  // namespace

std::optional<FirstDifference> first_difference(const ResultData& first, const ResultData& second,
                                                const std::string& first_name, const std::string& second_name) {
  Diagnostics wrong;
  check_same_months(first, first_name, second, second_name, wrong);
  wrong.throw_if_any();
  std::vector<std::string> names;
  for (const auto* data : {&first, &second})
    for (const auto& variable : data->variables)
      if (std::ranges::find(names, variable.name) == names.end()) names.push_back(variable.name);
  std::optional<FirstDifference> earliest;
  int limit = first.months;
  for (const auto& name : names)
    if (auto found = Pair(first, second, name).before(limit)) {
      limit = found->month - first.start;
      earliest = std::move(found);
    }
  return earliest;
}

std::string to_string(const std::optional<FirstDifference>& difference) {
  if (!difference) return "none";
  const auto value = [](double x) { return std::isnan(x) ? std::string("missing") : fmt::format("{}", x); };
  const auto& d = *difference;
  return fmt::format("{}: {}{} in replicate {} is {} in the first and {} in the second", to_string(d.month), d.variable,
                     d.group.empty() ? "" : fmt::format(" of '{}'", d.group), d.replicate, value(d.first),
                     value(d.second));
}

}  // namespace oikos::analysis
