#include "sim/h5/h5_reader.hpp"

#include <fmt/core.h>
#include <hdf5_hl.h>

#include <algorithm>

#include "sim/base/diagnostics.hpp"
#include "sim/format/result_format.hpp"
#include "sim/h5/handle.hpp"
#include "sim/h5/trial.hpp"

namespace oikos {

using h5::Handle;

namespace {

/// Gives back the memory HDF5 took for texts it read.
class TextBuffer {
 public:
  TextBuffer(const Handle& type, const Handle& shape, std::size_t count)
      : type_(type), shape_(shape), texts_(count, nullptr) {}
  TextBuffer(const TextBuffer&) = delete;
  TextBuffer& operator=(const TextBuffer&) = delete;
  ~TextBuffer() { H5Dvlen_reclaim(type_.get(), shape_.get(), H5P_DEFAULT, texts_.data()); }
  char** data() { return texts_.data(); }
  std::vector<std::string> strings() const {
    std::vector<std::string> out;
    for (const auto* text : texts_) out.emplace_back(text ? text : "");
    return out;
  }

 private:
  const Handle& type_;
  const Handle& shape_;
  std::vector<char*> texts_;
};

}  // namespace

void check_h5_signature(std::string_view start, std::string_view name) {
  if (!start.starts_with("\x89HDF\r\n\x1a\n"))
    throw ForeignError(std::string(name), "not an HDF5 file", "name a file that oikos wrote");
}

struct H5Reader::Impl {
  std::string path;
  std::size_t bytes = 0;  ///< length of the file
  Handle file;
  std::vector<Dimension> dimensions;
  std::vector<Variable> variables;

  [[noreturn]] void damaged(std::string_view what) const {
    throw DamageError(path, fmt::format("damaged file: cannot read {} (HDF5 says: {})", what, h5::innermost_error()),
                      "restore the file or run again");
  }
  template <std::signed_integral T>
  T ok(T result, std::string_view what) const {
    if (result < 0) damaged(what);
    return result;
  }

  /// Takes what H5Fopen gave.
  void opened(hid_t id) {
    file = Handle(id);
    if (!file.valid())
      throw DamageError(path, fmt::format("damaged file: it cannot be opened (HDF5 says: {})", h5::innermost_error()),
                        "restore the file or run again");
  }
  void check_format(const Format& format) const;
  void list();
  void list_dimension(const std::string& name, const Handle& dataset);
  void list_variable(const std::string& name, const Handle& dataset);

