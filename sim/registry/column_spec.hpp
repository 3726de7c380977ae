#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <string_view>
#include <type_traits>

#include "sim/base/short_month.hpp"
#include "sim/store/table.hpp"

namespace oikos {

/// The tables that rules declare columns of.
enum class TableId : std::uint8_t { person, household };
inline constexpr std::array<std::string_view, 2> table_names{"person", "household"};

/// What a newborn's row begins with: what every new row begins with, or the month of birth.
enum class OnBirth : std::uint8_t { initial, this_month };
/// What a row of an arriving household begins with: what the donor had at the start, that month shifted by the months
/// since the start (a value that every new row begins with is none and stays), or what every new row begins with.
enum class OnArrival : std::uint8_t { copied, shifted, initial };
/// What a household begins with that somebody founds who leaves another: what every new row begins with, or what the
/// other has.
enum class OnSplit : std::uint8_t { initial, copied };
/// What becomes of a household's value when all its members move out, none of them dead or leaving the city: it ends,
/// is added to that of the household to which the reference person moves, at most to the largest value that the column
/// holds, or takes its place where it is larger.
enum class OnMerge : std::uint8_t { ends, added, larger };

/// What happens to a column's values when people come, part and move together.
struct ColumnRules {
  Refers refers = Refers::nothing;
  bool renewed = false;        ///< written anew after rows move, before anybody reads it
  bool by_membership = false;  ///< it is the membership step that renews it
  OnBirth birth = OnBirth::initial;
  OnArrival arrival = OnArrival::copied;
  OnSplit split = OnSplit::initial;
  OnMerge merge = OnMerge::ends;
};

/// A column as its owner declares it, once; all generic code works from it. Declarations live as long as the program
/// and are known by their address.
struct ColumnSpec {
  ColumnInfo info;
  TableId table;
  ColumnRules rules;
  std::size_t element_size;
  std::array<std::byte, 8> initial;  ///< bytes of a new row's value, the first element_size of them
  std::unique_ptr<ColumnBase> (*make)(Table& table, const ColumnInfo& info);
  void (*shift)(std::byte* value, int months);                 ///< null: not a month
  void (*merge)(std::byte* value, const std::byte* of_ended);  ///< null: the value of the household that ends, ends
  const void* type;                                            ///< one address a type, and no two columns have one type
};

namespace detail {

template <class T>
constexpr std::array<std::byte, 8> bytes_of(T value) {
  std::array<std::byte, 8> all{};
  std::ranges::copy(std::bit_cast<std::array<std::byte, sizeof(T)>>(value), all.begin());
  return all;
}

template <class T>
T read(const std::byte* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof(T));
  return value;
}

template <class T>
void write(std::byte* bytes, T value) {
  std::memcpy(bytes, &value, sizeof(T));
}

}  // namespace detail

/// The same with the type of its values. @tparam Tag makes the type one column's alone
template <class T, class Tag, TableId id>
struct TypedColumn : ColumnSpec {
  using Value = T;

  constexpr TypedColumn(std::string_view name, std::string_view unit, std::string_view doc, ColumnRules what = {},
                        T first = T{})
      : ColumnSpec{{name, unit, doc, what.refers, what.renewed},
                   id,
                   what,
                   sizeof(T),
                   detail::bytes_of(first),
                   [](Table& to, const ColumnInfo& as) -> std::unique_ptr<ColumnBase> {
                     return std::make_unique<Column<T>>(to, as);
                   },
                   shift_of(what.arrival),
                   merge_of(what.merge),
                   &type_of_column} {}

 private:
  static constexpr char type_of_column = 0;
  static constexpr auto shift_of(OnArrival arrival) -> void (*)(std::byte*, int) {
    if constexpr (std::same_as<T, ShortMonth>) {
      if (arrival == OnArrival::shifted)
        return [](std::byte* value, int months) {
          detail::write(value, narrow<ShortMonth>(detail::read<ShortMonth>(value) + months));
        };
    }
    return nullptr;
  }
  static constexpr auto merge_of(OnMerge merge) -> void (*)(std::byte*, const std::byte*) {
    if constexpr (std::integral<T> && !std::same_as<T, bool>) {
      if (merge == OnMerge::added)
        return [](std::byte* value, const std::byte* of_ended) {
          T sum{};
          const T one = detail::read<T>(value);
          if (__builtin_add_overflow(one, detail::read<T>(of_ended), &sum))
            sum = one < T{0} ? std::numeric_limits<T>::min() : std::numeric_limits<T>::max();
          detail::write(value, sum);
        };
      if (merge == OnMerge::larger)
        return [](std::byte* value, const std::byte* of_ended) {
          detail::write(value, std::max(detail::read<T>(value), detail::read<T>(of_ended)));
        };
    }
    return nullptr;
  }
};
template <class T, class Tag>
using PersonColumn = TypedColumn<T, Tag, TableId::person>;
template <class T, class Tag>
using HouseholdColumn = TypedColumn<T, Tag, TableId::household>;

}  // namespace oikos
