#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "sim/file/file.hpp"

namespace oikos {

/// SHA-256 of some bytes, as 64 lower-case hexadecimal digits (FIPS 180-4).
std::string sha256(std::string_view bytes);

/// SHA-256 of a file of any size, read in blocks.
/// @throws FileError  the file cannot be read
std::string sha256_file(const std::filesystem::path& path);

/// Where the checksum of a file stands: "PATH.sha256" beside it.
std::filesystem::path checksum_path(const std::filesystem::path& path);

/// The content of a checksum file, as `sha256sum NAME` writes it and `sha256sum --check` reads it.
std::string checksum_line(std::string_view hex, std::string_view name);

/// publish(), then the checksum beside it. Stopped in between, a replaced file has no checksum rather than a wrong one.
/// @throws ExistsError, FileError  as publish(); InPlaceError when only the checksum could not be written
void publish_with_checksum(const std::filesystem::path& out, std::string_view bytes, IfExists if_exists);

}  // namespace oikos
