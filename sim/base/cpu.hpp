#pragma once
#include <string_view>

namespace oikos {

/// Whether to take the code paths written for AVX2: the CPU has it and the environment does not switch it off with
/// GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2. Asked once; the answer stays for the life of the process.
/// Results never depend on it: it exists so that one machine can test both paths.
bool use_avx2();

/// Whether a value of GLIBC_TUNABLES ("name=value:name=value") takes AVX2 away.
bool tunables_switch_off_avx2(std::string_view tunables);

}  // namespace oikos
