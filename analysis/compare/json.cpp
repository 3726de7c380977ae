#include <fmt/core.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/compare/compare.hpp"

namespace oikos::analysis {

namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }
Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json run(const ComparedRun& r) {
  return {{"name", r.name},
          {"path", r.path},
          {"scenario_sha256", r.scenario_sha256},
          {"inputs_sha256", r.inputs_sha256},
          {"source", r.source}};
}

Json window(const Window& w, Month start) {
  return {{"name", w.name},
          {"long_name", w.long_name},
          {"first_month", to_string(start + w.first)},
          {"last_month", to_string(start + (w.first + w.months - 1))},
          {"months", w.months}};
}

Json effect(const Effect& e, const std::string& plan, const std::string& window) {
  return {{"plan", plan},
          {"window", window},
          {"baseline", number(e.baseline)},
          {"value", number(e.plan)},
          {"difference", number(e.difference)},
          {"low", e.interval ? number(e.interval->low) : Json(nullptr)},
          {"high", e.interval ? number(e.interval->high) : Json(nullptr)},
          {"share_higher", e.share_higher},
          {"share_lower", e.share_lower},
          {"pairs", e.pairs},
          {"identical", e.identical},
          {"variance_reduction", number(e.variance_reduction)}};
}

Json row(const Row& r, const Comparison& c) {
  Json effects = Json::array();
  for (std::size_t plan = 0; plan < c.plans.size(); ++plan)
    for (std::size_t w = 0; w < c.windows.size(); ++w)
      effects.push_back(effect(r.effects[plan][w], c.plans[plan].name, c.windows[w].name));
  return {{"indicator", r.indicator},
          {"variable", r.variable},
          {"long_name", r.long_name},
          {"description", text_or_null(r.description)},
          {"units", r.units},
          {"breakdown", text_or_null(r.breakdown)},
          {"group", text_or_null(r.group)},
          {"effects", std::move(effects)}};
}

}  // namespace

std::string to_json(const Comparison& c) {
  Json document{{"schema", "oikos-compare/1"},
                {"start", to_string(c.start)},
                {"months", c.months},
                {"replicates", c.replicates},
                {"seed", fmt::format("{}", c.seed)},
                {"currency", c.currency},
                {"confidence", c.confidence},
                {"baseline", run(c.baseline)},
                {"plans", Json::array()},
                {"windows", Json::array()},
                {"rows", Json::array()},
                {"notes", c.notes}};
  for (const auto& plan : c.plans) document["plans"].push_back(run(plan));
  for (const auto& w : c.windows) document["windows"].push_back(window(w, c.start));
  for (const auto& r : c.rows) document["rows"].push_back(row(r, c));
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace oikos::analysis
