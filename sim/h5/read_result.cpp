#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <utility>

#include "sim/base/diagnostics.hpp"
#include "sim/base/limits.hpp"
#include "sim/file/seal.hpp"
#include "sim/format/result_format.hpp"
#include "sim/h5/h5_reader.hpp"
#include "sim/h5/result_file.hpp"
#include "sim/h5/trial.hpp"

namespace oikos {

namespace {

/// Bytes of a result that is read at most: it is read as a whole, before HDF5 sees it.
constexpr std::size_t largest_result = std::size_t{1} << 32;

/// Puts a result together from an open file.
class ResultBuilder {
 public:
  ResultBuilder(const H5Reader& file, std::string name) : file_(file), name_(std::move(name)) {}

  ResultData build() {
    ResultData data;
    read_attributes(data);
    read_time(data);
    for (const auto& dimension : file_.dimensions()) read_dimension(data, dimension);
    for (const auto& variable : file_.variables()) read_variable(data, variable);
    for (const auto& text : file_.texts_in(format::provenance))
      data.texts.push_back({text, file_.text(format::provenance, text)});
    if (data.replicates.empty() || data.months == 0) damaged("no replicate or no month");
    return data;
  }

 private:
  [[noreturn]] void damaged(std::string_view what) const {
    throw DamageError(name_, fmt::format("damaged file: {}", what), "restore the file or run again");
  }

  std::string text(std::string_view object, std::string_view attribute) const {
    const auto found = file_.text_attribute(object, attribute);
    if (!found) damaged(fmt::format("{} has no text attribute {}", oikos::quoted(object), oikos::quoted(attribute)));
    return *found;
  }

  void read_attributes(ResultData& data) const {
    data.title = text("/", format::title);
    data.source = text("/", format::source);
    data.scenario_name = text("/", format::scenario);
    data.scenario_sha256 = text("/", format::scenario_sha256);
    data.currency = text("/", format::currency);
    data.inputs_sha256 = text("/", format::inputs_sha256);
    data.population.sha256 = text("/", format::population_sha256);
    read_number(format::seed, data.seed);
    read_number(format::initial_persons, data.population.persons);
    read_number(format::initial_households, data.population.households);
    read_number(format::scale, data.population.scale);
  }

  /// A number kept as text, because many readers would round it.
  template <class T>
  void read_number(std::string_view attribute, T& number) const {
    const auto found = text("/", attribute);
    const auto [end, code] = std::from_chars(found.data(), found.data() + found.size(), number);
    if (code != std::errc() || end != found.data() + found.size())
      damaged(fmt::format("{} {}", attribute, oikos::quoted(found)));
  }

  void read_time(ResultData& data) const {
    const auto units = text(format::time, format::units);
    constexpr std::string_view before = "days since ", after = "-01";
    const auto start =
        units.starts_with(before) && units.ends_with(after) && units.size() > before.size() + after.size()
            ? parse_month(units.substr(before.size(), units.size() - before.size() - after.size()))
            : std::nullopt;
    if (!start) damaged(fmt::format("time in {}", oikos::quoted(units)));
    data.start = *start;
  }

  void read_dimension(ResultData& data, const H5Reader::Dimension& dimension) const {
    if (dimension.name == format::bounds) return;
    if (dimension.name == format::time) {
      if (dimension.length > most_months) damaged("more months than a run has");
      data.months = static_cast<int>(dimension.length);
      if (std::ranges::adjacent_find(dimension.numbers, std::greater_equal<>()) != dimension.numbers.end())
        damaged("time goes back");
    } else if (dimension.name == format::replicate) {
      if (dimension.length > most_replicates) damaged("more replicates than a run has");
      for (const auto number : dimension.numbers) {
        if (!(number >= 0.0 && number < 0x1p31 && std::trunc(number) == number))
          damaged("a number of a replicate that none can have");
        data.replicates.push_back(static_cast<std::int32_t>(number));
      }
    } else {
      if (dimension.labels.empty()) damaged(fmt::format("dimension {} has no labels", oikos::quoted(dimension.name)));
      data.dimensions.push_back({dimension.name, text(dimension.name, format::long_name), dimension.labels});
    }
  }

  void read_variable(ResultData& data, const H5Reader::Variable& variable) const {
    const auto& name = variable.name;
    if (name == format::time_bounds || name == format::month) return;
    if (variable.is_text) {
      const auto owner =
          std::ranges::find(data.dimensions, variable.dims.empty() ? "" : variable.dims[0], &ResultDimension::name);
      if (owner == data.dimensions.end()) damaged(fmt::format("texts {} without labels", oikos::quoted(name)));
      owner->texts.push_back({name, text(name, format::long_name), file_.read_texts(name)});
      return;
    }
    data.variables.push_back({.name = name,
                              .long_name = text(name, format::long_name),
                              .units = text(name, format::units),
                              .description = file_.text_attribute(name, format::description).value_or(""),
                              .dims = variable.dims,
                              .values = file_.read(name),
                              .may_be_missing = file_.has_attribute(name, "_FillValue")});
  }

  const H5Reader& file_;
  std::string name_;
};

H5Reader::Format result_format() {
  return {.name = std::string(format::result_format_name),
          .version_attribute = std::string(format::version_attribute),
          .newest_version = format::result_schema_version,
          .oldest_version = format::oldest_result_schema};
}

}  // namespace

ResultData read_result(const std::filesystem::path& path) {
  // Beginning and end first, before a long file of another kind fills the memory.
  check_h5_signature(read_start(path, 8), path.string());
  require_seal(read_end(path, seal_bytes), path.string());
  return read_result_bytes(read_file(path, largest_result), path.string());
}

ResultData read_result_bytes(std::string_view bytes, std::string_view name) {
  check_h5_signature(bytes, name);
  const std::string file(name);
  const std::string_view image = unsealed(bytes, name);
  const auto build = [&] { return ResultBuilder(H5Reader::from_bytes(image, name, result_format()), file).build(); };
  // The seal says that nothing changed since it was set, not who set it.
  try_in_child([&] { build(); }, bytes.size(), name);
  ResultData data = build();
  if (const auto fault = fault_of(data))
    throw DamageError(file, fmt::format("damaged file: {} does not hold", oikos::quoted(*fault)),
                      "restore the file or run again");
  return data;
}

}  // namespace oikos
