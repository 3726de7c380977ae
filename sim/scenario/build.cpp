#include "sim/scenario/build.hpp"

#include "sim/base/narrow.hpp"
#include "sim/population/digest.hpp"
#include "sim/population/misfit.hpp"

namespace oikos {

namespace {

/// Replicate number of what all replicates share.
constexpr std::uint32_t shared_luck = 0xFFFF'FFFFu;

/// Persons that a look at the population takes at most: they are built in less than a second.
constexpr double most_tried = 250'000;

Model bare_model(const Prepared& p, std::shared_ptr<const World> initial) {
  const Scenario& s = p.loaded.scenario;
  Model model;
  model.start = s.start;
  model.months = narrow<int>(s.months);
  model.notes = p.notes;
  model.seed = s.seed;
  model.initial = std::move(initial);
  model.flows = p.flows;
  model.groups = std::make_unique<const Groups>(p.population.districts);
  for (const income::MonthLaw& law : p.law)
    model.anchor.push_back(static_cast<double>(law.average_wage.minor()) /
                           static_cast<double>(p.law.front().average_wage.minor()));
  for (const auto& programme : s.programmes) {
    const std::string path = "programmes/" + programme.name;
    model.places[path] = programme.at;
    if (!programme.value.cost.value.empty()) model.places[path + "/cost"] = programme.value.cost.at;
    if (programme.value.amount) model.places[path + "/amount"] = programme.value.amount->at;
  }
  for (const Parameter& parameter : p.parameters.all()) model.places["parameters/" + parameter.name] = parameter.at;
  return model;
}

/// Factors that keep unemployment on its path: found month by month in a run without programmes.
std::shared_ptr<const labour::AlignmentPath> run_pilot(const Prepared& p, const std::shared_ptr<const World>& initial,
                                                       const Executor& executor, const BuildProgress& progress) {
  auto path = std::make_shared<labour::AlignmentPath>(static_cast<std::size_t>(p.loaded.scenario.months), 1.0);
  if (p.unemployment.empty()) return path;
  Model pilot = bare_model(p, initial);
  pilot.schedule = make_schedule(p, initial, path, Rules::people_and_work);
  pilot.schedule.of(Phase::livelihood)
      .before.push_back(std::make_unique<labour::Alignment>(p.labour, p.unemployment, path));
  Simulation simulation(pilot, shared_luck, executor);
  while (simulation.steps_done() < pilot.months) {
    simulation.advance();
    if (progress) progress("aligning labour", static_cast<double>(simulation.steps_done()) / pilot.months);
  }
  return path;
}

}  // namespace

population::SyntheticPopulation make_population(const Prepared& prepared) {
  const Scenario& s = prepared.loaded.scenario;
  return population::synthesise(prepared.population, s.start, rng::Stream(s.seed, shared_luck));
}

std::vector<Diagnostic> population_misfit(const Prepared& prepared) {
  const Scenario& s = prepared.loaded.scenario;
  population::PopulationInput input = prepared.population;
  input.scale = std::min(input.scale, most_tried / std::max(input.parameters.persons, 1.0));
  const auto people = population::synthesise(input, s.start, rng::Stream(s.seed, shared_luck));
  return population::misfit(input, population::fit_report(input, people, s.currency));
}

std::shared_ptr<World> make_world(const population::SyntheticPopulation& people) {
  auto world = std::make_shared<World>();
  PersonTable& persons = world->persons;
  persons.append(narrow<std::uint32_t>(people.persons.size()));
  const ShortMonth start = to_short(people.start);
  for (Row row = 0; row < persons.size(); ++row) {
    const population::SyntheticPerson& from = people.persons[row];
    persons.identity[row] = row;
    persons.partner[row] = from.partner;
    persons.mother[row] = from.mother;
    persons.father[row] = from.father;
    persons.birth_month[row] = to_short(from.birth_month);
    persons.sex[row] = from.sex;
    persons.children_born[row] = from.children_born;
    persons.education[row] = from.education;
    persons.labour[row] = from.labour;
    persons.state_since[row] = narrow<ShortMonth>(start - from.months_in_state);
    persons.wage_potential[row] = from.wage_potential;
    persons.pension[row] = from.pension.minor();
  }
  world->households.append(narrow<std::uint32_t>(people.households.size()));
  for (std::uint32_t h = 0; h < world->households.size(); ++h) {
    const population::SyntheticHousehold& from = people.households[h];
    world->households.identity[h] = h;
    world->households.members[h] = from.size;
    world->households.district[h] = narrow<std::uint8_t>(from.district);
    world->households.tenure[h] = from.tenure;
  }
  index_members(*world, Executor(1));
  return world;
}

Model build_model(const Prepared& prepared, const Executor& executor, const BuildProgress& progress) {
  if (progress) progress("synthesising population", 0.0);
  const population::SyntheticPopulation people = make_population(prepared);
  auto world = make_world(people);
  world->programmes.resize(prepared.programmes.size());
  world->providers.resize(prepared.provider_keys.size());
  const std::shared_ptr<const World> initial = std::move(world);
  auto alignment = run_pilot(prepared, initial, executor, progress);
  Model model = bare_model(prepared, initial);
  model.population = {.sha256 = population::digest(people),
                      .persons = static_cast<std::int64_t>(people.persons.size()),
                      .households = static_cast<std::int64_t>(people.households.size()),
                      .scale = prepared.population.scale};
  model.population_fit = population::fit_report(prepared.population, people, prepared.loaded.scenario.currency);
  for (const Diagnostic& one : population::misfit(prepared.population, model.population_fit))
    model.notes.push_back(to_note(one));
  model.schedule = make_schedule(prepared, initial, std::move(alignment));
  return model;
}

}  // namespace oikos
