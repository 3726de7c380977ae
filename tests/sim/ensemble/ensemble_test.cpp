#include "sim/ensemble/ensemble.hpp"

#include <gmock/gmock.h>

#include <map>

#include "sim/scenario/build.hpp"
#include "tests/support/region.hpp"

namespace oikos::testing {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

constexpr int months = 6;

/// A hundredth of the example city for half a year, shared by the tests.
const Model& model() {
  static const Model built = [] {
    const Settings set{{"municipalities/*/population/scale", "1 %"}, {"months", std::to_string(months)}};
    return build_model(prepare(load_scenario(OIKOS_SOURCE_DIR "/scenarios/ruda-slaska/baseline.yaml", set)),
                       Executor(1));
  }();
  return built;
}

/// What is counted of a month, as numbers that can be compared.
std::vector<std::int64_t> numbers(const MonthRecord& record) {
  std::vector<std::int64_t> out{record.households, record.wage_sum, record.groups.front().persons,
                                record.groups.front().income};
  for (const auto count : record.counts) out.push_back(static_cast<std::int64_t>(count));
  for (const Money& flow : record.flows) out.push_back(flow.minor());
  return out;
}

using Runs = std::map<std::int32_t, std::vector<std::vector<std::int64_t>>>;

Runs run(const std::vector<std::int32_t>& replicates, EnsembleOptions options) {
  Runs runs;
  run_ensemble(region_of(model()), replicates, options, [&](std::int32_t replicate, std::vector<MonthRecord> records) {
    EXPECT_FALSE(runs.contains(replicate)) << "handed over once";
    for (const MonthRecord& record : records) runs[replicate].push_back(numbers(record));
  });
  return runs;
}

}  // namespace

TEST(Ensemble, hands_over_every_replicate_with_all_its_months) {
  const Runs runs = run({0, 1, 2}, {.threads = 2, .cut = {}, .progress = {}, .stop = nullptr});
  ASSERT_EQ(runs.size(), 3u);
  for (const auto& [replicate, records] : runs)
    EXPECT_EQ(records.size(), static_cast<std::size_t>(months)) << replicate;
  EXPECT_NE(runs.at(0), runs.at(1));
}

TEST(Ensemble, gives_the_same_records_for_any_threads_company_and_cut) {
  const Runs expected = run({0, 1, 2}, {.threads = 1, .cut = {}, .progress = {}, .stop = nullptr});
  for (const int threads : {2, 3, 8})
    for (const std::uint32_t chunk : {1u, 100u, 1'000'000u})
      EXPECT_EQ(run({0, 1, 2}, {.threads = threads, .cut = {chunk, false}, .progress = {}, .stop = nullptr}), expected)
          << threads << " " << chunk;
  EXPECT_EQ(run({2}, {.threads = 4, .cut = {}, .progress = {}, .stop = nullptr}).at(2), expected.at(2));
}

TEST(Ensemble, of_no_replicates_does_nothing) {
  EXPECT_THAT(run({}, {.threads = 2, .cut = {}, .progress = {}, .stop = nullptr}), IsEmpty());
}

TEST(Ensemble, counts_every_month_of_every_replicate) {
  std::vector<std::int64_t> seen;
  run({0, 1}, {.threads = 2,
               .cut = {},
               .progress =
                   [&](std::int64_t done, std::int64_t all) {
                     EXPECT_EQ(all, 2 * months);
                     seen.push_back(done);
                   },
               .stop = nullptr});
  ASSERT_EQ(seen.size(), 2u * months);
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], static_cast<std::int64_t>(i) + 1);
}

TEST(Ensemble, stops_after_the_month_and_has_handed_over_what_was_finished) {
  std::atomic<bool> stop{false};
  std::vector<std::int32_t> finished;
  std::int64_t last = 0;
  const EnsembleOptions options{.threads = 1,
                                .cut = {},
                                .progress =
                                    [&](std::int64_t done, std::int64_t) {
                                      last = done;
                                      if (done == months + 2) stop = true;
                                    },
                                .stop = &stop};
  EXPECT_THROW(
      run_ensemble(region_of(model()), std::vector<std::int32_t>{0, 1, 2}, options,
                   [&](std::int32_t replicate, const std::vector<MonthRecord>&) { finished.push_back(replicate); }),
      Interrupted);
  EXPECT_EQ(last, months + 2);
  EXPECT_THAT(finished, ElementsAre(0));
}

TEST(Ensemble, passes_on_the_errors_of_those_who_take_the_records) {
  for (const int threads : {1, 2})
    EXPECT_THROW(
        run_ensemble(region_of(model()), std::vector<std::int32_t>{0, 1},
                     {.threads = threads, .cut = {}, .progress = {}, .stop = nullptr},
                     [](std::int32_t, const std::vector<MonthRecord>&) { throw std::runtime_error("no room"); }),
        std::runtime_error);
}

}  // namespace oikos::testing
