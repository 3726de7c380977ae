#include "sim/base/vectorised.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

namespace oikos {
namespace {

struct Numbers {
  std::vector<float> a, b;
  std::vector<std::uint8_t> kind;
  Numbers() : a(1003), b(1003), kind(1003) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      a[i] = static_cast<float>(i) * 1.37f - 400.0f;
      b[i] = 1.0f / static_cast<float>(i + 1);
      kind[i] = static_cast<std::uint8_t>(i * 7 % 3);
    }
  }
};

/// A loop that would differ if multiply and add were fused, and that has widths of one, four and eight bytes.
auto loop_over(const Numbers& in, std::vector<float>& out, std::vector<double>& wide) {
  return [n = in.a.size(), a = in.a.data(), b = in.b.data(), kind = in.kind.data(), to = out.data(),
          to_wide = wide.data()] {
    for (std::size_t i = 0; i < n; ++i) {
      const float product = a[i] * b[i] + a[i];
      to[i] = kind[i] == 1 ? product : a[i] / (b[i] + 3.0f);
      to_wide[i] = static_cast<double>(a[i]) * 1.1 + static_cast<double>(b[i]);
    }
  };
}

TEST(Vectorised, gives_the_same_bits_on_both_paths) {
  const Numbers in;
  std::vector<float> plain(in.a.size()), chosen(in.a.size());
  std::vector<double> plain_wide(in.a.size()), chosen_wide(in.a.size());
  detail::run_plain(loop_over(in, plain, plain_wide));
  vectorised(loop_over(in, chosen, chosen_wide));
  EXPECT_EQ(0, std::memcmp(plain.data(), chosen.data(), plain.size() * sizeof(float)));
  EXPECT_EQ(0, std::memcmp(plain_wide.data(), chosen_wide.data(), plain_wide.size() * sizeof(double)));
}

TEST(Vectorised, lets_a_loop_report_through_a_reference) {
  int sum = 0;
  vectorised([&sum] {
    for (int i = 1; i <= 100; ++i) sum += i;
  });
  EXPECT_EQ(5050, sum);
}

TEST(Choose, picks_one_of_two_numbers_of_any_width) {
  EXPECT_EQ(-5, choose(true, -5, 7));
  EXPECT_EQ(7, choose(false, -5, 7));
  EXPECT_EQ(std::uint8_t{255}, choose(true, std::uint8_t{255}, std::uint8_t{1}));
  EXPECT_EQ(std::uint8_t{1}, choose(false, std::uint8_t{255}, std::uint8_t{1}));
  constexpr auto least = std::numeric_limits<std::int64_t>::min(), most = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(least, choose(true, least, most));
  EXPECT_EQ(most, choose(false, least, most));
}

}  // namespace
}  // namespace oikos
