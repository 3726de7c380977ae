#pragma once
#include <chrono>
#include <ostream>
#include <string>
#include <string_view>

namespace oikos::app {

/// Shows how far a long task is: a bar with rate and time left on a terminal, a line every ten seconds elsewhere.
class Progress {
 public:
  /// @param terminal whether `out` is one   @param quiet shows nothing
  Progress(std::ostream& out, bool terminal, bool quiet) : out_(out), terminal_(terminal), quiet_(quiet) {}

  /// @param what the task   @param unit what is counted, as "person-months"   @param units_per_step for the rate; 0: no
  /// rate
  void show(std::string_view what, std::int64_t done, std::int64_t all, std::string_view unit = "",
            double units_per_step = 0);
  /// Ends the line of the bar.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  std::ostream& out_;
  bool terminal_;
  bool quiet_;
  std::string task_;
  Clock::time_point start_{};
  Clock::time_point last_{};
  bool open_line_ = false;
};

/// "1.4 M", "950 k": a count in three digits or so.
std::string short_count(double value);
/// "2 h 05 min", "3 min 20 s", "45 s"
std::string short_time(double seconds);

}  // namespace oikos::app
