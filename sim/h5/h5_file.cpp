#include "sim/h5/h5_file.hpp"

#include <fmt/core.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>

#include "sim/base/contract.hpp"
#include "sim/h5/handle.hpp"

namespace oikos {

using h5::Handle;
using h5::must;

namespace {

constexpr unsigned ordered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
constexpr std::size_t longest_attribute = 60'000;  // HDF5 keeps attributes in headers of at most 64 KiB
constexpr std::size_t chunk_bytes = std::size_t{1} << 18;

void expect_text(std::string_view text) { expect(text.find('\0') == std::string_view::npos, "texts hold no NUL"); }

Handle space(std::span<const hsize_t> shape) {
  return Handle(must(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), "describe a shape"));
}

Handle scalar_space() { return Handle(must(H5Screate(H5S_SCALAR), "describe a scalar")); }

/// How a dataset is created: no clock, attributes in order (netCDF needs that to append), filters every reader has.
/// fletcher32 makes a flipped bit an error instead of another number.
Handle creation(const H5Layout& layout) {
  Handle list(must(H5Pcreate(H5P_DATASET_CREATE), "create properties"));
  must(H5Pset_obj_track_times(list.get(), false), "leave out the time");
  must(H5Pset_attr_creation_order(list.get(), ordered), "keep the order of attributes");
  if (layout.chunk.empty()) return list;
  const std::vector<hsize_t> chunk(layout.chunk.begin(), layout.chunk.end());
  must(H5Pset_chunk(list.get(), static_cast<int>(chunk.size()), chunk.data()), "set chunks");
  if (layout.deflate > 0) {
    must(H5Pset_shuffle(list.get()), "set shuffling");
    must(H5Pset_deflate(list.get(), static_cast<unsigned>(layout.deflate)), "set compression");
  }
  must(H5Pset_fletcher32(list.get()), "set checksums");
  return list;
}

/// HDF5 keeps a whole file in memory. The low version bound stays EARLIEST: with V18 the image of a 1.10 library
/// carries a wrong checksum that no reader accepts (HDFGroup/hdf5#1915).
Handle new_file() {
  const Handle access(must(H5Pcreate(H5P_FILE_ACCESS), "create properties"));
  must(H5Pset_fapl_core(access.get(), std::size_t{4} << 20, false), "work in memory");
  must(H5Pset_libver_bounds(access.get(), H5F_LIBVER_EARLIEST, H5F_LIBVER_V18), "set the file version");
  const Handle create(must(H5Pcreate(H5P_FILE_CREATE), "create properties"));
  must(H5Pset_obj_track_times(create.get(), false), "leave out the time");
  must(H5Pset_link_creation_order(create.get(), ordered), "keep the order of links");
  must(H5Pset_attr_creation_order(create.get(), ordered), "keep the order of attributes");
  return Handle(must(H5Fcreate("memory", H5F_ACC_TRUNC, create.get(), access.get()), "create a file in memory"));
}

/// The values with every NaN replaced by the same one, if any differs: which NaN an operation gives depends on CPU and
/// compiler.
template <class T>
std::optional<std::vector<T>> with_one_nan(const std::vector<T>& values) {
  if constexpr (std::is_floating_point_v<T>) {
    const T nan = missing_value<T>();
    using Bits = std::conditional_t<sizeof(T) == 8, std::uint64_t, std::uint32_t>;
    const auto other = [&](T x) { return std::isnan(x) && std::bit_cast<Bits>(x) != std::bit_cast<Bits>(nan); };
    if (std::ranges::any_of(values, other)) {
      auto copy = values;
      std::ranges::replace_if(copy, other, nan);
      return copy;
    }
  }
  return {};
}

template <class T>
void write_numbers(const Handle& dataset, const std::vector<T>& values, std::string_view name) {
  const auto copy = with_one_nan(values);
  must(H5Dwrite(dataset.get(), h5::native_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, (copy ? *copy : values).data()),
       name);
}

template <class T>
void write_fill_attribute(const Handle& dataset, T fill) {
  const std::vector<hsize_t> one{1};
  const Handle attribute(
      must(H5Acreate2(dataset.get(), "_FillValue", h5::stored_type<T>(), space(one).get(), H5P_DEFAULT, H5P_DEFAULT),
           "_FillValue"));
  must(H5Awrite(attribute.get(), h5::native_type<T>(), &fill), "_FillValue");
}

}  // namespace

