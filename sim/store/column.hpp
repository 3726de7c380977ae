#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

namespace oikos {

/// Whose rows the values of a column are: the membership barrier renumbers them.
enum class Refers : std::uint8_t { nothing, persons, households };

/// What a column holds and means.
struct ColumnInfo {
  std::string_view name;
  std::string_view unit;  ///< "1", "month", "minor/month", "name" for coded states, "row" for positions
  std::string_view doc;
  Refers refers = Refers::nothing;
  bool renewed = false;  ///< written anew after rows move, before anybody reads it: rearrange() does not carry it along
};

/// Uninitialised memory aligned to a cache line, in bytes.
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::size_t bytes) : bytes_(bytes), data_(allocate(bytes)) {}
  std::byte* data() const { return data_.get(); }
  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr std::align_val_t alignment{64};
  struct Free {
    void operator()(std::byte* p) const { ::operator delete(p, alignment); }
  };
  static std::byte* allocate(std::size_t bytes) {
    return bytes == 0 ? nullptr : static_cast<std::byte*>(::operator new(bytes, alignment));
  }
  std::size_t bytes_ = 0;
  std::unique_ptr<std::byte, Free> data_;
};

class Table;

/// A column of a table without its element type: what moving rows needs to know. Lives as long as its table.
class ColumnBase {
 public:
  ColumnBase(const ColumnBase&) = delete;
  ColumnBase& operator=(const ColumnBase&) = delete;
  const ColumnInfo& info() const { return info_; }
  std::size_t element_size() const { return element_size_; }
  /// The rows' values as bytes, for comparing and saving whole columns. Shape (rows * element size).
  std::span<const std::byte> bytes() const;
  /// Where the value of a row stands.
  std::byte* value(std::size_t row) { return data_ + row * element_size_; }
  const std::byte* value(std::size_t row) const { return data_ + row * element_size_; }
  virtual ~ColumnBase() = default;

 protected:
  ColumnBase(Table& table, const ColumnInfo& info, std::size_t element_size);
  std::byte* data_ = nullptr;

 private:
  friend class Table;
  ColumnInfo info_;
  const Table& table_;
  std::size_t element_size_;
  Buffer buffer_;
};

/// One contiguous array of T, a row each, of one table.
template <class T>
class Column : public ColumnBase {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Column(Table& table, const ColumnInfo& info) : ColumnBase(table, info, sizeof(T)) {}
  T* data() { return reinterpret_cast<T*>(data_); }
  const T* data() const { return reinterpret_cast<const T*>(data_); }
  T& operator[](std::size_t row) { return data()[row]; }
  const T& operator[](std::size_t row) const { return data()[row]; }
};

}  // namespace oikos
