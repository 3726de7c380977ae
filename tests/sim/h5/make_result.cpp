#include <cstdio>
#include <exception>

#include "sim/h5/result_file.hpp"
#include "tests/sim/h5/example_result.hpp"

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: %s OUT.h5\n", argv[0]), 64;
  try {
    oikos::write_result(argv[1], oikos::testing::example_result(), oikos::IfExists::replace);
    return 0;
  } catch (const std::exception& error) {
    return std::fprintf(stderr, "%s\n", error.what()), 1;
  }
}
