#include "sim/text/node.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oikos {

const Node* Node::find(std::string_view key) const {
  for (const Entry& entry : entries)
    if (entry.key == key) return &entry.value;
  return nullptr;
}

const Node::Entry* Node::find_removed(std::string_view key) const {
  for (const Entry& entry : removed)
    if (entry.key == key) return &entry;
  return nullptr;
}

Source make_source(std::string name, std::string text) {
  return std::make_shared<const SourceText>(SourceText{std::move(name), std::move(text)});
}

std::string describe(const Node& node) {
  const auto counted = [](std::size_t n, std::string_view noun) {
    return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
  };
  switch (node.kind) {
    case Node::Kind::null: return node.text.empty() ? "nothing" : quoted(node.text);
    case Node::Kind::scalar: return quoted(node.text);
    case Node::Kind::sequence: return "a list of " + counted(node.items.size(), "value");
    case Node::Kind::mapping: return "a mapping with " + counted(node.entries.size(), "key");
  }
  return "";
}

bool same_content(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.quoted != b.quoted || (a.is_scalar() && a.text != b.text)) return false;
  const auto same_entry = [](const Node::Entry& x, const Node::Entry& y) {
    return x.key == y.key && same_content(x.value, y.value);
  };
  return std::ranges::equal(a.items, b.items, same_content) && std::ranges::equal(a.entries, b.entries, same_entry);
}

}  // namespace oikos
