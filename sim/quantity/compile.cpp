#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/base/contract.hpp"
#include "sim/quantity/part.hpp"
#include "sim/quantity/table.hpp"
#include "sim/text/codec.hpp"
#include "sim/text/dated.hpp"

namespace oikos {

namespace {

constexpr std::string_view by_key = "by", else_key = "else", between_key = "between", table_key = "table",
                           is_key = "is", linear = "linear";
/// What may stand beside `is`, and is not read here.
constexpr std::string_view beside_is[] = {"source", "confidence"};

bool begins_like_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && text[0] >= '0' && text[0] <= '9';
}

}  // namespace

/// Makes the parts of a quantity from text.
class QuantityCompiler {
 public:
  using Part = Quantity::Part;
  using Made = std::shared_ptr<const Part>;

  QuantityCompiler(const NumberReader& reader, const QuantityContext& context, Diagnostics& diagnostics)
      : reader_(reader), context_(context), diagnostics_(diagnostics) {}

  std::optional<Quantity> run(const Node& node) {
    const Made root = part(node);
    if (!root) return std::nullopt;
    expr::Interval range = range_of(*root);
    return Quantity(root, range);
  }

 private:
  void report(const Position& at, std::string what, std::string expected, std::string got, std::string hint = "") {
    diagnostics_.add({.at = at,
                      .what = std::move(what),
                      .expected = std::move(expected),
                      .got = std::move(got),
                      .hint = std::move(hint)});
  }

  Made part(const Node& node) {
    if (node.is_scalar()) return scalar(node);
    if (!node.is_mapping()) {
      report(node.at, "wrong kind of value", reader_.expected + ", or a mapping with 'by', 'table' or months",
             describe(node));
      return nullptr;
    }
    if (node.find(by_key) != nullptr) return by(node);
    if (node.find(table_key) != nullptr) return from_table(node);
    if (const Node* value = node.find(is_key)) return stated(node, *value);
    if (codec::looks_dated(node)) return by_month(node);
    report(node.entries.empty() ? node.at : node.entries.front().key_at, "a mapping that says no value",
           reader_.expected + ", or a mapping with 'by', 'table' or months",
           node.entries.empty() ? "an empty mapping" : quoted(node.entries.front().key));
    return nullptr;
  }

  Made scalar(const Node& node) {
    auto made = std::make_shared<Part>();
    if (reader_.expression && !begins_like_number(node.text)) return expression(node);
    Diagnostics as_number;
    if (const auto value = reader_.read(node, as_number)) {
      made->value = *value;
      return made;
    }
    // A number may begin an expression too: `1 + neighbours`.
    if (reader_.expression && node.text.find_first_of("+-*/<>=() ", 1) != std::string::npos) return expression(node);
    diagnostics_.append(as_number);
    return nullptr;
  }

  Made expression(const Node& node) {
    auto program = expr::compile(node.text, node.at, context_.schema, *reader_.expression, diagnostics_);
    if (!program) return nullptr;
    auto made = std::make_shared<Part>();
    if (const auto value = program->constant()) {
      made->value = *value;
      return made;
    }
    made->kind = Part::Kind::expression;
    made->program = std::move(program);
    return made;
  }

  Made stated(const Node& node, const Node& value) {
    for (const auto& entry : node.entries)
      if (entry.key != is_key && std::ranges::find(beside_is, entry.key) == std::end(beside_is))
        report(entry.key_at, "unknown key beside 'is'", fmt::format("one of {}", fmt::join(beside_is, ", ")),
               quoted(entry.key));
      else if (entry.key == "source") codec::text().parse(entry.value, diagnostics_);
      else if (entry.key == "confidence") codec::confidence().parse(entry.value, diagnostics_);
    return part(value);
  }

