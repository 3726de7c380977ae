#include "sim/scenario/build.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "sim/base/narrow.hpp"
#include "sim/model/demography/declared.hpp"
#include "sim/model/education/declared.hpp"
#include "sim/model/income/declared.hpp"
#include "sim/model/labour/declared.hpp"
#include "sim/population/digest.hpp"
#include "sim/population/misfit.hpp"
#include "sim/scenario/modules.hpp"
#include "sim/scenario/pilot.hpp"

namespace oikos {

namespace {

/// Replicate number of what all replicates share.
constexpr std::uint32_t shared_luck = 0xFFFF'FFFFu;

/// Persons that a look at the population takes at most: they are built in less than a second.
constexpr double most_tried = 250'000;

/// The people of a scenario from an input of theirs.
population::SyntheticPopulation people_from(const population::PopulationInput& input, const Scenario& s) {
  return population::synthesise(input, s.start, {rng::Stream(s.seed, shared_luck), s.place()});
}

Model bare_model(const Prepared& p, std::shared_ptr<const World> initial) {
  const Scenario& s = p.loaded.scenario;
  Model model;
  model.start = s.start;
  model.months = narrow<int>(s.months);
  model.notes = p.notes;
  model.seed = s.seed;
  model.initial = std::move(initial);
  model.declarations = p.loaded.declarations;
  model.flows = p.flows;
  std::vector<GroupColumn> columns;
  for (const DeclaredAttribute& one : p.loaded.declarations->attributes())
    columns.push_back({one.name, one.doc, one.values, &one.state});
  model.groups = std::make_unique<const Groups>(p.population.districts, std::move(columns));
  const ByMonth<double> average_wage = p.parameters.by_month("average_wage");
  for (int step = 0; step < model.months; ++step)
    model.anchor.push_back(static_cast<double>(round_half_away(average_wage.at(step))) /
                           static_cast<double>(round_half_away(average_wage.at(0))));
  for (const auto& programme : s.programmes) {
    const std::string path = "programmes/" + programme.name;
    model.places[path] = programme.at;
    if (!programme.value.cost.value.empty()) model.places[path + "/cost"] = programme.value.cost.at;
    if (programme.value.amount) model.places[path + "/amount"] = programme.value.amount->at;
  }
  for (const Parameter& parameter : p.parameters.all())
    model.places["parameters/" + parameter.name] = parameter.row_at(s.start).at;
  return model;
}

/// Whether something that acts in the pilot reads what rules of money compute.
bool reads_money(const Prepared& p, const std::vector<Attribute>& attributes) {
  bool reads = false;
  const auto look = [&](const expr::Program& program) {
    for (const std::uint32_t id : program.reads()) reads |= p.loaded.registry().names()[id]->computed;
  };
  for (const Effect& effect : p.city_effects) reads |= effect.waits;
  for (const Attribute& attribute : attributes) {
    for (const Effect& effect : attribute.effects) reads |= effect.waits;
    for (const AttributeMove& move : attribute.moves) {
      move.rate.each_expression(look);
      if (move.where) look(*move.where);
      for (const Factor& factor : move.factors) {
        factor.times.each_expression(look);
        if (factor.where) look(*factor.where);
      }
    }
  }
  return reads;
}

/// Finds month by month, in a run of the baseline without programmes, what keeps it on its paths.
std::shared_ptr<const BaselinePaths> run_pilot(const Prepared& p, const std::shared_ptr<const World>& initial,
                                               const std::shared_ptr<const std::vector<Attribute>>& attributes,
                                               const Executor& executor, const BuildProgress& progress) {
  const Scenario& s = p.loaded.scenario;
  auto paths = std::make_shared<BaselinePaths>(narrow<int>(s.months));
  Model pilot = bare_model(p, initial);
  pilot.schedule = make_pilot_schedule(p, initial, paths, attributes,
                                       reads_money(p, *attributes) ? PilotMoney::counted : PilotMoney::left_out);
  Simulation simulation(pilot, shared_luck, executor);
  while (simulation.steps_done() < pilot.months) {
    simulation.advance();
    if (progress) progress("finding the baseline's paths", static_cast<double>(simulation.steps_done()) / pilot.months);
  }
  return paths;
}

/// A path's figure as its parameter is written.
std::string show(const KeptPath& path, double value, const Scenario& s) {
  if (path.name == "average_wage") return fmt::format("{:.2f} {}", value / 100, s.currency);
  if (path.name == "departures_yearly")  // of the part of the city that is simulated
    return fmt::format("{:.0f} persons/year", value / s.municipality().population.scale);
  return fmt::format("{:.2f} %", value * 100);
}

/// Notes on paths that the baseline's rules cannot reach.
void note_misses(const BaselinePaths& paths, const Scenario& s, std::vector<std::string>& notes) {
  for (const KeptPath* path : paths.kept()) {
    const LargestMiss miss = largest_miss(*path);
    if (miss.step < 0) continue;
    notes.push_back(
        fmt::format("{} is not kept in {} of {} months: the largest miss is in {}, where {} is wanted and {} "
                    "reached",
                    path->name, months_missed(*path), path->wanted.size(), to_string(s.start + miss.step),
                    show(*path, miss.wanted, s), show(*path, miss.reached, s)));
  }
}

const Prepared& baseline_of(const Prepared& p) { return p.baseline != nullptr ? *p.baseline : p; }

/// Note on effects of a baseline that its path of unemployment does not expect.
void note_effects_on_path(const Prepared& baseline, const BaselinePaths& paths, std::vector<std::string>& notes) {
  if (paths.unemployment.wanted.empty()) return;
  constexpr std::array<const TargetSpec*, 4> of_labour{&target::job_finding, &target::job_loss, &target::labour_exit,
                                                       &target::labour_entry};
  std::string names;
  const auto look = [&](const Effect& effect) {
    if (std::ranges::find(of_labour, effect.target) != of_labour.end())
      names += (names.empty() ? "" : ", ") + effect.path;
  };
  for (const Effect& effect : baseline.city_effects) look(effect);
  for (const Attribute& attribute : *baseline.attributes)
    for (const Effect& effect : attribute.effects) look(effect);
  if (names.empty()) return;
  notes.push_back(
      fmt::format("the baseline is kept on {} as if nothing acted on its chances of work: it leaves the path by "
                  "what {} does",
                  paths.unemployment.name, names));
}

/// Largest factor of a year, and its inverse the least, up to which plans that change job finding or losing act about
/// as they read.
constexpr double usual_strain = 1.25;

/// Note on the year in which the path of unemployment strains the chances of the tables most, when it does so much that
/// a plan's change of them acts otherwise than it reads.
void note_strain(const BaselinePaths& paths, const Scenario& s, std::vector<std::string>& notes) {
  if (paths.unemployment.wanted.empty()) return;
  double worst = 1;
  Month first = s.start;
  const std::size_t year = std::min<std::size_t>(12, paths.labour.size());
  for (std::size_t k = 0; k + year <= paths.labour.size(); ++k) {
    const auto begin = paths.labour.begin() + static_cast<std::ptrdiff_t>(k);
    const double mean =
        std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(year), 0.0) / static_cast<double>(year);
    if (std::max(mean, 1 / mean) <= std::max(worst, 1 / worst)) continue;
    worst = mean;
    first = s.start + narrow<int>(k);
  }
  if (std::max(worst, 1 / worst) <= usual_strain) return;
  notes.push_back(fmt::format(
      "to keep {} from {} to {}, chances of finding work are multiplied by {:.2f} and those of losing it "
      "divided by it: a plan's changes of either act by as much more or less than they read; job_finding_from_month_* "
      "and job_loss nearer to the path would mend that",
      paths.unemployment.name, to_string(first), to_string(first + narrow<int>(year) - 1), worst));
}

}  // namespace