  Handle open(std::string_view object) const {
    const std::string name(object);
    if (name != "/" && H5Lexists(file.get(), name.c_str(), H5P_DEFAULT) <= 0)
      throw DamageError(path, fmt::format("has no {}", oikos::quoted(name)));
    if (name != "/") require_own_link(name);
    Handle found(ok(H5Oopen(file.get(), name.c_str(), H5P_DEFAULT), name));
    if (H5Iget_type(found.get()) == H5I_DATASET) require_own_values(found, name);
    return found;
  }
  /// What is read lies in the file itself: a link or values in another file may be a pipe that nobody writes into, or a
  /// file that is not meant to be read.
  void require_own_link(const std::string& name) const {
    H5L_info_t link{};
    ok(H5Lget_info(file.get(), name.c_str(), &link, H5P_DEFAULT), name);
    if (link.type != H5L_TYPE_HARD) elsewhere(name);
  }
  void require_own_values(const Handle& dataset, const std::string& name) const {
    H5O_info_t object{};
    ok(H5Oget_info(dataset.get(), &object), name);
    if (object.rc != 1)  // one list of values under two names
      throw DamageError(path, fmt::format("damaged file: {} has another name too", oikos::quoted(name)));
    const Handle layout(ok(H5Dget_create_plist(dataset.get()), name));
    const auto kind = H5Pget_layout(layout.get());
    if (H5Pget_external_count(layout.get()) != 0 ||
        (kind != H5D_CONTIGUOUS && kind != H5D_CHUNKED && kind != H5D_COMPACT))
      elsewhere(name);
  }
  [[noreturn]] void elsewhere(const std::string& name) const {
    throw DamageError(path, fmt::format("damaged file: {} does not lie in it", oikos::quoted(name)),
                      "restore the file or run again");
  }
  std::vector<std::string> members(const Handle& group, std::string_view name) const;
  std::vector<std::uint64_t> shape_of(const Handle& dataset, std::string_view name) const;
  bool holds_text(const Handle& dataset, std::string_view name) const;
  std::vector<std::string> read_strings(const Handle& dataset, std::string_view name) const;
  Values read_values(const Handle& dataset, std::string_view name) const;
  template <class T>
  Values read_as(const Handle& dataset, std::size_t count, std::string_view name) const;
  Handle attribute(std::string_view object, std::string_view name) const;
  std::optional<std::string> text_attribute(std::string_view object, std::string_view name) const;
  std::optional<std::int64_t> integer_attribute(std::string_view object, std::string_view name) const;
};

void H5Reader::Impl::check_format(const Format& format) const {
  const auto name = text_attribute("/", format::format_attribute);
  if (!name)
    throw ForeignError(path, "an HDF5 file, but not one that oikos wrote",
                       fmt::format("name a {} file of oikos", format.name));
  if (*name != format.name)
    throw ForeignError(path, fmt::format("a {} file of oikos, but a {} file is needed", *name, format.name));
  const auto version = integer_attribute("/", format.version_attribute);
  if (!version || *version < 1)
    throw DamageError(path,
                      fmt::format("damaged file: no valid attribute {}", oikos::quoted(format.version_attribute)));
  if (*version < format.oldest_version)
    throw ForeignError(path,
                       fmt::format("written by an older oikos: {} is {}, this one reads from {} on",
                                   format.version_attribute, *version, format.oldest_version),
                       "run the scenario again");
  if (*version > format.newest_version)
    throw ForeignError(path,
                       fmt::format("written by a newer oikos: {} is {}, this one reads up to {}",
                                   format.version_attribute, *version, format.newest_version),
                       "update oikos");
}

std::vector<std::string> H5Reader::Impl::members(const Handle& group, std::string_view name) const {
  H5G_info_t info{};
  ok(H5Gget_info(group.get(), &info), name);
  std::vector<std::string> out;
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    const auto at = [&](char* buffer, std::size_t room) {
      return ok(H5Lget_name_by_idx(group.get(), ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, buffer, room, H5P_DEFAULT),
                name);
    };
    std::string member(static_cast<std::size_t>(at(nullptr, 0)), '\0');
    at(member.data(), member.size() + 1);
    out.push_back(std::move(member));
  }
  return out;
}

std::vector<std::uint64_t> H5Reader::Impl::shape_of(const Handle& dataset, std::string_view name) const {
  const Handle space(ok(H5Dget_space(dataset.get()), name));
  const auto rank = ok(H5Sget_simple_extent_ndims(space.get()), name);
  std::vector<hsize_t> shape(static_cast<std::size_t>(rank));
  ok(H5Sget_simple_extent_dims(space.get(), shape.data(), nullptr), name);
  const auto count = ok(H5Sget_simple_extent_npoints(space.get()), name);
  const Handle type(ok(H5Dget_type(dataset.get()), name));
  if (static_cast<std::size_t>(count) > bytes * most_deflated / std::max<std::size_t>(1, H5Tget_size(type.get())))
    throw DamageError(path, fmt::format("damaged file: {} claims {} values", oikos::quoted(name), count));
  return {shape.begin(), shape.end()};
}

bool H5Reader::Impl::holds_text(const Handle& dataset, std::string_view name) const {
  const Handle type(ok(H5Dget_type(dataset.get()), name));
  return H5Tget_class(type.get()) == H5T_STRING;
}

std::vector<std::string> H5Reader::Impl::read_strings(const Handle& dataset, std::string_view name) const {
  const Handle stored(ok(H5Dget_type(dataset.get()), name));
  if (H5Tis_variable_str(stored.get()) <= 0)
    throw DamageError(path, fmt::format("damaged file: {} does not hold texts", oikos::quoted(name)));
  shape_of(dataset, name);
  const Handle space(ok(H5Dget_space(dataset.get()), name));
  const auto type = h5::any_text_type();
  TextBuffer texts(type, space, static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.get())));
  ok(H5Dread(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()), name);
  return texts.strings();
}

