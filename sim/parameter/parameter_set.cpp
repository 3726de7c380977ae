#include "sim/parameter/parameter_set.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "sim/base/contract.hpp"
#include "sim/parameter/parameter_table.hpp"
#include "sim/parameter/parameter_unit.hpp"

namespace oikos {

namespace {

constexpr Month always = Dated<double>::always();
/// Far more than a scenario needs, and looked through in a moment.
constexpr std::size_t most_parameters = 10'000;

/// Values as one place gives them, by month.
struct Layer {
  std::vector<Dated<double>::Change> values;
  std::vector<Parameter::Row> rows;
  bool linear = false;  ///< straight lines join the dates: those after the run shape months before them
};

/// The layer with a value for each month, where straight lines join its dates.
Layer joined(const Path& path, const Layer& layer) {
  if (!path.linear) return layer;
  Layer all{.values = {}, .rows = {}, .linear = true};
  for (std::size_t i = 0; i < layer.values.size(); ++i) {
    const bool last = i + 1 == layer.values.size();
    for (Month month = layer.values[i].from; last ? month == layer.values[i].from : month < layer.values[i + 1].from;
         ++month) {
      all.values.push_back({month, path.at(month), {}});
      all.rows.push_back(layer.rows[i]);
      all.rows.back().from = month;
    }
  }
  return all;
}

/// What stands on top takes over from its first month on; earlier months keep what they have.
void take_over(Parameter& below, Layer top) {
  if (top.values.empty()) return;
  const auto changes = below.values.changes();
  const auto kept = static_cast<std::size_t>(
      std::ranges::lower_bound(changes, top.values.front().from, {}, &Dated<double>::Change::from) - changes.begin());
  std::vector<Dated<double>::Change> values(changes.begin(), changes.begin() + static_cast<std::ptrdiff_t>(kept));
  values.insert(values.end(), top.values.begin(), top.values.end());
  below.values = Dated<double>(std::move(values));
  below.rows.resize(kept);
  std::ranges::move(top.rows, std::back_inserter(below.rows));
}

const ParameterSpec* spec_in(const std::vector<ParameterSpec>& declared, std::string_view name) {
  const auto found = std::ranges::find(declared, name, &ParameterSpec::name);
  return found == declared.end() ? nullptr : &*found;
}

/// Reads the rows of tables into layers, one a parameter and municipality.
class TableReader {
 public:
  TableReader(const std::vector<ParameterSpec>& declared, const ParameterScope& scope, Diagnostics& diagnostics)
      : declared_(declared), scope_(scope), diagnostics_(diagnostics) {}

  void read(const Source& table) {
    const ParameterRow* above = nullptr;
    const auto rows = read_parameter_rows(table, diagnostics_);
    for (const ParameterRow& row : rows) {
      if (full_) return;
      add(row, above != nullptr && above->name == row.name);
      above = &row;
    }
  }

  /// The parameters of the scope's municipality; its own rows take over from the rows for all.
  std::vector<Parameter> take() {
    std::vector<Parameter> all;
    for (const Group& group : groups_)
      warn_of_misspelt(group.municipality, scope_.municipality, group.first, diagnostics_);
    for (const bool own : {false, true})
      for (Group& group : groups_) {
        if (own ? group.municipality.empty() || group.municipality != scope_.municipality : !group.municipality.empty())
          continue;
        auto found = std::ranges::find(all, group.name, &Parameter::name);
        if (found == all.end())
          found = all.insert(all.end(), {group.name, group.unit, {}, {}, {}, spec_in(declared_, group.name)});
        take_over(*found, std::move(group.layer));
      }
    return all;
  }

 private:
  struct Group {
    std::string name, municipality;
    ParameterUnit unit;
    Layer layer;
    Position first;
  };

