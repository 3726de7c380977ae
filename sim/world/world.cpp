#include "sim/world/world.hpp"

#include <numeric>

#include "sim/base/contract.hpp"

namespace oikos {

Children::Children(const PersonTable& persons) {
  const std::uint32_t n = persons.size();
  begins_.assign(n + 1, 0);
  const auto each_parent = [&](auto visit) {
    for (Row row = 0; row < n; ++row)
      for (const Row parent : {persons[person::mother][row], persons[person::father][row]})
        if (parent != no_row) visit(parent, row);
  };
  each_parent([&](Row parent, Row) { ++begins_[parent + 1]; });
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
  children_.resize(begins_[n]);
  std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
  each_parent([&](Row parent, Row child) { children_[next[parent]++] = child; });
}

const Children& World::children() const {
  const std::lock_guard lock(finding_children_);
  if (!children_) children_ = std::make_unique<const Children>(persons);
  return *children_;
}

void World::assign(const World& other) {
  expect(&registry == &other.registry, "worlds of the same declarations");
  municipality = other.municipality;
  persons.assign(other.persons);
  households.assign(other.households);
  modifiers = other.modifiers;
  programmes = other.programmes;
  providers = other.providers;
  ledger = other.ledger;
  forget_children();
}

}  // namespace oikos
