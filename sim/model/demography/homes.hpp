#pragma once
#include "sim/model/demography/declared.hpp"
#include "sim/process/access.hpp"
#include "sim/text/dated.hpp"

namespace oikos::demography {

/// How those who found a household hold its dwelling: shares of owners, of municipal and of social tenants, in force
/// from their dates; the rest rents privately. Source docs/methods/unions.md
struct HomeTenures {
  Dated<double> owner{0.0}, municipal{0.0}, social{0.0};  ///< shares that sum to at most 1 in every month

  /// @param draw uniform 32-bit draw of the founder and the month
  Tenure at(std::uint32_t draw, Month month) const;
};

/// What moving with one's children reads: who lives with whom, and who is whose child.
using ReadsHomes =
    Reads<person::household, person::birth_month, person::mother, person::father, household::first, household::members>;

/// Who lives with whom while people move.
class Homes {
 public:
  /// @param view of a barrier that ReadsHomes and Moves
  template <class View>
  explicit Homes(const View& view)
      : household(view[person::household]),
        first(view[oikos::household::first]),
        members(view[oikos::household::members]),
        desk(view.desk()),
        birth_month_(view[person::birth_month]),
        mother_(view[person::mother]),
        father_(view[person::father]),
        now_(view.now.short_month) {}

  bool is_adult(Row row) const { return now_ - birth_month_[row] >= adult_age_months; }
  /// Mother or father is a member of the same household.
  bool lives_with_parent(Row row) const;
  /// An adult other than `row` stays in the row's household.
  bool another_adult_stays(Row row) const;
  /// Moves a person with the children who depend on them: the own ones below 18 whose other parent does not stay, and
  /// everybody below 18 when no adult stays behind.
  void move_with_children(Row person, std::uint32_t target) const;

  const Column<std::uint32_t>& household;
  const Column<Row>& first;
  const Column<std::uint16_t>& members;
  MembershipDesk& desk;

 private:
  const Column<ShortMonth>& birth_month_;
  const Column<Row>& mother_;
  const Column<Row>& father_;
  ShortMonth now_;
};

}  // namespace oikos::demography
