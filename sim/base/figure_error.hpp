#pragma once
#include <stdexcept>
#include <string>

namespace oikos {

/// A figure of the user's that only a run could find to be impossible: amounts too large to be held, cash below zero.
/// Thrown in the middle of a month, in any thread, by code that knows what causes it and neither month nor place; the
/// engine adds both and makes it an InputError.
class FigureError : public std::runtime_error {
 public:
  struct Cause {
    std::string path;  ///< of the entry that causes it: "programmes/debt_advice", "parameters/average_wage"
    std::string what;  ///< as in a Diagnostic, without the month; so are the others
    std::string expected, got, hint;
  };
  explicit FigureError(Cause cause) : std::runtime_error(cause.what), cause_(std::move(cause)) {}
  const Cause& cause() const { return cause_; }

 private:
  Cause cause_;
};

}  // namespace oikos
