#include "sim/store/executor.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"

#ifdef OIKOS_STD_THREADS
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>
#else
#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <optional>
#endif

namespace oikos {

#ifdef OIKOS_STD_THREADS

// Plain threads, started anew for each loop: for the thread sanitizer, which reports false races inside Debian's TBB.
struct Executor::Arena {};

void Executor::for_each(std::size_t count, const std::function<void(std::size_t, std::size_t)>& body) const {
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex guard;
  const auto work = [&](std::size_t worker) {
    try {
      for (std::size_t i = next++; i < count; i = next++) body(i, worker);
    } catch (...) {
      const std::lock_guard lock(guard);
      if (!failure) failure = std::current_exception();
      next = count;
    }
  };
  std::vector<std::thread> threads;
  const std::size_t wanted = std::min(count, static_cast<std::size_t>(threads_));
  for (std::size_t worker = 1; worker < wanted; ++worker) threads.emplace_back(work, worker);
  work(0);
  for (auto& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

#else

struct Executor::Arena {
  explicit Arena(int threads) : arena(threads) {
    // More threads than processors are allowed, and no warning of the library's on the error stream.
    if (threads > 1) allowed.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  }
  std::optional<tbb::global_control> allowed;
  tbb::task_arena arena;
};

void Executor::for_each(std::size_t count, const std::function<void(std::size_t, std::size_t)>& body) const {
  if (threads_ == 1) {
    for (std::size_t i = 0; i < count; ++i) body(i, 0);
    return;
  }
  arena_->arena.execute([&] {
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, 1), [&](const tbb::blocked_range<std::size_t>& range) {
      const auto worker = static_cast<std::size_t>(tbb::this_task_arena::current_thread_index());
      for (std::size_t i = range.begin(); i != range.end(); ++i) body(i, worker);
    });
  });
}

#endif

Executor::Executor(int threads) : threads_(threads) {
  expect(threads >= 1, "an executor has at least one thread");
#ifdef OIKOS_STD_THREADS
  arena_ = std::make_unique<Arena>();
#else
  if (threads > 1) arena_ = std::make_unique<Arena>(threads);
#endif
}
Executor::~Executor() = default;

void Executor::for_stretches(std::uint32_t count,
                             const std::function<void(std::uint32_t first, std::uint32_t count)>& body) const {
  // Shorter ones would cost more to hand out than to do.
  constexpr std::uint64_t shortest = 4096;
  const std::uint64_t wanted = threads_ == 1 ? 1 : 4 * static_cast<std::uint64_t>(threads_);
  const std::uint64_t stretches = std::clamp<std::uint64_t>(count / shortest, 1, wanted);
  const auto begin = [&](std::uint64_t k) {
    return static_cast<std::uint32_t>(count * k / stretches);
  };  // at most count
  for_each(static_cast<std::size_t>(stretches),
           [&](std::size_t k, std::size_t) { body(begin(k), begin(k + 1) - begin(k)); });
}

Executor::Executor(Executor&&) noexcept = default;
Executor& Executor::operator=(Executor&&) noexcept = default;

}  // namespace oikos