  void add(const ParameterRow& row, bool follows) {
    const auto is_of_row = [&](const Group& one) {
      return one.name == row.name && one.municipality == row.municipality;
    };
    auto group =
        !groups_.empty() && is_of_row(groups_.back()) ? groups_.end() - 1 : std::ranges::find_if(groups_, is_of_row);
    if (group != groups_.end() && (!follows || group->first.source != row.name_at.source)) {
      diagnostics_.add({.at = row.name_at,
                        .what = fmt::format("parameter {} stands twice", quoted(row.name)),
                        .expected = "all dates of a parameter in rows that follow on each other",
                        .got = fmt::format("the first in {}:{}", group->first.source->name, group->first.line),
                        .hint = ""});
      return;
    }
    const auto unit = unit_of(row);
    if (!unit) return;
    const Month from = row.from.value_or(always);
    const auto value = parse_parameter(parameter_text(row.value, row.unit), *unit, scope_.currency);
    if (!value) {
      diagnostics_.add({.at = row.value_at,
                        .what = fmt::format("parameter {}: {}", quoted(row.name), value.problem.what),
                        .expected = describe(*unit, scope_.currency),
                        .got = quoted(parameter_text(row.value, row.unit)),
                        .hint = value.problem.hint});
      return;
    }
    const ParameterSpec* spec = spec_in(declared_, row.name);
    if (row.from && spec != nullptr && spec->read == ParameterRead::at_start) {
      diagnostics_.add(
          {.at = row.from_at,
           .what = fmt::format("parameter {} is read once, at the start, and has no dates", quoted(row.name)),
           .expected = "an empty cell",
           .got = quoted(to_string(from)),
           .hint = ""});
      return;
    }
    if (group == groups_.end() && groups_.size() == most_parameters) {
      diagnostics_.add({.at = row.name_at,
                        .what = "too many parameters",
                        .expected = fmt::format("at most {} in all tables", most_parameters),
                        .got = "",
                        .hint = ""});
      full_ = true;
      return;
    }
    if (group == groups_.end())
      group = groups_.insert(groups_.end(), {row.name, row.municipality, *unit, {}, row.name_at});
    if (!group->layer.values.empty() && from <= group->layer.values.back().from) {
      diagnostics_.add({.at = row.name_at,
                        .what = fmt::format("dates of parameter {} do not ascend", quoted(row.name)),
                        .expected = "each row later than the one above",
                        .got = row.from ? to_string(from) : "no date",
                        .hint = ""});
      return;
    }
    group->layer.values.push_back({from, *value, {}});
    group->layer.rows.push_back({from, row.value_at, row.source, row.confidence});
  }

  /// The unit that a declaration, an earlier row or else the row itself says; nothing when the row's does not fit it.
  std::optional<ParameterUnit> unit_of(const ParameterRow& row) {
    const std::string one = parameter_text("1", row.unit);
    const ParameterSpec* spec = spec_in(declared_, row.name);
    const auto earlier = !groups_.empty() && groups_.back().name == row.name
                             ? groups_.end() - 1
                             : std::ranges::find(groups_, row.name, &Group::name);
    std::optional<ParameterUnit> wanted;
    if (spec != nullptr) wanted = spec->unit;
    else if (earlier != groups_.end()) wanted = earlier->unit;
    if (!wanted) {
      const auto own = parse_parameter(one, scope_.currency);
      if (own) return (*own).unit;
      diagnostics_.add(
          {.at = row.unit_at,
           .what = fmt::format("unknown unit of parameter {}", quoted(row.name)),
           .expected = fmt::format("{0}, {0}/month, {0}/year, %, %/month, %/year, 1/month, 1/year, 1, months, "
                                   "years, persons, persons/year, households or hours/week",
                                   scope_.currency),
           .got = quoted(row.unit),
           .hint = ""});
      return std::nullopt;
    }
    if (const auto fits = parse_parameter(one, *wanted, scope_.currency); !fits) {
      const bool percent = row.unit == "%" && *wanted == ParameterUnit::chance;
      diagnostics_.add({.at = row.unit_at,
                        .what = fmt::format("wrong unit of parameter {}", quoted(row.name)),
                        .expected = describe(*wanted, scope_.currency),
                        .got = quoted(row.unit),
                        .hint = percent ? "write %/month or %/year" : ""});
      return std::nullopt;
    }
    return wanted;
  }

