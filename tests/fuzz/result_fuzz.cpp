#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/compare/compare.hpp"
#include "sim/file/seal.hpp"
#include "sim/h5/result_file.hpp"
#include "tests/fuzz/said.hpp"
#include "tests/sim/h5/example_result.hpp"

namespace {

/// How the bytes are meant: the first of them.
enum class Kind : std::uint8_t { file, content, edits, sealed_edits };

/// A good result with some bytes changed: each edit is a place (3 bytes) and what is put there.
std::string edited(std::string bytes, const std::uint8_t* edits, std::size_t size) {
  for (std::size_t i = 0; i + 4 <= size; i += 4)
    bytes[(edits[i] | static_cast<std::size_t>(edits[i + 1]) << 8 | static_cast<std::size_t>(edits[i + 2]) << 16) %
          bytes.size()] = static_cast<char>(edits[i + 3]);
  return bytes;
}

}  // namespace

/// Any bytes as a result file, as what somebody sealed, and as a good result with bytes changed before or after it was
/// sealed: it is refused, or it is a whole result that can be compared. Bytes changed under a seal never get through.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oikos;
  static const std::string image = result_image(oikos::testing::example_result());
  if (size == 0) return 0;
  const auto kind = static_cast<Kind>(data[0] % 4);
  const std::string rest(data + 1, data + size);
  const std::string content = image.substr(0, image.size() - seal_bytes);
  const std::string file = kind == Kind::file      ? rest
                           : kind == Kind::content ? sealed(rest)
                           : kind == Kind::edits   ? edited(image, data + 1, size - 1)
                                                   : sealed(edited(content, data + 1, size - 1));
  try {
    const ResultData result = read_result_bytes(file, "fuzz.h5");
    fuzz::promise(!fault_of(result), "what is read holds together");
    fuzz::promise(kind != Kind::edits || file == image, "no changed byte gets through");
    const std::vector<ResultData> results{result, result};
    const std::vector<std::string> names{"a.h5", "b.h5"};
    const auto comparison = analysis::compare(results, names);
    analysis::to_table(comparison);
    analysis::to_json(comparison);
  } catch (const FileError&) {
  } catch (const InputError&) {
  }
  return 0;
}
