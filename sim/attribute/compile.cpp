#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "sim/attribute/attributes.hpp"
#include "sim/quantity/readers.hpp"
#include "sim/text/codec.hpp"
#include "sim/text/csv.hpp"

namespace oikos {

namespace {

class Compiler {
 public:
  Compiler(const AttributeContext& context, Diagnostics& diagnostics) : context_(context), diagnostics_(diagnostics) {}

  std::optional<Attribute> run(const Named<AttributeSpec>& named) {
    const DeclaredAttribute* declared = context_.declarations.find(named.name);
    if (declared == nullptr) return report_undeclared(named), std::nullopt;
    Attribute attribute;
    attribute.declared = declared;
    const auto lane = std::ranges::find(context_.lanes, named.name);
    expect(lane != context_.lanes.end(), "each attribute has a lane");
    attribute.lane = static_cast<std::uint32_t>(lane - context_.lanes.begin());
    const AttributeSpec& spec = named.value;
    attribute.is_flag = spec.flag;
    attribute.initial_at = spec.initial ? spec.initial->at : named.at;
    good_ = true;
    if (spec.at_birth) code_of(*declared, *spec.at_birth);
    if (auto shares = initial(*declared, spec)) {
      attribute.initial = std::move(*shares);
      for (const Quantity& share : attribute.initial) check_first_day(share, attribute.initial_at);
    }
    for (std::size_t m = 0; m < spec.moves.size(); ++m)
      if (auto one = move(*declared, declared->moves[m], spec.moves[m])) attribute.moves.push_back(std::move(*one));
    const auto mistakes = diagnostics_.all().size();
    attribute.effects = compile_effects(spec.effects,
                                        {.registry = context_.declarations.registry(),
                                         .quantities = context_.quantities,
                                         .giver = Giver::attribute,
                                         .path = "attributes/" + named.name + "/effects"},
                                        diagnostics_);
    good_ = good_ && diagnostics_.all().size() == mistakes;
    if (!good_) return std::nullopt;
    std::ranges::sort(attribute.moves, {}, [](const AttributeMove& one) { return one.declared->name; });
    if (context_.warns) warn_of_unreached(named, attribute);
    return attribute;
  }

 private:
  void report(const Position& at, std::string what, std::string expected, std::string got, std::string hint = "") {
    good_ = false;
    diagnostics_.add({.at = at,
                      .what = std::move(what),
                      .expected = std::move(expected),
                      .got = std::move(got),
                      .hint = std::move(hint)});
  }

  /// The first day knows what the population has: no incomes yet, and no other attributes.
  void check_first_day(const Quantity& share, const Position& at) {
    share.each_expression([&](const expr::Program& program) {
      for (const std::uint32_t id : program.reads()) {
        const ExpressionName& name = *context_.declarations.registry().names()[id];
        const bool of_attribute = context_.declarations.shows(name);
        if (!name.computed && !of_attribute) continue;
        report(at, fmt::format("{} is not known on the first day", oikos::quoted(name.name)),
               "what the population has then, such as age, sex, education, labour, tenure or district",
               oikos::quoted(name.name), "rules compute it in the first month");
        return;
      }
    });
  }

  /// Why an attribute that was read was not declared: its name is somebody else's.
  void report_undeclared(const Named<AttributeSpec>& named) {
    const AttributeSpec& spec = named.value;
    if (!spec.of || !(spec.flag || spec.values.size() > 1)) return;  // reported as it was read
    report(named.at, fmt::format("attribute {} has a name that is taken", oikos::quoted(named.name)),
           "a name that no column (list them: oikos explain columns), no word of the language, no dimension of results "
           "and no column of tables has",
           oikos::quoted(named.name));
  }

  std::optional<std::uint8_t> code_of(const DeclaredAttribute& of, const Positioned<std::string>& value) {
    const auto found = std::ranges::find(of.values, value.value);
    if (found != of.values.end()) return static_cast<std::uint8_t>(found - of.values.begin());
    report(value.at, fmt::format("unknown value of {}", oikos::quoted(of.name)),
           fmt::format("one of {}", fmt::join(of.values, ", ")), oikos::quoted(value.value),
           did_you_mean(value.value, of.values));
    return std::nullopt;
  }

  /// Shares of all values that a mapping states, `rest` being what the others leave. Nothing after a report.
  std::optional<std::vector<double>> shares_of(const DeclaredAttribute& of, const Node& node) {
    std::vector<double> shares(of.values.size(), 0);
    std::optional<std::uint8_t> rest;
    double sum = 0;
    bool good = true;
    for (const auto& entry : node.entries) {
      const auto code = code_of(of, {entry.key, entry.key_at});
      if (!code) {
        good = false;
        continue;
      }
      if (entry.value.is_scalar() && entry.value.text == "rest") {
        if (rest) report(entry.value.at, "two shares take the rest", "one 'rest'", "a second one"), good = false;
        rest = code;
        continue;
      }
      const auto share = codec::share().parse(entry.value, diagnostics_);
      if (!share) good_ = good = false;
      else shares[*code] = *share, sum += *share;
    }
    if (!good) return std::nullopt;
    constexpr double slack = 1e-9;
    if (sum > 1 + slack || (!rest && sum < 1 - slack)) {
      report(node.at, fmt::format("shares of {} do not add up", oikos::quoted(of.name)),
             "shares that make 100 %, or one of them 'rest'", fmt::format("{:g} %", sum * 100));
      return std::nullopt;
    }
    if (rest) shares[*rest] = std::max(0.0, 1 - sum);
    return shares;
  }

