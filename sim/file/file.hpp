#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "sim/base/diagnostics.hpp"

namespace oikos {

/// What to do when the file to be written is there already.
enum class IfExists { fail, replace };

/// The file to be written is there already, and nobody allowed to overwrite it.
/// Text: "PATH: error: already exists", hint "choose another name with --output, or overwrite it with --force".
class ExistsError : public FileError {
 public:
  explicit ExistsError(const std::filesystem::path& path);
};

/// What an operating system call reported, as a FileError: "cannot DOING: REASON", with a way out where there is one.
/// @param doing  what was tried, as in "open" or "write"
/// @param code   errno of the failed call
FileError system_failure(const std::filesystem::path& path, std::string_view doing, int code);

/// The whole content of a file.
/// @param max_bytes  a longer file is refused before it fills the memory
/// @throws FileError  missing, unreadable, no regular file (a pipe would be waited for), or longer than `max_bytes`
std::string read_file(const std::filesystem::path& path, std::size_t max_bytes);

/// The first bytes of a file, fewer when it is shorter: enough to tell what kind of file it is.
/// @throws FileError  missing, unreadable or no regular file
std::string read_start(const std::filesystem::path& path, std::size_t bytes);

/// The last bytes of a file, fewer when it is shorter. @throws FileError  as read_start()
std::string read_end(const std::filesystem::path& path, std::size_t bytes);

/// Writes a file so that nobody ever sees a part of it under its name: into `.NAME.tmp-PID` in the same directory,
/// fsync, rename, fsync of the directory. After any failure the name holds what it held before, and no temporary file
/// is left.
///
/// With IfExists::fail an existing file survives even when it appears while we write. With IfExists::replace a symbolic
/// link is replaced itself; what it points to is left alone.
/// @throws ExistsError  the name is taken and `if_exists` is fail
/// @throws FileError    any system call failed; programs must ignore SIGXFSZ to get this for a file size limit
void publish(const std::filesystem::path& out, std::string_view bytes, IfExists if_exists);

/// Something beside a file could not be written; the file itself is whole and in place.
class InPlaceError : public FileError {
 public:
  InPlaceError(const std::filesystem::path& whole, const FileError& beside);
};
/// A step after `out` was published. @throws InPlaceError  the step threw a FileError
void after_in_place(const std::filesystem::path& out, const std::function<void()>& step);

/// Looks before a long run whether publish() can work: the directory exists and is writable, the disk has room, the
/// file size limit is high enough and, with IfExists::fail, the name is free; a device or pipe is never replaced. It
/// promises nothing: things can change until publish().
/// @throws ExistsError, FileError  with a hint what to do
void check_writable(const std::filesystem::path& out, std::uint64_t expected_bytes,
                    IfExists if_exists = IfExists::replace);

/// Refuses to write over a file that is read: one of `inputs` by whatever name (links are followed).
/// @throws FileError
void refuse_input(const std::filesystem::path& out, std::span<const std::filesystem::path> inputs);

/// Which temporary files are swept: all, by whoever holds a lock on the name, or those of processes that have ended.
enum class Sweep { all, of_dead };
/// Removes the temporary files that killed processes left beside `out` while they published it. What cannot be removed
/// is left.
void sweep_left_overs(const std::filesystem::path& out, Sweep which);
/// Whether `name` is that of a temporary file of publish() for a file called `file`.
bool is_left_over(std::string_view name, std::string_view file);

}  // namespace oikos
