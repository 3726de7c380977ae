#include "sim/scenario/compile_programmes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "sim/expr/program.hpp"

namespace oikos {

namespace {

constexpr std::int64_t whole = 1'000'000;
const Month first_month{1000, 1}, last_month{6000, 1};

class Compiler {
 public:
  Compiler(const Scenario& scenario, const expr::Schema& schema, std::span<const std::string> districts,
           FlowBook& flows, Diagnostics& diagnostics)
      : scenario_(scenario),
        schema_(schema),
        districts_(districts.begin(), districts.end()),
        flows_(flows),
        diagnostics_(diagnostics) {}

  CompiledProgrammes run() {
    check_providers();
    CompiledProgrammes all;
    for (const auto& [kind, capacity] : capacities_) all.capacities.push_back(capacity);
    std::map<std::uint32_t, std::string> keys;
    for (const auto& named : scenario_.programmes) {
      if (auto programme = compile(named)) all.programmes.push_back(std::move(*programme));
      const auto [other, fresh] = keys.emplace(draw_index_of(named.name), named.name);
      if (!fresh)
        report(named.at, "two programmes would share their luck", "another key for one of them",
               fmt::format("'{}' and '{}'", other->second, named.name));
    }
    return all;
  }

 private:
  void report(const Position& at, std::string what, std::string expected, std::string got, std::string hint = "") {
    diagnostics_.add({.at = at,
                      .what = std::move(what),
                      .expected = std::move(expected),
                      .got = std::move(got),
                      .hint = std::move(hint)});
  }

  std::string run_span() const {
    return fmt::format("a month of the run, {} to {}", to_string(scenario_.start), to_string(scenario_.end() - 1));
  }

  void check_providers() {
    for (const auto& provider : scenario_.providers) {
      const ProviderSpec& spec = provider.value;
      if (spec.district.at.known() && !districts_.empty() &&
          std::ranges::find(districts_, spec.district.value) == districts_.end())
        report(spec.district.at, "unknown district", "a district of the population tables",
               oikos::quoted(spec.district.value), did_you_mean(spec.district.value, districts_));
      for (const auto& change : spec.places.changes())
        if (change.from >= scenario_.end())
          report(provider.at, fmt::format("places of {} change outside the run", oikos::quoted(provider.name)),
                 run_span(), to_string(change.from));
      every_kind_is_known_ = every_kind_is_known_ && spec.kind.at.known();
      kinds_[spec.kind.value].push_back(static_cast<std::size_t>(&provider - scenario_.providers.data()));
    }
    std::vector<Dated<std::int64_t>> places;
    for (const auto& provider : scenario_.providers) places.push_back(provider.value.places);
    for (const auto& [kind, group] : kinds_) capacities_[kind] = std::make_shared<const Capacity>(places, group);
  }

  std::optional<expr::Program> expression(const Positioned<std::string>& text, const expr::Goal& goal) {
    if (!text.at.known()) return std::nullopt;  // missing or mistaken, and reported as such
    return expr::compile(text.value, text.at, schema_, goal, diagnostics_);
  }

  void check_month(const std::optional<Positioned<Month>>& month, const char* key, Month latest) {
    if (month && (month->value < scenario_.start || month->value > latest))
      report(month->at, fmt::format("{} lies outside the run", oikos::quoted(key)), run_span(),
             to_string(month->value));
  }

  std::vector<Funding> funding(const Named<ProgrammeSpec>& named) {
    std::vector<PayerSpec> payers = named.value.payers.value;
    if (payers.empty()) payers.push_back({.payer = {"city", {}}, .share_ppm = {}, .from = {}, .until = {}});
    std::set<Month> dates{scenario_.start};
    std::vector<Funding> out;
    for (const PayerSpec& payer : payers) {
      if (payer.payer.value == "households" || payer.payer.value == "providers")
        report(payer.payer.at, "this sector cannot pay for a programme", "city, region, state, eu_social_fund ...",
               oikos::quoted(payer.payer.value));
      else
        out.push_back({.share_ppm = payer.share_ppm,
                       .from = payer.from.value_or(first_month),
                       .until = payer.until.value_or(last_month),
                       .service = flows_.declare({payer.payer.value, "providers", named.name}),
                       .cash = flows_.declare({payer.payer.value, "households", named.name})});
      if (payer.from && payer.until && *payer.until < *payer.from)
        report(payer.payer.at, "a payer stops before it starts", "until not before from",
               fmt::format("from {} until {}", to_string(*payer.from), to_string(*payer.until)));
      if (payer.from) dates.insert(*payer.from);
      if (payer.until) dates.insert(*payer.until + 1);
    }
    for (const Month date : dates) {
      std::int64_t sum = 0, rests = 0;
      for (const Funding& f : out)
        if (f.from <= date && date <= f.until) sum += f.share_ppm.value_or(0), rests += !f.share_ppm.has_value();
      if (sum > whole) {
        report(named.value.payers.at,
               fmt::format("payers' shares of {} are more than the whole", oikos::quoted(named.name)),
               "at most 100 % in any month",
               fmt::format("{:g} % in {}", static_cast<double>(sum) / 1e4, to_string(date)));
        break;
      }
      if (rests > 1) {
        report(named.value.payers.at, fmt::format("two payers of {} take the rest", oikos::quoted(named.name)),
               "one 'rest' in any month", fmt::format("{} in {}", rests, to_string(date)));
        break;
      }
    }
    return out;
  }

