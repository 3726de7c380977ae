#pragma once
#include "sim/base/ids.hpp"
#include "sim/registry/state_table.hpp"
#include "sim/world/enums.hpp"

namespace oikos {

/// What a household receives by law, and what it receives from programmes, stays below this, in minor units a month
/// (Benefits and Programmes see to it). So its income is below 2^47, ten times that fits as well, and keys of the
/// income distribution hold it.
inline constexpr std::int64_t household_limit = std::int64_t{1} << 46;

/// Columns of households that make who lives where; rules declare the others.
namespace household {
inline constexpr HouseholdColumn<std::uint64_t, struct HouseholdIdentity> identity{
    "identity", "name", "which household this is, in every plan", {.arrival = OnArrival::initial}};
inline constexpr HouseholdColumn<Row, struct First> first{
    "first", "row", "first member; the reference person", {.renewed = true, .by_membership = true}};
inline constexpr HouseholdColumn<std::uint16_t, struct Members> members{
    "members", "1", "number of members", {.arrival = OnArrival::initial}};
inline constexpr HouseholdColumn<std::uint8_t, struct District> district{
    "district", "name", "district", {.split = OnSplit::copied}};
}  // namespace household

/// The private households, a row each, in the order of their members in the person table.
class HouseholdTable : public StateTable {
 public:
  explicit HouseholdTable(const Registry& registry) : StateTable(TableId::household, registry) {}
};

/// Declares the columns that the world itself keeps, and the names of expressions that show them.
void declare_structure(Registry& registry);

}  // namespace oikos