  const std::vector<ParameterSpec>& declared_;
  const ParameterScope& scope_;
  Diagnostics& diagnostics_;
  std::vector<Group> groups_;
  bool full_ = false;  ///< that there are too many parameters is reported
};

/// Reads one entry of a scenario's `parameters`.
class EntryReader {
 public:
  EntryReader(const ParameterScope& scope, Diagnostics& diagnostics) : scope_(scope), diagnostics_(diagnostics) {}

  /// The values of an entry in a unit, or in the unit of the first value; nothing after a diagnostic.
  std::optional<Layer> read(const Node::Entry& entry, std::optional<ParameterUnit>& unit) {
    const Node* value = &entry.value;
    std::string source = "scenario", confidence;
    if (value->is_mapping() && !codec::looks_dated(*value)) {
      value = unpack(entry, source, confidence);
      if (value == nullptr) return std::nullopt;
    }
    std::vector<Month> months{always};
    std::vector<const Node*> nodes{value};
    bool linear = false;
    if (codec::looks_dated(*value)) {
      months = codec::expect_month_keys(*value, unit != ParameterUnit::months, diagnostics_);
      const Node* between = value->find(Path::between);
      linear = between != nullptr;
      if (months.empty() || (linear && !codec::one_of({std::string(Path::linear_word)}).parse(*between, diagnostics_)))
        return std::nullopt;
      nodes.clear();
      for (const auto& one : value->entries)
        if (one.key != Path::between) nodes.push_back(&one.value);
    }
    Layer layer;
    bool good = true;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const auto one = scalar(entry.key, *nodes[i], unit);
      good = good && one;
      if (!one) continue;
      layer.values.push_back({months[i], *one, {}});
      // A source belongs to the values of its own text, not to earlier ones that stand below it.
      const bool own =
          entry.value.find("source") == nullptr || entry.value.find("source")->at.source == nodes[i]->at.source;
      layer.rows.push_back({months[i], nodes[i]->at, own ? source : "scenario", own ? confidence : ""});
    }
    if (!good) return std::nullopt;
    return joined({.dates = Dated<double>(layer.values), .linear = linear}, layer);
  }

 private:
  /// The value of `{is: ..., source: ..., confidence: ...}`, or null after a diagnostic.
  const Node* unpack(const Node::Entry& entry, std::string& source, std::string& confidence) {
    const std::vector<std::string> keys{"is", "source", "confidence"};
    bool good = true;
    for (const auto& one : entry.value.entries) {
      if (std::ranges::find(keys, one.key) == keys.end()) {
        good = false;
        diagnostics_.add({.at = one.key_at,
                          .what = "unknown key of a parameter",
                          .expected = "a month such as 2015-07, or is, source, confidence",
                          .got = quoted(one.key),
                          .hint = did_you_mean(one.key, keys)});
      }
      if (one.key == "source") {
        const auto text = codec::text().parse(one.value, diagnostics_);
        good = good && text;
        source = text.value_or("");
      }
      if (one.key == "confidence") {
        const auto label = codec::confidence().parse(one.value, diagnostics_);
        good = good && label;
        confidence = label.value_or("");
      }
    }
    const Node* is = entry.value.find("is");
    if (is == nullptr && good)
      diagnostics_.add({.at = entry.key_at,
                        .what = fmt::format("parameter {} has no value", quoted(entry.key)),
                        .expected = "is: the value, or its values by month",
                        .got = describe(entry.value),
                        .hint = ""});
    return good ? is : nullptr;
  }

