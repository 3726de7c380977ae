#include "sim/h5/trial.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <new>

#include "sim/base/diagnostics.hpp"
#include "sim/file/descriptor.hpp"
#include "sim/file/file.hpp"

namespace oikos {

namespace {

/// Exit code of a child that asked for more memory than it may have.
constexpr int no_memory = 3;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
constexpr bool sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool sanitized = false;
#endif

/// Address space of this process in bytes; 0 when the system does not say.
std::size_t address_space() {
  std::size_t pages = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "re")) {
    if (std::fscanf(file, "%zu", &pages) != 1) pages = 0;
    std::fclose(file);
  }
  return pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

/// Lowers what the process may use. Where that is not allowed, the limits that hold already are as good.
void limit(int resource, rlim_t most) {
  rlimit now{};
  if (getrlimit(static_cast<__rlimit_resource>(resource), &now) != 0) return;
  now.rlim_cur = std::min(now.rlim_cur, most);
  setrlimit(static_cast<__rlimit_resource>(resource), &now);
}

[[noreturn]] void be_child(const std::function<void()>& act, std::size_t bytes, pid_t parent) {
  // A child that outlives its parent would hold the lock of an output that nobody writes any more.
  ::close_range(STDERR_FILENO + 1, ~0u, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) _exit(0);
  for (const int crash : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGXCPU}) std::signal(crash, SIG_DFL);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, 1 + bytes / (std::size_t{20} << 20));
  // The sanitizers keep their books in address space that is never touched.
  if (const std::size_t now = address_space(); !sanitized && now > 0)
    limit(RLIMIT_AS, now + 16 * bytes + (std::size_t{1} << 30));
  // A library that notices its own ruin says so on stderr, which would frighten whoever reads it.
  if (const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC); nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
  int code = 0;
  try {
    act();
  } catch (const std::bad_alloc&) {
    code = no_memory;
  } catch (...) {
    code = 0;  // an error like any other: the caller will meet it too
  }
  _exit(code);
}

}  // namespace

void try_in_child(const std::function<void()>& act, std::size_t bytes, std::string_view name) {
  const pid_t parent = ::getpid(), child = ::fork();
  if (child == 0) be_child(act, bytes, parent);
  if (child < 0) throw system_failure(name, "start a process that looks at it first", errno);
  int status = 0;
  if (uninterrupted([&] { return ::waitpid(child, &status, 0); }) < 0)
    throw system_failure(name, "wait for the process that looks at it first", errno);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
  const bool slow = WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU;
  const bool large = WIFEXITED(status) && WEXITSTATUS(status) == no_memory;
  throw DamageError(std::string(name),
                    fmt::format("damaged file: {}", slow    ? "reading it does not come to an end"
                                                    : large ? "it asks for more memory than it can fill"
                                                            : "reading it crashes"),
                    "restore the file or run again");
}

}  // namespace oikos
