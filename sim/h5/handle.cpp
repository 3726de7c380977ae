#include "sim/h5/handle.hpp"

#include <fmt/core.h>

#include "sim/base/contract.hpp"

namespace oikos::h5 {

void start_library() {
  H5dont_atexit();  // fails harmlessly from the second time on
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  H5PLset_loading_state(0);  // no code of others for filters that a file names
}

std::string error_stack() {
  std::string text;
  H5Ewalk2(
      H5E_DEFAULT, H5E_WALK_DOWNWARD,
      [](unsigned, const H5E_error2_t* error, void* out) -> herr_t {
        *static_cast<std::string*>(out) +=
            fmt::format("\n    {}: {}", error->func_name ? error->func_name : "?", error->desc ? error->desc : "?");
        return 0;
      },
      &text);
  return text;
}

std::string innermost_error() {
  std::string text = "no reason given";
  H5Ewalk2(
      H5E_DEFAULT, H5E_WALK_UPWARD,
      [](unsigned, const H5E_error2_t* error, void* out) -> herr_t {
        if (error->desc) *static_cast<std::string*>(out) = error->desc;
        return 1;  // the first is enough
      },
      &text);
  return text;
}

void broken(std::string_view doing) { throw ContractError(fmt::format("HDF5 cannot {}{}", doing, error_stack())); }

template <>
hid_t native_type<double>() {
  return H5T_NATIVE_DOUBLE;
}
template <>
hid_t native_type<float>() {
  return H5T_NATIVE_FLOAT;
}
template <>
hid_t native_type<std::int64_t>() {
  return H5T_NATIVE_INT64;
}
template <>
hid_t native_type<std::int32_t>() {
  return H5T_NATIVE_INT32;
}
template <>
hid_t native_type<std::int8_t>() {
  return H5T_NATIVE_INT8;
}
template <>
hid_t stored_type<double>() {
  return H5T_IEEE_F64LE;
}
template <>
hid_t stored_type<float>() {
  return H5T_IEEE_F32LE;
}
template <>
hid_t stored_type<std::int64_t>() {
  return H5T_STD_I64LE;
}
template <>
hid_t stored_type<std::int32_t>() {
  return H5T_STD_I32LE;
}
template <>
hid_t stored_type<std::int8_t>() {
  return H5T_STD_I8LE;
}

Handle any_text_type() {
  Handle type(must(H5Tcopy(H5T_C_S1), "copy a type"));
  must(H5Tset_size(type.get(), H5T_VARIABLE), "set the length of a text type");
  must(H5Tset_cset(type.get(), H5T_CSET_UTF8), "set UTF-8");
  return type;
}

Handle fixed_text_type(std::size_t bytes) {
  Handle type(must(H5Tcopy(H5T_C_S1), "copy a type"));
  must(H5Tset_size(type.get(), bytes), "set the length of a text type");
  must(H5Tset_strpad(type.get(), H5T_STR_NULLTERM), "set the padding of a text type");
  must(H5Tset_cset(type.get(), H5T_CSET_UTF8), "set UTF-8");
  return type;
}

}  // namespace oikos::h5
