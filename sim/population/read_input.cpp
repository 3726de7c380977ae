#include <fmt/format.h>

#include <algorithm>

#include "sim/population/margins.hpp"
#include "sim/population/table.hpp"

namespace oikos::population {

namespace {

/// The mean over the rows of a table of shares, each weighted by its share.
Trust mean_trust(const Table& table, std::span<const TableKey> keys, std::span<const double> shares) {
  Trust mean{0, 0};
  double sum = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const Trust trust = table.trust(keys, i);
    mean.weight += shares[i] * trust.weight;
    mean.tolerance += shares[i] * trust.tolerance;
    sum += shares[i];
  }
  return {mean.weight / sum, mean.tolerance / sum};
}

std::vector<int> numbers_of(const TableKey& key) {
  std::vector<int> out;
  for (const std::string& label : key.labels) out.push_back(std::stoi(label));
  return out;
}

void read_age_sex(Table& table, PopulationInput& input) {
  const std::array keys{table.words("sex", sex_names), table.numbers("age_from", 0, 105)};
  const std::vector<double> values = table.fill(keys);
  if (!table.good()) return;
  input.bands.from = numbers_of(keys[1]);
  if (input.bands.from.front() != 0)
    return table.refuse("the first age band does not start at birth", "age_from 0",
                        oikos::quoted(keys[1].labels.front()));
  for (std::size_t band = 0; band + 1 < input.bands.size(); ++band)
    if (input.bands.from[band + 1] - input.bands.from[band] > 10)
      return table.refuse("an age band is missing after " + keys[1].labels[band], "bands of at most 10 years",
                          "next band from " + keys[1].labels[band + 1]);
  const auto half = static_cast<std::ptrdiff_t>(input.bands.size());
  input.age_sex = {std::vector(values.begin(), values.begin() + half),
                   std::vector(values.begin() + half, values.end())};
  for (const auto& one : input.age_sex)
    if (std::all_of(one.begin(), one.end(), [](double v) { return v == 0; }))
      return table.refuse("no persons of one sex", "a positive number in at least one age band", "");
}

void read_household_size(Table& table, PopulationInput& input) {
  const std::array keys{table.numbers("size", 1, 20)};
  const std::vector<double> values = table.fill(keys);
  table.check_shares(keys, values, values.size());
  if (!table.good()) return;
  if (keys[0].labels.back() != std::to_string(values.size()))
    return table.refuse("sizes are missing", "sizes 1 to " + keys[0].labels.back() + " without gaps",
                        std::to_string(values.size()) + " sizes");
  if (values.size() < 3) return table.refuse("too few sizes", "sizes 1 to 3 or more", keys[0].labels.back());
  input.household_size = values;
  input.trust_sizes = mean_trust(table, keys, values);
}

/// The forms of households of two or more, in the order of HouseholdForm after one_person.
constexpr std::array<std::string_view, 4> larger_forms{household_form_names[1], household_form_names[2],
                                                       household_form_names[3], household_form_names[4]};

void read_household_forms(Table& table, PopulationInput& input) {
  const std::array keys{table.words("form", larger_forms)};
  const std::vector<double> values = table.fill(keys);
  table.check_shares(keys, values, values.size());
  if (!table.good()) return;
  std::copy(values.begin(), values.end(), input.household_form.begin() + 1);
  for (std::size_t i = 0; i < values.size(); ++i) input.places.form[i + 1] = table.at(keys, i);
}

/// Fewest members of each form; couples alone are exactly two.
bool form_allows(HouseholdForm form, int size) {
  switch (form) {
    case HouseholdForm::one_person: return size == 1;
    case HouseholdForm::couple: return size == 2;
    case HouseholdForm::couple_and_children: return size >= 3;
    case HouseholdForm::parent_and_children:
    case HouseholdForm::other: return size >= 2;
  }
  return false;
}

void read_form_size(Table& table, PopulationInput& input) {
  const std::array keys{table.words("form", larger_forms), table.numbers("size", 2, 20)};
  const std::vector<double> values = table.fill(keys, true);
  if (!table.good()) return;
  const std::vector<int> sizes = numbers_of(keys[1]);
  const std::size_t largest = input.household_size.size();
  input.form_size.assign(household_form_names.size() * largest, 0.0);
  if (largest > 0) input.form_size[0] = 1;  // households of one
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == 0) continue;
    const auto form = static_cast<HouseholdForm>(i / sizes.size() + 1);
    const int size = sizes[i % sizes.size()];
    if (!form_allows(form, size))
      table.refuse(keys, i, "this form cannot have " + std::to_string(size) + " members", "0 or no row");
    else if (static_cast<std::size_t>(size) <= largest)
      input.form_size[(i / sizes.size() + 1) * largest + static_cast<std::size_t>(size) - 1] = values[i];
  }
}

/// A table of shares by sex (unless the table has none), age and category.
template <std::size_t n>
BandTable read_bands(Table& table, std::string_view category, const std::array<std::string_view, n>& names,
                     int first_age, std::array<Position, n>* places = nullptr) {
  const std::array keys{table.words("sex", sex_names), table.numbers("age_from", 0, max_age),
                        table.words(category, names)};
  BandTable bands{{}, n, table.fill(keys)};
  table.check_shares(keys, bands.value, n);
  if (!table.good()) return bands;
  bands.from = numbers_of(keys[1]);
  if (places != nullptr)
    for (std::size_t c = 0; c < n; ++c) (*places)[c] = table.at(keys, c);
  if (bands.from.front() > first_age)
    table.refuse("the first ages are missing", "age_from " + std::to_string(first_age) + " or below",
                 oikos::quoted(keys[1].labels.front()));
  return bands;
}

