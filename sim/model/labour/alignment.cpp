#include "sim/model/labour/alignment.hpp"

#include <algorithm>

#include "sim/model/labour/declared.hpp"

namespace oikos::labour {

double aligned(const ExpectedLabour::Outlook& outlook, double wanted) {
  // More jobs are found and fewer lost with a larger factor, so the rate only falls.
  double low = least_alignment, high = most_alignment;
  if (outlook.at(low).rate() <= wanted) return low;
  if (outlook.at(high).rate() >= wanted) return high;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = 0.5 * (low + high);
    (outlook.at(middle).rate() > wanted ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

Alignment::Alignment(std::shared_ptr<const World> initial, Month start, Rules rules, std::vector<double> wanted,
                     std::shared_ptr<BaselinePaths> paths)
    : initial_(std::move(initial)),
      start_(start),
      rules_(std::move(rules)),
      hazards_(rules_.labour.transform([](const LabourParams& p) { return LabourHazards(p); })),
      wanted_(std::move(wanted)),
      paths_(std::move(paths)),
      book_(std::make_unique<Book>(ExpectedLabour(*initial_, start), std::span<const std::uint32_t>{}, std::nullopt,
                                   ExpectedLabour::Exits{})) {}

ProcessInfo Alignment::about() const {
  return {.name = "labour_alignment",
          .summary = "finds the factor that keeps expected unemployment on its path (pilot only)",
          .stage = Stage::livelihood,
          .page = "methods/labour.md"};
}

namespace {

/// Mean departure profile of the households in which persons live, by age and sex of these persons.
ExpectedLabour::Exits mean_profile(const Alignment::View& view, const demography::RatePeriod& profile) {
  const auto& birth_month = view[person::birth_month];
  const auto& sex = view[person::sex];
  const auto& first_of = view[household::first];
  const auto& members_of = view[household::members];
  const auto years = [&](Row row) { return (view.now.short_month - birth_month[row]) / 12; };
  const auto kind = [&](Row row) { return age_sex(years(row), sex[row]); };
  std::array<std::int64_t, age_sex_kinds> members{};
  ExpectedLabour::Exits sum{};
  for (std::uint32_t h = 0; h < view.households(); ++h) {
    const Row first = first_of[h];
    const double of_household =
        profile.yearly_rate[static_cast<std::size_t>(sex[first])][demography::age_index(years(first))];
    for (Row row = first; row < first + members_of[h]; ++row) {
      ++members[kind(row)];
      sum[kind(row)] += of_household;
    }
  }
  for (std::size_t k = 0; k < sum.size(); ++k)
    if (members[k] > 0) sum[k] /= static_cast<double>(members[k]);
  return sum;
}

/// Those born this month, by sex.
std::array<std::int64_t, 2> born(const Alignment::View& view) {
  const auto& birth_month = view[person::birth_month];
  const auto& labour = view[person::labour];
  const auto& sex = view[person::sex];
  std::array<std::int64_t, 2> born{};
  for (Row row = 0; row < view.persons(); ++row) {
    if (birth_month[row] != view.now.short_month || labour[row] != Labour::child) continue;
    ++born[static_cast<std::size_t>(sex[row])];
  }
  return born;
}

}  // namespace

ExpectedLabour::Exits Alignment::exits(const View& view) const {
  const When& now = view.now;
  // Who lives with whom at which age changes slowly: once a year is often enough.
  if (now.step % 12 == 0) book_->departing = mean_profile(view, rules_.departures.profile_at(now.month));
  const KindLimits& dying = rules_.death.at(now.month);
  const double departures =
      rules_.departures.persons_yearly.at(now.step) / 12 * paths_->departures[static_cast<std::size_t>(now.step)];
  ExpectedLabour::Exits chances{};
  for (std::size_t k = 0; k < chances.size(); ++k) {
    const double dies = (static_cast<double>(dying[k]) + 1) * 0x1p-31;
    chances[k] = 1 - (1 - dies) * (1 - std::clamp(book_->departing[k] * departures, 0.0, 1.0));
  }
  return chances;
}

void Alignment::run(const View& view) const {
  if (wanted_.empty()) return;
  const When& now = view.now;
  const auto step = static_cast<std::size_t>(now.step);
  ExpectedLabour& expected = book_->expected;
  const auto candidates = rules_.arrivals->candidates(now.step);
  if (!book_->newcomers || candidates.data() != book_->candidates.data()) {
    book_->newcomers.emplace(*initial_, start_, candidates);
    book_->candidates = candidates;
  }
  expected.lose(exits(view), now.short_month);
  expected.bear(born(view), now.short_month);
  expected.arrive(*book_->newcomers, rules_.arrivals->households(now.step), now.step);
  expected.school(*rules_.school, now);

  const LabourHazards& hazards = hazards_.at(now.step);
  const RetirementLaw& law = rules_.retirement[step];
  const auto outlook = expected.outlook(hazards, law, now.short_month);
  const auto force = outlook.at(1.0);
  if (force.unemployed + force.employed > 0) paths_->labour[step] = aligned(outlook, wanted_[step]);
  const auto reached = outlook.at(paths_->labour[step]);
  paths_->unemployment.wanted.push_back(wanted_[step]);
  // Without a labour force there is nothing to miss.
  paths_->unemployment.reached.push_back(reached.unemployed + reached.employed > 0 ? reached.rate() : wanted_[step]);
  expected.advance(hazards, law, now.short_month, paths_->labour[step]);
}

}  // namespace oikos::labour
