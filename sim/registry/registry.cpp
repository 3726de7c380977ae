#include "sim/registry/registry.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"
#include "sim/base/ids.hpp"

namespace oikos {

namespace {

template <class Spec>
std::size_t place(const std::vector<const Spec*>& all, const Spec& spec) {
  const auto found = std::ranges::find(all, &spec);
  expect(found != all.end(), "what a rule uses is declared by its module");
  return static_cast<std::size_t>(found - all.begin());
}

}  // namespace

void Registry::take(std::string_view kind, std::string_view name) {
  std::string key = std::string(kind) + " " + std::string(name);
  expect(std::ranges::find(taken_, key) == taken_.end(), "a name is declared once: " + key);
  taken_.push_back(std::move(key));
}

void Registry::column(const ColumnSpec& spec) {
  take(table_names[static_cast<std::size_t>(spec.table)], spec.info.name);
  expect(spec.rules.arrival != OnArrival::shifted || spec.shift != nullptr, "only months shift");
  expect(spec.rules.split != OnSplit::copied || spec.rules.merge != OnMerge::added,
         "what is copied at a split and added at a merger would count twice");
  if (spec.rules.refers != Refers::nothing && !spec.rules.renewed)
    expect(spec.element_size == sizeof(Row) && spec.initial == detail::bytes_of(no_row) && spec.merge == nullptr,
           "a relation is a row, nobody's at first");
  expect(spec.rules.refers != Refers::households || spec.rules.renewed || spec.rules.arrival == OnArrival::initial,
         "households of those who arrive are not there");
  for (const auto& table : columns_)
    expect(std::ranges::find(table, spec.type, &ColumnSpec::type) == table.end(), "columns have types of their own");
  expect(spec.rules.birth == OnBirth::initial || spec.element_size == sizeof(ShortMonth), "a month has two bytes");
  expect(spec.rules.merge == OnMerge::ends || spec.merge != nullptr, "only whole numbers are added or compared");
  columns_[static_cast<std::size_t>(spec.table)].push_back(&spec);
}

void Registry::name(const ExpressionName& spec) {
  take("name", spec.name);
  names_.push_back(&spec);
}

void Registry::domain(const DomainSpec& spec) {
  take("domain", spec.name);
  domains_.push_back(&spec);
}

void Registry::count(const CountSpec& spec) {
  take("count", spec.name);
  counts_.push_back(&spec);
}

void Registry::event(const EventSpec& spec) {
  take("event", spec.name);
  events_.push_back(&spec);
}

void Registry::target(const TargetSpec& spec) {
  take("target", spec.name);
  targets_.push_back(&spec);
}

void Registry::lane(const LaneSpec& spec) {
  expect(spec.lane < 4, "a block has four lanes");
  take("lane", std::to_string(static_cast<int>(spec.purpose)) + "." + std::to_string(spec.lane));
  lanes_.push_back(&spec);
}

void Registry::flow(const FlowSpec& spec) {
  take("flow", std::string(spec.payer) + " > " + std::string(spec.payee) + ": " + std::string(spec.reason));
  flows_.push_back(&spec);
}

std::size_t Registry::index(const CountSpec& spec) const { return place(counts_, spec); }
std::size_t Registry::index(const EventSpec& spec) const { return place(events_, spec); }
std::size_t Registry::index(const TargetSpec& spec) const { return place(targets_, spec); }
std::size_t Registry::index(const FlowSpec& spec) const { return place(flows_, spec); }

const TargetSpec* Registry::find_target(std::string_view name) const {
  const auto found = std::ranges::find(targets_, name, &TargetSpec::name);
  return found == targets_.end() ? nullptr : *found;
}

}  // namespace oikos
