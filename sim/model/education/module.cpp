#include "sim/model/education/declared.hpp"
#include "sim/model/education/figures.hpp"
#include "sim/model/education/school_parameters.hpp"
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

std::vector<ParameterPage> parameters() { return {{"[Education](../methods/education.md)", school_parameters()}}; }

std::unique_ptr<const ModuleFigures> read(const ModuleInput& input, Diagnostics& diagnostics) {
  return std::make_unique<const Figures>(input, diagnostics);
}

}  // namespace

constinit const Module module{.name = "education", .declare = declare, .parameters = parameters, .read = read};

}  // namespace oikos::education
