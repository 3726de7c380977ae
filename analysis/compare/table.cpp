#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "analysis/compare/compare.hpp"
#include "analysis/compare/numbers.hpp"
#include "analysis/compare/text_layout.hpp"
#include "sim/base/contract.hpp"

namespace oikos::analysis {

namespace {

constexpr int narrowest_label = 24;

/// A line of the table: what stands in the columns after the label.
using Cells = std::array<std::string, 6>;

struct Block {
  std::string label;
  std::vector<Cells> lines;
};

std::string label_of(const Row& row, const NumberStyle& style) {
  const auto units = style.units == "1" ? "" : fmt::format(" [{}]", style.units);
  return row.group.empty() ? row.long_name + units : fmt::format("{}, {}{}", row.group, row.long_name, units);
}

Cells cells_of(const Effect& effect, const Window& window, const NumberStyle& style) {
  Cells cells{window.long_name,
              level(effect.baseline, style),
              level(effect.plan, style),
              signed_level(effect.difference, style),
              "",
              ""};
  if (effect.identical) cells[4] = "identical";
  else if (effect.interval)
    cells[4] =
        fmt::format("{} to {}", signed_level(effect.interval->low, style), signed_level(effect.interval->high, style));
  else cells[4] = "-";
  if (!effect.identical && effect.pairs > 0)
    cells[5] = fmt::format("{:.0f} of {}", effect.share_higher * effect.pairs, effect.pairs);
  return cells;
}

/// A row with one line a window; one line is enough where nothing differs in any month.
Block block_of(const Row& row, std::size_t plan, const std::vector<Window>& windows) {
  const auto style = number_style(row);
  Block block{label_of(row, style), {}};
  for (std::size_t w = 0; w < windows.size(); ++w) {
    block.lines.push_back(cells_of(row.effects[plan][w], windows[w], style));
    if (w == 0 && row.effects[plan][w].identical) break;
  }
  return block;
}

class Table {
 public:
  Table(std::vector<Block> blocks, Cells titles, int width) : blocks_(std::move(blocks)), titles_(std::move(titles)) {
    for (std::size_t i = 0; i < titles_.size(); ++i) {
      widths_[i] = display_width(titles_[i]);
      for (const auto& block : blocks_)
        for (const auto& line : block.lines) widths_[i] = std::max(widths_[i], display_width(line[i]));
    }
    int used = 0;
    for (const int w : widths_) used += w + 2;
    stacked_ = width - used < narrowest_label;
    label_width_ = stacked_ ? width : width - used;
    int longest = 9;
    for (const auto& block : blocks_) longest = std::max(longest, display_width(block.label));
    if (!stacked_) label_width_ = std::min(label_width_, longest);
  }

  std::string text() const {
    std::string out = line(stacked_ ? "" : "indicator", titles_);
    for (const auto& block : blocks_) {
      const auto labels = wrap(block.label, label_width_);
      std::size_t next = 0;
      if (stacked_)
        for (; next < labels.size(); ++next) out += labels[next] + "\n";
      for (const auto& cells : block.lines) out += line(next < labels.size() ? labels[next++] : "", cells);
      for (; next < labels.size(); ++next) out += labels[next] + "\n";
    }
    return out;
  }

 private:
  std::string line(const std::string& label, const Cells& cells) const {
    std::string out = stacked_ ? "" : pad(label, label_width_, Side::left);
    for (std::size_t i = 0; i < cells.size(); ++i)
      out += "  " + pad(cells[i], widths_[i], i == 0 || i == 4 ? Side::left : Side::right);
    out.erase(out.find_last_not_of(' ') + 1);
    return out + "\n";
  }

  std::vector<Block> blocks_;
  Cells titles_;
  std::array<int, 6> widths_{};
  bool stacked_ = false;  ///< labels stand on lines of their own
  int label_width_ = 0;
};

void add_wrapped(std::string& out, const std::string& text, int width) {
  for (const auto& line : wrap(text, width)) out += line + "\n";
}

/// What one plan changes: rows that differ one by one; groups that do not, counted.
std::string plan_text(const Comparison& all, std::size_t plan, int width) {
  std::vector<Block> blocks;
  std::vector<std::pair<std::string, int>> folded;
  for (const auto& row : all.rows) {
    if (row.group.empty() || !row.effects[plan].front().identical) {
      blocks.push_back(block_of(row, plan, all.windows));
    } else if (!folded.empty() && folded.back().first == row.variable) {
      ++folded.back().second;
    } else {
      folded.emplace_back(row.variable, 1);
    }
  }
  std::string out = "\n";
  add_wrapped(out, fmt::format("{} against {}", all.plans[plan].name, all.baseline.name), width);
  out += "\n";
  if (!blocks.empty())
    out += Table(std::move(blocks),
                 {"months", "baseline", "plan", "difference", fmt::format("{:.4g} % interval", all.confidence * 100),
                  "higher in"},
                 width)
               .text();
  if (!folded.empty()) {
    std::vector<std::string> parts;
    for (const auto& [variable, count] : folded) parts.push_back(fmt::format("{} ({})", variable, count));
    add_wrapped(out, fmt::format("Groups identical to the last bit, not listed: {}.", fmt::join(parts, ", ")), width);
  }
  return out;
}

std::string footer(const Comparison& all, int width) {
  int intervals = 0;
  for (const auto& row : all.rows)
    for (const auto& windows : row.effects)
      for (const auto& e : windows) intervals += !e.identical && e.interval ? 1 : 0;
  std::string out = "\n";
  add_wrapped(
      out,
      "Values are means over months and replicates; a count per month is a mean per month. Differences are plan minus "
      "baseline in the same replicate. 'identical': equal to the last bit in every month and replicate.",
      width);
  if (intervals > 1)
    add_wrapped(
        out,
        fmt::format("{} intervals: even where a plan changes nothing on average, one in {:.0f} leaves out 0 by chance.",
                    intervals, 1 / (1 - all.confidence)),
        width);
  for (const auto& note : all.notes) add_wrapped(out, "note: " + note, width);
  return out;
}

}  // namespace

std::string to_table(const Comparison& comparison, int width) {
  expect(width >= 80, "a table is at least 80 columns wide");
  const auto& c = comparison;
  std::string out =
      fmt::format("{} to {}, {} replicate{}, seed {}, {}\n", to_string(c.start), to_string(c.start + (c.months - 1)),
                  c.replicates, c.replicates == 1 ? "" : "s", c.seed, c.currency);
  for (std::size_t plan = 0; plan < c.plans.size(); ++plan) out += plan_text(c, plan, width);
  if (c.rows.empty()) out += "\nThe files hold none of the headline indicators; name others with --indicator.\n";
  return out + footer(c, width);
}

}  // namespace oikos::analysis
