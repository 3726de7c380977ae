#pragma once
#include <cstdint>

namespace oikos::rng {

/// What a draw is for. Numbers are part of the results: never renumber, never reuse; add at the end of a group.
/// One purpose gives one block of four draws (lanes) per who, month and index; the lanes are named beside the rule that
/// uses them, and each lane serves one decision only, so that adding a rule never moves the luck of another.
enum class Purpose : std::uint16_t {
  // Keys derived for the generator itself.
  replicate_key = 1,
  newborn_identity = 2,
  arrival_identity = 3,
  household_identity = 4,

  // Synthetic population; who = initial identity, month = start.
  population_household = 100,
  population_member = 101,
  population_education = 102,
  population_labour = 103,
  population_wage = 104,
  population_district = 105,
  population_tenure = 106,
  population_assembly = 107,
  population_pension = 108,

  // Monthly rules; who = person.
  demography = 200,        ///< lanes: death, birth, moving, union
  couple_formation = 201,  ///< lanes: place on the circle, looks anywhere, notice, tenure of a new home
  birth_details = 202,     ///< lanes: sex of the child, -, -, -
  education = 203,         ///< lanes: leaves school, attainment, first wage, -
  labour = 204,            ///< lanes: transition, -, -, -
  retirement = 205,        ///< lanes: retires, -, -, -
  guardianship = 206,      ///< lanes: needs a home, offers one, -, -; who = household

  // Arrivals; who = initial identity of the slot among the month's arrivals.
  arrival = 300,  ///< lanes: donor household, -, -, -

  // Programmes; who = person or household, index = key of the programme.
  application = 400,      ///< lanes: applies, decision, leaves early, duration
  queue_order = 401,      ///< lanes: tie-break, months already stayed of clients at the start, -, -
  benefit_take_up = 402,  ///< lanes: claims, -, -, -; who = household, month = none: a lasting trait

  // Many rare decisions (sim/process/move_draws.hpp); who = person or household.
  moves = 500,         ///< all 128 bits: a byte a decision; index = number of the decision / 16
  move_further = 501,  ///< lanes: further bits, -, -, -; index = number of the decision
  move_outcome = 502,  ///< lanes: which of several moves, which of several values, -, -; index = number of the decision

  // States that a scenario declares; who = person or household, month = none, index = name of the attribute.
  attribute_start = 600,  ///< lanes: state on the first day, -, -, -

  // Uncertain figures; who = hash of the entry's path, month = none.
  figure = 700,  ///< lanes: quantile, -, -, -
};

}  // namespace oikos::rng
