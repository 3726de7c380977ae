#pragma once
#include <vector>

#include "sim/population/draft.hpp"

namespace oikos::population {

/// Parents who live together with their children: a couple or a lone parent.
struct Family {
  Row woman = no_row;
  Row man = no_row;
  int mother_months = 0;  ///< age of the mother in months; for a lone father, that of a mother his usual gap younger
  int children = 0;       ///< places for children of any age
  Row relative = no_row;  ///< further adult in the household

  bool couple() const { return woman != no_row && man != no_row; }
  Row head() const { return woman != no_row ? woman : man; }
};

/// Shortest and longest time between the births of a mother and her child [months]: ages 16 to 49.
inline constexpr int youngest_mother = 16 * 12;
inline constexpr int oldest_mother = 50 * 12 - 1;
/// Siblings are born at least this far apart [months]; there are no twins.
inline constexpr int sibling_gap = 9;

/// A child and the age its mother should have, by the birth rates of the time of its birth.
struct ChildWish {
  Row child = 0;
  int mother_months = 0;
};
std::vector<ChildWish> wished_mothers(const Draft& draft);

/// Sets the number of children of each family: as many families of each number as planned, and as many children of
/// mothers of each age as wished, as nearly as the plan allows.
void plan_children(const Draft& draft, const HouseholdPlan& plan, const std::vector<ChildWish>& wishes,
                   std::vector<Family>& families);

/// The family of each wish. Fills all places; children of one mother come out a few years apart.
std::vector<std::size_t> match_children(const Draft& draft, std::vector<ChildWish>& wishes,
                                        const std::vector<Family>& families);

}  // namespace oikos::population
