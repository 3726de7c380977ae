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

std::size_t control_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned a = byte(at), b = byte(at + 1), c = byte(at + 2);
  if (a < 0x20 || a == 0x7F) return 1;
  if (a == 0xC2 && b >= 0x80 && b < 0xA0) return 2;
  const bool separator = a == 0xE2 && b == 0x80 && (c == 0xA8 || c == 0xA9);
  return separator || (a == 0xEF && b == 0xBB && c == 0xBF) ? 3 : 0;
}

bool is_plain(std::string_view text, bool flow) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (control_at(text, i) > 0) return false;
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
  for (const std::string_view word : {"~", "null", "Null", "NULL", "<<"})
    if (text == word) return false;
  if (std::string_view(",[]{}#&*!|>'\"%@`").find(text.front()) != std::string_view::npos) return false;
  for (const std::string_view mark : {"---", "..."})
    if (text == mark || text.starts_with(std::string(mark) + " ")) return false;
  if (std::string_view("-?:").find(text.front()) != std::string_view::npos) {
    const bool negative = text.size() > 1 && text.front() == '-' && text[1] >= '0' && text[1] <= '9';
    if (!negative && (flow || text.size() == 1 || text[1] == ' ')) return false;
  }
  if (text.find(": ") != text.npos || text.find(" #") != text.npos) return false;
  return !flow || text.find_first_of(",[]{}:") == std::string_view::npos;
}

bool same_content(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.quoted != b.quoted || (a.is_scalar() && a.text != b.text)) return false;
  const auto same_entry = [](const Node::Entry& x, const Node::Entry& y) {
    return x.key == y.key && same_content(x.value, y.value);
  };
  return std::ranges::equal(a.items, b.items, same_content) && std::ranges::equal(a.entries, b.entries, same_entry);
}

}  // namespace oikos