template <class T>
Values H5Reader::Impl::read_as(const Handle& dataset, std::size_t count, std::string_view name) const {
  std::vector<T> values(count);
  ok(H5Dread(dataset.get(), h5::native_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), name);
  return values;
}

Values H5Reader::Impl::read_values(const Handle& dataset, std::string_view name) const {
  std::size_t count = 1;
  for (const auto length : shape_of(dataset, name)) count *= static_cast<std::size_t>(length);
  const Handle type(ok(H5Dget_type(dataset.get()), name));
  const auto is = [&](hid_t other) { return H5Tequal(type.get(), other) > 0; };
  if (is(h5::stored_type<double>())) return read_as<double>(dataset, count, name);
  if (is(h5::stored_type<float>())) return read_as<float>(dataset, count, name);
  if (is(h5::stored_type<std::int32_t>())) return read_as<std::int32_t>(dataset, count, name);
  if (is(h5::stored_type<std::int64_t>())) return read_as<std::int64_t>(dataset, count, name);
  if (is(h5::stored_type<std::int8_t>())) return read_as<std::int8_t>(dataset, count, name);
  throw DamageError(
      path, fmt::format("damaged file: {} does not hold numbers of a type that oikos writes", oikos::quoted(name)));
}

Handle H5Reader::Impl::attribute(std::string_view object, std::string_view name) const {
  const auto owner = open(object);
  const std::string text(name);
  if (ok(H5Aexists(owner.get(), text.c_str()), name) == 0) return {};
  return Handle(ok(H5Aopen(owner.get(), text.c_str(), H5P_DEFAULT), name));
}

std::optional<std::string> H5Reader::Impl::text_attribute(std::string_view object, std::string_view name) const {
  const auto found = attribute(object, name);
  if (!found.valid()) return {};
  const Handle type(ok(H5Aget_type(found.get()), name)), space(ok(H5Aget_space(found.get()), name));
  if (H5Tget_class(type.get()) != H5T_STRING || H5Tis_variable_str(type.get()) > 0 ||
      H5Sget_simple_extent_npoints(space.get()) != 1)
    return {};
  std::string text(H5Tget_size(type.get()), '\0');
  ok(H5Aread(found.get(), type.get(), text.data()), name);
  text.resize(std::min(text.find('\0'), text.size()));
  return text;
}

std::optional<std::int64_t> H5Reader::Impl::integer_attribute(std::string_view object, std::string_view name) const {
  const auto found = attribute(object, name);
  if (!found.valid()) return {};
  const Handle type(ok(H5Aget_type(found.get()), name)), space(ok(H5Aget_space(found.get()), name));
  if (H5Tget_class(type.get()) != H5T_INTEGER || H5Sget_simple_extent_npoints(space.get()) != 1) return {};
  std::int64_t number = 0;
  ok(H5Aread(found.get(), h5::native_type<std::int64_t>(), &number), name);
  return number;
}

void H5Reader::Impl::list() {
  for (const auto& name : members(open("/"), "the list of variables")) {
    const auto object = open(name);
    if (H5Iget_type(object.get()) != H5I_DATASET) continue;
    if (ok(H5DSis_scale(object.get()), name) > 0) list_dimension(name, object);
    else list_variable(name, object);
  }
  for (const Variable& variable : variables)
    for (std::size_t axis = 0; axis < variable.dims.size(); ++axis) {
      const auto dimension = std::ranges::find(dimensions, variable.dims[axis], &Dimension::name);
      if (dimension == dimensions.end() || dimension->length != variable.shape[axis])
        throw DamageError(path, fmt::format("damaged file: axis {} of {} is not as long as its dimension", axis + 1,
                                            oikos::quoted(variable.name)));
    }
}

void H5Reader::Impl::list_dimension(const std::string& name, const Handle& dataset) {
  const auto shape = shape_of(dataset, name);
  if (shape.size() != 1)
    throw DamageError(path, fmt::format("damaged file: dimension {} has {} axes", oikos::quoted(name), shape.size()));
  Dimension dimension{.name = name, .length = shape[0], .labels = {}, .numbers = {}};
  const auto scale_name = text_attribute(name, "NAME").value_or("");
  if (holds_text(dataset, name)) dimension.labels = read_strings(dataset, name);
  else if (!scale_name.starts_with(h5::plain_dimension)) dimension.numbers = as_doubles(read_values(dataset, name));
  dimensions.push_back(std::move(dimension));
}

