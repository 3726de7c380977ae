#pragma once
#include <functional>
#include <string>
#include <vector>

#include "sim/programme/funding.hpp"
#include "sim/scenario/scenario.hpp"

namespace oikos {

/// What is paid for: a programme or a lever.
struct Paid {
  std::string noun;  ///< "a programme"
  std::string name;
  const Payers& payers;
  std::optional<Month> from, until;          ///< first and last month
  bool pays_cash = true;                     ///< also to households
  std::function<bool(Month)> may_cost = {};  ///< whether it may cost something in a month
};

/// The payers of a scenario. Finds those of an entry, declares its flows, and reports names and shares that cannot be.
class PayerBook {
 public:
  /// All outlive the book.
  PayerBook(const LoadedScenario& loaded, FlowBook& flows, Diagnostics& diagnostics);
  /// Whether declared payers have names of their own.
  void check_names();
  /// The payers of an entry; empty after a mistake in a name.
  std::vector<Funding> of(const Paid& paid);

 private:
  void report(const Position& at, std::string what, std::string expected, std::string got, std::string hint = "");
  std::vector<std::string> known() const;
  const Node::Entry* removed(const std::string& name) const;
  void check_coverage(const Paid& paid, const std::vector<std::string>& names, const std::vector<Funding>& payers);
  const Position& place_of(const Payers& payers) const;

  const LoadedScenario& loaded_;
  const Scenario& scenario_;
  FlowBook& flows_;
  Diagnostics& diagnostics_;
};

}  // namespace oikos
