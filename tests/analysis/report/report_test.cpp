#include "analysis/report/report.hpp"

#include <gmock/gmock.h>

#include <set>

#include "analysis/report/style.hpp"
#include "sim/base/contract.hpp"
#include "tests/analysis/example_results.hpp"

namespace oikos::analysis {
namespace {

using testing::HasSubstr;
using testing::Not;

Comparison comparison(int replicates = 10, int months = 36) {
  return compare(std::vector{example::town("as it is", 0, replicates, months),
                             example::town("more <coaching>", 1, replicates, months),
                             example::town("half the \"coaching\"", 0.5, replicates, months)},
                 std::vector<std::string>{"a.h5", "b&c.h5", "d.h5"}, {.indicators = {}, .by = {"district"}});
}

std::vector<std::string> all_between(const std::string& text, const std::string& open, const std::string& close) {
  std::vector<std::string> found;
  for (auto at = text.find(open); at != std::string::npos; at = text.find(open, at + 1)) {
    const auto begin = at + open.size();
    found.push_back(text.substr(begin, text.find(close, begin) - begin));
  }
  return found;
}

/// Whether every element that is opened is closed in order; void elements and self-closed ones aside.
std::string first_unbalanced(const std::string& html) {
  const std::set<std::string> without_end{"meta", "!DOCTYPE"};
  std::vector<std::string> open;
  for (const auto& tag : all_between(html, "<", ">")) {
    const auto name = tag.substr(0, tag.find_first_of(" \n"));
    if (without_end.contains(name) || tag.ends_with('/')) continue;
    if (!name.starts_with('/')) open.push_back(name);
    else if (open.empty() || open.back() != name.substr(1)) return tag;
    else open.pop_back();
  }
  return open.empty() ? "" : open.back();
}

TEST(Report, elements_are_balanced) { EXPECT_EQ(first_unbalanced(html_report(comparison())), ""); }

// Goal: names and labels cannot break out of their place.
TEST(Report, text_from_files_is_escaped) {
  const auto html = html_report(comparison());
  EXPECT_THAT(html, Not(HasSubstr("</script>")));
  EXPECT_THAT(html, HasSubstr("Praga &quot;Północ&quot; &lt;/script&gt;"));
  EXPECT_THAT(
      html, HasSubstr("<title>more &lt;coaching&gt; and half the &quot;coaching&quot; compared with as it is</title>"));
  EXPECT_THAT(html, HasSubstr("b&amp;c.h5"));
}

// Goal: one file, no code, nothing fetched.
TEST(Report, nothing_is_loaded_and_nothing_runs) {
  const auto html = html_report(comparison());
  for (const char* banned :
       {"<script", "javascript:", "http://", "https://", "src=", "href=", "url(", "@import", " style=", "onclick"})
    EXPECT_THAT(html, Not(HasSubstr(banned)));
}

TEST(Report, the_policy_allows_the_style_sheet_inside_and_nothing_else) {
  const auto html = html_report(comparison());
  const auto styles = all_between(html, "<style>", "</style>");
  ASSERT_EQ(styles.size(), 1u);
  EXPECT_THAT(html, HasSubstr("content=\"default-src 'none'; style-src 'sha256-" + sha256_base64(styles[0]) + "'; "));
}

TEST(Report, every_chart_has_title_description_and_ids_of_its_own) {
  const auto html = html_report(comparison());
  const auto charts = all_between(html, "<svg ", "</svg>");
  ASSERT_GT(charts.size(), 10u);
  std::set<std::string> ids;
  for (const auto& chart : charts) {
    EXPECT_THAT(chart, HasSubstr("<title id="));
    EXPECT_THAT(chart, HasSubstr("<desc id="));
    EXPECT_TRUE(ids.insert(all_between(chart, "aria-labelledby=\"", "\"").at(0)).second);
  }
}

TEST(Report, every_figure_has_a_table) {
  const auto html = html_report(comparison());
  EXPECT_GE(all_between(html, "<details>", "</details>").size(), all_between(html, "<figure", "</figure>").size());
}

TEST(Report, no_coordinate_is_missing) {
  const auto html = html_report(comparison());
  EXPECT_THAT(html, Not(HasSubstr("nan")));
  EXPECT_THAT(html, Not(HasSubstr("\"inf")));
}

TEST(Report, what_does_not_change_is_named_and_not_drawn) {
  const auto html = html_report(comparison());
  EXPECT_THAT(html, HasSubstr("Identical to the last bit in every month, replicate and plan: persons, births."));
  EXPECT_THAT(html, Not(HasSubstr("<h3>births</h3>")));
  EXPECT_THAT(html, HasSubstr("<h3>employment rate</h3>"));
}

TEST(Report, one_replicate_is_shown_without_intervals) {
  const auto html = html_report(comparison(1));
  EXPECT_THAT(html, HasSubstr("There is one replicate: no interval can be given"));
  EXPECT_THAT(html, Not(HasSubstr("class=\"band")));
  EXPECT_EQ(first_unbalanced(html), "");
}

TEST(Report, long_runs_stay_small) { EXPECT_LT(html_report(comparison(5, 240)).size(), 400'000u); }

TEST(Report, equal_comparisons_give_equal_pages) { EXPECT_EQ(html_report(comparison()), html_report(comparison())); }

TEST(Report, title_and_program_can_be_given) {
  const auto html = html_report(comparison(), {.title = "Coaching & more", .program = "oikos 0.1.0"});
  EXPECT_THAT(html, HasSubstr("<h1>Coaching &amp; more</h1>"));
  EXPECT_THAT(html, HasSubstr("Report by oikos 0.1.0."));
}

TEST(Report, a_comparison_without_plans_is_the_callers_bug) { EXPECT_THROW(html_report(Comparison{}), ContractError); }

}  // namespace
}  // namespace oikos::analysis