  /// Share of each value on the first day.
  std::optional<std::vector<Quantity>> initial(const DeclaredAttribute& of, const AttributeSpec& spec) {
    std::vector<Quantity> shares(of.values.size(), Quantity(0.0));
    if (!spec.initial) {
      shares[0] = Quantity(1.0);
      return shares;
    }
    const Node& node = *spec.initial;
    if (node.is_scalar() && std::ranges::find(of.values, node.text) != of.values.end()) {
      shares[*code_of(of, {node.text, node.at})] = Quantity(1.0);
      return shares;
    }
    if (node.find("by") != nullptr && !spec.flag) {
      report(node.find("by")->at, "shares of several values by another thing", "a table: {table: data/initial.csv}",
             "'by'", fmt::format("its columns: {}, those it is by, value, unit, source, confidence", of.name));
      return std::nullopt;
    }
    if (spec.flag) {
      auto has = Quantity::compile(node, share_reader(), context_.quantities, diagnostics_);
      if (!has) return good_ = false, std::nullopt;
      shares[1] = std::move(*has);  // whoever has it not, has the other value
      return shares;
    }
    if (!node.is_mapping()) {
      code_of(of, {node.text, node.at});
      return std::nullopt;
    }
    if (node.find("table") != nullptr) return initial_of_table(of, node);
    const auto plain = shares_of(of, node);
    if (!plain) return std::nullopt;
    for (std::size_t v = 0; v < plain->size(); ++v) shares[v] = Quantity((*plain)[v]);
    return shares;
  }

  /// A table with a column of the attribute's own name: its rows of each value are a quantity.
  std::optional<std::vector<Quantity>> initial_of_table(const DeclaredAttribute& of, const Node& node) {
    if (!values_are_known(of, node)) return good_ = false, std::nullopt;
    std::vector<Quantity> shares;
    for (const std::string& value : of.values) {
      QuantityContext of_value = context_.quantities;
      of_value.only = {of.name, value};
      auto share = Quantity::compile(node, share_reader(), of_value, diagnostics_);
      if (!share) return good_ = false, std::nullopt;
      shares.push_back(std::move(*share));
    }
    return shares;
  }

