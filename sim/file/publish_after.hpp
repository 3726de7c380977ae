#pragma once
#include <functional>

#include "sim/file/file.hpp"

namespace oikos {

/// publish() with a step of the caller's when everything is written and only the name is missing; for inside this
/// layer.
void publish_after(const std::filesystem::path& out, std::string_view bytes, IfExists if_exists,
                   const std::function<void()>& last_step);

/// Refuses to put a file in the place of a device, a pipe or a socket. @throws FileError
void refuse_special_file(const std::filesystem::path& out);

}  // namespace oikos
