#include "sim/model/demography/unions.hpp"

#include <algorithm>

#include "sim/base/vectorised.hpp"
#include "sim/model/demography/declared.hpp"
#include "sim/process/hazard.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos::demography {

namespace {

/// How much likelier a person is to be open to a partner than to find one: large, so that those who look meet somebody
/// of a fitting age near by also where few people live. Less where a chance would pass certainty.
double openness(double largest_chance) {
  constexpr double wanted = 24;
  return std::clamp(1.0 / largest_chance, 2.0, wanted);
}

/// Kind of those who live with a partner: one chance for all, whereas singles have theirs by age and sex.
constexpr std::uint8_t in_union = age_sex_kinds - 1;

}  // namespace

UnionHazards::UnionHazards(const ByMonth<double>& parting, const AgeSexHazard& search)
    : parting_(parting.transform(rng::limit)),
      open_(search.multiplied(openness)),
      looks_(search.multiplied([](double) { return 2.0; })) {}

ProcessInfo UnionHazards::about() const {
  return {.name = "union_hazards",
          .summary = "decides which couples part, which singles are open to a partner, and who looks for one",
          .stage = Stage::decisions,
          .after = {{"mortality", "the dead part from nobody and look for nobody"},
                    {"departures", "nor do those who leave the city"},
                    {"fertility", "its fates come first; none changes the other"}},
          .page = "methods/unions.md"};
}

void UnionHazards::run(const View& view) const {
  const Row first = view.chunk.first_person;
  const Row* const partner_of = view[person::partner].data() + first;
  const Sex* const sex = view[person::sex].data();
  KindLimits limits = open_.at(view.now.month);
  const KindLimits& looks = looks_.at(view.now.month);
  limits[in_union] = parting_.at(view.now.step);
  const std::uint32_t* draw = view.draws<lane::union_of>();
  const auto fates = view.fates();
  const auto kinds = view.room.kinds();
  vectorised([n = view.chunk.persons, partner = partner_of, ages = view.ages(), kind = kinds.data()] {
    OIKOS_NO_OVERLAP
    for (std::uint32_t i = 0; i < n; ++i) kind[i] = choose(partner[i] == no_row, ages[i], in_union);
  });
  auto& open = view.report<event::open_to_partner>();
  auto& seeking = view.report<event::seeks_partner>();
  auto& parting = view.report<event::parting>();
  const auto& identity = view[person::identity];
  // Singles look for a partner whatever an effect does: the target is for couples.
  for (const std::uint32_t i : view.hits<target::parting>(draw, kinds.data(), limits, in_union)) {
    const Row row = first + i;
    const Row partner = partner_of[i];
    if (partner == no_row) {
      if (fates[i] != Fate::stays) continue;
      open.push_back(row);
      if (sex[row] == Sex::female && happens(draw[i], looks[kinds[i]], {})) seeking.push_back(row);
      continue;
    }
    const bool both_stay = fates[i] == Fate::stays && fates[partner - first] == Fate::stays;
    if (speaks_for_couple(sex, identity, row, partner) && both_stay) parting.push_back(row);
  }
}

ProcessInfo Partings::about() const {
  return {.name = "partings",
          .summary = "moves the parting one into a new household of the district",
          .stage = Stage::meetings,
          .after = {{"deaths", "death parts first"}, {"leavings", "a couple that leaves the city stays together"}},
          .page = "methods/unions.md"};
}

void Partings::run(const View& view) const {
  const Homes homes(view);
  auto& partner_of = view[person::partner];
  for (const Row row : view.told<event::parting>()) {
    const Row partner = partner_of[row];
    if (partner == no_row || !homes.desk.is_free(row) || !homes.desk.is_free(partner)) continue;
    partner_of[row] = partner_of[partner] = no_row;
    const std::uint64_t who = view[person::identity][partner];
    const auto identity = rng::founded_household_identity(PersonId{who}, view.now.month);
    const std::uint32_t home = homes.desk.new_household(identity, homes.household[partner]);
    view[household::tenure][home] = tenures_.at(view.draw<lane::tenure>(who), view.now.month);
    homes.move_with_children(partner, home);
    view.count<count::unions_dissolved>();
  }
}

ProcessInfo HomeLeaving::about() const {
  return {.name = "home_leaving",
          .summary = "decides which adult children leave the parental home",
          .stage = Stage::decisions,
          .after = {{"union_hazards", "a single who is open to a partner may leave home all the same"}},
          .page = "methods/unions.md"};
}

void HomeLeaving::run(const View& view) const {
  const auto& partner = view[person::partner];
  const auto& mother = view[person::mother];
  const auto& father = view[person::father];
  const auto& home = view[person::household];
  const auto fates = view.fates();
  for (const std::uint32_t i :
       view.hits<target::leaving_home>(view.draws<lane::move>(), view.ages(), hazard_.at(view.now.month))) {
    const Row row = view.chunk.first_person + i;
    if (fates[i] != Fate::stays || partner[row] != no_row) continue;
    if (view[household::first][home[row]] == row) continue;  // the reference person
    const auto here = [&](Row parent) { return parent != no_row && home[parent] == home[row]; };
    if (!here(mother[row]) && !here(father[row])) continue;
    fates[i] = Fate::moves;
    view.report<event::leaves_home>().push_back(row);
  }
}

ProcessInfo NewHomes::about() const {
  return {.name = "new_homes",
          .summary = "gives those who leave the parental home a household of their own",
          .stage = Stage::meetings,
          .after = {{"partings", "a parting may have taken the last other adult"}},
          .page = "methods/unions.md"};
}

void NewHomes::run(const View& view) const {
  const Homes homes(view);
  for (const Row row : view.told<event::leaves_home>()) {
    if (!homes.desk.is_free(row) || !homes.another_adult_stays(row)) continue;
    const std::uint64_t who = view[person::identity][row];
    const auto identity = rng::founded_household_identity(PersonId{who}, view.now.month);
    const std::uint32_t home = homes.desk.new_household(identity, homes.household[row]);
    view[household::tenure][home] = tenures_.at(view.draw<lane::tenure>(who), view.now.month);
    homes.move_with_children(row, home);
  }
}

}  // namespace oikos::demography
