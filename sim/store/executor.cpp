#include "sim/store/executor.hpp"

#include "sim/base/contract.hpp"

#ifdef OIKOS_STD_THREADS
#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>
#else
#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
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
  explicit Arena(int threads) : arena(threads) {}
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
Executor::Executor(Executor&&) noexcept = default;
Executor& Executor::operator=(Executor&&) noexcept = default;

}  // namespace oikos
