// A rule as a newcomer would write it: months that a tenant's household owes rent. All that it owns and does stands
// here; no other file of the program knows of it but the list of modules.
#include "sim/model/demography/declared.hpp"
#include "sim/model/module.hpp"
#include "sim/process/access.hpp"
#include "sim/world/expression_columns.hpp"

namespace oikos {

namespace household {
inline constexpr HouseholdColumn<std::uint8_t, struct RentArrears> rent_arrears{
    "rent_arrears", "month", "months of rent owed", {.split = OnSplit::copied, .merge = OnMerge::larger}};
}
namespace count {
inline constexpr CountSpec arrears_begun{"arrears_begun", "tenants' households that fall behind with their rent"};
}
namespace target {
inline constexpr TargetSpec falling_behind{"falling_behind", "tenure != owner",
                                           "chance that a tenants' household falls behind with its rent",
                                           "methods/arrears.md", TargetSpec::Of::household};
}
namespace lane {
inline constexpr LaneSpec falls_behind{rng::Purpose{900}, 0, "falls_behind"};  ///< of reference persons
}

namespace arrears {

namespace {

class Arrears final
    : public SweepStep<Reads<household::first, household::tenure>, Writes<household::rent_arrears>,
                       Draws<lane::falls_behind>, Asks<target::falling_behind>, Tallies<count::arrears_begun>> {
 public:
  explicit Arrears(ByMonth<double> chance) : chance_(std::move(chance)) {}

 private:
  ProcessInfo about() const override {
    return {.name = "arrears",
            .summary = "decides which tenants do not pay their rent",
            .stage = Stage::livelihood,
            .page = "methods/arrears.md"};
  }
  void run(const View& view) const override {
    const std::uint32_t* const draws = view.draws<lane::falls_behind>();
    const auto& tenure = view[household::tenure];
    const auto& first = view[household::first];
    auto& owed = view[household::rent_arrears];
    const rng::Limit limit = rng::limit(chance_.at(view.now.step));
    for (std::uint32_t h = view.chunk.first_household; h < view.chunk.first_household + view.chunk.households; ++h) {
      const std::uint32_t i = first[h] - view.chunk.first_person;
      if (tenure[h] == Tenure::owner || !happens(draws[i], limit, view.change<target::falling_behind>(i))) {
        owed[h] = 0;  // who owns the home pays no rent
        continue;
      }
      if (owed[h] == 0) view.count<count::arrears_begun>();
      owed[h] = static_cast<std::uint8_t>(owed[h] < 250 ? owed[h] + 1 : 250);
    }
  }

  ByMonth<double> chance_;
};

class Figures final : public ModuleFigures {
 public:
  explicit Figures(const ModuleInput& input) : chance_(input.parameters.by_month("not_paying_rent")) {}
  void add_steps(const BuildInput&, Steps& steps) const override {
    steps.push_back(std::make_unique<Arrears>(chance_));
  }

 private:
  ByMonth<double> chance_;
};

constexpr ExpressionName name{.name = "rent_arrears",
                              .kind = expr::Kind::months,
                              .doc = "months of rent that the household owes",
                              .most = 250,
                              .fill = fill_column<household::rent_arrears>};

void declare(Registry& registry) {
  registry.column(household::rent_arrears);
  registry.name(name);
  registry.fact("rent_arrears == 0 months or tenure != owner");
  registry.count(count::arrears_begun);
  registry.target(target::falling_behind);
  registry.lane(lane::falls_behind);
}

std::vector<ParameterPage> parameters() {
  return {{"[Arrears](../methods/arrears.md)",
           {{.name = "not_paying_rent",
             .unit = ParameterUnit::chance,
             .allowed = {0, 1},
             .plausible = {0, 0.9},
             .meaning = "tenants who do not pay their rent",
             .optional = true}}}};
}

std::unique_ptr<const ModuleFigures> read(const ModuleInput& input, Diagnostics&) {
  return std::make_unique<const Figures>(input);
}

}  // namespace

extern const Module module;
constinit const Module module{.name = "arrears", .declare = declare, .parameters = parameters, .read = read};

}  // namespace arrears

}  // namespace oikos
