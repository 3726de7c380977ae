#include "sim/file/seal.hpp"

#include "sim/base/diagnostics.hpp"
#include "sim/file/checksum.hpp"

namespace oikos {

namespace {
constexpr std::string_view before = "\noikos seal sha256 ", after = "\n";
static_assert(before.size() + 64 + after.size() == seal_bytes);
}  // namespace

std::string sealed(std::string bytes) {
  const std::string digest = sha256(bytes);
  bytes.append(before).append(digest).append(after);
  return bytes;
}

void require_seal(std::string_view end, std::string_view name) {
  if (end.size() >= seal_bytes && end.ends_with(after) && end.substr(end.size() - seal_bytes).starts_with(before))
    return;
  throw DamageError(
      std::string(name),
      "it does not end with the seal that oikos writes: no result, cut short, or opened for writing by a program",
      "restore the file or run again; let other programs write into a copy");
}

std::string_view unsealed(std::string_view bytes, std::string_view name) {
  const std::string file(name);
  require_seal(bytes, name);
  const std::string_view content = bytes.substr(0, bytes.size() - seal_bytes);
  if (sha256(content) != bytes.substr(content.size() + before.size(), 64))
    throw DamageError(file, "damaged file: its bytes are not those that were written",
                      "restore the file or run again; let other programs write into a copy");
  return content;
}

}  // namespace oikos
