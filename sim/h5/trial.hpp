#pragma once
#include <cstddef>
#include <functional>
#include <string_view>

namespace oikos {

/// Does something first in a child process, because a library may crash, run for ever or take all memory over bytes
/// that somebody crafted. What the child computes, throws or prints is lost: the caller does the same again once it is
/// known to be harmless.
/// @param bytes  length of the file at hand: time and memory of the child are limited in proportion to it
/// @param name   what errors call the file
/// @throws DamageError  the child did not come to an end   @throws FileError  no child could be started
void try_in_child(const std::function<void()>& act, std::size_t bytes, std::string_view name);

}  // namespace oikos
