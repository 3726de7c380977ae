#include "sim/registry/state_table.hpp"

#include <algorithm>
#include <cstring>

#include "sim/base/contract.hpp"

namespace oikos {

StateTable::StateTable(TableId id, const Registry& registry)
    : Table(table_names[static_cast<std::size_t>(id)]), specs_(registry.columns(id)) {
  for (const ColumnSpec* spec : specs_) owned_.push_back(spec->make(*this, spec->info));
}

ColumnBase& StateTable::column(const ColumnSpec& spec) const {
  const auto found = std::ranges::find(specs_, &spec);
  expect(found != specs_.end(), "a table has the columns that modules declare of it");
  return *owned_[static_cast<std::size_t>(found - specs_.begin())];
}

std::uint32_t StateTable::append(std::uint32_t rows) {
  const std::uint32_t first = Table::append(rows);
  for (std::size_t c = 0; c < specs_.size(); ++c) {
    const ColumnSpec& spec = *specs_[c];
    if (std::ranges::all_of(spec.initial, [](std::byte b) { return b == std::byte{0}; })) continue;
    std::byte* to = owned_[c]->value(first);
    for (std::uint32_t row = 0; row < rows; ++row, to += spec.element_size)
      std::memcpy(to, spec.initial.data(), spec.element_size);
  }
  return first;
}

}  // namespace oikos
