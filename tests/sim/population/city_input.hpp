#pragma once
#include <string>
#include <vector>

#include "sim/file/file.hpp"
#include "sim/population/population_parameters.hpp"
#include "sim/population/synthesise.hpp"
#include "sim/text/node.hpp"

/// The tables of the example city with its parameters, as a scenario hands them to the synthesis.
namespace oikos::population {

inline const std::string city_data = OIKOS_SOURCE_DIR "/scenarios/ruda-slaska/data";

/// Parameters of the city; those that other rules declare are declared here again.
inline ParameterSet city_parameters(Diagnostics& diagnostics) {
  std::vector<ParameterSpec> declared = population_parameters();
  const auto add = [&](const char* name, ParameterUnit unit) {
    declared.push_back({name, unit, {-1e12, 1e12}, {-1e12, 1e12}, "", ParameterRead::by_month_and_at_start});
  };
  add("partner_age_gap", ParameterUnit::years);
  add("partner_age_gap_sd", ParameterUnit::years);
  add("pension_age_male", ParameterUnit::months);
  add("pension_age_female", ParameterUnit::months);
  add("average_wage", ParameterUnit::money_monthly);
  add("minimum_wage", ParameterUnit::money_monthly);
  add("minimum_pension", ParameterUnit::money_monthly);
  std::vector<Source> tables;
  for (const char* name : {"law", "economy", "rates", "population"}) {
    const std::string path = city_data + "/" + name + ".csv";
    tables.push_back(make_source(path, read_file(path, 1 << 20)));
  }
  // The first value of the path that the city is kept on (unemployment.csv).
  tables.push_back(make_source("kept.csv",
                               "name,from,value,unit,place,source,confidence\n"
                               "registered_unemployment_rate,,7.9,%,x,x,verified\n"));
  return ParameterSet::read(tables, declared, {"PLN", "", Month{2015, 1}, 12}, diagnostics);
}

inline PopulationParameters parameters_of(const ParameterSet& set) {
  PopulationInput input;
  set_parameters(input, set);
  return input.parameters;
}

inline Luck luck(std::uint64_t seed, std::uint32_t replicate, const char* municipality = "ruda_slaska") {
  return {rng::Stream(seed, replicate), rng::PlaceCode(municipality)};
}

inline PopulationInput city_input(double scale = 1) {
  PopulationInput input = read_population_input(PopulationFiles::in_folder(city_data));
  Diagnostics diagnostics;
  set_parameters(input, city_parameters(diagnostics));
  diagnostics.throw_if_any();
  input.scale = scale;
  return input;
}

}  // namespace oikos::population
