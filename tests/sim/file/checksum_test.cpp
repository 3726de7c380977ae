#include "sim/file/checksum.hpp"

#include <gmock/gmock.h>

#include "tests/sim/file/folder.hpp"

namespace oikos::testing {

using ::testing::ElementsAre;

constexpr auto of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/// Known answers: FIPS 180-4 examples.
TEST(Sha256, gives_the_published_answers) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), of_abc);
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, of_a_file_is_that_of_its_bytes) {
  const Folder folder;
  write(folder / "x", std::string(1'000'000, 'a'));
  EXPECT_EQ(sha256_file(folder / "x"), sha256(std::string(1'000'000, 'a')));
}

TEST(ChecksumLine, is_what_sha256sum_writes) {
  EXPECT_EQ(checksum_line(of_abc, "a b.h5"), std::string(of_abc) + "  a b.h5\n");
  EXPECT_EQ(checksum_line(of_abc, "a\\b\nc"), "\\" + std::string(of_abc) + "  a\\\\b\\nc\n");
}

TEST(PublishWithChecksum, can_be_checked_with_sha256sum) {
  const Folder folder;
  publish_with_checksum(folder / "back\\slash", "abc", IfExists::fail);
  publish_with_checksum(folder / "plain", "abc", IfExists::fail);
  EXPECT_THAT(folder.names(), ElementsAre("back\\slash", "back\\slash.sha256", "plain", "plain.sha256"));
  const auto command = "cd " + folder.path().string() + " && sha256sum --quiet --check *.sha256";
  EXPECT_EQ(std::system(command.c_str()), 0);
}

TEST(PublishWithChecksum, replaces_both_files) {
  const Folder folder;
  publish_with_checksum(folder / "x", "old", IfExists::fail);
  publish_with_checksum(folder / "x", "abc", IfExists::replace);
  EXPECT_EQ(read(folder / "x.sha256"), std::string(of_abc) + "  x\n");
  EXPECT_EQ(read(folder / "x"), "abc");
}

TEST(PublishWithChecksum, leaves_file_and_checksum_alone_when_the_name_is_taken) {
  const Folder folder;
  publish_with_checksum(folder / "x", "abc", IfExists::fail);
  EXPECT_THROW(publish_with_checksum(folder / "x", "new", IfExists::fail), ExistsError);
  EXPECT_EQ(read(folder / "x"), "abc");
  EXPECT_EQ(read(folder / "x.sha256"), std::string(of_abc) + "  x\n");
}

}  // namespace oikos::testing
