#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sim/scenario/modules.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/text/overlay.hpp"
#include "tests/fuzz/said.hpp"

namespace {

/// The line between a baseline and a plan.
constexpr std::string_view border = "\n====\n";

}  // namespace

/// A baseline and a plan: the plan is laid over it, and what comes out is read as a scenario, key by key.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oikos;
  const std::string text(data, data + size);
  const std::size_t at = std::min(text.find(border), text.size());
  Diagnostics diagnostics;
  try {
    const Node base = parse_yaml(make_source("base.yaml", text.substr(0, at)), diagnostics);
    const Node plan =
        parse_yaml(make_source("plan.yaml", text.substr(std::min(at + border.size(), text.size()))), diagnostics);
    const Node both = overlay(base, plan, diagnostics);
    fuzz::say_all(diagnostics);
    Diagnostics none;
    if (diagnostics.empty()) {
      const Node again = parse_yaml(make_source("again.yaml", print(both)), none);
      fuzz::promise(none.empty() && same_content(both, again), "a plan laid over a baseline is text of the same kind");
      fuzz::promise(diff(base, both).empty() == same_content(base, both), "differences are found where they are");
    }
    Diagnostics of_scenario;
    static const auto record = scenario_record("PLN");
    record.parse_readable(both, of_scenario);
    fuzz::say_all(of_scenario);
  } catch (const InputError& many) {
    fuzz::promise(many.diagnostics().size() > Diagnostics::most, "reading stops only at very many mistakes");
  }
  return 0;
}
