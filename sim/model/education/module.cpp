#include "sim/model/education/declared.hpp"
#include "sim/world/expression_columns.hpp"

namespace oikos::education {

namespace {

constexpr DomainSpec levels{"education", education_names};

constexpr ExpressionName name{.name = "education",
                              .kind = expr::Kind::enumeration,
                              .domain = "education",
                              .doc = "highest completed education",
                              .fill = fill_column<person::education>};

void declare(Registry& registry) {
  registry.column(person::education);
  registry.domain(levels);
  registry.name(name);
  for (const LaneSpec* one : {&lane::leaves_school, &lane::attainment, &lane::first_wage}) registry.lane(*one);
}

}  // namespace

constinit const Module module{"education", declare};

}  // namespace oikos::education
