#pragma once
#include <cstdint>
#include <span>

#include "sim/programme/spec.hpp"
#include "sim/world/ledger.hpp"

namespace oikos {

/// A payer's part of the money of a programme or lever.
struct Funding {
  Dated<PayerShare> share;  ///< nothing is paid before its first date
  Month from, until;        ///< first and last month in which the payer pays at all
  FlowId service;           ///< flow to the providers
  FlowId cash;              ///< flow to the households, of programmes

  bool pays(Month month) const { return from <= month && month <= until && share.covers(month); }
};

/// What the payers of a month cover: the sum of their shares, and how many of them take the rest.
struct Coverage {
  std::int64_t share_ppm = 0;
  int rests = 0;
  /// Whether every amount has payers: one takes what the others leave, or there is nothing left.
  bool whole() const { return rests == 1 ? share_ppm <= 1'000'000 : rests == 0 && share_ppm == 1'000'000; }
};
Coverage coverage(std::span<const Funding> funding, Month month);

/// Splits an amount over the payers of the month, whose coverage is whole (ContractError otherwise).
/// @param parts shape (funding), all set
void split_over_payers(Money amount, std::span<const Funding> funding, Month month, std::span<Money> parts);

}  // namespace oikos
