#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "sim/file/descriptor.hpp"
#include "sim/file/file.hpp"
#include "sim/file/place.hpp"
#include "sim/file/publish_after.hpp"

namespace oikos {

namespace fs = std::filesystem;

namespace {

/// The new content under its temporary name, which is removed unless it was given its final one.
class TemporaryFile {
 public:
  explicit TemporaryFile(const fs::path& out) : out_(out), file_(create()) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (armed_) ::unlink(name_.c_str());
  }
  const fs::path& name() const { return name_; }
  void keep() { armed_ = false; }

  /// Writes everything down to the disk and closes the file. Errors name the file the user asked for.
  void fill(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto now = bytes.substr(0, std::size_t{1} << 30);
      const auto written = uninterrupted([&] { return ::write(file_.get(), now.data(), now.size()); });
      if (written < 0) throw system_failure(out_, "write", errno);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (uninterrupted([&] { return ::fsync(file_.get()); }) != 0)
      throw system_failure(out_, "write to the disk (fsync)", errno);
    if (file_.close() != 0) throw system_failure(out_, "close", errno);
  }

 private:
  /// A left-over of a killed run, or another thread, may hold a name: take the next one, never somebody else's file.
  Descriptor create() {
    const auto stem = fmt::format(".{}.tmp-{}", out_.filename().string(), ::getpid());
    for (int attempt = 0; attempt < 1000; ++attempt) {
      name_ = out_.parent_path() / (attempt == 0 ? stem : fmt::format("{}-{}", stem, attempt));
      Descriptor file{
          uninterrupted([&] { return ::open(name_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666); })};
      if (file.valid()) return file;
      if (errno != EEXIST) break;
    }
    throw system_failure(out_, "create a temporary file beside it", errno);
  }

  const fs::path& out_;
  fs::path name_;
  Descriptor file_;
  bool armed_ = true;
};

/// Makes the new name survive a power cut. Some file systems cannot do that for directories and say EINVAL: nothing is
/// lost by it.
void sync_directory_of(const fs::path& out) {
  const auto directory = out.has_parent_path() ? out.parent_path() : fs::path(".");
  Descriptor file{uninterrupted([&] { return ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); })};
  if (!file.valid()) throw system_failure(directory, "open the directory", errno);
  if (uninterrupted([&] { return ::fsync(file.get()); }) != 0 && errno != EINVAL)
    throw system_failure(directory, "write the directory to the disk (fsync)", errno);
}

/// Gives the finished file its name if that is free.
void place_new(const fs::path& temporary, const fs::path& out) {
  auto placed = place_by_rename(temporary, out);
  if (placed == Placed::unsupported) placed = place_by_link(temporary, out);
  if (placed == Placed::taken) throw ExistsError(out);
  if (placed == Placed::unsupported)
    throw FileError(out.string(), "this file system cannot create a file without the risk of overwriting another",
                    "choose a place on another disk, or allow overwriting with --force");
}

}  // namespace

InPlaceError::InPlaceError(const fs::path& whole, const FileError& beside)
    : FileError(
          beside.path(), beside.reason(),
          fmt::format("{} itself is whole and in place: nothing need be run again", oikos::quoted(whole.string()))) {}

void after_in_place(const fs::path& out, const std::function<void()>& step) {
  try {
    step();
  } catch (const FileError& error) {
    throw InPlaceError(out, error);
  }
}

void publish(const fs::path& out, std::string_view bytes, IfExists if_exists) {
  publish_after(out, bytes, if_exists, [] {});
}

void publish_after(const fs::path& out, std::string_view bytes, IfExists if_exists,
                   const std::function<void()>& last_step) {
  if (!out.has_filename()) throw system_failure(out, "write", EISDIR);
  refuse_special_file(out);
  TemporaryFile temporary(out);
  temporary.fill(bytes);
  last_step();
  if (if_exists == IfExists::fail) place_new(temporary.name(), out);
  else if (::rename(temporary.name().c_str(), out.c_str()) != 0)
    throw system_failure(out, "rename the finished file to this name", errno);
  temporary.keep();
  after_in_place(out, [&] { sync_directory_of(out); });
}

}  // namespace oikos