void H5Reader::Impl::list_variable(const std::string& name, const Handle& dataset) {
  Variable variable{.name = name, .dims = {}, .shape = shape_of(dataset, name), .is_text = holds_text(dataset, name)};
  for (unsigned axis = 0; axis < variable.shape.size(); ++axis) {
    std::string dim;
    const auto take = [](hid_t, unsigned, hid_t scale, void* out) -> herr_t {
      char buffer[256] = "";
      if (H5Iget_name(scale, buffer, sizeof buffer) <= 1) return -1;
      *static_cast<std::string*>(out) = buffer + 1;  // without the "/" in front
      return 1;
    };
    ok(H5DSiterate_scales(dataset.get(), axis, nullptr, take, &dim), name);
    if (dim.empty())
      throw DamageError(path,
                        fmt::format("damaged file: axis {} of {} has no dimension", axis + 1, oikos::quoted(name)));
    variable.dims.push_back(dim);
  }
  variables.push_back(std::move(variable));
}

H5Reader::H5Reader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

H5Reader H5Reader::from_bytes(std::string_view bytes, std::string_view name, const Format& format) {
  h5::start_library();
  check_h5_signature(bytes, name);
  auto impl = std::make_unique<Impl>();
  impl->path = name;
  impl->bytes = bytes.size();
  const Handle access(h5::must(H5Pcreate(H5P_FILE_ACCESS), "create properties"));
  h5::must(H5Pset_fapl_core(access.get(), std::size_t{4} << 20, false), "work in memory");
  std::string copy(bytes);  // HDF5 asks for memory it may write to
  h5::must(H5Pset_file_image(access.get(), copy.data(), copy.size()), "take the bytes");
  impl->opened(H5Fopen("memory", H5F_ACC_RDONLY, access.get()));
  impl->check_format(format);
  impl->list();
  return H5Reader(std::move(impl));
}

H5Reader::~H5Reader() = default;
H5Reader::H5Reader(H5Reader&&) noexcept = default;
H5Reader& H5Reader::operator=(H5Reader&&) noexcept = default;

const std::vector<H5Reader::Dimension>& H5Reader::dimensions() const { return impl_->dimensions; }
const std::vector<H5Reader::Variable>& H5Reader::variables() const { return impl_->variables; }

const H5Reader::Variable& H5Reader::variable(std::string_view name) const {
  const auto found = std::ranges::find(impl_->variables, name, &Variable::name);
  if (found != impl_->variables.end()) return *found;
  std::vector<std::string> names;
  for (const auto& one : impl_->variables) names.push_back(one.name);
  throw DamageError(impl_->path, fmt::format("has no variable {}", oikos::quoted(name)), did_you_mean(name, names));
}

Values H5Reader::read(std::string_view name) const {
  return impl_->read_values(impl_->open(variable(name).name), name);
}

std::vector<double> H5Reader::read_doubles(std::string_view name) const { return as_doubles(read(name)); }

std::vector<std::string> H5Reader::read_texts(std::string_view name) const {
  return impl_->read_strings(impl_->open(variable(name).name), name);
}

std::optional<std::string> H5Reader::text_attribute(std::string_view object, std::string_view name) const {
  return impl_->text_attribute(object, name);
}
std::optional<std::int64_t> H5Reader::integer_attribute(std::string_view object, std::string_view name) const {
  return impl_->integer_attribute(object, name);
}
bool H5Reader::has_attribute(std::string_view object, std::string_view name) const {
  return impl_->attribute(object, name).valid();
}

std::vector<std::string> H5Reader::texts_in(std::string_view group) const {
  return impl_->members(impl_->open(group), group);
}

std::string H5Reader::text(std::string_view group, std::string_view name) const {
  const auto path = fmt::format("{}/{}", group, name);
  impl_->open(group);  // so that a missing group is reported as such
  const auto texts = impl_->read_strings(impl_->open(path), path);
  if (texts.size() != 1)
    throw DamageError(impl_->path, fmt::format("damaged file: {} is not one text", oikos::quoted(path)));
  return texts.front();
}

}  // namespace oikos
