#include <algorithm>
#include <numeric>
#include <span>

#include "sim/attribute/attributes.hpp"
#include "sim/world/expression_columns.hpp"

namespace oikos {

namespace {

/// Somebody whose factor changes.
struct Changed {
  Row row;
  float factor;
};

/// Those who give an effect of a chunk, with what they give. Of household attributes the reference persons.
void find_givers(const AttributeEffect& effect, bool households, const World& world, const Chunk& chunk, Month now,
                 const WorldColumns& columns, Scratch& scratch, std::vector<Changed>& out) {
  std::vector<Row>& rows = scratch.rows;
  const std::span<const Row> reference_persons{world.households[household::first].data() + chunk.first_household,
                                               chunk.households};
  if (households && effect.where) {
    scratch.evaluator.select(*effect.where, columns, reference_persons, rows);
  } else if (households) {
    rows.assign(reference_persons.begin(), reference_persons.end());
  } else if (effect.where) {
    scratch.evaluator.select_range(*effect.where, columns, chunk.first_person, chunk.persons, rows);
  } else {
    rows.resize(chunk.persons);
    std::iota(rows.begin(), rows.end(), chunk.first_person);
  }
  std::vector<double> times(rows.size());
  effect.times.evaluate(columns, scratch.evaluator, now, rows, times);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (times[i] != 1.0) out.push_back({rows[i], static_cast<float>(std::max(0.0, times[i]))});
}

}  // namespace

AttributeEffects::AttributeEffects(std::shared_ptr<const std::vector<Attribute>> attributes,
                                   std::shared_ptr<const ParameterValues> parameters, bool begins)
    : attributes_(std::move(attributes)), parameters_(std::move(parameters)), begins_(begins) {}

ProcessInfo AttributeEffects::info() const {
  ProcessInfo info{.name = "attribute effects",
                   .summary = "sets for the next month what attributes do to chances",
                   .stage = Stage::services,
                   .after = {{"programmes", "their effects of the month before are forgotten first"}},
                   .page = "methods/attributes.md",
                   .writes = {"person.effects"},
                   .touches_everything = true};
  for (const Attribute& one : *attributes_)
    for (const AttributeEffect& effect : one.effects) info.targets.emplace_back(effect.target->name);
  return info;
}

void AttributeEffects::resolve(World& world, const StepContext& now, MonthWork& work) const {
  if (begins_) world.modifiers.clear(world.persons);
  const Month next = now.month + 1;
  const WorldColumns columns(world, now.month, (*parameters_)[static_cast<std::size_t>(now.step)]);
  std::vector<std::vector<Changed>> found(work.chunks.size());
  work.marks.assign(world.persons.size(), 0);
  for (const Attribute& attribute : *attributes_)
    for (const AttributeEffect& effect : attribute.effects) {
      if ((effect.from && next < *effect.from) || (effect.until && next > *effect.until)) continue;
      work.executor.for_each(work.chunks.size(), [&](std::size_t c, std::size_t worker) {
        found[c].clear();
        find_givers(effect, attribute.declared->of_household, world, work.chunks[c], now.month, columns,
                    work.scratch[worker], found[c]);
      });
      const std::size_t target = world.registry.index(*effect.target);
      std::vector<Row> reached;
      const auto reach = [&](Row row, float factor) {
        if (row == no_row) return;
        // What is a household's is asked of its reference person.
        if (effect.on_household) row = world.households[household::first][world.persons[person::household][row]];
        if (work.marks[row] != 0) return;  // one entry acts once on whom it reaches
        work.marks[row] = 1;
        reached.push_back(row);
        world.multiply(row, target, factor);
      };
      for (const auto& of_chunk : found)
        for (const auto& [giver, factor] : of_chunk) {
          if (effect.receiver == AttributeEffect::Receiver::own) {
            reach(giver, factor);
          } else if (effect.receiver == AttributeEffect::Receiver::partner) {
            reach(world.persons[person::partner][giver], factor);
          } else {
            const std::uint32_t home = world.persons[person::household][giver];
            const Row first = world.households[household::first][home];
            for (Row row = first; row < first + world.households[household::members][home]; ++row) reach(row, factor);
          }
        }
      for (const Row row : reached) work.marks[row] = 0;
    }
}

}  // namespace oikos
