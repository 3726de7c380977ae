#include "sim/expr/program.hpp"

#include "sim/expr/code.hpp"

namespace oikos::expr {

Type Program::type() const { return code_->type; }
std::span<const std::uint32_t> Program::reads() const { return code_->columns; }
std::span<const std::uint32_t> Program::parameters() const { return code_->parameter_ids; }

std::optional<double> Program::constant() const {
  const auto slot = code_->result & ~scalar_bit;
  if ((code_->result & scalar_bit) == 0 || !code_->prologue.empty() || !code_->parameters.empty()) return std::nullopt;
  return code_->scalars[slot];
}

bool operator==(const Program& a, const Program& b) { return *a.code_ == *b.code_; }

std::string to_string(const Program& program) { return program.code().text; }

}  // namespace oikos::expr
