#pragma once
#include <filesystem>

namespace oikos {

/// Ways to give a finished temporary file its name only if that is free, even against a race; for inside this layer.
enum class Placed { done, taken, unsupported };

/// One atomic call, known to most file systems. @throws FileError
Placed place_by_rename(const std::filesystem::path& temporary, const std::filesystem::path& out);
/// A second name, then the first one removed: for network file systems without the call above. @throws FileError
Placed place_by_link(const std::filesystem::path& temporary, const std::filesystem::path& out);

}  // namespace oikos
