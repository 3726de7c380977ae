#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/file/lock.hpp"
#include "sim/h5/result_data.hpp"

namespace oikos::app {

/// The right to write a result, and the replicates of its unfinished run: RESULT.parts/replicate-00003.h5, each a
/// result file of one replicate. A run that was stopped goes on from them; the finished result is the same to the byte
/// as that of a run never stopped. Parts save work and are never needed: what cannot be kept, read or trusted is run
/// again.
///
/// The folder holds a mark (`oikos-parts`), on which the lock lies. Only files of ours are ever removed, by name and
/// where the mark is; nothing is followed out of the folder.
class Parts {
 public:
  /// Takes the right to the result and removes what killed runs left half-written beside it.
  /// @param warn  is told what could not be kept or taken over, one line each
  /// @throws FileError  another process writes this result, or something of somebody else stands in the folder's place
  Parts(const std::filesystem::path& result, std::function<void(const std::string&)> warn);
  /// Gives the right back, and removes the folder when no replicate is kept in it.
  ~Parts();
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  const std::filesystem::path& folder() const { return folder_; }
  /// The part of a replicate, when it is there, whole, and of the same run as `like` (scenario, seed, program, tables,
  /// people, variables).
  std::optional<ResultData> load(std::int32_t replicate, const ResultData& like) const;
  /// @returns whether it is kept; told once why not
  bool save(const ResultData& part);
  /// Removes all parts.
  void clear();

 private:
  std::filesystem::path file(std::int32_t replicate) const;
  bool holds_parts() const;

  std::filesystem::path folder_;
  std::function<void(const std::string&)> warn_;
  std::optional<LockFile> lock_;
  bool told_ = false;
};

/// Refuses inputs that stand where a run keeps and removes files of its own: in RESULT.parts, and under the names of
/// files half-written beside the result. @throws FileError
void refuse_inputs_among_own(const std::filesystem::path& result, std::span<const std::filesystem::path> inputs);

/// What a run says that was stopped with `done` of `all` replicates, `kept` of them in `folder`, and how to go on.
std::string interruption(std::size_t done, std::size_t kept, std::int64_t all, const std::filesystem::path& folder);

/// Whether two results are of the same run, whatever their replicates: also the same variables with the same axes.
bool same_run(const ResultData& a, const ResultData& b);

/// One result from those of single replicates, in order. @throws ContractError they are not of the same run
ResultData merge(std::vector<ResultData> parts);

}  // namespace oikos::app