  std::optional<double> scalar(const std::string& name, const Node& node, std::optional<ParameterUnit>& unit) {
    if (!node.is_scalar()) {
      diagnostics_.add({.at = node.at,
                        .what = fmt::format("parameter {} has no value", quoted(name)),
                        .expected = unit ? describe(*unit, scope_.currency) : "a value with its unit",
                        .got = describe(node),
                        .hint = ""});
      return std::nullopt;
    }
    const auto value = unit ? one_of(*unit, node.text) : parse_parameter(node.text, scope_.currency);
    if (value) {
      unit = (*value).unit;
      return (*value).value;
    }
    diagnostics_.add({.at = node.at,
                      .what = fmt::format("parameter {}: {}", quoted(name), value.problem.what),
                      .expected = unit ? describe(*unit, scope_.currency) : "a value with its unit",
                      .got = quoted(node.text),
                      .hint = value.problem.hint});
    return std::nullopt;
  }

  units::Parsed<MeasuredValue> one_of(ParameterUnit unit, std::string_view text) const {
    const auto value = parse_parameter(text, unit, scope_.currency);
    if (!value) return value.problem;
    return MeasuredValue{*value, unit};
  }

  const ParameterScope& scope_;
  Diagnostics& diagnostics_;
};

}  // namespace

void warn_of_misspelt(const std::string& municipality, const std::string& of_scenario, const Position& at,
                      Diagnostics& diagnostics) {
  const std::string near =
      municipality == of_scenario ? "" : did_you_mean(municipality, std::vector<std::string>{of_scenario});
  if (near.empty()) return;
  diagnostics.warn({.at = at,
                    .what = fmt::format("a row for {} is passed over", quoted(municipality)),
                    .expected = fmt::format("{}, the municipality of the scenario, or nothing", quoted(of_scenario)),
                    .got = quoted(municipality),
                    .hint = near});
}

const Parameter::Row& Parameter::row_at(Month month) const {
  expect(!rows.empty(), "a parameter has a value");
  const auto after = std::ranges::upper_bound(rows, month, {}, &Row::from);
  return after == rows.begin() ? rows.front() : *std::prev(after);
}

ParameterSet ParameterSet::read(std::span<const Source> tables, std::vector<ParameterSpec> declared,
                                ParameterScope scope, Diagnostics& diagnostics) {
  ParameterSet set;
  set.declared_ = std::make_shared<const std::vector<ParameterSpec>>(std::move(declared));
  set.scope_ = std::move(scope);
  TableReader reader(*set.declared_, set.scope_, diagnostics);
  for (const Source& table : tables) reader.read(table);
  set.all_ = reader.take();
  return set;
}

const Parameter* ParameterSet::find(std::string_view name) const {
  const auto found = std::ranges::find(all_, name, &Parameter::name);
  return found == all_.end() ? nullptr : &*found;
}

void ParameterSet::lay_over(const Node& mapping, Diagnostics& diagnostics) {
  if (!mapping.is_mapping()) {
    diagnostics.add(
        {.at = mapping.at,
         .what = "parameters are no mapping",
         .expected = "NAME: VALUE, or NAME: {2015-07: VALUE, 2018-01: VALUE} (list them: oikos explain parameters)",
         .got = describe(mapping),
         .hint = ""});
    return;
  }
  EntryReader reader(scope_, diagnostics);
  for (const auto& entry : mapping.entries) {
    if (!codec::expect_identifier_key(entry, diagnostics)) continue;
    const ParameterSpec* spec = spec_in(*declared_, entry.key);
    auto found = std::ranges::find(all_, entry.key, &Parameter::name);
    std::optional<ParameterUnit> unit;
    if (spec != nullptr) unit = spec->unit;
    else if (found != all_.end()) unit = found->unit;
    auto layer = reader.read(entry, unit);
    if (!layer) continue;
    if (spec != nullptr && spec->read == ParameterRead::at_start && layer->values.front().from != always) {
      diagnostics.add(
          {.at = layer->rows.front().at,
           .what = fmt::format("parameter {} is read once, at the start, and has no dates", quoted(entry.key)),
           .expected = fmt::format("one value, such as '{}'",
                                   show_parameter(layer->values.front().value, *unit, scope_.currency)),
           .got = fmt::format("a value from {}", to_string(layer->values.front().from)),
           .hint = ""});
      continue;
    }
    for (std::size_t i = 0; i < (layer->linear ? 1 : layer->values.size()); ++i) {
      const Month from = layer->values[i].from;
      const Position& at = layer->rows[i].at;
      if (from == always || from < scope_.start + scope_.months || (scope_.knows_end && !scope_.knows_end(at)))
        continue;
      diagnostics.warn({.at = at,
                        .what = fmt::format("parameter {} changes after the run", quoted(entry.key)),
                        .expected = fmt::format("a month of the run, {} to {}", to_string(scope_.start),
                                                to_string(scope_.start + scope_.months - 1)),
                        .got = to_string(from),
                        .hint = ""});
      break;
    }
    if (found == all_.end()) found = all_.insert(all_.end(), {entry.key, *unit, {}, {}, {}, spec});
    take_over(*found, std::move(*layer));
  }
}

