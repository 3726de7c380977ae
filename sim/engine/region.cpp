#include "sim/engine/region.hpp"

#include <algorithm>
#include <limits>

#include "sim/base/contract.hpp"

namespace oikos {

namespace {

/// The sector of a municipality's own budget, as rules and programmes name it.
constexpr std::string_view own_budget = "city";

FlowKind named(FlowKind flow, const std::string& municipality) {
  if (flow.payer == own_budget) flow.payer = municipality;
  if (flow.payee == own_budget) flow.payee = municipality;
  return flow;
}

/// Sums of all groups: those of districts one after the other, all others added up.
std::vector<GroupSums> all_groups(const Region& region, const std::vector<MonthRecord>& parts) {
  std::vector<GroupSums> all(region.groups->count());
  std::size_t districts = 0;  // of the municipalities before
  for (std::size_t m = 0; m < parts.size(); ++m) {
    const Groups& own = *region.municipalities[m]->groups;
    all[0] += parts[m].groups[0];
    for (std::size_t b = 0; b < own.breakdowns(); ++b) {
      const std::size_t shift = b == static_cast<std::size_t>(Breakdown::district) ? districts : 0;
      for (std::size_t i = 0; i < own.labels(b).size(); ++i)
        all[region.groups->first(b) + shift + i] += parts[m].groups[own.first(b) + i];
    }
    districts += own.labels(Breakdown::district).size();
  }
  return all;
}

/// Adds up, by place.
template <class T>
void add_up(const std::vector<T>& from, std::vector<T>& to) {
  to.resize(std::max(to.size(), from.size()));
  for (std::size_t i = 0; i < from.size(); ++i) to[i] += from[i];
}

}  // namespace

std::int64_t Region::persons() const {
  std::int64_t all = 0;
  for (const auto& model : municipalities) all += model->initial->persons.size();
  return all;
}

Region make_region(std::vector<std::shared_ptr<const Model>> models, std::vector<std::string> keys) {
  expect(!models.empty() && models.size() == keys.size(), "a region has municipalities, each with its key");
  Region region{
      .municipalities = std::move(models), .keys = std::move(keys), .groups = nullptr, .flows = {}, .flow_of = {}};
  const bool several = region.keys.size() > 1;
  std::vector<std::string> districts;
  for (std::size_t m = 0; m < region.keys.size(); ++m) {
    const Model& model = *region.municipalities[m];
    expect(model.months == region.months(), "all municipalities run as long");
    for (const std::string& label : model.groups->labels(Breakdown::district))
      districts.push_back(several ? region.keys[m] + "/" + label : label);
    auto& places = region.flow_of.emplace_back();
    for (const FlowKind& kind : model.flows.kinds()) {
      const FlowKind flow = several ? named(kind, region.keys[m]) : kind;
      const auto found = std::ranges::find(region.flows, flow);
      places.push_back(static_cast<std::size_t>(found - region.flows.begin()));
      if (found == region.flows.end()) region.flows.push_back(flow);
    }
  }
  region.groups =
      std::make_unique<const Groups>(std::move(districts), region.municipalities.front()->groups->columns());
  return region;
}

RegionSimulation::RegionSimulation(const Region& region, std::uint32_t replicate, const Executor& executor, Cut cut)
    : region_(region) {
  for (const auto& model : region.municipalities)
    simulations_.push_back(std::make_unique<Simulation>(*model, replicate, executor, cut));
}

MonthRecord RegionSimulation::step() {
  std::vector<MonthRecord> parts;
  for (auto& one : simulations_) parts.push_back(one->step());
  if (parts.size() == 1) return std::move(parts.front());

  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  MonthRecord all{.groups = all_groups(region_, parts),
                  .income = {},
                  .poverty_line = none,  // each municipality has its own
                  .anchored_line = none,
                  .counts = {},
                  .flows = std::vector<Money>(region_.flows.size()),
                  .programmes = {},
                  .enrolled = {},
                  .providers = {}};
  keys_.clear();
  for (std::size_t m = 0; m < parts.size(); ++m) {
    MonthRecord& part = parts[m];
    const auto incomes = simulations_[m]->recorder().income_keys();
    keys_.insert(keys_.end(), incomes.begin(), incomes.end());
    all.households += part.households;
    all.wage_sum += part.wage_sum;
    add_up(part.counts, all.counts);
    for (std::size_t f = 0; f < part.flows.size(); ++f) all.flows[region_.flow_of[m][f]] += part.flows[f];
    all.programmes.insert(all.programmes.end(), part.programmes.begin(), part.programmes.end());
    all.enrolled.insert(all.enrolled.end(), part.enrolled.begin(), part.enrolled.end());
    all.providers.insert(all.providers.end(), part.providers.begin(), part.providers.end());
    // Of each municipality its own sums are kept; groups, flows and services stand in the lists of all.
    part.groups.resize(1);
    part.flows.clear();
    part.programmes.clear();
    part.enrolled.clear();
    part.providers.clear();
  }
  all.income = distribution(keys_, scratch_);
  all.municipalities = std::move(parts);
  return all;
}

}  // namespace oikos