void read_living(Table& table, PopulationInput& input) {
  input.living = read_bands(table, "role", role_names, 18, &input.places.role);
}

void read_education(Table& table, PopulationInput& input) {
  input.education = read_bands(table, "education", education_names, 15);
}

void read_births(Table& table, PopulationInput& input) {
  const std::array keys{table.numbers("period_from", 1800, 2999), table.numbers("age_from", 15, 45)};
  input.births.value = table.fill(keys);
  if (!table.good()) return;
  input.births.period = numbers_of(keys[0]);
  input.births.from = numbers_of(keys[1]);
  const std::size_t bands = input.births.from.size();
  for (std::size_t begin = 0; begin < input.births.value.size(); begin += bands) {
    const auto first = input.births.value.begin() + static_cast<std::ptrdiff_t>(begin);
    if (std::all_of(first, first + static_cast<std::ptrdiff_t>(bands), [](double v) { return v == 0; }))
      table.refuse(keys, begin, "no births in a whole period", "a positive rate at some age");
  }
}

void read_children_born(Table& table, PopulationInput& input) {
  const std::array keys{table.numbers("age_from", 0, max_age), table.numbers("births", 0, 20)};
  const std::vector<double> values = table.fill(keys);
  table.check_shares(keys, values, keys[1].labels.size());
  if (!table.good()) return;
  const auto births = numbers_of(keys[1]);
  if (births.back() + 1 != static_cast<int>(births.size()))
    return table.refuse("numbers of births are missing", "0, 1, 2, ... without gaps", "");
  input.trust_children_born = mean_trust(table, keys, values);
  input.children_born = {numbers_of(keys[0]), births.size(), values};
  input.children_born.value.insert(input.children_born.value.end(), values.begin(), values.end());
}

void read_education_totals(Table& table, PopulationInput& input) {
  const std::array keys{table.words("sex", sex_names), table.words("education", education_names)};
  const std::vector<double> values = table.fill(keys);
  table.check_shares(keys, values, education_names.size());
  for (std::size_t i = 0; i < values.size() && table.good(); ++i)
    input.education_total[i / education_names.size()][i % education_names.size()] = values[i];
}

/// Labour states a table may give: all but child, which age decides.
constexpr std::array<std::string_view, 5> later_states{labour_names[1], labour_names[2], labour_names[3],
                                                       labour_names[4], labour_names[5]};

void read_labour(Table& table, PopulationInput& input) {
  const BandTable read = read_bands(table, "labour", later_states, 16);
  if (!table.good()) return;
  input.labour = {read.from, labour_names.size(), {}};
  for (std::size_t i = 0; i < read.value.size(); ++i) {
    if (i % later_states.size() == 0) input.labour.value.push_back(0);
    input.labour.value.push_back(read.value[i]);
  }
}

void read_labour_education(Table& table, PopulationInput& input) {
  const std::array keys{table.words("labour", later_states), table.words("education", education_names)};
  const std::vector<double> values = table.fill(keys);
  for (std::size_t i = 0; i < values.size() && table.good(); ++i) {
    if (values[i] == 0) table.refuse(keys, i, "odds of zero", "a positive number");
    input.labour_education[i / education_names.size() + 1][i % education_names.size()] = values[i];
  }
}

void read_duration(Table& table, PopulationInput& input) {
  const std::array keys{table.numbers("months_from", 0, 600)};
  const std::vector<double> values = table.fill(keys);
  table.check_shares(keys, values, values.size());
  if (!table.good()) return;
  input.duration_from = numbers_of(keys[0]);
  input.duration = values;
  if (input.duration_from.front() != 0)
    table.refuse("the first duration class is missing", "months_from 0", oikos::quoted(keys[0].labels.front()));
}

void read_tenure(Table& table, PopulationInput& input) {
  const std::array keys{table.words("tenure", tenure_names)};
  const std::vector<double> values = table.fill(keys);
  table.check_shares(keys, values, values.size());
  if (table.good()) std::copy(values.begin(), values.end(), input.tenure.begin());
}

void read_districts(Table& table, PopulationInput& input) {
  const std::array keys{table.names("district")};
  const std::vector<double> values = table.fill(keys);
  table.check_shares(keys, values, values.size());
  // A household keeps its district in a byte.
  if (values.size() > 256)
    return table.refuse("more districts than can be told apart", "at most 256 districts",
                        fmt::format("{} districts", values.size()));
  input.district = values;
  input.districts = keys[0].labels;
}

}  // namespace

PopulationInput read_population_input(const PopulationFiles& files) {
  Diagnostics found;
  PopulationInput input;
  std::size_t next = 0;  // tables come in the order of population_file_keys
  const auto read = [&](const std::string& path, auto reader, double lowest = 0) {
    Table table(path, found, lowest);
    reader(table, input);
    input.places.table[next++] = table.at(0);
    input.sources.push_back(table.source());
  };
  read(files.age_sex, read_age_sex);
  read(files.household_size, read_household_size);
  read(files.household_forms, read_household_forms);
  read(files.household_form_size, read_form_size);
  read(files.living_arrangements, read_living);
  read(files.births, read_births);
  read(files.children_born, read_children_born);
  read(files.education, read_education);
  read(files.education_totals, read_education_totals);
  read(files.labour, read_labour);
  read(files.labour_education, read_labour_education);
  read(files.unemployment_duration, read_duration);
  read(files.tenure, read_tenure);
  read(files.districts, read_districts);
  found.throw_if_any();
  return input;
}

}  // namespace oikos::population
