#include "sim/engine/simulation.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

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
  for (const FlowKind& flow : model.flows.kinds())
    household_sign_.push_back((flow.payee == "households" ? 1 : 0) - (flow.payer == "households" ? 1 : 0));
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
  try {
    run_phases(now);
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
  return now;
}

void Simulation::run_phases(const StepContext& now) {
  for (const Phase phase : {Phase::demography, Phase::livelihood, Phase::services, Phase::accounts})
    run_phase(phase, now);
  if (cut_.check_every_month) check_membership(world_);
  check_books();
}

InputError Simulation::located(const FigureError& error, Month month) const {
  const FigureError::Cause& cause = error.cause();
  const auto place = model_.places.find(cause.path);
  return InputError({.at = place != model_.places.end() ? place->second : Position{},
                     .what = fmt::format("{} in {}", cause.what, to_string(month)),
                     .expected = cause.expected,
                     .got = cause.got,
                     .hint = cause.hint});
}

void Simulation::run_phase(Phase phase, const StepContext& now) {
  const PhasePlan& plan = model_.schedule.of(phase);
  for (const auto& process : plan.before) process->resolve(world_, now, work_);
  if (!plan.sweeps.empty()) sweep(plan, now);
  const bool members_move = phase == Phase::demography;
  if (members_move) work_.desk.start(world_);
  for (const auto& process : plan.after) process->resolve(world_, now, work_);
  if (!members_move) return;
  barrier_.apply(world_, work_.desk.changes(), now.now, work_.executor);
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
  if (model_.schedule.of(Phase::accounts).sweeps.empty()) return;  // a model of people alone keeps none
  Money booked;
  const auto amounts = world_.ledger.amounts();
  for (std::size_t i = 0; i < amounts.size(); ++i)
    if (household_sign_[i] != 0) booked += amounts[i] * household_sign_[i];

  // A household's income is below 2^47, so sums of 2^14 fit without a look at each.
  constexpr std::uint32_t stretch = 1u << 14;
  const std::int64_t* const income = world_.households.disposable_income.data();
  const std::uint32_t households = world_.households.size();
  Money incomes;
  for (std::uint32_t first = 0; first < households; first += std::min(stretch, households - first)) {
    const std::uint32_t count = std::min(stretch, households - first);
    incomes += Money{std::accumulate(income + first, income + first + count, std::int64_t{0})};
  }
  expect(booked == incomes,
         "households' disposable incomes are what the ledger says they received, less what they paid");
  if (incomes > Recorder::largest_incomes) throw MoneyOverflow("incomes of a city");
}

}  // namespace oikos
