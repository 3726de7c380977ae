#include "sim/app/progress.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace oikos::app {

std::string short_count(double value) {
  if (value >= 9.995e8) return fmt::format("{:.3g} G", value * 1e-9);
  if (value >= 9.995e5) return fmt::format("{:.3g} M", value * 1e-6);
  if (value >= 9.995e2) return fmt::format("{:.3g} k", value * 1e-3);
  return fmt::format("{:.0f}", value);
}

std::string short_time(double seconds) {
  const auto s = std::lround(seconds);
  if (s >= 3600) return fmt::format("{} h {:02d} min", s / 3600, s / 60 % 60);
  if (s >= 60) return fmt::format("{} min {:02d} s", s / 60, s % 60);
  return fmt::format("{} s", s);
}

void Progress::show(std::string_view what, std::int64_t done, std::int64_t all, std::string_view unit,
                    double units_per_step) {
  if (quiet_) return;
  const auto now = Clock::now();
  if (task_ != what) {
    finish();
    task_ = what;
    start_ = now;
    last_ = terminal_ ? Clock::time_point{} : now;
  }
  const bool complete = done >= all;
  const auto pause = terminal_ ? std::chrono::milliseconds(100) : std::chrono::milliseconds(10'000);
  if (!complete && now - last_ < pause) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double share = all > 0 ? static_cast<double>(done) / static_cast<double>(all) : 1.0;
  std::string line = fmt::format("{} {:3.0f} %", what, share * 100);
  if (units_per_step > 0 && seconds > 0)
    line += fmt::format("  {} {}/s", short_count(static_cast<double>(done) * units_per_step / seconds), unit);
  if (complete) line += fmt::format("  in {}", short_time(seconds));
  else if (share > 0) line += fmt::format("  {} left", short_time(seconds / share * (1 - share)));
  if (!terminal_) {
    out_ << line << "\n" << std::flush;
    return;
  }
  constexpr int width = 30;
  const int filled = std::clamp(static_cast<int>(share * width), 0, width);
  out_ << fmt::format("\r[{}{}] {}\x1b[K", std::string(static_cast<std::size_t>(filled), '#'),
                      std::string(static_cast<std::size_t>(width - filled), '-'), line)
       << std::flush;
  open_line_ = true;
}

void Progress::finish() {
  if (open_line_) out_ << "\n" << std::flush;
  open_line_ = false;
}

}  // namespace oikos::app
