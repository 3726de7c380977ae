#include "sim/base/cpu.hpp"

#include <cstdlib>

namespace oikos {

namespace {

/// Takes the text before the next `separator` off the front of `text`.
std::string_view next_part(std::string_view& text, char separator) {
  const auto end = text.find(separator);
  const auto part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  return part;
}

bool cpu_has_avx2() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") != 0;
#else
  return false;
#endif
}

bool ask() {
  const char* tunables = std::getenv("GLIBC_TUNABLES");
  return cpu_has_avx2() && !(tunables != nullptr && tunables_switch_off_avx2(tunables));
}

}  // namespace

bool use_avx2() {
  static const bool answer = ask();
  return answer;
}

bool tunables_switch_off_avx2(std::string_view tunables) {
  constexpr std::string_view hwcaps = "glibc.cpu.hwcaps=";
  while (!tunables.empty()) {
    auto tunable = next_part(tunables, ':');
    if (!tunable.starts_with(hwcaps)) continue;
    tunable.remove_prefix(hwcaps.size());
    while (!tunable.empty())
      if (next_part(tunable, ',') == "-AVX2") return true;
  }
  return false;
}

}  // namespace oikos
