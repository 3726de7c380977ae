#include "sim/base/cpu.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace oikos {
namespace {

TEST(Tunables, take_avx2_away_when_it_stands_alone_or_in_a_list) {
  EXPECT_TRUE(tunables_switch_off_avx2("glibc.cpu.hwcaps=-AVX2"));
  EXPECT_TRUE(tunables_switch_off_avx2("glibc.cpu.hwcaps=-FMA,-AVX2,-BMI2"));
  EXPECT_TRUE(tunables_switch_off_avx2("glibc.malloc.check=3:glibc.cpu.hwcaps=-FMA,-AVX2"));
  EXPECT_TRUE(tunables_switch_off_avx2("glibc.cpu.hwcaps=-AVX2:glibc.malloc.check=3"));
}

TEST(Tunables, leave_avx2_alone_otherwise) {
  EXPECT_FALSE(tunables_switch_off_avx2(""));
  EXPECT_FALSE(tunables_switch_off_avx2("glibc.cpu.hwcaps="));
  EXPECT_FALSE(tunables_switch_off_avx2("glibc.cpu.hwcaps=-FMA"));
  EXPECT_FALSE(tunables_switch_off_avx2("glibc.cpu.hwcaps=AVX2"));
  EXPECT_FALSE(tunables_switch_off_avx2("glibc.cpu.hwcaps=-AVX2_Usable"));
  EXPECT_FALSE(tunables_switch_off_avx2("glibc.other=-AVX2"));
  EXPECT_FALSE(tunables_switch_off_avx2("-AVX2"));
  EXPECT_FALSE(tunables_switch_off_avx2(":::"));
}

TEST(UseAvx2, obeys_the_environment_of_this_process) {
  const char* tunables = std::getenv("GLIBC_TUNABLES");
  const bool off = tunables != nullptr && tunables_switch_off_avx2(tunables);
  EXPECT_FALSE(off && use_avx2());
  EXPECT_EQ(use_avx2(), use_avx2());
}

}  // namespace
}  // namespace oikos
