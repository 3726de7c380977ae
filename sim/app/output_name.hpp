#pragma once
#include <filesystem>
#include <string_view>

namespace oikos::app {

/// Refuses an output whose name promises another format than it will have, as `-o x.csv`. Names without an ending, or
/// with one that is no known format, are taken.
/// @param ending  of the format written, as ".h5"   @param hint  what to do instead
/// @throws InputError
void refuse_other_format(const std::filesystem::path& output, std::string_view ending, std::string_view hint);

}  // namespace oikos::app