namespace {

std::uint8_t place_in_list(const Scenario& s) {
  return narrow<std::uint8_t>(std::ranges::find(s.everywhere, s.municipality_key()) - s.everywhere.begin());
}

}  // namespace

population::SyntheticPopulation make_population(const Prepared& prepared) {
  return people_from(prepared.population, prepared.loaded.scenario);
}

std::shared_ptr<World> make_world(const population::SyntheticPopulation& people, const Registry& registry,
                                  std::uint8_t municipality) {
  auto world = std::make_shared<World>(registry);
  world->municipality = municipality;
  PersonTable& persons = world->persons;
  persons.append(narrow<std::uint32_t>(people.persons.size()));
  const ShortMonth start = to_short(people.start);
  const auto set = [&](const auto& column, auto value_of) {
    auto* const values = persons[column].data();
    for (Row row = 0; row < persons.size(); ++row) values[row] = value_of(people.persons[row]);
  };
  using From = population::SyntheticPerson;
  for (Row row = 0; row < persons.size(); ++row)
    persons[person::identity].data()[row] = rng::initial_identity(people.place, row);
  set(person::partner, [](const From& from) { return from.partner; });
  set(person::mother, [](const From& from) { return from.mother; });
  set(person::father, [](const From& from) { return from.father; });
  set(person::birth_month, [](const From& from) { return to_short(from.birth_month); });
  set(person::sex, [](const From& from) { return from.sex; });
  set(person::children_born, [](const From& from) { return from.children_born; });
  set(person::education, [](const From& from) { return from.education; });
  set(person::labour, [](const From& from) { return from.labour; });
  set(person::state_since, [&](const From& from) { return narrow<ShortMonth>(start - from.months_in_state); });
  set(person::wage_potential, [](const From& from) { return from.wage_potential; });
  set(person::pension, [](const From& from) { return from.pension.minor(); });
  HouseholdTable& households = world->households;
  households.append(narrow<std::uint32_t>(people.households.size()));
  for (std::uint32_t h = 0; h < households.size(); ++h) {
    const population::SyntheticHousehold& from = people.households[h];
    households[household::identity][h] = rng::initial_identity(people.place, h);
    households[household::members][h] = from.size;
    households[household::district][h] = narrow<std::uint8_t>(from.district);
    households[household::tenure][h] = from.tenure;
  }
  index_members(*world, Executor(1));
  return world;
}

