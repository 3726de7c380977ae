#include "sim/scenario/declared_parameters.hpp"

#include <gmock/gmock.h>

#include <set>

#include "sim/file/file.hpp"
#include "sim/parameter/parameter_unit.hpp"
#include "tests/sim/scenario/loading.hpp"

namespace oikos::testing {
namespace {

TEST(DeclaredParameters, have_each_a_name_of_its_own_a_meaning_and_ranges_inside_each_other) {
  std::set<std::string> names;
  for (const ParameterSpec& spec : declared_parameters()) {
    EXPECT_TRUE(names.insert(spec.name).second) << spec.name;
    EXPECT_FALSE(spec.meaning.empty() || spec.meaning.ends_with('.')) << spec.name;
    EXPECT_LT(spec.allowed.low, spec.allowed.high) << spec.name;
    EXPECT_LT(spec.plausible.low, spec.plausible.high) << spec.name;
    if (!spec.relative_to.empty()) continue;
    EXPECT_GE(spec.plausible.low, spec.allowed.low) << spec.name;
    EXPECT_LE(spec.plausible.high, spec.allowed.high) << spec.name;
  }
  for (const ParameterSpec& spec : declared_parameters())
    EXPECT_TRUE(spec.relative_to.empty() || names.contains(spec.relative_to)) << spec.name;
}

TEST(DeclaredParameters, stand_in_the_reference_as_they_are_declared) {
  const std::string page = read_file(OIKOS_SOURCE_DIR "/docs/reference/parameters.md", 1 << 20);
  EXPECT_NE(page.find(parameters_markdown("PLN")), std::string::npos)
      << "write the output of oikos explain parameters --markdown into docs/reference/parameters.md";
}

TEST(DeclaredParameters, that_are_read_at_the_start_refuse_dates_in_plans) {
  const Prepared base = prepare(load_readable(baseline_path));
  for (const ParameterSpec& spec : declared_parameters()) {
    if (spec.read != ParameterRead::at_start) continue;
    const Parameter* now = base.parameters.find(spec.name);  // null where the city leaves it out
    const double value = now == nullptr ? spec.plausible.low : now->values.at(Month{2015, 1});
    std::string text;
    try {
      Diagnostics diagnostics;
      ParameterSet set = base.parameters;
      const std::string plan = spec.name + ": {2015-01: " + show_parameter(value, spec.unit, "PLN") + "}\n";
      set.lay_over(parse_yaml(make_source("plan.yaml", plan), diagnostics), diagnostics);
      diagnostics.throw_if_any();
    } catch (const InputError& error) {
      text = error.what();
    }
    EXPECT_THAT(text,
                ::testing::HasSubstr("parameter '" + spec.name + "' is read once, at the start, and has no dates"));
  }
}

TEST(DeclaredParameters, of_the_example_city_are_all_plausible) {
  EXPECT_TRUE(prepare(load_readable(baseline_path)).warnings.empty());
}

}  // namespace
}  // namespace oikos::testing
