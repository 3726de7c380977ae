#include "sim/base/narrow.hpp"
#include "sim/effect/effects.hpp"
#include "sim/process/membership_step.hpp"
#include "sim/scenario/build.hpp"
#include "sim/scenario/pilot.hpp"

namespace oikos {

namespace {

/// The steps that modules bring, and those that every month has.
Schedule schedule_of(const Prepared& p, const BuildInput& input) {
  Steps steps;
  for (const auto& [module, figures] : p.figures) figures->add_steps(input, steps);
  Schedule schedule;
  for (auto& step : steps) schedule.add(std::move(step));
  schedule.add(std::make_unique<MembershipStep>());
  return schedule;
}

BuildInput input_of(const Prepared& p, const std::shared_ptr<const World>& initial) {
  const Scenario& s = p.loaded.scenario;
  return {.initial = initial,
          .start = s.start,
          .months = narrow<int>(s.months),
          .paths = nullptr,
          .found = nullptr,
          .unemployment = p.unemployment,
          .flows = p.flows,
          .money = true,
          .figures = p.figures};
}

/// All that changes chances: attributes, levers and shocks, and programmes where they run.
std::vector<GivenEffect> effects_of(const Prepared& p, const std::vector<Attribute>& attributes, Rules rules) {
  std::vector<GivenEffect> all;
  for (const Attribute& attribute : attributes)
    for (const Effect& effect : attribute.effects)
      all.push_back({.effect = effect, .giver = Giver::attribute, .of_households = attribute.declared->of_household});
  for (const Effect& effect : p.city_effects) all.push_back({.effect = effect, .giver = Giver::city});
  if (rules == Rules::all)
    for (std::size_t i = 0; i < p.programmes.size(); ++i)
      for (const Effect& effect : p.programmes[i].effects)
        all.push_back({.effect = effect,
                       .giver = Giver::programme,
                       .of_households = p.programmes[i].unit == Unit::household,
                       .programme = i,
                       .strength = p.programmes[i].strength});
  return all;
}

/// Which programmes are meant by what expressions ask services about.
std::vector<ServiceMark> marks_of(const Prepared& p) {
  const Scenario& s = p.loaded.scenario;
  std::vector<ServiceMark> marks;
  for (const DeclaredService& service : p.loaded.declarations->services()) {
    ServiceMark mark{.service = &service, .programmes = {}};
    for (std::size_t i = 0; i < p.programmes.size(); ++i) {
      const auto& spec = std::ranges::find(s.programmes, p.programmes[i].key, &Named<ProgrammeSpec>::name)->value;
      // A provider that shares its kind with others serves nobody alone.
      const auto alone = [&](const Named<ProviderSpec>& provider) {
        return std::ranges::count(s.providers, provider.value.kind.value,
                                  [](const auto& one) { return one.value.kind.value; }) == 1;
      };
      const auto is_provider = [&](const Named<ProviderSpec>& provider) {
        if (!spec.provider) return false;
        const std::string& by = spec.provider->value;
        if (provider.value.kind.value == service.name) return by == service.name || by == provider.name;
        return provider.name == service.name &&
               (by == provider.name || (by == provider.value.kind.value && alone(provider)));
      };
      if (service.name == "any" || service.name == p.programmes[i].key || service.name == spec.domain.value ||
          std::ranges::any_of(s.providers, is_provider))
        mark.programmes.push_back(i);
    }
    marks.push_back(std::move(mark));
  }
  return marks;
}

/// Attributes, where somebody looks at them: programmes and results, or chances that they change. And all effects.
void add_attributes_and_effects(const Prepared& p, const std::shared_ptr<const std::vector<Attribute>>& attributes,
                                Rules rules, bool pilot, Schedule& schedule) {
  auto effects = effects_of(p, *attributes, rules);
  // The paths of a baseline are the same in all replicates: they are found with the stated figures.
  if (pilot)
    for (GivenEffect& one : effects) one.effect.range.reset();
  const bool looked_at = rules != Rules::people_and_work || !effects.empty();
  if (!attributes->empty() && looked_at) schedule.add(std::make_unique<AttributeMoves>(attributes, p.parameter_values));
  if (!effects.empty()) schedule.add(std::make_unique<Effects>(std::move(effects), p.parameter_values));
}

}  // namespace

Schedule make_schedule(const Prepared& p, const std::shared_ptr<const World>& initial,
                       const std::shared_ptr<const BaselinePaths>& paths, Rules rules,
                       std::shared_ptr<const std::vector<Attribute>> attributes) {
  BuildInput input = input_of(p, initial);
  input.paths = paths;
  input.money = rules != Rules::people_and_work;
  Schedule schedule = schedule_of(p, input);
  if (!attributes) attributes = p.attributes;
  add_attributes_and_effects(p, attributes, rules, false, schedule);
  if (rules == Rules::all)
    schedule.add(std::make_unique<Programmes>(p.programmes, p.capacities, p.parameter_values, p.schema, marks_of(p)));
  if (input.money && !p.levers.empty()) schedule.add(std::make_unique<LeverCosts>(p.levers));
  if (input.money) schedule.add(std::make_unique<RecordProcess>());
  schedule.arrange();
  return schedule;
}

Schedule make_pilot_schedule(const Prepared& p, const std::shared_ptr<const World>& initial,
                             const std::shared_ptr<BaselinePaths>& paths,
                             const std::shared_ptr<const std::vector<Attribute>>& attributes, PilotMoney money) {
  BuildInput input = input_of(p, initial);
  input.paths = input.found = paths;
  input.money = money == PilotMoney::counted;
  Schedule schedule = schedule_of(p, input);
  add_attributes_and_effects(p, attributes, Rules::people_and_work, true, schedule);
  schedule.arrange();
  return schedule;
}

}  // namespace oikos
