#pragma once
#include <cstdint>
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

/// How bad it is: an error stops everything; a warning says that what stands there does nothing, or hardly what was
/// meant, and why.
enum class Severity : std::uint8_t { error, warning };

/// One thing wrong with the user's input.
///
/// Written out as (docs/reference/errors.md), an error or a warning:
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
  Severity severity = Severity::error;
};
std::string to_string(const Diagnostic& diagnostic);
/// What, what stands there and what would be right, on one line and without the place, which depends on where files
/// stand: the same text on every machine.
std::string to_note(const Diagnostic& diagnostic);

/// The same diagnostics ordered by file (first seen first), line and column, as added within one place.
std::vector<Diagnostic> in_order(std::vector<Diagnostic> all);

/// The user's mistakes: everything found wrong, in order of place, at least one error among it. Programs print all and
/// exit 2.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Diagnostic> all);
  explicit InputError(Diagnostic one) : InputError(std::vector{std::move(one)}) {}
  std::span<const Diagnostic> diagnostics() const { return all_; }

 private:
  std::vector<Diagnostic> all_;
};

/// Collects mistakes so that all can be shown at once. Warnings are kept apart: they stop nothing.
class Diagnostics {
 public:
  /// So many errors are shown at most, and so many warnings: nobody reads more, and text that is no scenario at all
  /// must not fill the memory.
  static constexpr std::size_t most = 1000;

  /// @throws InputError  one more than `most`: nothing behind it is looked at
  void add(Diagnostic diagnostic);
  /// Adds it as a warning. Those behind `most` are left out, which the last one says.
  void warn(Diagnostic diagnostic);
  /// Adds the errors and the warnings of another. @throws InputError  as add()
  void append(const Diagnostics& other);
  /// Whether there is no error.
  bool empty() const { return errors_.empty(); }
  /// The errors, as added.
  std::span<const Diagnostic> all() const { return errors_; }
  /// The warnings, as added.
  std::span<const Diagnostic> warnings() const { return warnings_; }
  /// Throws InputError with all errors and warnings in_order(); does nothing when there is no error.
  void throw_if_any() const;

 private:
  std::vector<Diagnostic> errors_;
  std::vector<Diagnostic> warnings_;
};

/// I/O trouble: path and reason. Programs exit 74.
class FileError : public std::runtime_error {
 public:
  FileError(std::string path, std::string reason, std::string hint = "");
  const std::string& path() const { return path_; }
  const std::string& reason() const { return reason_; }
  const std::string& hint() const { return hint_; }

 private:
  std::string path_, reason_, hint_;
};

/// A file that can be read, but is not what was written: a bit changed, an end is missing. Programs exit 4.
class DamageError : public FileError {
 public:
  using FileError::FileError;
};

/// A file of another kind or of a version that is not read. Programs exit 2.
class ForeignError : public FileError {
 public:
  using FileError::FileError;
};

/// Text in one line, what a terminal would act on or a reader could not see escaped: \x1b, \u200b; a pair of \u for
/// what lies beyond U+FFFF, as in JSON. Bytes that are no UTF-8 as \xff.
std::string escaped(std::string_view text);

/// Text in single quotes, for the `got` of a diagnostic; long text is cut; characters that cannot be seen are
/// escaped (\x1b, \u200b).
std::string quoted(std::string_view text);

/// Optimal string alignment distance (insert, delete, replace, swap neighbours) in bytes.
int edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `text`, if near enough to be a slip (at most a third of its length, at least 1, at most 3);
/// else "". Ties go to the earlier candidate; the only candidate with `text` as a part ("x" of "x_y") goes before all.
/// Texts above 64 bytes and candidates above 96 are no slips of each other; among more than 2,000 candidates none is
/// looked for.
std::string nearest(std::string_view text, std::span<const std::string> candidates);

/// "did you mean 'x'?" or "" when nothing is near.
std::string did_you_mean(std::string_view text, std::span<const std::string> candidates);

}  // namespace oikos