namespace {

/// The people of the first day, with their attributes.
std::shared_ptr<World> first_day(const Prepared& prepared, const population::SyntheticPopulation& people) {
  const Scenario& s = prepared.loaded.scenario;
  auto world = make_world(people, prepared.loaded.registry(), place_in_list(s));
  start_attributes(*prepared.attributes, prepared.parameter_values->front(), rng::Stream(s.seed, shared_luck), s.start,
                   *world);
  return world;
}

}  // namespace

std::vector<Diagnostic> population_misfit(const Prepared& prepared) {
  const Scenario& s = prepared.loaded.scenario;
  population::PopulationInput input = prepared.population;
  input.scale = std::min(input.scale, most_tried / std::max(input.parameters.persons, 1.0));
  const auto people = people_from(input, s);
  first_day(prepared, people);  // shares of the first day that do not add up are found where they are used
  return population::misfit(input, population::fit_report(input, people, s.currency));
}

namespace {

/// Mean factors of the moves whose rates are means. Incomes are known once the first month has been computed, so it is,
/// without attributes and programmes.
std::map<std::string, double> means_of(const Prepared& p, const std::shared_ptr<const World>& initial,
                                       const Executor& executor) {
  const Scenario& s = p.loaded.scenario;
  Model first_month = bare_model(p, initial);
  first_month.schedule = make_pilot_schedule(p, initial, std::make_shared<BaselinePaths>(narrow<int>(s.months)),
                                             std::make_shared<const std::vector<Attribute>>(), PilotMoney::counted);
  Simulation simulation(first_month, shared_luck, executor);
  simulation.advance();
  return mean_factors(*p.attributes, p.parameter_values->front(), s.start, simulation.world());
}

/// The attributes with their divisors: of rates that are means by the mean factors of the first month of the baseline,
/// which its plans inherit; moves that a plan adds by those of its own.
/// @param inherited  those of the baseline; null where this is one
std::shared_ptr<const std::vector<Attribute>> divided(const Prepared& prepared,
                                                      const std::shared_ptr<const World>& initial,
                                                      const std::vector<Attribute>* inherited, const Executor& executor,
                                                      std::vector<std::string>& notes) {
  std::map<std::string, double> of_baseline;
  if (inherited != nullptr)
    for (const Attribute& attribute : *inherited)
      for (const AttributeMove& move : attribute.moves)
        if (move.rate_is_mean) of_baseline[move.declared->target_name] = move.divisor;
  auto all = std::make_shared<std::vector<Attribute>>(*prepared.attributes);
  std::vector<AttributeMove*> own;  // whose divisors the baseline does not know
  for (Attribute& attribute : *all)
    for (AttributeMove& move : attribute.moves) {
      if (!move.rate_is_mean) continue;
      const auto known = of_baseline.find(move.declared->target_name);
      if (known != of_baseline.end()) move.divisor = known->second;
      else own.push_back(&move);
    }
  const std::map<std::string, double> means =
      own.empty() ? std::map<std::string, double>() : means_of(prepared, initial, executor);
  for (AttributeMove* move : own)
    if (const auto mean = means.find(move->declared->target_name); mean != means.end()) move->divisor = mean->second;
  for (const Attribute& attribute : *all)
    for (const AttributeMove& move : attribute.moves) {
      if (!move.rate_is_mean) continue;
      const std::string& name = move.declared->target_name;
      const bool alone = std::ranges::any_of(own, [&](const AttributeMove* one) { return one == &move; });
      if (alone && !means.contains(name))
        notes.push_back(
            fmt::format("the rate of {} is said to be a mean, but nobody can move so in the first month: it is divided "
                        "by nothing, as 'rate_is: reference' would be",
                        name));
      else
        notes.push_back(fmt::format("the rate of {} is a mean: it is divided by {:.4g}, {}", name, move.divisor,
                                    alone ? "the mean of its factors in the first month" : "as in the baseline"));
    }
  return all;
}

}  // namespace

