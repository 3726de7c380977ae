#pragma once
#include "sim/base/ids.hpp"
#include "sim/store/table.hpp"
#include "sim/world/enums.hpp"

namespace oikos {

/// What a household receives by law, and what it receives from programmes, stays below this, in minor units a month
/// (Benefits and Programmes see to it). So its income is below 2^47, ten times that fits as well, and keys of the
/// income distribution hold it.
inline constexpr std::int64_t household_limit = std::int64_t{1} << 46;

/// The private households, a row each, in the order of their members in the person table.
struct HouseholdTable : Table {
  HouseholdTable() : Table("household") {}

  Column<std::uint64_t> identity{*this, {"identity", "name", "membership", "which household this is, in every plan"}};
  Column<Row> first{*this, {"first", "row", "membership", "first member; the reference person", false, true}};
  Column<std::uint16_t> members{*this, {"members", "1", "membership", "number of members"}};
  Column<std::uint8_t> district{*this, {"district", "name", "membership", "district"}};
  Column<Tenure> tenure{*this, {"tenure", "name", "housing", "how the dwelling is held"}};
  Column<HouseholdType> type{*this, {"type", "name", "composition", "type by members", false, true}};
  Column<std::uint16_t> dependent_children{
      *this,
      {"dependent_children", "1", "composition", "members below 18, and pupils and students below 25 with a parent",
       false, true}};
  Column<std::uint16_t> equivalence_size{
      *this,
      {"equivalence_size", "0.1", "composition", "consumption units, modified OECD scale, in tenths", false, true}};
  Column<std::int64_t> market_income{
      *this,
      {"market_income", "minor/month", "tax", "members' wages and pensions after contributions and tax", false, true}};
  Column<std::int64_t> child_benefit{*this, {"child_benefit", "minor/month", "benefits", "child benefit", false, true}};
  Column<std::int64_t> social_assistance{
      *this, {"social_assistance", "minor/month", "benefits", "social assistance in cash", false, true}};
  Column<std::int64_t> programme_cash{
      *this, {"programme_cash", "minor/month", "programmes", "cash from programmes", false, true}};
  Column<std::int64_t> disposable_income{
      *this, {"disposable_income", "minor/month", "income", "all of the above: after programmes", false, true}};
  Column<std::int64_t> equivalised_disposable_income{*this,
                                                     {"equivalised_disposable_income", "minor/month", "income",
                                                      "disposable income per consumption unit", false, true}};
};

}  // namespace oikos
