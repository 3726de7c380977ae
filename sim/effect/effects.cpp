#include "sim/effect/effects.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "sim/base/narrow.hpp"
#include "sim/world/relations.hpp"

namespace oikos {

namespace {

/// Somebody who gives an effect, and what it makes of the receiver's hazard.
struct Given {
  Row giver;
  HazardChange change;
};

/// One month's effects.
class Application {
 public:
  Application(World& world, const StepContext& now, MonthWork& work, const WorldColumns& columns)
      : world_(world), now_(now), work_(work), columns_(columns) {
    work.marks.assign(world.persons.size(), 0);
  }

  void common(const GivenEffect& given) {
    const Effect& effect = given.effect;
    const double value = effect.drawn(effect.value.at(now_.month), now_.luck);
    const HazardChange change = effect.change(value, strength_by_date(effect));
    if (!change.none()) world_.modifiers.change_all(world_.registry.index(*effect.target), change);
  }

  void own(const GivenEffect& given) {
    const Effect& effect = given.effect;
    if (effect.waits && now_.step == 0) return;
    given_.clear();
    if (given.giver == Giver::programme) clients(given);
    else everybody(given);
    target_ = world_.registry.index(*effect.target);
    of_ = effect.target->of;
    const Relatives relatives(world_, effect.receiver);
    for (const auto& [giver, change] : given_) reach(relatives, giver, change);
    for (const Row row : reached_) work_.marks[row] = 0;
    reached_.clear();
  }

 private:
  /// Part of an effect with dates that is in force, from its first month on.
  double strength_by_date(const Effect& effect) const { return effect.ramped_by(now_.month, now_.month - now_.step); }

  /// Those who have the state, or whom the city's effect acts on. Of households the reference persons.
  void everybody(const GivenEffect& given) {
    const Effect& effect = given.effect;
    const bool households =
        given.giver == Giver::city ? effect.target->of == TargetSpec::Of::household : given.of_households;
    const double strength = strength_by_date(effect);
    found_.resize(work_.chunks.size());
    work_.executor.for_each(work_.chunks.size(), [&](std::size_t c, std::size_t worker) {
      const Chunk& chunk = work_.chunks[c];
      Scratch& scratch = work_.scratch[worker];
      std::vector<Row>& rows = scratch.rows;
      const std::span<const Row> reference_persons{world_.households[household::first].data() + chunk.first_household,
                                                   chunk.households};
      if (households && effect.where) scratch.evaluator.select(*effect.where, columns_, reference_persons, rows);
      else if (households) rows.assign(reference_persons.begin(), reference_persons.end());
      else if (effect.where)
        scratch.evaluator.select_range(*effect.where, columns_, chunk.first_person, chunk.persons, rows);
      else {
        rows.resize(chunk.persons);
        std::iota(rows.begin(), rows.end(), chunk.first_person);
      }
      found_[c].clear();
      give(
          effect, rows, scratch.evaluator, [&](std::size_t) { return strength; }, found_[c]);
    });
    for (const auto& of_chunk : found_) given_.insert(given_.end(), of_chunk.begin(), of_chunk.end());
  }

  /// Clients, those who entered last first: of somebody who left twice the later exit counts.
  void clients(const GivenEffect& given) {
    const Effect& effect = given.effect;
    const double stretched = given.strength.at(now_.month);
    const int before = now_.short_month - 1;  // the picture is that of the month before
    std::vector<Row> rows;
    std::vector<double> strength;
    const auto& episodes = world_.programmes[given.programme].episodes;
    for (auto at = episodes.rbegin(); at != episodes.rend(); ++at) {
      const Episode& e = *at;
      const bool inside = effect.when == EffectSpec::When::enrolled;
      if (e.enrolled() != inside) continue;
      if (effect.when == EffectSpec::When::after_completion && !e.completed) continue;
      const double part = inside ? effect.ramped(before - e.entered) : effect.faded(before - e.left);
      if (part == 0) continue;
      rows.push_back(given.of_households ? world_.households[household::first][e.subject] : e.subject);
      strength.push_back(part * stretched);
    }
    expr::Evaluator& evaluator = work_.scratch[0].evaluator;
    if (effect.where && !rows.empty()) {
      std::vector<double> holds(rows.size());
      evaluator.evaluate(*effect.where, columns_, rows, holds);
      std::size_t kept = 0;
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (holds[i] != 0) rows[kept] = rows[i], strength[kept++] = strength[i];
      rows.resize(kept);
    }
    give(
        effect, rows, evaluator, [&](std::size_t i) { return strength[i]; }, given_);
  }

