#include "sim/scenario/payer_book.hpp"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace oikos {

namespace {

const Month first_month{1000, 1}, last_month{6000, 1};

/// Sectors that pay without being declared: those that the law's money comes from.
const std::vector<std::string> native_payers{"city", "state", "social_insurance", "health_fund"};
/// Sectors that only receive a programme's money.
constexpr std::array<std::string_view, 3> no_payers{"households", "providers", "employers"};

std::string percent(std::int64_t ppm) { return fmt::format("{:g} %", static_cast<double>(ppm) / 1e4); }

/// Who pays what part in a month: "eu_social_fund 60 %, state 50 %".
std::string parts_in(const std::vector<std::string>& names, const std::vector<Funding>& payers, Month month) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < payers.size(); ++i)
    if (payers[i].pays(month))
      parts.push_back(
          fmt::format("{} {}", names[i], payers[i].share.at(month) ? percent(*payers[i].share.at(month)) : "rest"));
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

PayerBook::PayerBook(const LoadedScenario& loaded, FlowBook& flows, Diagnostics& diagnostics)
    : loaded_(loaded), scenario_(loaded.scenario), flows_(flows), diagnostics_(diagnostics) {}

void PayerBook::report(const Position& at, std::string what, std::string expected, std::string got, std::string hint) {
  diagnostics_.add({.at = at,
                    .what = std::move(what),
                    .expected = std::move(expected),
                    .got = std::move(got),
                    .hint = std::move(hint)});
}

std::vector<std::string> PayerBook::known() const {
  std::vector<std::string> names = native_payers;
  for (const auto& payer : scenario_.payers) names.push_back(payer.name);
  return names;
}

void PayerBook::check_names() {
  for (const auto& payer : scenario_.payers) {
    const bool native = std::ranges::find(native_payers, payer.name) != native_payers.end();
    if (native || std::ranges::find(no_payers, payer.name) != no_payers.end())
      report(payer.at, "a payer has the name of a sector that is there already", "another name",
             oikos::quoted(payer.name), native ? "leave it out: programmes may name it as it is" : "");
  }
}

std::vector<Funding> PayerBook::of(const Paid& paid) {
  auto payers = paid.payers.value;
  if (payers.empty()) payers.push_back({.name = "city", .at = {}, .value = Dated<PayerShare>(PayerShare{})});
  // The odd minor unit of a split goes to the earlier payer: by name, so that the order of the text decides nothing.
  std::ranges::sort(payers, {}, [](const auto& payer) { return payer.name; });
  const auto known = this->known();
  std::vector<Funding> out;
  for (const auto& payer : payers) {
    if (std::ranges::find(no_payers, payer.name) != no_payers.end()) {
      report(payer.at, fmt::format("this sector cannot pay for {}", paid.noun), "one of " + codec::joined(known),
             oikos::quoted(payer.name));
      return {};
    }
    if (std::ranges::find(known, payer.name) == known.end()) {
      if (const Node::Entry* removed = this->removed(payer.name)) {
        report(removed->key_at, fmt::format("{} still needs what is removed here", paid.noun),
               fmt::format("a payer that stays, or no {}", paid.noun.substr(paid.noun.find(' ') + 1)),
               fmt::format("{} of {}", oikos::quoted(payer.name), oikos::quoted(paid.name)));
        return {};
      }
      const auto near = did_you_mean(payer.name, known);
      report(payer.at, "unknown payer", "one of " + codec::joined(known), oikos::quoted(payer.name),
             near.empty() ? fmt::format("declare it: 'payers: {{{}: {{title: ...}}}}'", payer.name) : near);
      return {};
    }
    const auto declared = std::ranges::find(scenario_.payers, payer.name, &Named<PayerSpec>::name);
    const PayerSpec spec = declared == scenario_.payers.end() ? PayerSpec{} : declared->value;
    out.push_back({.share = payer.value,
                   .from = spec.from.value_or(first_month),
                   .until = spec.until.value_or(last_month),
                   .service = flows_.declare({payer.name, "providers", paid.name}),
                   .cash = paid.pays_cash ? flows_.declare({payer.name, "households", paid.name}) : FlowId{}});
  }
  std::vector<std::string> names;
  for (const auto& payer : payers) names.push_back(payer.name);
  check_coverage(paid, names, out);
  return out;
}

/// Where a plan removed the payer of this name, if it did.
const Node::Entry* PayerBook::removed(const std::string& name) const {
  if (const Node::Entry* all = loaded_.tree.find_removed("payers"))
    return all->value.find(name) != nullptr ? all : nullptr;
  const Node* payers = loaded_.tree.find("payers");
  return payers != nullptr ? payers->find_removed(name) : nullptr;
}

/// Where the payers stand; in a plan that changes some of them, the first of these.
const Position& PayerBook::place_of(const Payers& payers) const {
  for (const auto& payer : payers.value)
    if (payer.at.source == loaded_.sources.front() && payers.at.source != loaded_.sources.front()) return payer.at;
  return payers.at;
}

/// Whether in every month in which the programme may pay something its payers cover the whole.
void PayerBook::check_coverage(const Paid& paid, const std::vector<std::string>& names,
                               const std::vector<Funding>& payers) {
  const Month first = std::max(scenario_.start, paid.from.value_or(scenario_.start));
  const Month last = std::min(scenario_.end() - 1, paid.until.value_or(scenario_.end() - 1));
  for (Month month = first; month <= last; ++month) {
    if (!paid.may_cost(month)) continue;
    const Coverage all = coverage(payers, month);
    if (all.whole()) continue;
    const std::string name = oikos::quoted(paid.name), when = to_string(month);
    const std::string wanted = "in every month 100 %, or exactly one 'rest'";
    const Position& at = place_of(paid.payers);
    constexpr std::int64_t whole = 1'000'000;
    if (all.share_ppm > whole)
      report(at, fmt::format("payers' shares of {} are more than the whole", name), "at most 100 % in any month",
             fmt::format("{} in {}: {}", percent(all.share_ppm), when, parts_in(names, payers, month)),
             "end a share by another from that month on, such as '0 %'");
    else if (all.rests > 1)
      report(at, fmt::format("two payers of {} take the rest", name), wanted, fmt::format("{} in {}", all.rests, when));
    else
      report(at, fmt::format("nobody pays {} of {} in {}", percent(whole - all.share_ppm), name, when), wanted,
             percent(all.share_ppm), "write who takes the rest: 'city: rest'");
    return;
  }
}

}  // namespace oikos