struct H5File::Impl {
  struct Dimension {
    std::string name;
    hsize_t length;
    Handle scale;
  };
  Handle file;
  std::vector<Dimension> dimensions;

  const Dimension& dimension(std::string_view name) const {
    const auto found = std::ranges::find(dimensions, name, &Dimension::name);
    expect(found != dimensions.end(), fmt::format("dimension '{}' was added before its first use", name));
    return *found;
  }

  Handle create(std::string_view path, hid_t type, const Handle& shape, const Handle& properties) {
    return Handle(must(H5Dcreate2(file.get(), std::string(path).c_str(), type, shape.get(), H5P_DEFAULT,
                                  properties.get(), H5P_DEFAULT),
                       path));
  }

  Handle write_texts(std::string_view path, std::span<const std::string> texts, const Handle& shape) {
    std::vector<const char*> pointers;
    for (const auto& text : texts) expect_text(text), pointers.push_back(text.c_str());
    const auto type = h5::any_text_type();
    auto dataset = create(path, type.get(), shape, creation({}));
    must(H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), path);
    return dataset;
  }

  /// Makes a dataset the scale of a new dimension. The number is netCDF's id of it.
  void become_dimension(std::string_view name, hsize_t length, Handle scale, const std::string& scale_name) {
    must(H5DSset_scale(scale.get(), scale_name.c_str()), name);
    set_number(scale, "_Netcdf4Dimid", static_cast<std::int32_t>(dimensions.size()));
    dimensions.push_back({std::string(name), length, std::move(scale)});
  }

  Handle open(std::string_view object) const {
    return Handle(must(H5Oopen(file.get(), std::string(object).c_str(), H5P_DEFAULT), object));
  }

  static void set_number(const Handle& object, std::string_view name, std::int32_t number) {
    const Handle attribute(must(H5Acreate2(object.get(), std::string(name).c_str(), h5::stored_type<std::int32_t>(),
                                           scalar_space().get(), H5P_DEFAULT, H5P_DEFAULT),
                                name));
    must(H5Awrite(attribute.get(), h5::native_type<std::int32_t>(), &number), name);
  }
};

H5File::H5File() : impl_(std::make_unique<Impl>()) {
  h5::start_library();
  impl_->file = new_file();
}
H5File::~H5File() = default;
H5File::H5File(H5File&&) noexcept = default;
H5File& H5File::operator=(H5File&&) noexcept = default;

void H5File::add_labels(std::string_view name, std::span<const std::string> labels) {
  expect(!labels.empty(), fmt::format("dimension '{}' has a label", name));
  const std::vector<hsize_t> shape{labels.size()};
  impl_->become_dimension(name, labels.size(), impl_->write_texts(name, labels, space(shape)), std::string(name));
}

void H5File::add_numbers(std::string_view name, const Values& values) {
  const std::vector<hsize_t> shape{size(values)};
  expect(shape[0] > 0, fmt::format("dimension '{}' has a value", name));
  std::visit(
      [&]<class T>(const std::vector<T>& list) {
        auto dataset = impl_->create(name, h5::stored_type<T>(), space(shape), creation({}));
        write_numbers(dataset, list, name);
        impl_->become_dimension(name, list.size(), std::move(dataset), std::string(name));
      },
      values);
}

void H5File::add_plain(std::string_view name, std::uint64_t length) {
  expect(length > 0, fmt::format("dimension '{}' is not empty", name));
  const std::vector<hsize_t> shape{length};
  auto dataset = impl_->create(name, H5T_IEEE_F32BE, space(shape), creation({}));
  impl_->become_dimension(name, length, std::move(dataset), fmt::format("{}{:>10}", h5::plain_dimension, length));
}

