#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "sim/h5/result_data.hpp"

namespace oikos::app {

/// Replicates of an unfinished run, kept beside the result: RESULT.parts/replicate-00003.h5, each a result file of one
/// replicate. A run that was stopped goes on from them; the finished result is the same to the byte as that of a run
/// never stopped.
class Parts {
 public:
  explicit Parts(const std::filesystem::path& result) : folder_(result.string() + ".parts") {}
  const std::filesystem::path& folder() const { return folder_; }

  /// The part of a replicate, when it is there, whole, and of the same run as `like` (scenario, seed, program, tables).
  std::optional<ResultData> load(std::int32_t replicate, const ResultData& like) const;
  void save(const ResultData& part) const;
  /// Removes all parts.
  void clear() const;

 private:
  std::filesystem::path file(std::int32_t replicate) const;
  std::filesystem::path folder_;
};

/// What a run says that was stopped with `done` of `all` replicates, and how to go on.
std::string interruption(std::size_t done, std::int64_t all, const std::filesystem::path& folder);

/// Whether two results are of the same run, whatever their replicates.
bool same_run(const ResultData& a, const ResultData& b);

/// One result from those of single replicates, in order. @throws ContractError they are not of the same run
ResultData merge(std::vector<ResultData> parts);

}  // namespace oikos::app
