#include <malloc.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#include "sim/app/commands.hpp"
#include "sim/app/exit_codes.hpp"

namespace {

volatile std::sig_atomic_t signals = 0;

/// First signal: stop after the month, keep what is done. Second: at once.
void on_signal(int) {
  signals = signals + 1;
  if (signals > 1) _exit(oikos::app::stopped_at_once);
  oikos::app::request_stop();
}

/// Whether nobody reads the output any more: `oikos compare ... | head` has what it wants. Asked of the pipe itself, as
/// errno may be that of any later call.
bool reader_left() {
  pollfd output{STDOUT_FILENO, POLLOUT, 0};
  return poll(&output, 1, 0) > 0 && (output.revents & POLLERR) != 0;
}

}  // namespace

int main(int argc, char** argv) {
  // Whole columns are given back to the system when they are freed. Left alone, glibc would keep the memory of the
  // population's synthesis in its heap beside the worlds of the run.
  mallopt(M_MMAP_THRESHOLD, 256 * 1024);
  // A closed terminal (HUP) and the quit key end a run as gently as the others, unless the caller had them ignored, as
  // nohup and shells without job control do.
  for (const int one : {SIGINT, SIGTERM, SIGHUP, SIGQUIT})
    if (std::signal(one, on_signal) == SIG_IGN) std::signal(one, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file size limit is reported as an error of the write
  std::signal(SIGPIPE, SIG_IGN);
  const oikos::app::Streams streams{std::cout, std::cerr, isatty(STDERR_FILENO) == 1};
  int code = oikos::app::run_cli({argv + 1, argv + argc}, streams);
  std::cout.flush();
  if (!std::cout && !reader_left() && code == oikos::app::ok) {
    std::cerr << "error: cannot write to the output\n";
    code = oikos::app::file_trouble;
  }
  return code;
}
