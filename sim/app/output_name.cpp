#include "sim/app/output_name.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "sim/base/diagnostics.hpp"

namespace oikos::app {

namespace {

/// Endings that name a format of ours or of the tools around us. Those of one format stand together.
constexpr std::array<std::string_view, 3> hdf5{".h5", ".hdf5", ".nc"};
constexpr std::array<std::string_view, 2> html{".html", ".htm"};
constexpr std::array<std::string_view, 17> others{".csv", ".tsv",     ".json", ".yaml", ".yml",   ".txt",
                                                  ".md",  ".xls",     ".xlsx", ".ods",  ".pdf",   ".png",
                                                  ".svg", ".parquet", ".zip",  ".gz",   ".sqlite"};

template <class List>
bool has(const List& list, std::string_view ending) {
  return std::ranges::find(list, ending) != list.end();
}

}  // namespace

void refuse_other_format(const std::filesystem::path& output, std::string_view ending, std::string_view hint) {
  std::string found = output.extension().string();
  std::ranges::transform(found, found.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const bool right = (has(hdf5, ending) && has(hdf5, found)) || (has(html, ending) && has(html, found));
  if (right || !(has(hdf5, found) || has(html, found) || has(others, found))) return;
  throw InputError({.at = {},
                    .what = "the output's name promises another format",
                    .expected = fmt::format("a name that ends in {}", ending),
                    .got = oikos::quoted(output.string()),
                    .hint = std::string(hint)});
}

}  // namespace oikos::app
