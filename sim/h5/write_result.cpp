#include <fmt/core.h>

#include <numeric>

#include "sim/file/checksum.hpp"
#include "sim/file/seal.hpp"
#include "sim/format/result_format.hpp"
#include "sim/h5/h5_file.hpp"
#include "sim/h5/result_file.hpp"

namespace oikos {

namespace {

void write_file_attributes(H5File& file, const ResultData& data) {
  file.set_attribute("/", "_NCProperties", fmt::format("version=2,oikos={}", format::result_schema_version));
  file.set_attribute("/", format::conventions, format::conventions_value);
  file.set_attribute("/", format::format_attribute, format::result_format_name);
  file.set_attribute("/", format::version_attribute, format::result_schema_version);
  file.set_attribute("/", format::title, data.title);
  file.set_attribute("/", format::source, data.source);
  file.set_attribute("/", format::scenario, data.scenario_name);
  file.set_attribute("/", format::scenario_sha256, data.scenario_sha256);
  file.set_attribute("/", format::inputs_sha256, data.inputs_sha256);
  file.set_attribute("/", format::population_sha256, data.population.sha256);
  file.set_attribute("/", format::initial_persons, std::to_string(data.population.persons));
  file.set_attribute("/", format::initial_households, std::to_string(data.population.households));
  file.set_attribute("/", format::scale, fmt::format("{}", data.population.scale));
  file.set_attribute("/", format::seed, std::to_string(data.seed));
  file.set_attribute("/", format::currency, data.currency);
}

void write_replicates(H5File& file, const ResultData& data) {
  file.add_numbers(format::replicate, data.replicates);
  file.set_attribute(format::replicate, format::long_name, "replicate (equal numbers share their luck across plans)");
  file.set_attribute(format::replicate, format::units, "1");
}

/// Days, because "months since" is a unit that no reader decodes; the number of the month stands beside them.
void write_time(H5File& file, const ResultData& data) {
  std::vector<std::int32_t> days, ends, numbers;
  for (int i = 0; i < data.months; ++i) {
    days.push_back(days_between(data.start, data.start + i));
    ends.push_back(days.back());
    ends.push_back(days_between(data.start, data.start + i + 1));
    numbers.push_back(i);
  }
  file.add_numbers(format::time, days);
  file.set_attribute(format::time, "standard_name", "time");
  file.set_attribute(format::time, format::long_name, "first day of the month");
  file.set_attribute(format::time, format::units, fmt::format("days since {}-01", to_string(data.start)));
  file.set_attribute(format::time, "calendar", "proleptic_gregorian");
  file.set_attribute(format::time, "axis", "T");
  file.set_attribute(format::time, "bounds", format::time_bounds);
  file.add_plain(format::bounds, 2);
  const H5Layout plain{.chunk = {}, .deflate = 0, .may_be_missing = false};
  const std::vector<std::string> bounds_dims{std::string(format::time), std::string(format::bounds)};
  file.add_variable(format::time_bounds, bounds_dims, ends, plain);
  file.set_attribute(format::time_bounds, format::long_name, "first day of the month and of the next");
  file.add_variable(format::month, {bounds_dims.data(), 1}, numbers, plain);
  file.set_attribute(format::month, format::long_name, "months since the start");
  file.set_attribute(format::month, format::units, "month");
}

void write_dimension(H5File& file, const ResultDimension& dimension) {
  file.add_labels(dimension.name, dimension.labels);
  file.set_attribute(dimension.name, format::long_name, dimension.long_name);
  for (const auto& texts : dimension.texts) {
    file.add_text_variable(texts.name, dimension.name, texts.values);
    file.set_attribute(texts.name, format::long_name, texts.long_name);
  }
}

/// The auxiliary coordinates of a variable, as its attribute `coordinates` lists them.
std::string coordinates_of(const ResultData& data, const ResultVariable& variable) {
  std::string list;
  for (const auto& dim : variable.dims) {
    if (dim == format::time) list += fmt::format(" {}", format::month);
    for (const auto& dimension : data.dimensions)
      if (dimension.name == dim)
        for (const auto& texts : dimension.texts) list += " " + texts.name;
  }
  return list.empty() ? list : list.substr(1);
}

std::uint64_t length_of(const ResultData& data, std::string_view dim) {
  if (dim == format::replicate) return data.replicates.size();
  if (dim == format::time) return static_cast<std::uint64_t>(data.months);
  for (const auto& dimension : data.dimensions)
    if (dimension.name == dim) return dimension.labels.size();
  return 0;  // check() has seen every dimension
}

void write_variable(H5File& file, const ResultData& data, const ResultVariable& variable) {
  std::vector<std::uint64_t> shape;
  for (const auto& dim : variable.dims) shape.push_back(length_of(data, dim));
  const auto bytes = std::visit([]<class T>(const std::vector<T>&) { return sizeof(T); }, variable.values);
  file.add_variable(variable.name, variable.dims, variable.values,
                    {.chunk = chunk_shape(shape, bytes), .deflate = 4, .may_be_missing = variable.may_be_missing});
  file.set_attribute(variable.name, format::long_name, variable.long_name);
  file.set_attribute(variable.name, format::units, variable.units);
  if (!variable.description.empty()) file.set_attribute(variable.name, format::description, variable.description);
  const auto coordinates = coordinates_of(data, variable);
  if (!coordinates.empty()) file.set_attribute(variable.name, format::coordinates, coordinates);
}

}  // namespace

std::string result_image(const ResultData& data) {
  check(data);
  H5File file;
  write_file_attributes(file, data);
  write_replicates(file, data);
  write_time(file, data);
  for (const auto& dimension : data.dimensions) write_dimension(file, dimension);
  for (const auto& variable : data.variables) write_variable(file, data, variable);
  file.add_group(format::provenance);
  for (const auto& text : data.texts) file.add_text(format::provenance, text.name, text.text);
  return sealed(file.image());
}

void write_result(const std::filesystem::path& path, const ResultData& data, IfExists if_exists) {
  publish_with_checksum(path, result_image(data), if_exists);
}

}  // namespace oikos
