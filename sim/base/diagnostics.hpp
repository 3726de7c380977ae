#pragma once
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace oikos {

/// The text of one input file, kept so that errors can show the line. Shared by all positions in it.
struct SourceText {
  std::string name;  ///< path as the user wrote it
  std::string text;
};
using Source = std::shared_ptr<const SourceText>;

/// A stretch of one line of a source. Line and column count from 1; columns count Unicode code points.
struct Position {
  Source source;
  int line = 0;
  int column = 0;
  int length = 1;  ///< code points to underline

  bool known() const { return source != nullptr && line > 0; }
};

/// One thing wrong with the user's input.
///
/// Written out as (docs/reference/errors.md):
///   file:line:column: error: WHAT
///     LINE | source line
///          | ^^^^
///     expected: EXPECTED
///     got:      GOT
///     hint:     HINT
/// Lines whose part is empty are left out.
struct Diagnostic {
  Position at;
  std::string what;      ///< the problem, lower case, no full stop
  std::string expected;  ///< what would be right
  std::string got;       ///< what stands there, quoted
  std::string hint;      ///< a way out
};
std::string to_string(const Diagnostic& diagnostic);

/// The user's mistakes: everything found wrong, in order of place. Programs print all and exit 2.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Diagnostic> all);
  explicit InputError(Diagnostic one) : InputError(std::vector{std::move(one)}) {}
  std::span<const Diagnostic> diagnostics() const { return all_; }

 private:
  std::vector<Diagnostic> all_;
};

/// Collects mistakes so that all can be shown at once.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic) { all_.push_back(std::move(diagnostic)); }
  bool empty() const { return all_.empty(); }
  std::span<const Diagnostic> all() const { return all_; }
  /// Throws InputError with everything collected, ordered by file (first seen first), line and column, as added within
  /// one place; does nothing when there is none.
  void throw_if_any() const;

 private:
  std::vector<Diagnostic> all_;
};

/// I/O trouble: path and reason. Programs exit 74.
class FileError : public std::runtime_error {
 public:
  FileError(std::string path, std::string reason, std::string hint = "");
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// Text in single quotes, for the `got` of a diagnostic; long text is cut, control characters are escaped.
std::string quoted(std::string_view text);

/// Optimal string alignment distance (insert, delete, replace, swap neighbours) in bytes.
int edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `text`, if near enough to be a slip (at most a third of its length, at least 1, at most 3);
/// else "". Ties go to the earlier candidate. Texts above 64 bytes and candidates above 96 are no slips of each other.
std::string nearest(std::string_view text, std::span<const std::string> candidates);

/// "did you mean 'x'?" or "" when nothing is near.
std::string did_you_mean(std::string_view text, std::span<const std::string> candidates);

}  // namespace oikos
