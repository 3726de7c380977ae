#include "sim/process/scratch.hpp"

#include "sim/base/vectorised.hpp"
#include "sim/store/flags.hpp"

namespace oikos {

void Scratch::start(const World& world, const Chunk& chunk, const StepContext& now) {
  world_ = &world;
  chunk_ = chunk;
  persons_ = chunk.persons;
  places_ = world.persons[person::effects].data() + chunk.first_person;
  now_ = &now;
  made_ = 0;
  fates_.assign(chunk.persons, Fate::stays);
  birthdays_.known = changed_.known = false;
}

Scratch::Lanes Scratch::block(rng::Purpose purpose) {
  const std::size_t n = chunk_.persons;
  std::size_t slot = 0;
  while (slot < made_ && draws_[slot]->purpose != purpose) ++slot;
  if (slot == made_) {
    if (made_ == draws_.size()) draws_.push_back(std::make_unique<Draws>());
    Draws& fresh = *draws_[made_++];
    fresh.purpose = purpose;
    if (fresh.numbers.size() < 4 * n) fresh.numbers.resize(4 * n);
    std::uint32_t* const base = fresh.numbers.data();
    now_->luck.blocks(purpose, {world_->persons[person::identity].data() + chunk_.first_person, n}, now_->month, 0,
                      {base, base + n, base + 2 * n, base + 3 * n});
  }
  const std::uint32_t* const base = draws_[slot]->numbers.data();
  return {base, base + n, base + 2 * n, base + 3 * n};
}

void Scratch::Known::list(std::uint32_t persons) {
  count = positions_of({flags.data(), persons}, room(positions, persons).data());
  known = true;
}

void Scratch::find_ages() {
  if (birthdays_.known) return;
  vectorised([n = chunk_.persons, birth = world_->persons[person::birth_month].data() + chunk_.first_person,
              sex = world_->persons[person::sex].data() + chunk_.first_person, month = now_->short_month,
              kind = room(ages_, chunk_.persons).data(), birthday = room(birthdays_.flags, chunk_.persons).data()] {
    OIKOS_NO_OVERLAP
    for (std::uint32_t i = 0; i < n; ++i) {
      // Nobody is born later than now, and ages below 2^16 months fit; so do the kinds of ages (age_sex()).
      const auto months = static_cast<std::uint16_t>(month - birth[i]);
      const auto years = static_cast<std::uint16_t>(months / 12);
      const auto counted = choose<std::uint16_t>(years < largest_age_of_kind, years, largest_age_of_kind);
      kind[i] = static_cast<AgeSex>(2 * counted + static_cast<std::uint16_t>(sex[i]));
      birthday[i] = static_cast<std::uint8_t>(static_cast<std::uint16_t>(12 * years) == months ? 1 : 0);
    }
  });
  birthdays_.list(chunk_.persons);
}

const AgeSex* Scratch::ages() {
  find_ages();
  return ages_.data();
}

std::span<const std::uint32_t> Scratch::birthdays() {
  find_ages();
  return birthdays_.all();
}

std::span<const std::uint32_t> Scratch::changed() {
  if (!world_->modifiers.has_own()) return {};
  if (!changed_.known) {
    vectorised([n = chunk_.persons, place = places_, flag = room(changed_.flags, chunk_.persons).data()] {
      OIKOS_NO_OVERLAP
      for (std::uint32_t i = 0; i < n; ++i) flag[i] = static_cast<std::uint8_t>(place[i] != 0 ? 1 : 0);
    });
    changed_.list(chunk_.persons);
  }
  return changed_.all();
}

std::span<const std::uint32_t> Room::flagged(std::uint32_t count) {
  const auto list = room(positions_, persons_);
  return list.first(positions_of(flags().first(count), list.data()));
}

}  // namespace oikos
