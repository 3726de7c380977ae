#include <cstddef>
#include <cstdint>

#include "sim/text/node.hpp"
#include "sim/text/overlay.hpp"
#include "tests/fuzz/said.hpp"

/// Any bytes: they are a tree or mistakes; a tree that is printed reads back as the same tree.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace oikos;
  Diagnostics diagnostics;
  try {
    const Node tree = parse_yaml(make_source("fuzz.yaml", std::string(data, data + size)), diagnostics);
    fuzz::say_all(diagnostics);
    if (!diagnostics.empty()) return 0;
    Diagnostics none;
    const std::string text = print(tree);
    const Node again = parse_yaml(make_source("again.yaml", text), none);
    fuzz::promise(none.empty(), "what is printed can be read");
    fuzz::promise(same_content(tree, again), "what is printed reads as what was printed");
    fuzz::promise(print(again) == text, "there is one way to print a tree");
    fuzz::promise(diff(tree, again).empty(), "nothing is between a tree and itself");
  } catch (const InputError& many) {
    fuzz::promise(many.diagnostics().size() > Diagnostics::most, "reading stops only at very many mistakes");
  }
  return 0;
}