  std::shared_ptr<const Capacity> capacity(const ProgrammeSpec& spec) {
    if (!spec.provider) return nullptr;
    const auto found = capacities_.find(spec.provider->value);
    if (found != capacities_.end()) return found->second;
    if (!every_kind_is_known_) return nullptr;  // it may be the kind that could not be read
    std::vector<std::string> names;
    for (const auto& [kind, group] : kinds_) names.push_back(kind);
    report(spec.provider->at, "no provider of this kind", "the kind of one of the providers of the scenario",
           oikos::quoted(spec.provider->value), did_you_mean(spec.provider->value, names));
    return nullptr;
  }

  void check_money(const Named<ProgrammeSpec>& named) {
    const ProgrammeSpec& spec = named.value;
    if (spec.envelope && !spec.amount)
      report(named.at, fmt::format("{} has an envelope but pays no cash", oikos::quoted(named.name)),
             "an 'amount' beside the 'envelope'", "none");
    for (const auto& change : spec.cost.changes())
      if (change.value.per == "place-month" && !spec.provider)
        report(named.at, fmt::format("cost of {} is per place, but it has no provider", oikos::quoted(named.name)),
               "a 'provider', or a cost per person-month", "place-month");
    if (spec.end && spec.start && spec.end->value <= spec.start->value)
      report(spec.end->at, "a programme ends before it starts",
             fmt::format("a month after {}", to_string(spec.start->value)), to_string(spec.end->value));
  }

  std::optional<Programme> compile(const Named<ProgrammeSpec>& named) {
    const ProgrammeSpec& spec = named.value;
    const expr::Type boolean{expr::Kind::boolean, nullptr}, money{expr::Kind::money, nullptr};
    auto eligible = expression(spec.eligible, expr::Goal::exactly("eligibility expression", boolean));
    std::optional<expr::Program> stays, priority, amount;
    if (spec.stays_while) stays = expression(*spec.stays_while, expr::Goal::exactly("stays_while expression", boolean));
    if (spec.priority) priority = expression(*spec.priority, expr::Goal::any_numeric("priority expression"));
    if (spec.amount) amount = expression(*spec.amount, expr::Goal::exactly("amount expression", money));
    check_month(spec.start, "start", scenario_.end() - 1);
    check_month(spec.end, "end", scenario_.end());
    check_money(named);
    auto place = capacity(spec);
    auto payers = funding(named);
    const bool good =
        eligible && (stays || !spec.stays_while) && (priority || !spec.priority) && (amount || !spec.amount);
    if (!good || payers.empty()) return std::nullopt;
    return Programme{.key = named.name,
                     .draw_index = draw_index_of(named.name),
                     .unit = spec.unit,
                     .capacity = std::move(place),
                     .eligible = std::move(*eligible),
                     .stays_while = std::move(stays),
                     .priority = std::move(priority),
                     .amount = std::move(amount),
                     .duration = spec.duration,
                     .start = spec.start ? std::optional(spec.start->value) : std::nullopt,
                     .end = spec.end ? std::optional(spec.end->value) : std::nullopt,
                     .applies = threshold(spec.take_up.monthly),
                     .refused = threshold(spec.take_up.refused),
                     .gives_up = threshold(spec.take_up.gives_up),
                     .drops_out = threshold(spec.drop_out),
                     .again_after = spec.again_after.value_or(0),
                     .cost = spec.cost,
                     .envelope = spec.envelope,
                     .funding = std::move(payers),
                     .effects = spec.effects};
  }

  const Scenario& scenario_;
  const expr::Schema& schema_;
  std::vector<std::string> districts_;
  FlowBook& flows_;
  Diagnostics& diagnostics_;
  std::map<std::string, std::vector<std::size_t>> kinds_;
  bool every_kind_is_known_ = true;
  std::map<std::string, std::shared_ptr<const Capacity>> capacities_;
};

}  // namespace

CompiledProgrammes compile_programmes(const Scenario& scenario, const expr::Schema& schema,
                                      std::span<const std::string> districts, FlowBook& flows,
                                      Diagnostics& diagnostics) {
  return Compiler(scenario, schema, districts, flows, diagnostics).run();
}

}  // namespace oikos
