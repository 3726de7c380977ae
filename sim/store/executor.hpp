#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace oikos {

/// Runs loops on a fixed number of threads. Which thread does what never shows in results: a loop body writes only to
/// the slot of its own index, and sums are taken afterwards in the order of indices.
class Executor {
 public:
  /// @param threads at least 1
  explicit Executor(int threads);
  ~Executor();
  Executor(Executor&&) noexcept;
  Executor& operator=(Executor&&) noexcept;

  int threads() const { return threads_; }
  /// body(index, worker) for every index in [0, count); worker in [0, threads()) names scratch space that no other
  /// running body of this loop uses. The first exception of a body is thrown on after all have stopped.
  void for_each(std::size_t count, const std::function<void(std::size_t index, std::size_t worker)>& body) const;
  /// body(first, count) for stretches that cover [0, count) without overlap, a few for each thread: for loops whose
  /// turns cost about the same.
  void for_stretches(std::uint32_t count,
                     const std::function<void(std::uint32_t first, std::uint32_t count)>& body) const;

 private:
  struct Arena;
  int threads_;
  std::unique_ptr<Arena> arena_;
};

}  // namespace oikos