Model build_model(const Prepared& prepared, const Executor& executor, const BuildProgress& progress) {
  if (progress) progress("synthesising population", 0.0);
  const population::SyntheticPopulation people = make_population(prepared);
  auto world = first_day(prepared, people);
  open_programmes(*world, prepared.programmes);
  world->providers.resize(prepared.provider_keys.size());
  const std::shared_ptr<const World> initial = std::move(world);
  Model model = bare_model(prepared, initial);
  model.attributes = prepared.attributes;
  if (prepared.baseline == nullptr) {
    model.attributes = divided(prepared, initial, nullptr, executor, model.notes);
    model.paths = run_pilot(prepared, initial, model.attributes, executor, progress);
  } else {
    const Prepared& baseline = *prepared.baseline;
    const std::shared_ptr<const World> of_baseline = first_day(baseline, make_population(baseline));
    std::vector<std::string> told_of_the_plan;
    const auto attributes = divided(baseline, of_baseline, nullptr, executor, told_of_the_plan);
    model.attributes = divided(prepared, initial, attributes.get(), executor, model.notes);
    model.paths = run_pilot(baseline, of_baseline, attributes, executor, progress);
  }
  note_effects_on_path(baseline_of(prepared), *model.paths, model.notes);
  note_strain(*model.paths, prepared.loaded.scenario, model.notes);
  note_misses(*model.paths, prepared.loaded.scenario, model.notes);
  model.population = {.sha256 = population::digest(people),
                      .persons = static_cast<std::int64_t>(people.persons.size()),
                      .households = static_cast<std::int64_t>(people.households.size()),
                      .scale = prepared.population.scale};
  model.population_fit = population::fit_report(prepared.population, people, prepared.loaded.scenario.currency);
  for (const Diagnostic& one : population::misfit(prepared.population, model.population_fit))
    model.notes.push_back(to_note(one));
  model.schedule = make_schedule(prepared, initial, model.paths, Rules::all, model.attributes);
  return model;
}

Region build_region(const PreparedScenario& prepared, const Executor& executor, const BuildProgress& progress) {
  const std::size_t count = prepared.municipalities.size();
  std::vector<std::shared_ptr<const Model>> models;
  std::vector<std::string> keys;
  for (const Prepared& one : prepared.municipalities) {
    const auto done_before = static_cast<double>(models.size());
    BuildProgress of_all;
    if (progress)
      of_all = [&](std::string_view what, double done) {
        progress(what, (done_before + done) / static_cast<double>(count));
      };
    auto model = std::make_shared<Model>(build_model(one, executor, of_all));
    keys.push_back(one.loaded.scenario.municipality_key());
    if (count > 1) model->municipality = keys.back();
    models.push_back(std::move(model));
  }
  return make_region(std::move(models), std::move(keys));
}

}  // namespace oikos
