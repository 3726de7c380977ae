#pragma once
#include <string>
#include <vector>

#include "sim/text/node.hpp"

namespace oikos {

/// A plan laid over a baseline.
///
/// Mappings merge key by key; scalars, lists, tables (`{table: file.csv}`) and values by another
/// thing (`{by: age, ...}`) are replaced whole; `key: ~` removes the
/// baseline's key. A plan's dated value (a mapping from months) takes over from its first month and leaves the
/// baseline's earlier months; a plain baseline value stands until then, as if written from 1800-01; a plain value of
/// the plan replaces all months. New keys follow the baseline's, in the plan's order. Every value keeps the place it
/// was written at, and what was removed is remembered, so messages point into the right file.
/// Mistakes: removing a key that is not there, a key without a value, an empty mapping over one with keys (it would
/// change nothing), dates over a baseline that runs along straight lines and begins before them.
Node overlay(const Node& base, const Node& plan, Diagnostics& diagnostics);

/// The tree as YAML with one layout, keys in the tree's order: parse_yaml(print(x)) has the same content as x.
std::string print(const Node& node);

/// The tree on one line, in flow style.
std::string print_line(const Node& node);

/// One difference between two trees.
struct Change {
  enum class Kind { added, removed, changed };

  Kind kind = Kind::changed;
  std::string path;    ///< "providers/shelter/places/2018-01", "list[2]/key"
  std::string before;  ///< on one line; "" when added
  std::string after;   ///< on one line; "" when removed
  Position before_at;
  Position after_at;
};

/// What differs between two trees, in file order of `before`, added keys last. The order of keys does not count.
/// Lists of equal length are compared item by item, counted from 1, others as a whole.
std::vector<Change> diff(const Node& before, const Node& after);

}  // namespace oikos
