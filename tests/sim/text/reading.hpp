#pragma once
#include <string>

#include "sim/text/record.hpp"

namespace oikos::test {

/// All diagnostics as the user sees them.
inline std::string text_of(const Diagnostics& diagnostics) {
  try {
    diagnostics.throw_if_any();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

/// What is wrong with the text as YAML; "" when nothing.
inline std::string yaml_errors(std::string text) {
  Diagnostics diagnostics;
  parse_yaml(make_source("plan.yaml", std::move(text)), diagnostics);
  return text_of(diagnostics);
}

/// The tree of text that has no mistakes.
inline Node tree(std::string text) {
  Diagnostics diagnostics;
  Node node = parse_yaml(make_source("plan.yaml", std::move(text)), diagnostics);
  diagnostics.throw_if_any();
  return node;
}

/// What is wrong with the value of the first key.
template <class T>
std::string value_errors(const Codec<T>& codec, std::string text) {
  const Node node = tree(std::move(text));
  Diagnostics diagnostics;
  const auto value = codec.parse(node.entries.at(0).value, diagnostics);
  if (value.has_value() != diagnostics.empty()) return "a value and an error, or neither";
  return text_of(diagnostics);
}

/// The value of the first key. @throws InputError when it is wrong
template <class T>
T value_of(const Codec<T>& codec, std::string text) {
  const Node node = tree(std::move(text));
  Diagnostics diagnostics;
  auto value = codec.parse(node.entries.at(0).value, diagnostics);
  diagnostics.throw_if_any();
  return std::move(value.value());
}

}  // namespace oikos::test
