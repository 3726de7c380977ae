#include "benchmarks/reference/hsp180.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"
#include "sim/base/detmath.hpp"
#include "sim/rng/distributions.hpp"
#include "sim/rng/philox.hpp"

namespace oikos::hsp180 {

namespace {

/// The four draws of one subject at the start; the last word keeps apart what is drawn.
rng::Block draw(std::uint64_t seed, std::uint32_t what, std::uint32_t who) {
  return rng::philox({who, 0, 0, what}, {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
}
constexpr std::uint32_t first_person_draws = 1, second_person_draws = 2, household_draws = 3;

std::uint8_t household_size(std::uint32_t u) {
  double cumulative = 0;
  for (std::size_t i = 0; i + 1 < household_size_shares.size(); ++i)
    if (rng::uniform(u) < (cumulative += household_size_shares[i])) return static_cast<std::uint8_t>(i + 1);
  return static_cast<std::uint8_t>(household_size_shares.size());
}

std::array<std::int64_t, row_names.size()> values(const Row& r) {
  return {r.employed, r.unemployed, r.out,        r.income, r.in_need, r.waiting,
          r.served,   r.waits,      r.on_benefit, r.spent,  r.deaths};
}

}  // namespace

double death_probability(int age_months) {
  if (age_months >= certain_death) return 1.0;
  const double years = age_months / 12.0;
  return 1.0 - detmath::exp(-5e-5 * detmath::exp(0.095 * years) / 12.0);
}

Start draw_start(std::uint32_t persons, std::uint64_t seed) {
  expect(persons > 0 && persons % persons_per_provider == 0, "persons are a multiple of those of a provider");
  Start start;
  for (std::uint32_t i = 0; i < persons; ++i) {
    const rng::Block a = draw(seed, first_person_draws, i), b = draw(seed, second_person_draws, i);
    const auto age = static_cast<std::uint16_t>(rng::below(a[0], oldest_at_start));
    Work work = Work::none;
    if (age >= working_from && age < working_until) {
      const double u = rng::uniform(a[2]);
      work = u < employed_at_start                         ? Work::employed
             : u < employed_at_start + unemployed_at_start ? Work::unemployed
                                                           : Work::out;
    }
    const double v = rng::uniform(b[0]);
    start.age.push_back(age);
    start.sex.push_back(static_cast<std::uint8_t>(a[1] >> 31));
    start.work.push_back(work);
    start.wage.push_back(work == Work::none ? 0.0f : static_cast<float>(wage_least + wage_range * v * v));
  }
  for (std::uint32_t placed = 0, household = 0; placed < persons; ++household) {
    const std::uint32_t room = persons_per_provider - placed % persons_per_provider;
    const std::uint32_t size = std::min<std::uint32_t>(household_size(draw(seed, household_draws, household)[0]), room);
    start.household_sizes.push_back(static_cast<std::uint8_t>(size));
    placed += size;
  }
  return start;
}

Row& Row::operator+=(const Row& o) {
  employed += o.employed, unemployed += o.unemployed, out += o.out, income += o.income, in_need += o.in_need;
  waiting += o.waiting, served += o.served, waits += o.waits, on_benefit += o.on_benefit, spent += o.spent;
  deaths += o.deaths;
  return *this;
}

Means means(const std::vector<Row>& rows, std::uint32_t persons, int from) {
  Row sum;
  for (std::size_t m = static_cast<std::size_t>(from); m < rows.size(); ++m) sum += rows[m];
  const double person_months =
      static_cast<double>(persons) * static_cast<double>(rows.size() - static_cast<std::size_t>(from));
  const auto all = values(sum);
  Means result{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool money = row_names[i] == "income" || row_names[i] == "spent";
    result[i] = static_cast<double>(all[i]) / person_months / (money ? 100.0 : 1.0);
  }
  return result;
}

std::uint64_t fnv(std::uint64_t digest, const void* data, std::size_t bytes) {
  const auto* byte = static_cast<const unsigned char*>(data);
  for (std::size_t i = 0; i < bytes; ++i) digest = (digest ^ byte[i]) * 1099511628211u;
  return digest;
}

}  // namespace oikos::hsp180
