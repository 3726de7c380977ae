#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "sim/file/descriptor.hpp"

namespace oikos {

/// The right to a name, held by one process at a time and given back when the process ends, however it ends: an
/// advisory lock (flock) on a file that says who holds it.
class LockFile {
 public:
  /// Takes the lock, creating the file where there is none. Links are not followed.
  /// @param what  what errors say is taken, such as "this result"
  /// @throws FileError  another process holds it (the text names it), or a system call failed
  LockFile(const std::filesystem::path& path, const std::string& what);

 private:
  Descriptor file_;
};

}  // namespace oikos
