// Runs HSP180 as a kernel and on the library, checks that both are right, and prints how fast they are.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "benchmarks/reference/hsp180.hpp"
#include "benchmarks/reference/hsp180_kernel.hpp"
#include "benchmarks/reference/hsp180_library.hpp"

using namespace oikos;
using namespace oikos::hsp180;

namespace {

struct Program {
  std::string_view name;
  Outcome (*run)(const Start&, std::uint64_t seed, int months, const Executor&);
};
const std::array<Program, 2> programs{
    Program{"kernel", [](const Start& s, std::uint64_t seed, int m,
                         const Executor& e) { return run_kernel(s, seed, m, e, best_vectors()); }},
    Program{"library", run_library}};

bool passed = true;
void report(bool good, const std::string& what) {
  fmt::print("{}  {}\n", good ? "ok  " : "FAIL", what);
  passed = passed && good;
}

/// Runs a program of the shell and gives what it prints.
std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string text;
  if (!pipe) return text;
  std::array<char, 256> part;
  while (std::fgets(part.data(), part.size(), pipe.get()) != nullptr) text += part.data();
  return text;
}

/// Digests of both programs, for comparing paths: 50 000 persons, 24 months.
std::string digests(int threads) {
  const Executor executor(threads);
  const Start start = draw_start(50'000, 1);
  return fmt::format("kernel {:016x} library {:016x}\n", programs[0].run(start, 7, 24, executor).digest,
                     programs[1].run(start, 7, 24, executor).digest);
}

void check_bits() {
  const std::string one = digests(1);
  report(one == digests(2), "same bits with 1 and 2 threads");
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  const std::string without = output_of(fmt::format("GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA '{}' --digests", self));
  report(one == without,
         best_vectors() == Vectors::avx2 ? "same bits with AVX2 and with SSE2 alone" : "same bits in a second process");
  const Executor executor(1);
  const Start start = draw_start(50'000, 1);
  report(run_kernel(start, 7, 24, executor, Vectors::portable).digest ==
             run_kernel(start, 7, 24, executor, best_vectors()).digest,
         "same bits on the kernel's portable and widest path");
}

/// Means published for this workload: 1 M persons, all 180 months. None where programs are free to differ in wording.
constexpr Means published{.3896, .0398, .1309, 1098.7, .0428, .0309, .0119, .118, .1358, 20.72, .001523};

struct Sample {
  Means mean{}, error{};
};
/// Mean over seeds and its standard error, each seed with its own start.
Sample sample(const Program& program, std::uint32_t persons, int seeds, std::uint64_t first_seed, int from) {
  const Executor executor(2);
  std::vector<Means> all;
  for (int k = 0; k < seeds; ++k) {
    const auto seed = first_seed + static_cast<std::uint64_t>(k);
    all.push_back(means(program.run(draw_start(persons, seed), seed, months, executor).rows, persons, from));
  }
  Sample s;
  for (std::size_t i = 0; i < s.mean.size(); ++i) {
    double squares = 0;
    for (const Means& m : all) s.mean[i] += m[i] / seeds;
    for (const Means& m : all) squares += (m[i] - s.mean[i]) * (m[i] - s.mean[i]);
    s.error[i] = std::sqrt(squares / (seeds - 1) / seeds);
  }
  return s;
}

void check_means() {
  constexpr std::uint32_t persons = 100'000;
  constexpr int seeds = 8;
  fmt::print("\nMeans per person of months {}-{}, {} seeds of {} persons; difference in standard errors\n",
             settled_from, months - 1, seeds, persons);
  const Sample a = sample(programs[0], persons, seeds, 100, settled_from),
               b = sample(programs[1], persons, seeds, 200, settled_from);
  const Sample whole = sample(programs[1], persons, seeds, 300, 0);
  double worst = 0, worst_published = 0;
  fmt::print("{:<12}{:>12}{:>12}{:>8}   {:>12}{:>12}{:>9}\n", "", "kernel", "library", "diff", "0-179", "published",
             "percent");
  for (std::size_t i = 0; i < row_names.size(); ++i) {
    const double difference = (a.mean[i] - b.mean[i]) / std::hypot(a.error[i], b.error[i]);
    const double percent = 100 * (whole.mean[i] / published[i] - 1);
    worst = std::max(worst, std::abs(difference));
    worst_published = std::max(worst_published, std::abs(percent));
    fmt::print("{:<12}{:>12.5f}{:>12.5f}{:>8.1f}   {:>12.5f}{:>12.5f}{:>8.1f}%\n", row_names[i], a.mean[i], b.mean[i],
               difference, whole.mean[i], published[i], percent);
  }
  report(worst <= 4, fmt::format("kernel and library agree within 4 standard errors (worst {:.1f})", worst));
  report(worst_published <= 3,
         fmt::format("means over all months within 3 % of those published (worst {:.1f} %)", worst_published));
}

struct Speed {
  double one = 0, two = 0;  ///< million person-months a second and core, with 1 and with 2 threads
  double of_cpu = 0;        ///< million person-months a second of CPU time, with 1 thread
  double bytes = 0;
};
Speed measure(const Program& program, const Start& start, int months_to_run, int repeats) {
  const double million = static_cast<double>(start.age.size()) * months_to_run / 1e6;
  const Executor one(1), two(2);
  std::vector<double> ones, twos, of_cpu;
  Speed speed;
  for (int r = 0; r < repeats; ++r) {
    const Outcome outcome = program.run(start, 7, months_to_run, one);
    ones.push_back(million / outcome.seconds);
    of_cpu.push_back(million / outcome.cpu_seconds);
    twos.push_back(million / program.run(start, 7, months_to_run, two).seconds / 2);
    speed.bytes = static_cast<double>(outcome.bytes) / static_cast<double>(start.age.size());
  }
  std::ranges::sort(of_cpu);
  speed.of_cpu = of_cpu[of_cpu.size() / 2];
  // Neighbours only ever slow the clock down, so the fastest run is nearest to what the machine can do.
  speed.one = std::ranges::max(ones), speed.two = std::ranges::max(twos);
  return speed;
}

void print_speed(const std::vector<std::uint32_t>& sizes, int months_to_run, int repeats) {
  fmt::print(
      "\nMillion person-months of {} runs: a second of CPU time with 1 thread (median), a second and core by the clock "
      "with\n"
      "1 and 2 threads (fastest)\n",
      repeats);
  fmt::print("{:>10}  {:<8}{:>10}{:>10}{:>10}{:>9}{:>10}{:>16}\n", "persons", "program", "CPU", "1 thread", "2 threads",
             "scaling", "B/person", "part of kernel");
  for (const std::uint32_t persons : sizes) {
    const Start start = draw_start(persons, 1);
    double kernel = 0;
    for (const Program& program : programs) {
      const Speed s = measure(program, start, months_to_run, persons > 2'000'000 ? std::min(repeats, 3) : repeats);
      if (kernel == 0) kernel = s.of_cpu;
      fmt::print("{:>10}  {:<8}{:>10.1f}{:>10.1f}{:>10.1f}{:>8.2f}x{:>10.1f}{:>15.2f}\n", persons, program.name,
                 s.of_cpu, s.one, s.two, 2 * s.two / s.one, s.bytes, s.of_cpu / kernel);
      std::fflush(stdout);
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string_view> given(arguments + 1, arguments + count);
  const auto has = [&](std::string_view name) { return std::ranges::find(given, name) != given.end(); };
  if (has("--help") ||
      std::ranges::any_of(given, [](auto a) { return a != "--all" && a != "--smoke" && a != "--digests"; })) {
    fmt::print(
        "usage: reference_hsp180 [--smoke | --all]\n  --smoke  20 000 persons, 24 months, bits only\n  --all    10 "
        "million persons too\n");
    return has("--help") ? 0 : 2;
  }
  if (has("--digests")) {
    fmt::print("{}", digests(1));
    return 0;
  }
  fmt::print("HSP180, {} vectors\n", best_vectors() == Vectors::avx2 ? "AVX2" : "SSE2");
  check_bits();
  if (has("--smoke")) {
    print_speed({20'000}, 24, 1);
    return passed ? 0 : 1;
  }
  check_means();
  std::vector<std::uint32_t> sizes{100'000, 1'000'000};
  if (has("--all")) sizes.push_back(10'000'000);
  print_speed(sizes, months, 5);
  return passed ? 0 : 1;
}
