#include "sim/engine/simulation.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "sim/base/contract.hpp"

namespace oikos {

Simulation::Simulation(const Model& model, std::uint32_t replicate, const Executor& executor, Cut cut)
    : model_(model),
      luck_(model.seed, replicate),
      cut_(cut),
      world_(model.initial->registry),
      scratch_(static_cast<std::size_t>(executor.threads())),
      work_(world_.registry, executor, scratch_, cut.persons_per_chunk),
      recorder_(*model.groups, model.anchor) {
  world_.assign(*model.initial);
  world_.ledger = Ledger(model.flows.kinds().size());
  work_.cut(world_);
}

MonthRecord Simulation::step() {
  MonthRecord record;
  run_month(&record);
  return record;
}

void Simulation::advance() { run_month(nullptr); }

void Simulation::run_month(MonthRecord* record) {
  expect(step_ < model_.months, "a run has no more months than its model");
  const Month month = model_.start + step_;
  const StepContext now(month, step_, luck_);
  world_.ledger.start_month();
  std::ranges::fill(work_.counts, 0);
  for (auto& list : work_.events) list.clear();
  work_.desk.start(world_);
  for (ProgrammeState& programme : world_.programmes) programme.month = {};
  try {
    run_steps(now, record);
  } catch (const FigureError& error) {
    throw located(error, month);
  } catch (const FlowOverflow& overflow) {
    const FlowKind& flow = model_.flows.kinds()[overflow.flow()];
    throw located(FigureError({.path = "",
                               .what = fmt::format("what {} pay {} ({}) is more than can be held", flow.payer,
                                                   flow.payee, flow.reason),
                               .expected = "flows below 90 million billion of the currency a month",
                               .got = "",
                               .hint = ""}),
                  month);
  } catch (const MoneyOverflow&) {
    throw located(FigureError({.path = "",
                               .what = "the city's money is more than can be held",
                               .expected = "sums below 90 million billion of the currency a month",
                               .got = "",
                               .hint = ""}),
                  month);
  }
  ++step_;
}

void Simulation::run_steps(const StepContext& now, MonthRecord* record) {
  const std::span<const Step> steps = model_.schedule.steps();
  for (std::size_t i = 0; i < steps.size();) {
    std::size_t end = i;
    while (end < steps.size() && steps[end].sweep != nullptr) ++end;
    if (end > i) {
      sweep(steps.subspan(i, end - i), now);
      i = end;
      continue;
    }
    if (steps[i].barrier != nullptr) steps[i].barrier->resolve(world_, now, work_);
    else if (record != nullptr) *record = recorder_.record(world_, now, work_);
    ++i;
  }
  if (cut_.check_every_month) check_membership(world_);
}

InputError Simulation::located(const FigureError& error, Month month) const {
  const FigureError::Cause& cause = error.cause();
  const auto place = model_.places.find(cause.path);
  return InputError({.at = place != model_.places.end() ? place->second : Position{},
                     .what = fmt::format("{} in {}{}", cause.what, to_string(month),
                                         model_.municipality.empty() ? "" : " in " + model_.municipality),
                     .expected = cause.expected,
                     .got = cause.got,
                     .hint = cause.hint});
}

void Simulation::sweep(std::span<const Step> sweeps, const StepContext& now) {
  const std::vector<Chunk>& chunks = work_.chunks;
  if (outboxes_.size() < chunks.size()) outboxes_.resize(chunks.size());
  const std::size_t flows = model_.flows.kinds().size();
  work_.executor.for_each(chunks.size(), [&](std::size_t c, std::size_t worker) {
    outboxes_[c].start(world_.registry, flows);
    scratch_[worker].start(world_, chunks[c], now);
    for (const Step& step : sweeps) step.sweep->sweep(world_, chunks[c], now, scratch_[worker], outboxes_[c]);
  });
  for (std::size_t c = 0; c < chunks.size(); ++c) {
    const Outbox& out = outboxes_[c];
    for (std::size_t e = 0; e < work_.events.size(); ++e)
      work_.events[e].insert(work_.events[e].end(), out.events[e].begin(), out.events[e].end());
    for (std::size_t k = 0; k < out.counts.size(); ++k) work_.counts[k] += out.counts[k];
    world_.ledger.add_all(out.flows);
  }
}

}  // namespace oikos
