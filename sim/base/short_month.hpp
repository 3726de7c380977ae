#pragma once
#include <cstdint>

#include "sim/base/month.hpp"
#include "sim/base/narrow.hpp"

namespace oikos {

/// A calendar month in two bytes: months since January 1800.
using ShortMonth = std::int16_t;
inline constexpr Month short_month_origin{1800, 1};
inline ShortMonth to_short(Month month) { return narrow<ShortMonth>(month - short_month_origin); }
inline Month to_month(ShortMonth month) { return short_month_origin + month; }

}  // namespace oikos
