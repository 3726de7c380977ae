#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/diagnostics.hpp"

namespace oikos {

/// A piece of scenario text as a tree: what was written and where, without guessing types.
///
/// Scalars stay text: whether `010`, `no` or `12 %` means a number is decided by the codec that reads them
/// (sim/text/codec.hpp), never by their looks. Trees are built by parse_yaml and overlay, and read only from then on.
struct Node {
  enum class Kind { null, scalar, sequence, mapping };
  struct Entry;

  Kind kind = Kind::null;
  /// Scalars: the text. Flow style: the bracket. Block mappings and sequences: the key they stand under, if any.
  Position at;
  std::string text;  ///< scalar: the text without quotes; null: "~" or "null" as written, "" when nothing stands there
  /// Scalar in quotes, block scalar (`|`, `>`), or what can only be printed in quotes: always text, never a number.
  bool quoted = false;
  std::vector<Node> items;     ///< of a sequence
  std::vector<Entry> entries;  ///< of a mapping, in file order; keys are unique
  std::vector<Entry> removed;  ///< of a mapping: what a plan took away with `key: ~`, placed where the plan says so

  bool is_null() const { return kind == Kind::null; }
  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_sequence() const { return kind == Kind::sequence; }
  bool is_mapping() const { return kind == Kind::mapping; }
  /// Value of a key of a mapping; nullptr when there is none or this is no mapping.
  const Node* find(std::string_view key) const;
  /// The same among what was removed: the key where it was removed, and the value it had.
  const Entry* find_removed(std::string_view key) const;
};

/// One key of a mapping with its value.
struct Node::Entry {
  std::string key;
  Position key_at;
  Node value;
};

/// A value and the place it was read from, so that later checks can point at the text.
template <class T>
struct Positioned {
  T value{};
  Position at;

  friend bool operator==(const Positioned& a, const Positioned& b) { return a.value == b.value; }
};

/// A value under a name the user chose: one entry of a mapping such as `programmes`.
template <class T>
struct Named {
  std::string name;
  Position at;  ///< of the name
  T value{};
};

/// Text with a name for messages, ready to parse.
Source make_source(std::string name, std::string text);

/// Reads YAML 1.2 (of which JSON is a part) without the features that hide things.
///
/// Mistakes go to `diagnostics` with their place: broken syntax, duplicate keys, anchors, aliases, merge keys, tags,
/// keys that are not plain text, further documents, invalid UTF-8, control characters, nesting deeper than 64, more
/// than 16 MiB, more than 10,000 entries of one mapping or list, more than 100,000 values. A byte order mark and CRLF
/// line ends are fine. Columns count code points from 1.
/// @return the tree; incomplete when anything was added to `diagnostics`. Empty text gives null.
Node parse_yaml(const Source& source, Diagnostics& diagnostics);

/// What stands there, for the `got` of a diagnostic: "'12 %'", "a list of 3 values", "a mapping with 2 keys",
/// "nothing".
std::string describe(const Node& node);

/// Bytes of the character at `at` when it controls how text is read or shown: controls, separators of lines, a byte
/// order mark. 0 for any other.
std::size_t control_at(std::string_view text, std::size_t at);
/// Whether text reads back as the same scalar without quotes; in flow style (on one line) more characters mean
/// something.
bool is_plain(std::string_view text, bool flow);

/// Whether two trees say the same: kinds, texts, quoting, keys and their order. Places and what was removed do not
/// count.
bool same_content(const Node& a, const Node& b);

}  // namespace oikos
