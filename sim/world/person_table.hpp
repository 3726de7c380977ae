#pragma once
#include "sim/base/ids.hpp"
#include "sim/base/month.hpp"
#include "sim/base/narrow.hpp"
#include "sim/store/table.hpp"
#include "sim/world/enums.hpp"

namespace oikos {

/// A calendar month in two bytes: months since January 1800.
using ShortMonth = std::int16_t;
inline constexpr Month short_month_origin{1800, 1};
inline ShortMonth to_short(Month month) { return narrow<ShortMonth>(month - short_month_origin); }
inline Month to_month(ShortMonth month) { return short_month_origin + month; }

/// From here on a person is an adult.
inline constexpr int adult_age_months = 18 * 12;

/// The living residents, a row each. Members of a household stand side by side (docs/design/architecture.md).
struct PersonTable : Table {
  PersonTable() : Table("person") {}

  Column<std::uint64_t> identity{*this, {"identity", "name", "membership", "who this is, in every plan"}};
  Column<std::uint32_t> household{*this, {"household", "row", "membership", "household row", false, true}};
  Column<Row> partner{*this, {"partner", "row", "membership", "husband, wife or cohabitant in the household", true}};
  Column<Row> mother{*this, {"mother", "row", "membership", "mother, while she lives in the city", true}};
  Column<Row> father{*this, {"father", "row", "membership", "father, while he lives in the city", true}};
  Column<ShortMonth> birth_month{*this, {"birth_month", "month", "membership", "month of birth since 1800-01"}};
  Column<Sex> sex{*this, {"sex", "name", "membership", "sex"}};
  Column<std::uint8_t> children_born{*this, {"children_born", "1", "fertility", "live births so far"}};
  Column<Education> education{*this, {"education", "name", "education", "highest completed education"}};
  Column<Labour> labour{*this, {"labour", "name", "labour", "labour state"}};
  Column<ShortMonth> state_since{
      *this, {"state_since", "month", "labour", "month in which the labour state began, since 1800-01"}};
  Column<std::uint32_t> wage_potential{
      *this, {"wage_potential", "1e-6", "education", "gross wage when at work, as a ratio to the average wage"}};
  Column<std::int64_t> gross_wage{*this,
                                  {"gross_wage", "minor/month", "earnings", "gross wage of the month", false, true}};
  Column<std::int64_t> pension{*this, {"pension", "minor/month", "pensions", "gross old-age pension of the month"}};
  Column<std::int64_t> net_income{
      *this, {"net_income", "minor/month", "tax", "wage and pension after contributions and tax", false, true}};
  Column<std::uint32_t> effects{*this, {"effects", "row", "programmes", "place in the table of modifiers; 0: none"}};

  /// Completed months of age at the start of `now`.
  int age_months(Row row, ShortMonth now) const { return now - birth_month[row]; }
  int age_years(Row row, ShortMonth now) const { return (now - birth_month[row]) / 12; }
  /// Mother or father is a member of the same household.
  bool lives_with_parent(Row row) const {
    const auto here = [&](Row parent) { return parent != no_row && household[parent] == household[row]; };
    return here(mother[row]) || here(father[row]);
  }
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

}  // namespace oikos
