#pragma once
#include <memory>
#include <span>
#include <vector>

#include "sim/registry/registry.hpp"
#include "sim/store/table.hpp"

namespace oikos {

/// A table with the columns that modules have declared of it.
class StateTable : public Table {
 public:
  /// @param registry outlives the table
  StateTable(TableId id, const Registry& registry);

  /// A column by its declaration. @throws ContractError  no module declares it
  template <class T, class Tag, TableId id>
  Column<T>& operator[](const TypedColumn<T, Tag, id>& spec) {
    return static_cast<Column<T>&>(column(spec));
  }
  template <class T, class Tag, TableId id>
  const Column<T>& operator[](const TypedColumn<T, Tag, id>& spec) const {
    return static_cast<const Column<T>&>(column(spec));
  }
  ColumnBase& column(const ColumnSpec& spec) const;
  /// Their declarations, in the order of columns().
  std::span<const ColumnSpec* const> specs() const { return specs_; }

  /// Adds rows with the initial values of their columns; returns the first of them.
  std::uint32_t append(std::uint32_t rows);

 private:
  std::span<const ColumnSpec* const> specs_;
  std::vector<std::unique_ptr<ColumnBase>> owned_;
};

}  // namespace oikos
