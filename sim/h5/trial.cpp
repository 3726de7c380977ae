#include "sim/h5/trial.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <new>
#include <string>
#include <utility>

#include "sim/base/diagnostics.hpp"
#include "sim/file/descriptor.hpp"
#include "sim/file/file.hpp"

namespace oikos {

namespace {

/// How a child ends that came to an end: done, with a mistake of a kind, out of memory.
enum Ended : int { well = 0, damage = 10, foreign = 11, trouble = 12, no_memory = 13 };

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
template <class Resource>
void limit(Resource resource, std::size_t most) {
  rlimit now{};
  if (getrlimit(resource, &now) != 0) return;
  now.rlim_cur = std::min<rlim_t>(now.rlim_cur, most);
  setrlimit(resource, &now);
}

/// Limits far above what a file of so many bytes needs, whatever it holds.
void limit_to(std::size_t bytes) {
  limit(RLIMIT_CORE, 0);
  const std::size_t seconds = 1 + bytes / (std::size_t{400} << 10);
  limit(RLIMIT_CPU, seconds);
  // What waits uses no processor. A busy machine may give a child little of one, so this limit is wider.
  ::alarm(static_cast<unsigned>(std::min<std::size_t>(20 * seconds, 100'000)));
  // Twice what the bytes can stand for, but never more than half of the machine. The sanitizers keep their books in
  // address space that is never touched.
  const std::size_t now = address_space();
  const std::size_t machine =
      static_cast<std::size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  if (!sanitized && now > 0)
    limit(RLIMIT_AS, now + std::min(2 * most_deflated * bytes + (std::size_t{1} << 30), machine / 2));
}

/// Reason and hint of an error, for the parent.
void tell(int parent, const FileError& error) {
  const std::string text = error.reason() + '\0' + error.hint();
  for (std::string_view left = text; !left.empty();) {
    const auto written = uninterrupted([&] { return ::write(parent, left.data(), left.size()); });
    if (written < 0) return;
    left.remove_prefix(static_cast<std::size_t>(written));
  }
}

[[noreturn]] void be_child(const std::function<void()>& act, std::size_t bytes, pid_t parent, int answer) {
  // A child that outlives its parent would hold the lock of an output that nobody writes any more.
  constexpr int out = STDERR_FILENO + 1;
  if (answer != out) ::dup2(answer, out);
  ::close_range(out + 1, ~0u, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) _exit(well);
  for (const int crash : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGXCPU, SIGALRM}) std::signal(crash, SIG_DFL);
  limit_to(bytes);
  // A library that notices its own ruin says so on stderr, which would frighten whoever reads it.
  if (const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC); nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
  Ended ended = well;
  try {
    act();
  } catch (const DamageError& error) {
    tell(out, error);
    ended = damage;
  } catch (const ForeignError& error) {
    tell(out, error);
    ended = foreign;
  } catch (const FileError& error) {
    tell(out, error);
    ended = trouble;
  } catch (const std::bad_alloc&) {
    ended = no_memory;
  } catch (...) {
    ended = well;  // a broken contract: it ought to be seen where it can be told
  }
  _exit(ended);
}

/// All that is written into a pipe until its other end is closed.
std::string read_all(int pipe) {
  std::string text;
  for (std::array<char, 4096> block{};;) {
    const auto got = uninterrupted([&] { return ::read(pipe, block.data(), block.size()); });
    if (got <= 0) return text;
    text.append(block.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

void try_in_child(const std::function<void()>& act, std::size_t bytes, std::string_view name) {
  const std::string file(name);
  constexpr const char* hint = "restore the file or run again";
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw system_failure(file, "make a pipe to a process that looks at it first", errno);
  const Descriptor answer{ends[0]};
  Descriptor to_child{ends[1]};
  const pid_t parent = ::getpid(), child = ::fork();
  if (child == 0) be_child(act, bytes, parent, to_child.get());
  if (child < 0) throw system_failure(file, "start a process that looks at it first", errno);
  to_child.close();
  const std::string told = read_all(answer.get());
  int status = 0;
  if (uninterrupted([&] { return ::waitpid(child, &status, 0); }) < 0)
    throw system_failure(file, "wait for the process that looks at it first", errno);
  const std::size_t cut = std::min(told.find('\0'), told.size());
  const std::string reason = told.substr(0, cut), way_out = told.substr(std::min(cut + 1, told.size()));
  switch (WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status)) {
    case well: return;
    case damage: throw DamageError(file, reason, way_out);
    case foreign: throw ForeignError(file, reason, way_out);
    case trouble: throw FileError(file, reason, way_out);
    case no_memory: throw DamageError(file, "damaged file: it asks for more memory than there is for it", hint);
    case -SIGXCPU:
    case -SIGALRM: throw DamageError(file, "damaged file: reading it does not come to an end", hint);
    case -SIGKILL:
    case -SIGTERM:
    case -SIGHUP:
    case -SIGINT:
      throw FileError(file, "the process that looked at it first was stopped", "give the same command again");
    default: throw DamageError(file, "damaged file: reading it crashes", hint);
  }
}

}  // namespace oikos
