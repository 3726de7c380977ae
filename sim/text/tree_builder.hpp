#pragma once
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "sim/text/node.hpp"
#include "sim/text/utf8.hpp"

/// For yaml.cpp and yaml_trouble.cpp alone.
namespace oikos::yaml {

/// Bytes in which the end of a value is looked for that a comma cut in two.
inline constexpr std::size_t longest_repair = 2000;

/// Ends the reading after a mistake that makes the rest unreadable; its diagnostic is already added.
struct Stop {};

/// Builds our tree from the parser's events. The parser's own tree is never used: it hides duplicate keys.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Source& source, Diagnostics& diagnostics)
      : text_(source->text), bom_(utf8::bom(source->text)), locator_(source), diagnostics_(diagnostics) {}

  Node take_root() { return std::move(root_); }
  /// Adds what the parser complained about, in our words.
  void translate(const YAML::ParserException& error);

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

 private:
  /// A list or mapping that is being read.
  struct Frame {
    Node node;
    std::size_t begin = 0;  ///< byte at which it begins
    bool flow = false;
    bool has_key = false;    ///< a mapping's key was read, its value comes next
    bool drop = false;       ///< that key was a mistake: read on, but forget the value
    bool plain_key = false;  ///< that key has no quotes
    std::string key;
    Position key_at;
    std::size_t key_begin = 0;                   ///< byte at which the key stands
    std::size_t value_begin = 0;                 ///< byte at which the last plain value stands
    std::size_t cut_end = 0;                     ///< end of a value whose comma the parser took for the end of it
    std::unordered_map<std::string, int> lines;  ///< line of each key so far
  };

  std::size_t offset(const YAML::Mark& mark) const { return bom_ + static_cast<std::size_t>(std::max(0, mark.pos)); }
  char char_at(std::size_t byte) const { return byte < text_.size() ? text_[byte] : '\0'; }
  bool wants_key() const { return !frames_.empty() && frames_.back().node.is_mapping() && !frames_.back().has_key; }
  void fail(Position at, std::string what, std::string expected, std::string got, std::string hint) {
    diagnostics_.add({std::move(at), std::move(what), std::move(expected), std::move(got), std::move(hint)});
  }

  void check_properties(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  std::size_t end_of_scalar(std::size_t begin, const std::string& value, bool in_quotes);
  bool explain_quotes(std::size_t trouble);
  bool explain_bracket(const YAML::ParserException& error, std::size_t trouble);
  void explain_comma(std::size_t trouble);
  bool explain_lines(std::size_t trouble);
  std::pair<std::string_view, std::size_t> line_at(std::size_t byte) const;
  void read_key(std::string key, bool in_quotes, Position at);
  bool is_rest_of_value();
  void open(Node::Kind kind, const YAML::Mark& mark);
  void close();
  void put(Node node);

  std::string_view text_;
  std::size_t bom_;
  utf8::Locator locator_;
  Diagnostics& diagnostics_;
  std::vector<Frame> frames_;
  std::size_t scalar_begin_ = 0;  ///< of the last value or key
  std::size_t scalar_end_ = 0;
  Node root_;
  int documents_ = 0;
  std::size_t values_ = 0;  ///< so far
};

}  // namespace oikos::yaml