  /// @param strength (place in rows) -> part of the effect that is in force
  template <class Strength>
  void give(const Effect& effect, std::span<const Row> rows, expr::Evaluator& evaluator, Strength strength,
            std::vector<Given>& out) const {
    std::vector<double> values(rows.size());
    if (effect.range) std::ranges::fill(values, effect.drawn(*effect.value.constant(), now_.luck));
    else effect.value.evaluate(columns_, evaluator, now_.month, rows, values);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const HazardChange change = effect.change(values[i], strength(i));
      if (!change.none()) out.push_back({rows[i], change});
    }
  }

  /// Who is asked about a target of somebody: of households and couples one for all. Nobody where there is no couple.
  Row asked_about(Row row) const {
    const PersonTable& persons = world_.persons;
    if (of_ == TargetSpec::Of::household) return world_.households[household::first][persons[person::household][row]];
    if (of_ != TargetSpec::Of::couple) return row;
    const Row partner = persons[person::partner][row];
    if (partner == no_row) return no_row;
    return speaks_for_couple(persons[person::sex], persons[person::identity], row, partner) ? row : partner;
  }

  void reach(const Relatives& receivers, Row giver, HazardChange change) {
    const auto to = [&](Row other) {
      const Row row = asked_about(other);
      if (row == no_row) return;
      if (work_.marks[row] != 0) return;  // one entry acts once on whom it reaches
      work_.marks[row] = 1;
      reached_.push_back(row);
      world_.modifiers.change(world_.persons, row, target_, change);
    };
    receivers.of(giver, to);
  }

  World& world_;
  const StepContext& now_;
  MonthWork& work_;
  const WorldColumns& columns_;
  std::vector<std::vector<Given>> found_;  ///< by chunk
  std::vector<Given> given_;
  std::size_t target_ = 0;
  TargetSpec::Of of_ = TargetSpec::Of::person;
  std::vector<Row> reached_;
};

}  // namespace

Effects::Effects(std::vector<GivenEffect> effects, std::shared_ptr<const ParameterValues> parameters)
    : parameters_(std::move(parameters)) {
  // The order of a product of rounded numbers is that of names, not that of the text.
  std::ranges::stable_sort(effects, {}, [](const GivenEffect& one) -> const std::string& { return one.effect.path; });
  for (GivenEffect& one : effects) {
    const bool all_alike = one.giver == Giver::city && !one.effect.where && one.effect.value.is_same_for_all();
    (all_alike ? common_ : own_).push_back(std::move(one));
  }
}

ProcessInfo Effects::info() const {
  ProcessInfo info{.name = "effects",
                   .summary = "sets what programmes, attributes, levers and shocks make of the month's chances",
                   .stage = Stage::effects,
                   .page = "methods/effects.md",
                   .reads = {"what conditions of effects name"},
                   .writes = {"person.effects"},
                   .draws = {"quantiles of uncertain figures"},
                   .touches_everything = true};
  for (const auto* list : {&common_, &own_})
    for (const GivenEffect& one : *list)
      if (const std::string name(one.effect.target->name); std::ranges::find(info.targets, name) == info.targets.end())
        info.targets.push_back(name);
  std::ranges::sort(info.targets);
  return info;
}

void Effects::resolve(World& world, const StepContext& now, MonthWork& work) const {
  world.modifiers.clear(world.persons);
  const WorldColumns columns(world, now.month, (*parameters_)[static_cast<std::size_t>(now.step)],
                             WorldColumns::States::unmoved);
  Application application(world, now, work, columns);
  for (const GivenEffect& one : common_)
    if (one.effect.acts_in(now.month)) application.common(one);
  for (const GivenEffect& one : own_)
    if (one.effect.acts_in(now.month)) application.own(one);
}

}  // namespace oikos
