#include "sim/file/seal.hpp"

#include <gmock/gmock.h>

#include "sim/file/checksum.hpp"
#include "tests/sim/file/folder.hpp"

namespace oikos::testing {
namespace {

TEST(Seal, is_the_digest_of_all_before_it) {
  const std::string file = sealed("abc");
  EXPECT_EQ(file, "abc\noikos seal sha256 " + sha256("abc") + "\n");
  EXPECT_EQ(file.size(), 3 + seal_bytes);
  EXPECT_EQ(unsealed(file, "x"), "abc");
  EXPECT_EQ(unsealed(sealed(""), "x"), "");
}

TEST(Seal, shows_every_flipped_bit_and_every_cut) {
  std::string whole = "some bytes of a file";
  whole = sealed(whole + '\0' + whole);
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
      EXPECT_THROW(unsealed(damaged, "x"), FileError) << at << " " << bit;
    }
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_THROW(unsealed(std::string_view(whole).substr(0, length), "x"), FileError) << length;
  EXPECT_THROW(unsealed(whole + "x", "x"), FileError);
}

TEST(Seal, says_what_is_wrong) {
  EXPECT_EQ(file_error([] { unsealed("abc", "x.h5"); }),
            "x.h5: error: it does not end with the seal that oikos writes: no result, cut short, or opened for writing "
            "by a program\n"
            "  hint:     restore the file or run again; let other programs write into a copy");
  std::string other = sealed("abc");
  other[0] = 'b';
  EXPECT_EQ(file_error([&] { unsealed(other, "x.h5"); }),
            "x.h5: error: damaged file: its bytes are not those that were written\n"
            "  hint:     restore the file or run again; let other programs write into a copy");
}

}  // namespace
}  // namespace oikos::testing