void ParameterSet::change(std::string_view name, const std::function<double(double, Month)>& make) {
  const auto found = std::ranges::find(all_, name, &Parameter::name);
  expect(found != all_.end(), "a parameter that is changed is there");
  Parameter& one = *found;
  if (one.values.covers(scope_.start)) one.at_start = one.values.at(scope_.start);
  Layer changed;
  for (Month month = scope_.start; month < scope_.start + scope_.months; ++month) {
    if (!one.values.covers(month)) continue;
    double value = make(one.values.at(month), month);
    if (const double step = one.spec != nullptr && one.spec->step > 0 ? one.spec->step
                            : one.unit == ParameterUnit::months       ? 1.0
                                                                      : 0.0;
        step > 0)
      value = std::round(value / step) * step;
    constexpr double most = 1e15;  // far beyond what anything measures, and far below what a product cannot hold
    value = std::clamp(value, one.spec != nullptr ? one.spec->allowed.low : -most,
                       one.spec != nullptr ? one.spec->allowed.high : most);
    Parameter::Row row = one.row_at(month);
    row.from = month;
    changed.values.push_back({month, value, {}});
    changed.rows.push_back(std::move(row));
  }
  take_over(one, std::move(changed));
}

const ParameterSpec* ParameterSet::spec_of(std::string_view name) const { return spec_in(*declared_, name); }

Dated<double> ParameterSet::allowed_values(std::string_view name) const {
  const ParameterSpec* spec = spec_of(name);
  const Parameter* found = find(name);
  if (found == nullptr || found->values.empty()) return {};
  return found->values.transform(
      [&](double value) { return std::clamp(value, spec->allowed.low, spec->allowed.high); });
}

ByMonth<double> ParameterSet::by_month(std::string_view name) const {
  const ParameterSpec* spec = spec_of(name);
  expect(spec != nullptr && spec->read != ParameterRead::at_start, "a rule declares what it reads by month");
  const Dated<double> dated = allowed_values(name);
  if (dated.empty()) return 0.0;
  if (dated.constant()) return dated.at(scope_.start);
  std::vector<double> values(static_cast<std::size_t>(scope_.months));
  for (int k = 0; k < scope_.months; ++k)
    if (dated.covers(scope_.start + k)) values[static_cast<std::size_t>(k)] = dated.at(scope_.start + k);
  return ByMonth<double>(std::move(values));
}

Dated<double> ParameterSet::dated(std::string_view name) const {
  const ParameterSpec* spec = spec_of(name);
  expect(spec != nullptr && spec->read != ParameterRead::at_start, "a rule declares what it reads by date");
  Dated<double> dated = allowed_values(name);
  return dated.empty() ? Dated<double>(0.0) : dated;
}

double ParameterSet::at_start(std::string_view name) const {
  const ParameterSpec* spec = spec_of(name);
  expect(spec != nullptr && spec->read != ParameterRead::by_month, "a rule declares what it reads at the start");
  if (const Parameter* found = find(name); found != nullptr && found->at_start)
    return std::clamp(*found->at_start, spec->allowed.low, spec->allowed.high);
  const Dated<double> dated = allowed_values(name);
  return dated.covers(scope_.start) ? dated.at(scope_.start) : 0.0;
}

}  // namespace oikos
