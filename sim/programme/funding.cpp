#include "sim/programme/funding.hpp"

#include <vector>

#include "sim/base/contract.hpp"

namespace oikos {

Coverage coverage(std::span<const Funding> funding, Month month) {
  Coverage all;
  for (const Funding& f : funding) {
    if (!f.pays(month)) continue;
    const PayerShare& share = f.share.at(month);
    all.share_ppm += share.value_or(0);
    all.rests += share ? 0 : 1;
  }
  return all;
}

void split_over_payers(Money amount, std::span<const Funding> funding, Month month, std::span<Money> parts) {
  constexpr std::int64_t whole = 1'000'000;
  const Coverage all = coverage(funding, month);
  expect(all.whole(), "in every month payers cover the whole");
  std::vector<std::int64_t> weights(funding.size(), 0);
  for (std::size_t i = 0; i < funding.size(); ++i)
    if (funding[i].pays(month)) weights[i] = funding[i].share.at(month).value_or(whole - all.share_ppm);
  split(amount, weights, parts);
}

}  // namespace oikos
