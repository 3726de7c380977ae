#include "sim/store/executor.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

#include "sim/base/contract.hpp"

namespace oikos {
namespace {

class ExecutorOf : public testing::TestWithParam<int> {};

TEST_P(ExecutorOf, runs_the_body_once_for_every_index) {
  const Executor executor(GetParam());
  EXPECT_EQ(executor.threads(), GetParam());
  for (const std::size_t count : {0u, 1u, 2u, 1000u}) {
    std::vector<int> runs(count, 0);
    executor.for_each(count, [&](std::size_t i, std::size_t) { ++runs[i]; });
    EXPECT_EQ(runs, std::vector<int>(count, 1));
  }
}

TEST_P(ExecutorOf, covers_a_range_by_stretches_without_overlap) {
  const Executor executor(GetParam());
  for (const std::uint32_t count : {0u, 1u, 4095u, 8192u, 100'001u}) {
    std::vector<int> covered(count, 0);
    std::atomic<int> stretches{0};
    executor.for_stretches(count, [&](std::uint32_t first, std::uint32_t n) {
      ++stretches;
      for (std::uint32_t i = first; i < first + n; ++i) ++covered[i];
    });
    EXPECT_EQ(covered, std::vector<int>(count, 1));
    if (count > 100'000) {
      EXPECT_EQ(stretches, GetParam() == 1 ? 1 : std::min(24, 4 * GetParam()));
    }
  }
}

TEST_P(ExecutorOf, names_workers_below_the_number_of_threads_and_none_twice_at_a_time) {
  const Executor executor(GetParam());
  std::vector<std::atomic<int>> busy(static_cast<std::size_t>(GetParam()));
  std::atomic<int> clashes{0}, outside{0};
  executor.for_each(2000, [&](std::size_t, std::size_t worker) {
    if (worker >= busy.size()) {
      ++outside;
      return;
    }
    if (busy[worker].fetch_add(1) != 0) ++clashes;
    std::this_thread::yield();
    busy[worker].fetch_sub(1);
  });
  EXPECT_EQ(outside, 0);
  EXPECT_EQ(clashes, 0);
}

TEST_P(ExecutorOf, throws_on_what_a_body_throws_and_can_be_used_again) {
  const Executor executor(GetParam());
  const auto fail = [](std::size_t i, std::size_t) {
    if (i == 13) throw std::runtime_error("thirteen");
  };
  try {
    executor.for_each(100, fail);
    FAIL() << "nothing was thrown";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "thirteen");
  }
  std::atomic<int> runs{0};
  executor.for_each(100, [&](std::size_t, std::size_t) { ++runs; });
  EXPECT_EQ(runs, 100);
}

TEST_P(ExecutorOf, works_inside_a_body_of_another_executor) {
  const Executor outer(GetParam()), inner(2);
  std::vector<std::size_t> sums(4, 0);
  outer.for_each(4, [&](std::size_t i, std::size_t) {
    std::vector<std::size_t> parts(50);
    inner.for_each(50, [&](std::size_t k, std::size_t) { parts[k] = k * (i + 1); });
    sums[i] = std::accumulate(parts.begin(), parts.end(), std::size_t{0});
  });
  EXPECT_EQ(sums, (std::vector<std::size_t>{1225, 2450, 3675, 4900}));
}
INSTANTIATE_TEST_SUITE_P(Threads, ExecutorOf, testing::Values(1, 2, 3, 8));

TEST(Executor, needs_a_thread) { EXPECT_THROW(Executor(0), ContractError); }

TEST(Executor, works_after_a_move) {
  Executor from(2);
  const Executor to(std::move(from));
  std::atomic<int> runs{0};
  to.for_each(10, [&](std::size_t, std::size_t) { ++runs; });
  EXPECT_EQ(runs, 10);
}

}  // namespace
}  // namespace oikos
