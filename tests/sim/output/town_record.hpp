#pragma once
#include <random>
#include <vector>

#include "sim/output/recorder.hpp"
#include "tests/support/tiny_world.hpp"

namespace oikos::test {

inline const std::vector<std::string>& three_districts() {
  static const std::vector<std::string> names{"north", "south", "west"};
  return names;
}

/// A town of random states and incomes.
inline void fill_town(TinyWorld& tiny, int households, unsigned seed = 5) {
  std::mt19937 random(seed);
  const std::vector<std::string> homes{"F40*M42 f10 m3",  "F30 f5",  "F25",     "M27",
                                       "F55*M57 f22 m19", "F70*M71", "F15 M64", "F65 M80"};
  for (int i = 0; i < households; ++i)
    tiny.add(homes[random() % homes.size()], static_cast<std::uint8_t>(random() % 3));
  PersonTable& p = tiny.world.persons;
  for (Row row = 0; row < p.size(); ++row) {
    p[person::education][row] = static_cast<Education>(random() % 4);
    p[person::labour][row] = static_cast<Labour>(random() % 6);
    p[person::state_since][row] = static_cast<ShortMonth>(to_short(tiny.month) - static_cast<int>(random() % 24));
    p[person::gross_wage][row] = static_cast<std::int32_t>(random() % 500'000);
  }
  HouseholdTable& h = tiny.world.households;
  for (std::uint32_t k = 0; k < h.size(); ++k) {
    h[household::type][k] = static_cast<HouseholdType>(random() % 6);
    h[household::equivalised_disposable_income][k] = static_cast<std::int32_t>(random() % 300'000);
  }
}

/// Records the first month of a town.
inline MonthRecord record_town(TinyWorld& tiny, int threads = 1, std::uint32_t persons_per_chunk = 64) {
  const Groups groups(three_districts());
  Bench bench(tiny.world, tiny.month, 1, threads, persons_per_chunk);
  Recorder recorder(groups, {1.0, 1.1});
  return recorder.record(tiny.world, bench.now(), bench.work);
}

}  // namespace oikos::test
