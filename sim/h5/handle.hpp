#pragma once
#include <hdf5.h>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

/// What the sources of this layer share. The only header that includes hdf5.h; the public headers do not include it.
namespace oikos::h5 {

/// Prepares the library: errors become exceptions instead of text on stderr, and no exit handler is registered (the one
/// of HDF5 1.10 crashes after a failed write). Cheap; called before each first use.
void start_library();

/// The last failed call's account, outermost first: "\n    H5Dwrite: can't write data" and so on. Ask before the next
/// HDF5 call.
std::string error_stack();
/// The innermost, most telling line of it: "truncated file: eof = 100, ...".
std::string innermost_error();

/// Throws ContractError "HDF5 cannot DOING" with the error stack.
[[noreturn]] void broken(std::string_view doing);

/// Passes on what an HDF5 call returned. @throws ContractError  it is negative, that is, the call failed
template <std::signed_integral T>
T must(T result, std::string_view doing) {
  if (result < 0) broken(doing);
  return result;
}

/// An HDF5 identifier of any kind that releases itself.
class Handle {
 public:
  Handle() = default;
  explicit Handle(hid_t id) : id_(id) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)) {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) reset(), id_ = std::exchange(other.id_, -1);
    return *this;
  }
  ~Handle() { reset(); }
  hid_t get() const { return id_; }
  bool valid() const { return id_ >= 0; }
  void reset() {
    if (id_ >= 0) H5Idec_ref(id_);
    id_ = -1;
  }

 private:
  hid_t id_ = -1;
};

/// The type of T in memory, and in files (little-endian everywhere).
template <class T>
hid_t native_type();
template <class T>
hid_t stored_type();

/// Text types: of any length, and of a fixed length in bytes (with the NUL); both UTF-8.
Handle any_text_type();
Handle fixed_text_type(std::size_t bytes);

/// What netCDF calls the scale of a dimension without values: this and the length, padded to 10.
inline constexpr std::string_view plain_dimension = "This is a netCDF dimension but not a netCDF variable.";

}  // namespace oikos::h5
