#include "sim/base/narrow.hpp"
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

/// Attributes, where somebody looks at them: programmes and results, or chances that they change.
void add_attributes(const Prepared& p, const std::shared_ptr<const std::vector<Attribute>>& attributes, Rules rules,
                    Schedule& schedule) {
  const bool effects = have_effects(*attributes);
  if (attributes->empty() || (rules == Rules::people_and_work && !effects)) return;
  schedule.add(std::make_unique<AttributeMoves>(attributes, p.parameter_values));
  if (effects) schedule.add(std::make_unique<AttributeEffects>(attributes, p.parameter_values, rules != Rules::all));
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
  add_attributes(p, attributes, rules, schedule);
  if (rules == Rules::all)
    schedule.add(std::make_unique<Programmes>(p.programmes, p.capacities, p.parameter_values, p.schema));
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
  add_attributes(p, attributes, Rules::people_and_work, schedule);
  schedule.arrange();
  return schedule;
}

}  // namespace oikos
