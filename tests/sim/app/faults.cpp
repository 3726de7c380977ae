/// A library that is loaded in front of the C library (LD_PRELOAD) and lets one file operation of a program go wrong.
/// Counted are those on files below OIKOS_FAULT_FOLDER, reading and writing, in the order in which they come.
///
/// - OIKOS_FAULT_FOLDER: absolute path of the folder
/// - OIKOS_FAULT_LOG: a file that gets a line for each operation: number, operation, path, and "!" if it went wrong
/// - OIKOS_FAULT_AT: number of the operation that goes wrong, from 1; none when it is not set
/// - OIKOS_FAULT_KIND: how it goes wrong:
///   - an errno by name (ENOSPC, EIO, EACCES, EMFILE, EINTR): not done, reported;
///   - "short": half of a write or read is done and reported, which is no error;
///   - "torn": half of a write is done, then the process is killed;
///   - "kill": killed before it is done; "killed": killed after it is done;
///   - "full": ENOSPC from this operation on for all that needs space
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string>

namespace {

std::string text_of(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// What went on so far. Made at the first operation and never destroyed, as files are closed until the very end.
struct State {
  std::string folder = text_of("OIKOS_FAULT_FOLDER"), log = text_of("OIKOS_FAULT_LOG"),
              kind = text_of("OIKOS_FAULT_KIND");
  long at = std::atol(text_of("OIKOS_FAULT_AT").c_str());
  long count = 0;
  pid_t owner = getpid();  // a child that only looks at a file is left alone
  std::map<int, std::string> files;
  std::mutex mutex;
};
State& state() {
  static State* made = new State;
  return *made;
}

template <class F>
F real(const char* name) {
  return reinterpret_cast<F>(dlsym(RTLD_NEXT, name));
}

/// The absolute path of what an operation names, or "" when it is not below the folder.
std::string place_of(int directory, const char* path) {
  if (path == nullptr) return "";
  std::string full = path;
  if (path[0] != '/') {
    std::array<char, PATH_MAX> base{};
    const bool here = directory == AT_FDCWD;
    const std::string link = "/proc/self/fd/" + std::to_string(directory);
    if (here ? getcwd(base.data(), base.size()) == nullptr : readlink(link.c_str(), base.data(), base.size() - 1) < 0)
      return "";
    full = std::string(base.data()) + "/" + path;
  }
  return !state().folder.empty() && full.starts_with(state().folder + "/") ? full : "";
}

std::string place_of(int file) {
  const std::lock_guard lock(state().mutex);
  const auto found = state().files.find(file);
  return found == state().files.end() ? "" : found->second;
}

enum class Turn { fine, half, fail };

/// Counts an operation, writes it down, and says how it goes; sets errno.
Turn turn_of(const char* operation, const std::string& path, bool needs_space, bool* then_kill = nullptr) {
  State& s = state();
  if (path.empty() || getpid() != s.owner) return Turn::fine;
  const std::lock_guard lock(s.mutex);
  ++s.count;
  const bool now = s.count == s.at;
  const bool full = s.kind == "full" && s.at > 0 && s.count >= s.at && needs_space;
  if (!s.log.empty()) {
    const std::string line = std::to_string(s.count) + " " + operation + " " + path + (now || full ? " !" : "") + "\n";
    const long file = syscall(SYS_openat, AT_FDCWD, s.log.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    syscall(SYS_write, file, line.data(), line.size());
    syscall(SYS_close, file);
  }
  if (full) return errno = ENOSPC, Turn::fail;
  if (!now || s.kind == "full") return Turn::fine;
  if (s.kind == "kill") kill(s.owner, SIGKILL);
  if (s.kind == "killed" || s.kind == "torn") {
    if (then_kill != nullptr) *then_kill = true;
    return s.kind == "torn" ? Turn::half : Turn::fine;
  }
  if (s.kind == "short") return Turn::half;
  for (const auto& [name, code] :
       {std::pair{"ENOSPC", ENOSPC}, {"EIO", EIO}, {"EACCES", EACCES}, {"EMFILE", EMFILE}, {"EINTR", EINTR}})
    if (s.kind == name) return errno = code, Turn::fail;
  std::abort();  // no such kind
}

/// Does an operation as its turn says.
template <class Act>
auto done(const char* operation, const std::string& path, bool needs_space, Act act) -> decltype(act(false)) {
  bool then_kill = false;
  const Turn turn = turn_of(operation, path, needs_space, &then_kill);
  if (turn == Turn::fail) return -1;
  const auto result = act(turn == Turn::half);
  if (then_kill) kill(state().owner, SIGKILL);
  return result;
}

template <class Act>
int opened(const char* operation, int directory, const char* path, int flags, Act act) {
  const std::string place = place_of(directory, path);
  const int file = done(operation, place, (flags & O_CREAT) != 0, [&](bool) { return act(); });
  if (file >= 0 && !place.empty()) {
    const std::lock_guard lock(state().mutex);
    state().files[file] = place;
  }
  return file;
}

std::size_t part(std::size_t bytes, bool half) { return half && bytes > 1 ? bytes / 2 : bytes; }

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, mode_t) : 0;
  va_end(more);
  return opened("open", AT_FDCWD, path, flags,
                [&] { return real<int (*)(const char*, int, ...)>("open")(path, flags, mode); });
}
int open64(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, mode_t) : 0;
  va_end(more);
  return opened("open", AT_FDCWD, path, flags,
                [&] { return real<int (*)(const char*, int, ...)>("open64")(path, flags, mode); });
}
int openat(int directory, const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, mode_t) : 0;
  va_end(more);
  return opened("open", directory, path, flags,
                [&] { return real<int (*)(int, const char*, int, ...)>("openat")(directory, path, flags, mode); });
}
int close(int file) {
  const std::string place = place_of(file);
  {
    const std::lock_guard lock(state().mutex);
    state().files.erase(file);
  }
  // Linux gives the number back whatever close() reports.
  const auto act = real<int (*)(int)>("close");
  bool then_kill = false;
  const Turn turn = turn_of("close", place, false, &then_kill);
  const int code = errno;
  const int result = act(file);
  if (then_kill) kill(state().owner, SIGKILL);
  if (turn == Turn::fail) return errno = code, -1;
  return result;
}
ssize_t write(int file, const void* bytes, std::size_t count) {
  return done("write", place_of(file), true, [&](bool half) {
    return real<ssize_t (*)(int, const void*, std::size_t)>("write")(file, bytes, part(count, half));
  });
}
ssize_t read(int file, void* bytes, std::size_t count) {
  return done("read", place_of(file), false, [&](bool half) {
    return real<ssize_t (*)(int, void*, std::size_t)>("read")(file, bytes, part(count, half));
  });
}
ssize_t pread(int file, void* bytes, std::size_t count, off_t at) {
  return done("pread", place_of(file), false, [&](bool half) {
    return real<ssize_t (*)(int, void*, std::size_t, off_t)>("pread")(file, bytes, part(count, half), at);
  });
}
int fsync(int file) {
  return done("fsync", place_of(file), true, [&](bool) { return real<int (*)(int)>("fsync")(file); });
}
int flock(int file, int operation) {
  return done("flock", place_of(file), false, [&](bool) { return real<int (*)(int, int)>("flock")(file, operation); });
}
int rename(const char* from, const char* to) {
  return done("rename", place_of(AT_FDCWD, to), true,
              [&](bool) { return real<int (*)(const char*, const char*)>("rename")(from, to); });
}
int renameat2(int from_directory, const char* from, int to_directory, const char* to, unsigned flags) {
  return done("rename", place_of(to_directory, to), true, [&](bool) {
    return real<int (*)(int, const char*, int, const char*, unsigned)>("renameat2")(from_directory, from, to_directory,
                                                                                    to, flags);
  });
}
int link(const char* from, const char* to) {
  return done("link", place_of(AT_FDCWD, to), true,
              [&](bool) { return real<int (*)(const char*, const char*)>("link")(from, to); });
}
int unlink(const char* path) {
  return done("unlink", place_of(AT_FDCWD, path), false,
              [&](bool) { return real<int (*)(const char*)>("unlink")(path); });
}
int unlinkat(int directory, const char* path, int flags) {
  return done("unlink", place_of(directory, path), false,
              [&](bool) { return real<int (*)(int, const char*, int)>("unlinkat")(directory, path, flags); });
}
int remove(const char* path) {
  return done("unlink", place_of(AT_FDCWD, path), false,
              [&](bool) { return real<int (*)(const char*)>("remove")(path); });
}
int mkdir(const char* path, mode_t mode) {
  return done("mkdir", place_of(AT_FDCWD, path), true,
              [&](bool) { return real<int (*)(const char*, mode_t)>("mkdir")(path, mode); });
}

}  // extern "C"
