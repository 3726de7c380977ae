#pragma once
#include <cstddef>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oikos {

/// A JSON Schema (draft-07) fragment. Held by pointer, so that headers need not include the JSON library.
using Schema = std::shared_ptr<const nlohmann::json>;

struct RecordDoc;

/// What is documented about one key of a record.
struct KeyDoc {
  std::string key;
  bool required = false;
  std::string expected;                    ///< what its value has to be
  std::string doc;                         ///< what it means
  Schema schema;                           ///< of its value
  std::shared_ptr<const RecordDoc> inner;  ///< the record inside the value, if any
};

/// A key as it was once written.
struct RenamedKey {
  std::string key;
  std::string hint;      ///< how it is written now
  std::string replaces;  ///< the key that stands for it now: its absence is not reported beside the old one; "" if none
};

/// What is documented about a record: the source of its JSON Schema and of its reference table.
struct RecordDoc {
  std::string name;
  std::string doc;
  std::vector<KeyDoc> keys;
  std::vector<RenamedKey> renamed = {};  ///< refused with a hint
};

/// Builders of fragments.
namespace schema {

Schema any_object();
Schema text(std::string_view pattern = "");
/// Text that an editor may take for a number or a truth value, such as the title 2015.
Schema any_scalar();
Schema boolean();
Schema integer(std::optional<std::int64_t> min, std::optional<std::int64_t> max);
Schema number(std::optional<double> min, std::optional<double> max);
Schema words(std::span<const std::string> names);
Schema any_of(std::span<const Schema> choices);
Schema array_of(const Schema& items, std::size_t min_items);
/// Object whose keys match `key_pattern` and whose values all look alike.
Schema map_of(std::string_view key_pattern, const Schema& values);
/// Object with every one of `names` and nothing else.
Schema each_of(std::span<const std::string> names, const Schema& values);
/// Object with some of `names` and nothing else.
Schema some_of(std::span<const std::string> names, const Schema& values);
Schema object(const RecordDoc& record);

}  // namespace schema

/// The record's JSON Schema as a document of its own (draft-07), ready to be written for editors.
nlohmann::json json_schema(const RecordDoc& record);

/// The record's reference as Markdown: one table a record, outer ones first, each record once.
std::string reference_markdown(const RecordDoc& record);

}  // namespace oikos
