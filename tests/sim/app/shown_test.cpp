#include "sim/app/shown.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace oikos::app {
namespace {

/// Goal: whatever a name or a title holds, a terminal shows it and does not act on it.

std::string shown(const std::string& text) {
  std::ostringstream out;
  {
    ShownBuffer buffer(out);
    std::ostream stream(&buffer);
    stream << text;
  }
  return out.str();
}

TEST(Shown, escapes_all_but_line_ends_and_tabs) {
  EXPECT_EQ(shown("a\tb\nŁódź\n"), "a\tb\nŁódź\n");
  EXPECT_EQ(shown("\x1b[2J\r\u202e\n\xff"), "\\x1b[2J\\x0d\\u202e\n\\xff");
}

TEST(Shown, passes_on_what_is_there_when_it_is_flushed) {
  std::ostringstream out;
  ShownBuffer buffer(out);
  std::ostream stream(&buffer);
  stream << "a" << std::flush;
  EXPECT_EQ(out.str(), "a");
}

TEST(Shown, fails_when_the_stream_behind_it_does) {
  std::ostringstream out;
  ShownBuffer buffer(out);
  std::ostream stream(&buffer);
  out.setstate(std::ios::badbit);
  stream << "a\n" << std::flush;
  EXPECT_FALSE(stream);
}

}  // namespace
}  // namespace oikos::app
