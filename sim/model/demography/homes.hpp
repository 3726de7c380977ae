#pragma once
#include "sim/process/process.hpp"
#include "sim/text/dated.hpp"

namespace oikos::demography {

/// How those who found a household hold its dwelling: shares of owners, of municipal and of social tenants, in force
/// from their dates; the rest rents privately. Source docs/methods/unions.md
struct HomeTenures {
  Dated<double> owner{0.0}, municipal{0.0}, social{0.0};  ///< shares that sum to at most 1 in every month

  /// @param draw uniform 32-bit draw of the founder and the month
  Tenure at(std::uint32_t draw, Month month) const;
};

/// Tenure of the home that a person founds this month.
Tenure tenure_of_founder(const HomeTenures& tenures, const World& world, const StepContext& now, Row founder);

bool is_adult(const World& world, Row row, const StepContext& now);

/// An adult other than `row` stays in the row's household.
bool another_adult_stays(const World& world, Row row, const StepContext& now, const MembershipDesk& desk);

/// Moves a person with the children who depend on them: the own ones below 18 whose other parent does not stay, and
/// everybody below 18 when no adult stays behind.
void move_with_children(World& world, const StepContext& now, MonthWork& work, Row person, std::uint32_t target);

}  // namespace oikos::demography