void H5File::add_variable(std::string_view name, std::span<const std::string> dims, const Values& values,
                          const H5Layout& layout) {
  std::vector<hsize_t> shape;
  for (const auto& dim : dims) shape.push_back(impl_->dimension(dim).length);
  expect(!shape.empty(), fmt::format("variable '{}' has a dimension", name));
  expect(std::accumulate(shape.begin(), shape.end(), hsize_t{1}, std::multiplies<>()) == size(values),
         fmt::format("variable '{}' has as many values as its dimensions say", name));
  std::visit(
      [&]<class T>(const std::vector<T>& list) {
        const auto properties = creation(layout);
        const T fill =
            missing_value<T>();  // also where nothing is missing: a value nobody wrote must not pass for a true zero
        must(H5Pset_fill_value(properties.get(), h5::native_type<T>(), &fill), name);
        const auto dataset = impl_->create(name, h5::stored_type<T>(), space(shape), properties);
        for (unsigned axis = 0; axis < dims.size(); ++axis)
          must(H5DSattach_scale(dataset.get(), impl_->dimension(dims[axis]).scale.get(), axis), name);
        if (layout.may_be_missing) write_fill_attribute(dataset, fill);
        write_numbers(dataset, list, name);
      },
      values);
}

void H5File::add_text_variable(std::string_view name, std::string_view dim, std::span<const std::string> texts) {
  const auto& dimension = impl_->dimension(dim);
  expect(dimension.length == texts.size(), fmt::format("variable '{}' has a text for each '{}'", name, dim));
  const std::vector<hsize_t> shape{texts.size()};
  const auto dataset = impl_->write_texts(name, texts, space(shape));
  must(H5DSattach_scale(dataset.get(), dimension.scale.get(), 0), name);
}

void H5File::add_group(std::string_view name) {
  const Handle properties(must(H5Pcreate(H5P_GROUP_CREATE), "create properties"));
  must(H5Pset_obj_track_times(properties.get(), false), "leave out the time");
  must(H5Pset_link_creation_order(properties.get(), ordered), "keep the order of links");
  must(H5Pset_attr_creation_order(properties.get(), ordered), "keep the order of attributes");
  const Handle group(
      must(H5Gcreate2(impl_->file.get(), std::string(name).c_str(), H5P_DEFAULT, properties.get(), H5P_DEFAULT), name));
}

void H5File::add_text(std::string_view group, std::string_view name, std::string_view text) {
  const std::string one(text);
  impl_->write_texts(fmt::format("{}/{}", group, name), {&one, 1}, scalar_space());
}

void H5File::set_attribute(std::string_view object, std::string_view name, std::string_view text) {
  expect_text(text);
  expect(text.size() <= longest_attribute,
         fmt::format("attribute '{}' is at most {} bytes long", name, longest_attribute));
  const auto type = h5::fixed_text_type(text.size() + 1);
  const Handle attribute(must(H5Acreate2(impl_->open(object).get(), std::string(name).c_str(), type.get(),
                                         scalar_space().get(), H5P_DEFAULT, H5P_DEFAULT),
                              name));
  must(H5Awrite(attribute.get(), type.get(), std::string(text).c_str()), name);
}

void H5File::set_attribute(std::string_view object, std::string_view name, std::int32_t number) {
  Impl::set_number(impl_->open(object), name, number);
}

std::string H5File::image() {
  expect(impl_->file.valid(), "the image of a file is taken once");
  impl_->dimensions.clear();
  must(H5Fflush(impl_->file.get(), H5F_SCOPE_GLOBAL), "flush");
  // An object still open could keep metadata out of the image.
  expect(H5Fget_obj_count(impl_->file.get(), H5F_OBJ_ALL) == 1, "only the file itself is open");
  const auto bytes = must(H5Fget_file_image(impl_->file.get(), nullptr, 0), "measure the image");
  std::string image(static_cast<std::size_t>(bytes), '\0');
  must(H5Fget_file_image(impl_->file.get(), image.data(), image.size()), "take the image");
  impl_->file.reset();
  return image;
}

std::vector<std::uint64_t> chunk_shape(std::span<const std::uint64_t> shape, std::size_t bytes_per_value) {
  std::vector<std::uint64_t> chunk(shape.begin(), shape.end());
  std::uint64_t inner = bytes_per_value;  // bytes of one step along the axis; trailing axes are kept whole first
  for (std::size_t after = chunk.size(); after > 0; --after) {
    const std::size_t axis = after - 1;
    chunk[axis] = std::clamp<std::uint64_t>(chunk_bytes / inner, 1, chunk[axis]);
    inner *= chunk[axis];
    if (chunk[axis] < shape[axis]) {
      std::fill_n(chunk.begin(), axis, 1);
      break;
    }
  }
  return chunk;
}

}  // namespace oikos
