#pragma once
#include <algorithm>
#include <vector>

#include "tests/support/tiny_world.hpp"

namespace oikos::demography::test {

/// Identities of those who live together.
using Home = std::vector<std::uint64_t>;

/// Identities of those who live with a person, the person first.
inline Home home_of(const World& world, std::uint64_t identity) {
  const Row row = oikos::test::find_person(world, identity);
  Home all{identity};
  if (row == no_row) return {};
  const std::uint32_t h = world.persons[person::household][row];
  for (Row other = world.households[household::first][h];
       other < world.households[household::first][h] + world.households[household::members][h]; ++other)
    if (other != row) all.push_back(world.persons[person::identity][other]);
  std::sort(all.begin() + 1, all.end());
  return all;
}

}  // namespace oikos::demography::test
