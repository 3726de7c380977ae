#include "sim/text/record.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oikos {

void RecordKeys::declare(KeyDoc key) {
  expect(std::ranges::find(doc_->keys, key.key, &KeyDoc::key) == doc_->keys.end(), "a record declares each key once");
  doc_->keys.push_back(std::move(key));
}

void RecordKeys::forbid(RenamedKey key) {
  const auto& keys = doc_->keys;
  expect(std::ranges::find(keys, key.key, &KeyDoc::key) == keys.end(), "an old spelling is no key any more");
  doc_->renamed.push_back(std::move(key));
}

std::optional<std::vector<const Node*>> RecordKeys::match(const Node& node, Diagnostics& diagnostics) const {
  std::vector<std::string> names;
  for (const KeyDoc& key : doc_->keys) names.push_back(key.key);
  const std::string mapping = fmt::format("{}: a mapping with some of the keys {}", doc_->name, codec::joined(names));
  if (!codec::expect_mapping(node, mapping, diagnostics)) return std::nullopt;

  std::vector<const Node*> values(names.size(), nullptr);
  std::vector<std::string> replaced;
  for (const auto& entry : node.entries) {
    const auto known = std::ranges::find(names, entry.key);
    if (known != names.end()) {
      values[static_cast<std::size_t>(known - names.begin())] = &entry.value;
      continue;
    }
    const auto old = std::ranges::find(doc_->renamed, entry.key, &RenamedKey::key);
    if (old != doc_->renamed.end()) replaced.push_back(old->replaces);
    diagnostics.add({entry.key_at, fmt::format("unknown key in {}", doc_->name), "one of " + codec::joined(names),
                     quoted(entry.key), old != doc_->renamed.end() ? old->hint : did_you_mean(entry.key, names)});
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const KeyDoc& key = doc_->keys[i];
    if (values[i] != nullptr || !key.required || std::ranges::find(replaced, key.key) != replaced.end()) continue;
    const Node::Entry* removed = node.find_removed(key.key);
    diagnostics.add({removed != nullptr ? removed->key_at : node.at,
                     fmt::format("missing key '{}' in {}", key.key, doc_->name),
                     fmt::format("{}: {}{}{}", key.key, key.expected, key.doc.empty() ? "" : "; ", key.doc),
                     removed != nullptr ? "~, which removes it" : describe(node), ""});
  }
  return values;
}

}  // namespace oikos