  Made by_month(const Node& node) {
    const auto months = codec::expect_month_keys(node, false, diagnostics_);
    auto made = std::make_shared<Part>();
    made->kind = Part::Kind::by_month;
    for (std::size_t i = 0; i < node.entries.size(); ++i) {
      Made value = part(node.entries[i].value);
      if (!value || i >= months.size()) return nullptr;
      made->keys.push_back(static_cast<double>(months[i].index()));
      made->parts.push_back(std::move(value));
    }
    if (months.size() != node.entries.size() || months.empty()) return nullptr;
    if (context_.start < months.front()) {
      report(node.entries.front().key_at, "no value in force when the run begins",
             fmt::format("a value from {} or earlier", to_string(context_.start)), to_string(months.front()));
      return nullptr;
    }
    return made;
  }

  /// What a choice is made by, and the column it is, if it is one.
  struct Key {
    expr::Program program;
    const expr::Column* column;
  };
  std::optional<Key> key(const Node& name) {
    if (!name.is_scalar()) {
      report(name.at, "wrong kind of value", "a name of the language, such as age", describe(name));
      return std::nullopt;
    }
    auto program = expr::compile(name.text, name.at, context_.schema, expr::Goal::anything("'by'"), diagnostics_);
    if (!program) return std::nullopt;
    return Key{std::move(*program), context_.schema.find(name.text)};
  }

  Made by(const Node& node) {
    const Node* name = node.find(by_key);
    auto chosen_by = key(*name);
    const bool lines = node.find(between_key) != nullptr;
    if (lines && (!node.find(between_key)->is_scalar() || node.find(between_key)->text != linear)) {
      report(node.find(between_key)->at, "unknown value of 'between'", "'linear'", describe(*node.find(between_key)));
      return nullptr;
    }
    auto made = std::make_shared<Part>();
    bool good = chosen_by.has_value();
    if (const Node* other = node.find(else_key)) {
      made->other = part(*other);
      good = good && made->other != nullptr;
    }
    std::vector<Position> places;
    for (const auto& entry : node.entries) {
      if (entry.key == by_key || entry.key == else_key || entry.key == between_key) continue;
      Made value = part(entry.value);
      const auto at = chosen_by ? key_value(*chosen_by, entry.key, entry.key_at) : std::nullopt;
      good = good && value && at;
      if (!value || !at) continue;
      made->keys.push_back(*at);
      made->parts.push_back(std::move(value));
      places.push_back(entry.key_at);
    }
    if (!good) return nullptr;
    return finish(std::move(made), std::move(*chosen_by), name->text, places, name->at, lines);
  }

  /// The value of a key: a code, or a lower end.
  std::optional<double> key_value(const Key& by, const std::string& text, const Position& at) {
    const expr::Type type = by.program.type();
    if (type.kind == expr::Kind::enumeration) {
      if (const auto code = type.domain->code(text)) return *code;
      report(at, fmt::format("unknown value of {}", type.domain->name),
             fmt::format("one of {}", fmt::join(type.domain->values, ", ")), quoted(text),
             did_you_mean(text, type.domain->values));
      return std::nullopt;
    }
    if (type.kind == expr::Kind::boolean) {
      if (text == "yes") return 1;
      if (text == "no") return 0;
      report(at, "unknown value of a condition", "yes or no", quoted(text));
      return std::nullopt;
    }
    const auto step = expr::compile(text, at, context_.schema, expr::Goal::exactly("step", type), diagnostics_);
    if (!step) return std::nullopt;
    if (const auto value = step->constant()) return *value;
    report(at, "a step that is no constant", "a number in the unit of what is chosen by", quoted(text));
    return std::nullopt;
  }

  static bool by_values(const Key& by) {
    const auto kind = by.program.type().kind;
    return kind == expr::Kind::enumeration || kind == expr::Kind::boolean;
  }

