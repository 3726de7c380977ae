#pragma once
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string_view>

namespace oikos {

/// Hands the content of a file on in blocks, in order, until `take` returns false; for inside this layer.
/// @throws FileError  the file cannot be opened or read
void read_blocks(const std::filesystem::path& path, const std::function<bool(std::string_view)>& take);

}  // namespace oikos
