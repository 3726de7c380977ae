#pragma once
#include "sim/base/ids.hpp"
#include "sim/base/short_month.hpp"
#include "sim/registry/state_table.hpp"
#include "sim/world/enums.hpp"

namespace oikos {

/// From here on a person is an adult.
inline constexpr int adult_age_months = 18 * 12;

/// Columns of persons that make who lives with whom; rules declare the others.
namespace person {
inline constexpr PersonColumn<std::uint64_t, struct PersonIdentity> identity{
    "identity", "name", "who this is, in every plan", {.arrival = OnArrival::initial}};
inline constexpr PersonColumn<std::uint32_t, struct Household> household{
    "household", "row", "household row", {.refers = Refers::households, .renewed = true, .by_membership = true}};
inline constexpr PersonColumn<Row, struct Partner> partner{
    "partner", "row", "husband, wife or cohabitant in the household", {.refers = Refers::persons}, no_row};
inline constexpr PersonColumn<Row, struct Mother> mother{
    "mother", "row", "mother, while she lives in the city", {.refers = Refers::persons}, no_row};
inline constexpr PersonColumn<Row, struct Father> father{
    "father", "row", "father, while he lives in the city", {.refers = Refers::persons}, no_row};
inline constexpr PersonColumn<ShortMonth, struct BirthMonth> birth_month{
    "birth_month",
    "month",
    "month of birth since 1800-01",
    {.birth = OnBirth::this_month, .arrival = OnArrival::shifted}};
inline constexpr PersonColumn<Sex, struct SexOf> sex{"sex", "name", "sex"};
}  // namespace person

/// The living residents, a row each. Members of a household stand side by side (docs/design/architecture.md).
class PersonTable : public StateTable {
 public:
  explicit PersonTable(const Registry& registry) : StateTable(TableId::person, registry) {}

  /// Completed months of age at the start of `now`.
  int age_months(Row row, ShortMonth now) const { return now - birth_month_[row]; }
  int age_years(Row row, ShortMonth now) const { return (now - birth_month_[row]) / 12; }

 private:
  const Column<ShortMonth>& birth_month_ = (*this)[person::birth_month];
};

/// Age in completed years and sex in one byte, for tables of chances: 2 * age + sex. Ages above 126 years count as 126,
/// so that 254 and 255 are free for whoever needs a kind of their own.
using AgeSex = std::uint8_t;
inline constexpr std::size_t age_sex_kinds = 256;
inline constexpr int largest_age_of_kind = 126;
constexpr AgeSex age_sex(int age_years, Sex sex) {
  return static_cast<AgeSex>(2 * (age_years < largest_age_of_kind ? age_years : largest_age_of_kind) +
                             static_cast<int>(sex));
}

/// Which of two partners speaks for the couple where one decision is about both: the woman, or the one whose identity
/// is the smaller. @param sex, identity by row
template <class Sexes, class Identities>
bool speaks_for_couple(const Sexes& sex, const Identities& identity, Row row, Row partner) {
  return sex[row] != sex[partner] ? sex[row] == Sex::female : identity[row] < identity[partner];
}

}  // namespace oikos
