#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/diagnostics.hpp"
#include "sim/expr/ast.hpp"

namespace oikos::expr {

/// Turns byte ranges of an expression into diagnostics of its file. After 20 it stays silent: the rest is noise.
class Report {
 public:
  Report(std::string_view text, const Position& at, std::string_view name, Diagnostics& diagnostics);

  /// Adds one mistake: "WHAT in NAME" at bytes begin .. end of the text.
  void add(std::uint32_t begin, std::uint32_t end, std::string_view what, std::string expected, std::string got,
           std::string hint = "");
  /// Adds one mistake about the whole expression; `what` is taken as it is.
  void add_whole(std::string what, std::string expected, std::string got, std::string hint = "");

  bool clean() const { return count_ == 0; }
  const std::string& name() const { return name_; }

 private:
  Position where(std::uint32_t begin, std::uint32_t end) const;
  void put(Diagnostic diagnostic);

  std::string_view text_;
  Position at_;
  std::string name_;
  Diagnostics* diagnostics_;
  bool in_place_ = true;  ///< the text stands on the line of `at_`, so that columns can be counted
  int count_ = 0;
};

/// A node's text with runs of blanks as one, for messages.
std::string shown(const Ast& ast, const Node& node);

}  // namespace oikos::expr
