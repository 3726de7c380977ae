#pragma once
#include <string>
#include <vector>

#include "sim/h5/result_data.hpp"

namespace oikos::analysis {

/// Input tables whose content one result has and another lacks, by the names they were read under.
struct OtherTables {
  std::vector<std::string> changed;  ///< the same name in both, with other content
  std::vector<std::string> added;    ///< only the second result read these
  std::vector<std::string> removed;  ///< only the first did
  bool none() const { return changed.empty() && added.empty() && removed.empty(); }
};
/// What of the text `inputs` differs. A table read under another name is the same table.
OtherTables other_tables(const ResultData& first, const ResultData& second);

/// "data/law.csv (other content), data/new.csv (only here)"; empty when nothing differs.
std::string listed(const OtherTables& tables);

/// The entries of the scenario in which two results differ, by path, the first twelve by name: "programmes/a, months".
std::string listed_changes(const ResultData& baseline, const ResultData& plan);

/// Sentences about what a plan changes: its entries of the scenario, by path, and its tables, by name.
/// @param name  what the sentences call the plan
std::vector<std::string> changes_of(const ResultData& baseline, const ResultData& plan, const std::string& name);

/// Whether two runs were made from the same scenario text and tables, with the same people at the start.
bool same_scenario(const ResultData& first, const ResultData& second);

}  // namespace oikos::analysis
