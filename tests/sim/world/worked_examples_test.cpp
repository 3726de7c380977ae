#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "sim/expr/evaluate.hpp"
#include "sim/world/expression_columns.hpp"
#include "tests/support/tiny_world.hpp"

/// Goal: the worked examples of docs/reference/expressions.md are true. Method: the people it tells of are made, and
/// every line of its table is computed.
namespace oikos {
namespace {

const Month january{2020, 1};
const std::vector<std::string> districts{"north", "south"};

struct People {
  People() {
    rows["Anna"] = tiny.add("F30*M32 f9 m5", 1, Tenure::municipal);
    rows["Piotr"] = rows["Anna"] + 1, rows["Ewa"] = rows["Anna"] + 2, rows["Jan"] = rows["Anna"] + 3;
    rows["Maria"] = tiny.add("F58");
    rows["Adam"] = tiny.add("M27 M28");
    PersonTable& p = tiny.world.persons;
    for (const char* child : {"Anna", "Adam"}) p[person::mother][rows[child]] = rows["Maria"];
    p[person::labour][rows["Anna"]] = Labour::registered_unemployed;
    p[person::state_since][rows["Anna"]] = to_short(january - 14);
    p[person::labour][rows["Maria"]] = Labour::retired;
    p[person::gross_wage][rows["Piotr"]] = 400'000;
    HouseholdTable& h = tiny.world.households;
    h[household::dependent_children][0] = 2;
    h[household::market_income][0] = 290'000;
    h[household::child_benefit][0] = 100'000;
  }
  test::TinyWorld tiny{january};
  std::map<std::string, Row> rows;
};

struct Line {
  std::string who, expression, value;
};

/// Lines of the table, whose first two cells are a name and an expression in backquotes.
std::vector<Line> lines() {
  std::ifstream page(OIKOS_SOURCE_DIR "/docs/reference/expressions.md");
  std::vector<Line> all;
  bool inside = false;
  for (std::string text; std::getline(page, text);) {
    inside = inside || text == "## Worked examples";
    const auto open = text.find("| `"), close = text.rfind("` |");
    if (!inside || open == std::string::npos || close == std::string::npos) continue;
    all.push_back({text.substr(2, open - 3), text.substr(open + 3, close - open - 3),
                   text.substr(close + 4, text.size() - close - 6)});
  }
  return all;
}

/// A value as the page writes it.
std::string shown(double value, expr::Type type) {
  std::ostringstream out;
  out.precision(17);
  switch (type.kind) {
    case expr::Kind::boolean: return value != 0 ? "yes" : "no";
    case expr::Kind::money: out << value / 100 << " PLN"; break;
    case expr::Kind::months: out << value << " months"; break;
    case expr::Kind::years: out << value << " years"; break;
    default: out << value;
  }
  return out.str();
}

TEST(WorkedExamples, are_true) {
  const People people;
  expr::Schema schema = person_schema(declared(), "PLN", districts);
  schema.add_parameter({.name = "minimum_wage", .type = {expr::Kind::money}, .doc = "", .id = 0, .unit = ""});
  const std::vector<double> parameters{260'000};
  const auto all = lines();
  ASSERT_GE(all.size(), 20u);
  for (const Line& line : all) {
    ASSERT_TRUE(people.rows.contains(line.who)) << line.who;
    Diagnostics diagnostics;
    const auto program = expr::compile(line.expression, {}, schema, expr::Goal::anything("expression"), diagnostics);
    diagnostics.throw_if_any();
    const std::vector<std::uint32_t> rows{people.rows.at(line.who)};
    double value = 0;
    expr::Evaluator().evaluate(*program, WorldColumns(people.tiny.world, january, parameters), rows, {&value, 1});
    EXPECT_EQ(shown(value, program->type()), line.value) << line.who << ": " << line.expression;
  }
}

}  // namespace
}  // namespace oikos
