#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/h5/values.hpp"

namespace oikos {

/// How a variable is laid out.
struct H5Layout {
  std::vector<std::uint64_t> chunk;  ///< one length an axis; empty: in one piece, neither compressed nor checked
  int deflate = 4;                   ///< 0 (none) to 9; bytes are shuffled first
  bool may_be_missing = true;        ///< whether readers are told which value means "missing"
};

/// Builds an HDF5 file in memory that is a valid netCDF-4 file too, so that xarray, R, ncdump and h5py open it as it
/// is.
///
/// The bytes depend on the calls alone: no clock, no host, no thread. Every dimension is an HDF5 dimension scale of its
/// own name; every NaN is stored as the same quiet NaN; numbers are little-endian. Objects are named by path ("/",
/// "time", "provenance").
///
/// HDF5 is used from one thread at a time: callers see to it that no two H5File or H5Reader are in use at once.
/// @throws ContractError  any call that breaks its description, with HDF5's own account of it
class H5File {
 public:
  H5File();
  ~H5File();
  H5File(H5File&&) noexcept;
  H5File& operator=(H5File&&) noexcept;

  /// A dimension whose values are texts, numbers, or none (then only its length counts). Length at least 1.
  void add_labels(std::string_view name, std::span<const std::string> labels);
  void add_numbers(std::string_view name, const Values& values);
  void add_plain(std::string_view name, std::uint64_t length);

  /// A variable over dimensions added before.
  /// @param values  as many as the product of the lengths of `dims`
  void add_variable(std::string_view name, std::span<const std::string> dims, const Values& values,
                    const H5Layout& layout);
  /// Texts along one dimension: an auxiliary coordinate.
  void add_text_variable(std::string_view name, std::string_view dim, std::span<const std::string> texts);

  /// A group in the root, and one text of any length in it.
  void add_group(std::string_view name);
  void add_text(std::string_view group, std::string_view name, std::string_view text);

  /// An attribute of the file ("/"), a group or a variable. Texts: UTF-8 without NUL, at most 60 000 bytes.
  void set_attribute(std::string_view object, std::string_view name, std::string_view text);
  void set_attribute(std::string_view object, std::string_view name, std::int32_t number);

  /// The whole file. Finishes the building: no other call may follow.
  std::string image();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A chunk shape for H5Layout: whole trailing axes, as many of the leading ones as fit into 256 KiB.
std::vector<std::uint64_t> chunk_shape(std::span<const std::uint64_t> shape, std::size_t bytes_per_value);

}  // namespace oikos
