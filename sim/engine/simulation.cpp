#include "sim/engine/simulation.hpp"

#include "sim/base/contract.hpp"

namespace oikos {

Simulation::Simulation(const Model& model, std::uint32_t replicate, const Executor& executor, Cut cut)
    : model_(model),
      luck_(model.seed, replicate),
      cut_(cut),
      scratch_(static_cast<std::size_t>(executor.threads())),
      work_{
          .executor = executor, .chunks = {}, .scratch = scratch_, .events = {}, .counts = {}, .desk = {}, .marks = {}},
      recorder_(*model.groups, model.anchor) {
  world_.assign(*model.initial);
  world_.ledger = Ledger(model.flows.kinds().size());
  cut_chunks(world_, cut_.persons_per_chunk, chunks_);
  work_.chunks = chunks_;
}

MonthRecord Simulation::step() {
  const StepContext now = run_month();
  return recorder_.record(world_, now, work_);
}

void Simulation::advance() { run_month(); }

StepContext Simulation::run_month() {
  expect(step_ < model_.months, "a run has no more months than its model");
  const Month month = model_.start + step_;
  const StepContext now{month, to_short(month), step_, luck_};
  world_.ledger.start_month();
  work_.counts = {};
  for (ProgrammeState& programme : world_.programmes) programme.month = {};
  for (const Phase phase : {Phase::demography, Phase::livelihood, Phase::services, Phase::accounts})
    run_phase(phase, now);
  if (cut_.check_every_month) {
    check_membership(world_);
    check_books();
  }
  ++step_;
  return now;
}

void Simulation::run_phase(Phase phase, const StepContext& now) {
  const PhasePlan& plan = model_.schedule.of(phase);
  for (const auto& process : plan.before) process->resolve(world_, now, work_);
  if (!plan.sweeps.empty()) sweep(plan, now);
  const bool members_move = phase == Phase::demography;
  if (members_move) work_.desk.start(world_);
  for (const auto& process : plan.after) process->resolve(world_, now, work_);
  if (!members_move) return;
  barrier_.apply(world_, work_.desk.changes(), work_.executor);
  cut_chunks(world_, cut_.persons_per_chunk, chunks_);
  work_.chunks = chunks_;
}

void Simulation::sweep(const PhasePlan& plan, const StepContext& now) {
  if (outboxes_.size() < chunks_.size()) outboxes_.resize(chunks_.size());
  const std::size_t flows = model_.flows.kinds().size();
  work_.executor.for_each(chunks_.size(), [&](std::size_t c, std::size_t worker) {
    outboxes_[c].clear(flows);
    scratch_[worker].start(world_, chunks_[c], now);
    for (const auto& process : plan.sweeps) process->sweep(world_, chunks_[c], now, scratch_[worker], outboxes_[c]);
  });
  for (auto& list : work_.events) list.clear();
  for (std::size_t c = 0; c < chunks_.size(); ++c) {
    const Outbox& out = outboxes_[c];
    for (std::size_t e = 0; e < event_kinds; ++e)
      work_.events[e].insert(work_.events[e].end(), out.events[e].begin(), out.events[e].end());
    for (std::size_t k = 0; k < out.counts.size(); ++k) work_.counts[k] += out.counts[k];
    world_.ledger.add_all(out.flows);
  }
}

void Simulation::check_books() const {
  std::int64_t incomes = 0;
  for (std::uint32_t h = 0; h < world_.households.size(); ++h) incomes += world_.households.disposable_income[h];
  Money households, all;
  for (const SectorBalance& balance : balances(model_.flows, world_.ledger.amounts())) {
    all += balance.received - balance.paid;
    if (balance.sector == "households") households = balance.received - balance.paid;
  }
  expect(all == Money{}, "what some sectors pay, others receive");
  expect(households.minor() == incomes,
         "households' disposable incomes are what the ledger says they received, less what they paid");
}

}  // namespace oikos
