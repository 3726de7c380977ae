#include <cstddef>
#include <cstdint>

#include "sim/parameter/parameter_set.hpp"
#include "sim/scenario/declared_parameters.hpp"
#include "sim/text/csv.hpp"
#include "tests/fuzz/said.hpp"

/// Any bytes as a table: rows of as many cells as the header, each with its place; then as a table of parameters.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oikos;
  const Source source = make_source("fuzz.csv", std::string(data, data + size));
  Diagnostics diagnostics;
  try {
    const CsvTable table = parse_csv(source, diagnostics);
    fuzz::say_all(diagnostics);
    if (diagnostics.empty())
      for (std::size_t c = 0; c < table.header().size(); ++c) {
        const auto column = table.column(table.header()[c], diagnostics);
        fuzz::promise(column.has_value() && table.header_at(c).known(), "columns are found by their names");
        for (std::size_t r = 0; r < table.rows(); ++r) {
          fuzz::promise(column->text(r).size() <= size && column->at(r).known(), "cells are parts of their table");
          column->value(r, codec::number(), diagnostics);
        }
      }
    fuzz::say_all(diagnostics);
    Diagnostics of_parameters;
    ParameterSet set = ParameterSet::read(
        std::vector{source}, declared_parameters(),
        {.currency = "PLN", .municipality = "town", .start = Month(2015, 1), .months = 24}, of_parameters);
    set.check({}, of_parameters);
    for (const Parameter& one : set.all()) fuzz::promise(!one.values.empty(), "a parameter has a value");
    fuzz::say_all(of_parameters);
  } catch (const InputError& many) {
    fuzz::promise(many.diagnostics().size() > Diagnostics::most, "reading stops only at very many mistakes");
  }
  return 0;
}
