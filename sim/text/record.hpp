#pragma once
#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/base/contract.hpp"
#include "sim/text/codec.hpp"

namespace oikos {

/// The part of Record that needs no type: which keys there are, and which of them a mapping has.
class RecordKeys {
 public:
  RecordKeys(std::string name, std::string doc)
      : doc_(std::make_shared<RecordDoc>(RecordDoc{std::move(name), std::move(doc), {}})) {}
  const RecordDoc& doc() const { return *doc_; }

 protected:
  void declare(KeyDoc key);
  void forbid(RenamedKey key);
  /// For every declared key its value or nullptr. Reports anything that is no mapping, unknown keys, missing keys and
  /// empty values; nothing when this is no mapping.
  std::optional<std::vector<const Node*>> match(const Node& node, Diagnostics& diagnostics) const;

  std::shared_ptr<RecordDoc> doc_;
};

/// How a mapping with known keys becomes a T: one declaration parses, checks and documents each key.
///
///   Record<Payer> payer{"payer", "who pays a part of the cost"};
///   payer.required("payer", &Payer::name, codec::identifier(), "who pays")
///        .optional("share", &Payer::share, codec::share(), "part of the cost; all of it unless stated");
///
/// Reading reports all mistakes at once. A key that is not given leaves its member as T's default has it.
/// Members may be the codec's type, a narrower integer that holds the codec's bounds, std::optional or Positioned of
/// these. T has a default constructor.
template <class T>
class Record : public RecordKeys {
 public:
  /// @param name  what the mapping is called in messages and the reference   @param doc  what it describes
  explicit Record(std::string name, std::string doc = "") : RecordKeys(std::move(name), std::move(doc)) {}

  /// A key that must be there.
  template <class M, class C, class V>
  requires std::derived_from<T, C> Record& required(std::string key, M C::*member, Codec<V> codec, std::string doc) {
    return add(std::move(key), true, member, std::move(codec), std::move(doc));
  }
  /// A key that may be left out: the member keeps its default.
  template <class M, class C, class V>
  requires std::derived_from<T, C> Record& optional(std::string key, M C::*member, Codec<V> codec, std::string doc) {
    return add(std::move(key), false, member, std::move(codec), std::move(doc));
  }
  /// An optional mapping from names the user chooses (std::vector<Named<V>>, in file order).
  template <class C, class V>
  requires std::derived_from<T, C> Record& map(std::string key, std::vector<Named<V>> C::*member, Codec<V> item,
                                               std::string doc) {
    return optional(std::move(key), member, codec::map_of(std::move(item)), std::move(doc));
  }
  /// An optional list.
  template <class C, class V>
  requires std::derived_from<T, C> Record& list(std::string key, std::vector<V> C::*member, Codec<V> item,
                                                std::string doc) {
    return optional(std::move(key), member, codec::list_of(std::move(item)), std::move(doc));
  }
  /// An old spelling of a key: refused, with the new one as hint.
  /// @param replaces  the key of this record that stands for it now, if there is one
  Record& renamed(std::string key, std::string hint, std::string replaces = "") {
    forbid({std::move(key), std::move(hint), std::move(replaces)});
    return *this;
  }
  /// A check across keys, run when all of them were read well. It adds its own diagnostics; the node is the mapping.
  Record& check(std::function<void(const T&, const Node&, Diagnostics&)> rule) {
    checks_.push_back(std::move(rule));
    return *this;
  }

  /// The record, or nothing after adding at least one diagnostic.
  std::optional<T> parse(const Node& node, Diagnostics& diagnostics) const {
    const auto before = diagnostics.all().size();
    auto result = parse_readable(node, diagnostics);
    if (diagnostics.all().size() != before) return std::nullopt;
    return result;
  }

  /// What could be read of the record, so that checks beyond its text can go on after mistakes in it: members whose
  /// keys are missing or mistaken keep their defaults. Nothing when this is no mapping.
  std::optional<T> parse_readable(const Node& node, Diagnostics& diagnostics) const {
    const auto found = match(node, diagnostics);
    if (!found) return std::nullopt;
    T result{};
    bool good = true;
    for (std::size_t i = 0; i < readers_.size(); ++i) {
      const Node* value = (*found)[i];
      if (value != nullptr) good = readers_[i](result, *value, diagnostics) && good;
      else good = good && !doc_->keys[i].required;
    }
    if (!good) return result;
    for (const auto& rule : checks_) rule(result, node, diagnostics);
    return result;
  }

 private:
  using Reader = std::function<bool(T&, const Node&, Diagnostics&)>;

  template <class M, class C, class V>
  Record& add(std::string key, bool must, M C::*member, Codec<V> codec, std::string doc) {
    declare({std::move(key), must, codec.describe(), std::move(doc), codec.schema(), codec.inner()});
    readers_.push_back([member, codec](T& record, const Node& node, Diagnostics& diagnostics) {
      auto value = codec.parse(node, diagnostics);
      if (value) store(record.*member, std::move(*value), node.at);
      return value.has_value();
    });
    return *this;
  }

  template <class>
  struct IsPositioned : std::false_type {};
  template <class V>
  struct IsPositioned<Positioned<V>> : std::true_type {};
  template <class>
  struct IsOptional : std::false_type {};
  template <class V>
  struct IsOptional<std::optional<V>> : std::true_type {};

  template <class M, class V>
  static void store(M& member, V value, const Position& at) {
    if constexpr (std::is_same_v<M, V>) {
      member = std::move(value);
    } else if constexpr (IsPositioned<M>::value) {
      store(member.value, std::move(value), at);
      member.at = at;
    } else if constexpr (IsOptional<M>::value) {
      store(member.emplace(), std::move(value), at);
    } else if constexpr (std::integral<M> && std::integral<V> && !std::same_as<M, bool>) {
      expect(std::in_range<M>(value), "the bounds of an integer key fit its member");
      member = static_cast<M>(value);
    } else {
      static_assert(std::constructible_from<M, V> && !std::is_arithmetic_v<V>, "codec and member differ in type");
      member = M(std::move(value));
    }
  }

  std::vector<Reader> readers_;
  std::vector<std::function<void(const T&, const Node&, Diagnostics&)>> checks_;
};

namespace codec {

/// What to make of a mapping with mistakes: nothing, or what could be read of it (Record::parse_readable).
enum class OnMistake { drop, keep_readable };

/// A mapping read by a record.
template <class T>
Codec<T> record_of(const Record<T>& record, OnMistake on_mistake = OnMistake::drop) {
  const auto held = std::make_shared<const Record<T>>(record);
  return {[held, on_mistake](const Node& node, Diagnostics& diagnostics) {
            return on_mistake == OnMistake::drop ? held->parse(node, diagnostics)
                                                 : held->parse_readable(node, diagnostics);
          },
          schema::object(held->doc()), "a mapping (" + held->doc().name + ")",
          std::make_shared<const RecordDoc>(held->doc())};
}

}  // namespace codec

/// The record's reference as Markdown.
template <class T>
std::string reference_markdown(const Record<T>& record) {
  return reference_markdown(record.doc());
}

}  // namespace oikos
