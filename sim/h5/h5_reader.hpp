#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/h5/values.hpp"

namespace oikos {

/// @throws ForeignError  the bytes do not begin as HDF5 files do. @param name  what errors call the file
void check_h5_signature(std::string_view start, std::string_view name);

/// One of our files, open for reading. Files made by others, or by a newer version with another layout, are refused.
///
/// HDF5 1.10 is no safe reader of damaged or crafted files: give it only bytes that are known to be those that were
/// written (sim/file/seal.hpp), and first in a process of its own (trial.hpp).
/// HDF5 is used from one thread at a time: callers see to it that no two H5File or H5Reader are in use at once.
/// @throws DamageError   damaged files, and names that are not in the file
/// @throws ForeignError  files of others, or of a layout that is not read
class H5Reader {
 public:
  /// What the file must be: the text of its attribute `oikos_format` and the newest and oldest layouts the caller
  /// understands.
  struct Format {
    std::string name;
    std::string version_attribute;
    std::int32_t newest_version = 1;
    std::int32_t oldest_version = 1;
  };
  /// A dimension has labels, or numbers, or (length only) neither.
  struct Dimension {
    std::string name;
    std::uint64_t length = 0;
    std::vector<std::string> labels;
    std::vector<double> numbers;
  };
  /// Something over dimensions: numbers, or (is_text) texts.
  struct Variable {
    std::string name;
    std::vector<std::string> dims;
    std::vector<std::uint64_t> shape;
    bool is_text = false;
  };

  /// Opens the bytes of a file, which somebody has seen to be whole: HDF5 may crash on damaged ones.
  /// @param name  what errors call it
  static H5Reader from_bytes(std::string_view bytes, std::string_view name, const Format& format);
  ~H5Reader();
  H5Reader(H5Reader&&) noexcept;
  H5Reader& operator=(H5Reader&&) noexcept;

  /// In the order in which they were added.
  const std::vector<Dimension>& dimensions() const;
  const std::vector<Variable>& variables() const;
  const Variable& variable(std::string_view name) const;

  /// All numbers of a variable as stored, last axis fastest.
  Values read(std::string_view variable) const;
  /// The same as floating point, missing ones as NaN. Integers beyond 2^53 are rounded.
  std::vector<double> read_doubles(std::string_view variable) const;
  /// The texts of a text variable.
  std::vector<std::string> read_texts(std::string_view variable) const;

  /// An attribute of the file ("/"), a group, a dimension or a variable; nothing when it is absent.
  std::optional<std::string> text_attribute(std::string_view object, std::string_view name) const;
  std::optional<std::int64_t> integer_attribute(std::string_view object, std::string_view name) const;
  bool has_attribute(std::string_view object, std::string_view name) const;

  /// Names of the texts in a group, in the order in which they were added; and one of them.
  std::vector<std::string> texts_in(std::string_view group) const;
  std::string text(std::string_view group, std::string_view name) const;

 private:
  struct Impl;
  explicit H5Reader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace oikos