  /// Checks that there is a value for everybody, none twice, and steps ascend.
  Made finish(std::shared_ptr<Part> made, Key by, const std::string& name, const std::vector<Position>& places,
              const Position& at, bool lines) {
    if (made->keys.empty()) {
      report(at, fmt::format("no values by {}", quoted(name)), "a value for each, such as '18 years: 4 %/year'",
             "none");
      return nullptr;
    }
    made->kind = by_values(by) ? Part::Kind::by_value : lines ? Part::Kind::by_lines : Part::Kind::by_steps;
    if (made->kind == Part::Kind::by_value) {
      if (lines) {
        report(at, "straight lines between values that have no order", "'between: linear' only over a number",
               quoted(name));
        return nullptr;
      }
      if (!all_values(*made, by, name, at)) return nullptr;
    } else {
      if (lines && made->other) {
        report(at, "'else' beside straight lines", "'between: linear' alone: it is level outside of its ends",
               "'else'");
        return nullptr;
      }
      for (std::size_t i = 1; i < made->keys.size(); ++i)
        if (made->keys[i] <= made->keys[i - 1]) {
          report(places[i], "steps do not ascend", "each step above the one before", "one that is not");
          return nullptr;
        }
      const double least = by.column != nullptr ? by.column->least : -expr::infinite;
      if (made->keys.front() > least && !made->other && !lines) {
        report(
            places.front(), "steps do not begin at the lowest possible",
            std::isfinite(least) ? fmt::format("a first step of {:g}, or 'else'", least) : "'else' for what is below",
            fmt::format("{:g}", made->keys.front()));
        return nullptr;
      }
      if (lines)
        for (const auto& one : made->parts)
          if (one->kind != Part::Kind::number || !std::isfinite(one->value)) {
            report(at, "straight lines between what are no numbers",
                   "plain numbers at the ends of 'between: linear', none of them certain",
                   "a value that is chosen, computed or certain");
            return nullptr;
          }
    }
    made->program = std::move(by.program);
    return made;
  }

  bool all_values(const Part& made, const Key& by, const std::string& name, const Position& at) {
    const expr::Type type = by.program.type();
    const std::size_t count = type.kind == expr::Kind::boolean ? 2 : type.domain->values.size();
    std::vector<std::string> missing;
    for (std::size_t code = 0; code < count; ++code)
      if (std::ranges::find(made.keys, static_cast<double>(code)) == made.keys.end())
        missing.push_back(type.kind == expr::Kind::boolean ? (code == 1 ? "yes" : "no") : type.domain->values[code]);
    if (missing.empty() && made.other) {
      report(at, fmt::format("'else' is for nobody: every value of {} has its own", quoted(name)),
             "no 'else', or fewer values", "all values and 'else'");
      return false;
    }
    if (missing.empty() || made.other) return true;
    report(at, fmt::format("no value by {} for {}", quoted(name), fmt::join(missing, ", ")),
           "a value for each, or 'else'", fmt::format("{} of {}", made.keys.size(), count));
    return false;
  }

  Made from_table(const Node& node) {
    const Node& named = *node.find(table_key);
    bool lines = false;
    for (const auto& entry : node.entries) {
      if (entry.key == table_key) continue;
      if (entry.key == between_key && entry.value.is_scalar() && entry.value.text == linear) {
        lines = true;
        continue;
      }
      report(entry.key_at, "unknown key beside 'table'", "'between: linear'", quoted(entry.key));
      return nullptr;
    }
    const auto path = codec::path().parse(named, diagnostics_);
    if (!path) return nullptr;
    expect(context_.open != nullptr, "tables can be read where they can be named");
    const auto source = context_.open(named.at, *path, diagnostics_);
    if (!source) return nullptr;
    const auto table = read_quantity_table(named.at, *source, context_.only, diagnostics_);
    if (!table) return nullptr;
    if (lines && (table->keys.empty() || std::ranges::none_of(table->keys, &QuantityTable::Key::is_steps))) {
      report(node.find(between_key)->at, "straight lines in a table without steps", "a column such as 'age_from'",
             fmt::format("columns {}", table->key_names()));
      return nullptr;
    }
    std::vector<std::size_t> rows(table->values.size());
    for (std::size_t r = 0; r < rows.size(); ++r) rows[r] = r;
    std::vector<std::optional<Key>> keys;
    for (const auto& column : table->keys) {
      if (column.is_month) {
        keys.emplace_back(std::nullopt);
        continue;
      }
      const Node name{.kind = Node::Kind::scalar,
                      .at = column.at,
                      .text = column.name,
                      .quoted = false,
                      .items = {},
                      .entries = {},
                      .removed = {}};
      keys.push_back(key(name));
      if (!keys.back()) return nullptr;
      if (column.is_steps == by_values(*keys.back())) {
        report(column.at, column.is_steps ? "steps over what has no order" : "values of what is a number",
               column.is_steps ? fmt::format("a column '{}'", column.name)
                               : fmt::format("a column '{}_from' with the lower ends of steps", column.name),
               quoted(column.is_steps ? column.name + "_from" : column.name));
        return nullptr;
      }
    }
    return of_rows(*table, keys, 0, rows, lines);
  }

