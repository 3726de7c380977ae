#pragma once
#include <string>
#include <vector>

#include "sim/text/node.hpp"

namespace oikos {

/// A plan laid over a baseline.
///
/// Mappings merge key by key; scalars, lists and whole dated values (mappings whose keys are all months) replace.
/// `key: ~` removes the baseline's key. New keys follow the baseline's, in the plan's order. Every value keeps the
/// place it was written at, so messages point into the right file. Mistakes: removing a key that is not there, a key
/// without a value, an empty mapping over one with keys (it would change nothing).
Node overlay(const Node& base, const Node& plan, Diagnostics& diagnostics);

/// The tree as YAML with one layout, keys in the tree's order: parse_yaml(print(x)) has the same content as x.
std::string print(const Node& node);

/// The tree on one line, in flow style.
std::string print_line(const Node& node);

/// One difference between two trees.
struct Change {
  enum class Kind { added, removed, changed };

  Kind kind = Kind::changed;
  std::string path;    ///< "programmes.shelter.places.2018-01", "effects[2].times"
  std::string before;  ///< on one line; "" when added
  std::string after;   ///< on one line; "" when removed
  Position before_at;
  Position after_at;
};

/// What differs between two trees, in file order of `before`, added keys last. The order of keys does not count.
/// Lists of equal length are compared item by item, counted from 1, others as a whole.
std::vector<Change> diff(const Node& before, const Node& after);

}  // namespace oikos
