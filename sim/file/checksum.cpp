#include "sim/file/checksum.hpp"

#include <fmt/core.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>

#include "sim/base/contract.hpp"
#include "sim/file/publish_after.hpp"
#include "sim/file/read_blocks.hpp"

namespace oikos {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t hex_digits = 64;

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    expect(context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1, "libcrypto offers SHA-256");
  }
  void add(std::string_view bytes) {
    expect(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1, "libcrypto hashes");
  }
  std::string hex() {
    std::array<unsigned char, hex_digits / 2> digest{};
    expect(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1, "libcrypto hashes");
    std::string out;
    for (const auto byte : digest) out += fmt::format("{:02x}", byte);
    return out;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

void remove_if_there(const fs::path& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) throw system_failure(path, "remove the old checksum", errno);
}

}  // namespace

std::string sha256(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.hex();
}

std::string sha256_file(const fs::path& path) {
  Sha256 hash;
  read_blocks(path, [&](std::string_view block) {
    hash.add(block);
    return true;
  });
  return hash.hex();
}

fs::path checksum_path(const fs::path& path) { return path.string() + ".sha256"; }

std::string checksum_line(std::string_view hex, std::string_view name) {
  std::string escaped;
  for (const char c : name) {
    if (c == '\\') escaped += "\\\\";
    else if (c == '\n') escaped += "\\n";
    else if (c == '\r') escaped += "\\r";
    else escaped += c;
  }
  return fmt::format("{}{}  {}\n", escaped == name ? "" : "\\", hex, escaped);
}

void publish_with_checksum(const fs::path& out, std::string_view bytes, IfExists if_exists) {
  const auto line = checksum_line(sha256(bytes), out.filename().string());
  // The old checksum goes at the last moment, so that a full disk leaves the old file with its checksum.
  publish_after(out, bytes, if_exists, [&] {
    if (if_exists == IfExists::replace) remove_if_there(checksum_path(out));
  });
  after_in_place(out, [&] { publish(checksum_path(out), line, IfExists::replace); });
}

}  // namespace oikos
