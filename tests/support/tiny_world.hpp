#pragma once
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "sim/model/demography/declared.hpp"
#include "sim/model/education/declared.hpp"
#include "sim/model/income/declared.hpp"
#include "sim/model/labour/declared.hpp"
#include "sim/process/membership_step.hpp"
#include "sim/process/process.hpp"
#include "sim/scenario/modules.hpp"
#include "sim/world/membership.hpp"

namespace oikos::test {

/// The labour state that an age suggests.
inline Labour usual_labour(int age) {
  if (age < 15) return Labour::child;
  if (age < 18) return Labour::student;
  return age < 65 ? Labour::employed : Labour::retired;
}

/// A world described by hand. Identities are rows; wage potentials 1; everybody has had the labour state for a year.
struct TinyWorld {
  explicit TinyWorld(Month start) : month(start) {}

  /// Adds a household, as "F30*M32 f5 m7": upper case are the first generation (F woman, M man, age in years), `*`
  /// joins partners, lower case are children of the first person and of her or his partner. Returns the row of the
  /// first person.
  Row add(const std::string& text, std::uint8_t district = 0, Tenure tenure = Tenure::owner) {
    const std::uint32_t h = world.households.append(1);
    const Row first = world.persons.size();
    world.households[household::identity][h] = h;
    world.households[household::first][h] = first;
    world.households[household::district][h] = district;
    world.households[household::tenure][h] = tenure;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
      const std::size_t star = word.find('*');
      const Row one = person(word.substr(0, star), h, first);
      if (star == std::string::npos) continue;
      const Row other = person(word.substr(star + 1), h, first);
      world.persons[person::partner][one] = other;
      world.persons[person::partner][other] = one;
    }
    return first;
  }

  World world{declared()};
  Month month;

 private:
  Row person(const std::string& word, std::uint32_t h, Row first) {
    PersonTable& p = world.persons;
    const Row row = p.append(1);
    ++world.households[household::members][h];
    const bool child = std::islower(static_cast<unsigned char>(word[0])) != 0;
    const int age = std::atoi(word.c_str() + 1);
    p[person::identity][row] = row;
    p[person::household][row] = h;
    p[person::partner][row] = p[person::mother][row] = p[person::father][row] = no_row;
    p[person::sex][row] = std::toupper(static_cast<unsigned char>(word[0])) == 'F' ? Sex::female : Sex::male;
    p[person::birth_month][row] = to_short(month - 12 * age);
    p[person::labour][row] = usual_labour(age);
    p[person::state_since][row] = to_short(month - 12);
    p[person::wage_potential][row] = 1'000'000;
    if (!child) return row;
    for (const Row parent : {first, p[person::partner][first]})
      if (parent != no_row)
        (p[person::sex][parent] == Sex::female ? p[person::mother] : p[person::father])[row] = parent;
    return row;
  }
};

/// Runs processes on a world one by one, as the engine does, with the membership checked after each barrier.
class Bench {
 public:
  explicit Bench(World& world, Month start, std::uint64_t seed = 1, int threads = 1,
                 std::uint32_t persons_per_chunk = 64)
      : world_(world),
        start_(start),
        luck_(seed, 0),
        executor_(threads),
        scratch_(static_cast<std::size_t>(threads)),
        work(world.registry, executor_, scratch_, persons_per_chunk) {
    work.cut(world_);
  }
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  StepContext now(int step = 0) const { return {start_ + step, step, luck_}; }
  const rng::Stream& luck() const { return luck_; }

  /// Sweeps of one phase, chunk by chunk; events and counts are found in `work`, sums of money in the world's ledger.
  void sweep(const std::vector<const SweepProcess*>& processes, int step = 0) {
    const StepContext context = now(step);
    std::vector<Outbox> boxes(work.chunks.size());
    executor_.for_each(work.chunks.size(), [&](std::size_t c, std::size_t worker) {
      boxes[c].start(world_.registry, world_.ledger.amounts().size());
      scratch_[worker].start(world_, work.chunks[c], context);
      for (const SweepProcess* process : processes)
        process->sweep(world_, work.chunks[c], context, scratch_[worker], boxes[c]);
    });
    for (auto& list : work.events) list.clear();
    std::ranges::fill(work.counts, 0);
    for (Outbox& box : boxes) {
      for (std::size_t e = 0; e < work.events.size(); ++e)
        work.events[e].insert(work.events[e].end(), box.events[e].begin(), box.events[e].end());
      for (std::size_t k = 0; k < box.counts.size(); ++k) work.counts[k] += box.counts[k];
      world_.ledger.add_all(box.flows);
    }
  }
  /// Barriers of the demography phase and the membership barrier.
  void meet(const std::vector<const BarrierProcess*>& processes, int step = 0) {
    work.desk.start(world_);
    for (const BarrierProcess* process : processes) process->resolve(world_, now(step), work);
    MembershipStep().resolve(world_, now(step), work);
    check_membership(world_);
  }
  void resolve(const BarrierProcess& process, int step = 0) { process.resolve(world_, now(step), work); }
  /// Reports an event as a sweep would.
  void say(const EventSpec& event, Row row) { work.events[world_.registry.index(event)].push_back(row); }
  std::int64_t count(const CountSpec& what) const { return work.counts[world_.registry.index(what)]; }

 private:
  World& world_;
  Month start_;
  rng::Stream luck_;
  Executor executor_;
  std::vector<Scratch> scratch_;

 public:
  MonthWork work;
};

/// Row of the person with an identity; no_row when gone.
inline Row find_person(const World& world, std::uint64_t identity) {
  for (Row row = 0; row < world.persons.size(); ++row)
    if (world.persons[person::identity][row] == identity) return row;
  return no_row;
}

}  // namespace oikos::test