  /// Whether all cells of that column are values.
  bool values_are_known(const DeclaredAttribute& of, const Node& node) {
    const auto path = codec::path().parse(*node.find("table"), diagnostics_);
    const auto source =
        path ? context_.quantities.open(node.find("table")->at, *path, diagnostics_) : std::optional<Source>();
    if (!source) return false;
    Diagnostics found;
    const CsvTable csv = parse_csv(*source, found);
    const auto column = csv.has(of.name) ? csv.column(of.name, found) : std::nullopt;
    if (!column) {
      report(csv.header_at(0), fmt::format("no column {}", oikos::quoted(of.name)),
             "a column of the attribute's name with its values, beside 'value' with their shares",
             fmt::format("{}", fmt::join(csv.header(), ", ")));
      return false;
    }
    bool good = true;
    for (std::size_t row = 0; row < column->size() && row < 20'000; ++row)
      good = code_of(of, {column->text(row), column->at(row)}) && good;
    return good;
  }

  std::optional<AttributeMove> move(const DeclaredAttribute& of, const DeclaredMove& declared,
                                    const Named<MoveSpec>& named) {
    const MoveSpec& spec = named.value;
    AttributeMove move;
    move.declared = &declared;
    bool good = true;
    if (!declared.counted) {
      report(named.at, "two moves would have one name in results", "another name for one of them",
             oikos::quoted(declared.count_name));
      good = false;
    }
    move.cap = spec.cap;
    move.rate_is_mean = spec.rate_is == MoveSpec::RateIs::mean;
    good = outcomes(of, spec, named.at, move) && good;
    good = origins(of, spec, named.at, move) && good;
    if (spec.where) {
      move.where = condition(*spec.where);
      good = good && move.where;
    }
    auto rate = Quantity::compile(spec.rate, hazard_reader(), context_.quantities, diagnostics_);
    if (rate) move.rate = std::move(*rate);
    good = good && rate;
    for (const auto& factor : spec.factors) {
      auto times = Quantity::compile(factor.value.times, factor_reader(), context_.quantities, diagnostics_);
      std::optional<expr::Program> where;
      if (factor.value.where) where = condition(*factor.value.where);
      good = good && times && (where || !factor.value.where);
      if (times) move.factors.push_back({factor.name, std::move(*times), std::move(where)});
    }
    if (!good) return good_ = false, std::nullopt;
    std::ranges::sort(move.factors, {}, &Factor::name);  // the order of a product of rounded numbers is that of names
    return move;
  }

  std::optional<expr::Program> condition(const Positioned<std::string>& text) {
    return expr::compile(text.value, text.at, context_.quantities.schema,
                         expr::Goal::exactly("condition", {expr::Kind::boolean, nullptr}), diagnostics_);
  }

  bool outcomes(const DeclaredAttribute& of, const MoveSpec& spec, const Position& at, AttributeMove& move) {
    const bool flag = of.value.kind == expr::Kind::boolean;
    if (flag != spec.sets.has_value()) {
      report(at, flag ? "a flag is set" : "a value is led to",
             flag ? "'sets: yes' or 'sets: no'" : "'to' and one of the values", flag ? "'to'" : "'sets'");
      return false;
    }
    if (spec.sets || spec.to->is_scalar()) {
      const auto code = code_of(of, spec.sets ? *spec.sets : Positioned<std::string>{spec.to->text, spec.to->at});
      if (!code) return false;
      move.to.push_back({*code, 1.0});
      return true;
    }
    const auto shares = shares_of(of, *spec.to);
    if (!shares) return false;
    for (std::size_t v = 0; v < shares->size(); ++v)
      if ((*shares)[v] > 0) move.to.push_back({static_cast<std::uint8_t>(v), (*shares)[v]});
    return true;
  }

  bool origins(const DeclaredAttribute& of, const MoveSpec& spec, const Position& at, AttributeMove& move) {
    move.from.assign(of.values.size(), spec.from.empty());
    bool good = true;
    for (const auto& value : spec.from) {
      const auto code = code_of(of, value);
      good = good && code;
      if (code) move.from[*code] = true;
    }
    for (const Outcome& to : move.to) {
      if (move.to.size() == 1 || !move.from[to.value]) continue;
      if (spec.from.empty()) {
        move.from[to.value] = false;
        continue;
      }
      report(at, fmt::format("a move from {0} to {0}", oikos::quoted(of.values[to.value])),
             "shares of other values than those it comes from", oikos::quoted(of.values[to.value]),
             "a rate that is so much smaller says the same");
      return false;
    }
    if (move.to.size() != 1) return good;
    const std::uint8_t to = move.to.front().value;
    if (!spec.from.empty() && move.from[to]) {
      report(at, fmt::format("a move from {0} to {0}", oikos::quoted(of.values[to])),
             "another value than it comes from", oikos::quoted(of.values[to]),
             "who moves counts as moved, with a new start of 'months_in'");
      return false;
    }
    move.from[to] = false;
    return good;
  }

  /// Values that nobody has on the first day and no move leads to.
  void warn_of_unreached(const Named<AttributeSpec>& named, const Attribute& attribute) {
    const DeclaredAttribute& of = *attribute.declared;
    for (std::size_t v = 0; v < of.values.size(); ++v) {
      const bool at_start =
          attribute.initial[v].range().most > 0 || (named.value.flag && v == 0);  // the rest of a flag's share
      const bool at_birth = named.value.at_birth ? named.value.at_birth->value == of.values[v] : v == 0;
      const bool led_to = std::ranges::any_of(attribute.moves, [&](const AttributeMove& move) {
        return std::ranges::any_of(move.to, [&](const Outcome& to) { return to.value == v; });
      });
      if (at_start || at_birth || led_to) continue;
      diagnostics_.warn({.at = named.value.flag ? named.at : named.value.values[v].at,
                         .what = fmt::format("nobody ever has the value {} of {}", oikos::quoted(of.values[v]),
                                             oikos::quoted(of.name)),
                         .expected = "a share of 'initial' or a move that leads to it",
                         .got = "neither",
                         .hint = ""});
    }
  }

  const AttributeContext& context_;
  Diagnostics& diagnostics_;
  bool good_ = true;
};

}  // namespace

double AttributeMove::largest_hazard() const {
  double product = 1;
  for (const Factor& factor : factors) product *= std::max(1.0, factor.times.range().most);
  const double hazard = rate.range().most;
  return hazard == 0 ? 0 : hazard * std::min(product, cap) / divisor;
}

std::vector<Attribute> compile_attributes(std::span<const Named<AttributeSpec>> specs, const AttributeContext& context,
                                          Diagnostics& diagnostics) {
  std::vector<Attribute> all;
  Compiler compiler(context, diagnostics);
  for (const auto& spec : specs)
    if (auto attribute = compiler.run(spec)) all.push_back(std::move(*attribute));
  std::ranges::sort(all, {}, [](const Attribute& one) { return one.declared->name; });
  return all;
}

}  // namespace oikos