  /// The part of some rows, which agree in all key columns before the k-th.
  Made of_rows(const QuantityTable& table, const std::vector<std::optional<Key>>& keys, std::size_t k,
               const std::vector<std::size_t>& rows, bool lines) {
    if (k == table.keys.size()) {
      if (rows.size() > 1) {
        report(table.rows_at[rows[1]], "two rows for the same", "one row for each combination of " + table.key_names(),
               "a second one");
        return nullptr;
      }
      return scalar(table.values[rows.front()]);
    }
    const auto& column = table.keys[k];
    std::map<double, std::vector<std::size_t>> by_cell;
    std::vector<std::size_t> for_others;
    bool good = true;
    for (const std::size_t row : rows) {
      const Node& cell = column.cells[row];
      if (cell.is_null()) {
        for_others.push_back(row);
        continue;
      }
      std::optional<double> at;
      if (!column.is_month) {
        const auto [known, fresh] = values_of_cells_.try_emplace({k, cell.text});
        if (fresh) known->second = key_value(*keys[k], cell.text, cell.at);
        at = known->second;
      } else if (const auto month = codec::month().parse(cell, diagnostics_)) {
        at = static_cast<double>(month->index());
      }
      good = good && at;
      if (at) by_cell[*at].push_back(row);
      if (!good && diagnostics_.all().size() > 20) return nullptr;  // a wrong file, not a slip
    }
    if (!good) return nullptr;
    if (by_cell.empty()) return of_rows(table, keys, k + 1, for_others, lines);
    auto made = std::make_shared<Part>();
    std::vector<Position> places;
    if (!for_others.empty()) made->other = of_rows(table, keys, k + 1, for_others, lines);
    if (!for_others.empty() && !made->other) return nullptr;
    for (const auto& [at, those] : by_cell) {
      Made value = of_rows(table, keys, k + 1, those, lines);
      if (!value) return nullptr;
      made->keys.push_back(at);
      made->parts.push_back(std::move(value));
      places.push_back(column.cells[those.front()].at);
    }
    if (!column.is_month)
      return finish(std::move(made), *keys[k], column.name, places, table.rows_at[rows.front()],
                    lines && k + 1 == table.keys.size() && column.is_steps);
    made->kind = Part::Kind::by_month;
    if (static_cast<double>(context_.start.index()) < made->keys.front() && !made->other) {
      report(places.front(), "no row in force when the run begins",
             fmt::format("a row from {} or earlier", to_string(context_.start)), "a later one");
      return nullptr;
    }
    return made;
  }

  expr::Interval range_of(const Part& part) const {
    if (part.kind == Part::Kind::number) return {part.value, part.value, false};
    if (part.kind == Part::Kind::expression) return {};
    expr::Interval all{expr::infinite, -expr::infinite, false};
    const auto widen = [&](const expr::Interval& one) {
      all.least = std::min(all.least, one.least);
      all.most = std::max(all.most, one.most);
    };
    for (const auto& one : part.parts) widen(range_of(*one));
    if (part.other) widen(range_of(*part.other));
    return all;
  }

  const NumberReader& reader_;
  const QuantityContext& context_;
  Diagnostics& diagnostics_;
  std::map<std::pair<std::size_t, std::string>, std::optional<double>> values_of_cells_;  ///< by key column and text
};

std::optional<Quantity> Quantity::compile(const Node& node, const NumberReader& reader, const QuantityContext& context,
                                          Diagnostics& diagnostics) {
  return QuantityCompiler(reader, context, diagnostics).run(node);
}

}  // namespace oikos
