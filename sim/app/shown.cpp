#include "sim/app/shown.hpp"

#include "sim/base/diagnostics.hpp"

namespace oikos::app {

ShownBuffer::int_type ShownBuffer::overflow(int_type c) {
  if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
  const char sign = traits_type::to_char_type(c);
  if (sign != '\n' && sign != '\t') {
    line_ += sign;
    return c;
  }
  line_ = escaped(line_) + sign;
  to_ << line_;
  line_.clear();
  return to_ ? c : traits_type::eof();
}

int ShownBuffer::sync() {
  to_ << escaped(line_) << std::flush;
  line_.clear();
  return to_ ? 0 : -1;
}

}  // namespace oikos::app
