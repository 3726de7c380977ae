#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "sim/file/file.hpp"
#include "sim/h5/result_data.hpp"

namespace oikos {

/// The bytes of a result file (docs/reference/result_format.md) with their seal, a function of `data` alone: no clock,
/// host, thread or compiler.
/// @throws ContractError  `data` is not as described
std::string result_image(const ResultData& data);

/// Writes a result file at once, and then its checksum PATH.sha256. Takes about twice the size of the file in memory.
/// @throws ExistsError, FileError  as publish()
/// @throws ContractError           `data` is not as described
void write_result(const std::filesystem::path& path, const ResultData& data, IfExists if_exists);

/// Reads a result file back; read_result after write_result gives equal data. The seal is checked before any of it is
/// used. Takes the size of the file in memory beside the data.
/// @throws DamageError   damaged in any bit, or crafted so that HDF5 fails over it
/// @throws ForeignError  of another kind, an older or a newer layout
/// @throws FileError     missing or unreadable
ResultData read_result(const std::filesystem::path& path);
/// The same from bytes. @param name  what errors call it
ResultData read_result_bytes(std::string_view bytes, std::string_view name);

}  // namespace oikos
