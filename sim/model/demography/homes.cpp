#include "sim/model/demography/homes.hpp"

#include "sim/rng/distributions.hpp"

namespace oikos::demography {

Tenure HomeTenures::at(std::uint32_t draw, Month month) const {
  double sum = 0;
  const auto below_next = [&](const Dated<double>& share) {
    sum += share.at(month);
    return rng::happens(draw, threshold(sum));
  };
  if (below_next(owner)) return Tenure::owner;
  if (below_next(municipal)) return Tenure::municipal;
  if (below_next(social)) return Tenure::social;
  return Tenure::private_rent;
}

bool Homes::lives_with_parent(Row row) const {
  const auto here = [&](Row parent) { return parent != no_row && household[parent] == household[row]; };
  return here(mother_[row]) || here(father_[row]);
}

bool Homes::another_adult_stays(Row row) const {
  const std::uint32_t h = household[row];
  for (Row other = first[h]; other < first[h] + members[h]; ++other)
    if (other != row && desk.is_free(other) && is_adult(other)) return true;
  return false;
}

void Homes::move_with_children(Row person, std::uint32_t target) const {
  const std::uint32_t h = household[person];
  const bool alone = !another_adult_stays(person);
  for (Row child = first[h]; child < first[h] + members[h]; ++child) {
    if (child == person || !desk.is_free(child) || is_adult(child)) continue;
    const Row other = mother_[child] == person ? father_[child] : mother_[child];
    const bool own = mother_[child] == person || father_[child] == person;
    const bool other_stays = other != no_row && household[other] == h && desk.is_free(other);
    if (alone || (own && !other_stays)) desk.move(child, target);
  }
  desk.move(person, target);
}

}  // namespace oikos::demography
