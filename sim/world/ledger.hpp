#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/money.hpp"
#include "sim/registry/registry.hpp"

namespace oikos {

/// Number of a kind of flow in the ledger.
using FlowId = std::uint16_t;

/// A kind of flow: one that a module declares (FlowSpec), or one of a programme.
struct FlowKind {
  std::string payer;
  std::string payee;
  std::string reason;
  friend bool operator==(const FlowKind&, const FlowKind&) = default;
};

/// The kinds of flows of a simulation, fixed before its first month.
class FlowBook {
 public:
  FlowBook() = default;
  /// Begins with the flows that modules declare: their numbers are their places in the registry.
  explicit FlowBook(const Registry& declared);
  /// The number of the flow; the same flow declared twice is one flow.
  FlowId declare(FlowKind kind);
  std::span<const FlowKind> kinds() const { return kinds_; }

 private:
  std::vector<FlowKind> kinds_;
};

/// What one sector paid and received.
struct SectorBalance {
  std::string sector;
  Money paid;
  Money received;
};

/// A month's flow beyond what Money holds.
class FlowOverflow : public MoneyOverflow {
 public:
  explicit FlowOverflow(FlowId flow) : MoneyOverflow("a flow of money is larger than 64 bits hold"), flow_(flow) {}
  FlowId flow() const { return flow_; }

 private:
  FlowId flow_;
};

/// The month's flows, each an exact sum. Every amount has a payer and a payee, so the sectors' balances sum to zero.
class Ledger {
 public:
  explicit Ledger(std::size_t flows = 0) : month_(flows) {}
  /// @throws FlowOverflow
  void add(FlowId flow, Money amount);
  /// Adds sums that parallel parts have collected. Shape (flows). @throws FlowOverflow
  void add_all(std::span<const Money> amounts);
  Money amount(FlowId flow) const { return month_[flow]; }
  std::span<const Money> amounts() const { return month_; }
  void start_month() { month_.assign(month_.size(), Money{}); }

 private:
  std::vector<Money> month_;
};

/// Balances of all sectors in the order in which the book first names them.
std::vector<SectorBalance> balances(const FlowBook& book, std::span<const Money> amounts);

}  // namespace oikos
