#pragma once
#include <string>

#include "analysis/compare/compare.hpp"

namespace oikos::analysis {

/// What a report shows besides the comparison.
struct ReportOptions {
  std::string title;    ///< empty: "PLAN, PLAN and PLAN compared with BASELINE"
  std::string program;  ///< who wrote the report, as "oikos 0.1.0"; empty: not said
};

/// One self-contained HTML page: charts as SVG with a title, a description and a table of their numbers each. It needs
/// no network and no JavaScript, prints, follows the reader's light or dark setting, and its content policy forbids all
/// but the one style sheet inside. A function of its arguments alone: equal comparisons give equal bytes.
std::string html_report(const Comparison& comparison, const ReportOptions& options = {});

}  // namespace oikos::analysis
