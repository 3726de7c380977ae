#pragma once
#include <cstddef>
#include <functional>
#include <string_view>

namespace oikos {

/// Whether this program was built under a sanitizer that keeps its books in address space without limits.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
inline constexpr bool sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
inline constexpr bool sanitized = false;
#endif

/// Bytes that one byte of a file can stand for, with a little to spare: DEFLATE makes 1032 of one.
inline constexpr std::size_t most_deflated = 1100;

/// Does something first in a child process, because a library may crash, wait or run for ever, or take all memory over
/// bytes that somebody crafted. What the child computes and prints is lost: the caller does the same again once it is
/// known to be harmless. What it throws as a FileError of any kind is thrown here.
///
/// The child is a copy of this thread alone: call it where no other thread holds what `act` needs.
/// @param bytes  length of the file at hand: time and memory of the child are limited in proportion to it
/// @param name   what errors call the file
/// @throws DamageError  the child crashed or did not come to an end   @throws FileError  there was no child, or
/// somebody stopped it
void try_in_child(const std::function<void()>& act, std::size_t bytes, std::string_view name);

}  // namespace oikos
