#pragma once
#include <array>
#include <span>
#include <vector>

#include "sim/base/rate.hpp"
#include "sim/model/demography/homes.hpp"

namespace oikos::demography {

/// A single person who is open to a partner this month, as the market sees one.
struct Single {
  std::uint64_t identity;
  Row row;
  std::uint32_t place;   ///< on the circle of the month
  std::uint32_t notice;  ///< added to another's, modulo 2^32, it is their luck of noticing each other
  ShortMonth birth_month;
  std::uint8_t district;
  Sex sex;
  bool looks;     ///< a woman who looks for a partner
  bool anywhere;  ///< looks in the whole city
};

/// The singles of a month on circles: one for the city and one for each district, in the order of their places (of
/// equal places, of identities).
class Circles {
 public:
  /// @param singles in any order; the circles do not depend on it. Fewer than 2^32
  void arrange(std::vector<Single>& singles);
  /// All, in the order of the city's circle.
  const std::vector<Single>& city() const { return city_; }
  /// Positions in city() of those of a district, in the order of its circle.
  std::span<const std::uint32_t> of(std::uint8_t district) const {
    return {by_district_.data() + begin_[district], begin_[district + 1u] - begin_[district]};
  }
  /// Where the person at a position of city() stands within the district's circle.
  std::uint32_t within_district(std::uint32_t position) const { return within_[position]; }

 private:
  std::vector<Single> city_;
  std::vector<std::uint32_t> by_district_, within_;
  std::array<std::uint32_t, 257> begin_{};
  std::vector<std::uint64_t> keys_, scratch_;
};

/// Brings women and men together who look for a partner, and moves them into one home.
/// Rule    each woman who looks goes round the circle of her district (some: of the city) from her own place and meets
///         the first single she notices; a man who is still free becomes her partner, a woman is a rival who was there
///         first. Chances so depend on how many of the singles around are men, not on how many there are: the number of
///         unions is the harmonic mean of what women and men are ready for. Source docs/methods/unions.md
class Couples final
    : public BarrierStep<ReadsHomes, Reads<person::identity, person::sex, household::district>,
                         Writes<person::partner, household::tenure>,
                         Draws<lane::place, lane::anywhere, lane::notice, lane::tenure>,
                         Heeds<event::open_to_partner, event::seeks_partner>, Tallies<count::unions_formed>, Moves> {
 public:
  struct Rule {
    Dated<double> age_gap{2.0};         ///< years the man is older
    Dated<double> age_gap_sd{4.0};      ///< years; spread of the differences in age that are noticed
    Dated<double> other_district{0.0};  ///< share of searches that go through the whole city
    HomeTenures tenures;                ///< of homes that couples found
  };
  explicit Couples(Rule rule) : rule_(std::move(rule)) {}

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  std::vector<Single> open_singles(const View& view) const;
  void join(const View& view, const Homes& homes, Row woman, Row man) const;

  Rule rule_;
};

/// Chance that two notice each other, by months that their ages are apart from the preferred difference:
/// exp(-d^2 / 2 sd^2), nothing beyond four standard deviations. @param sd_months not negative
std::vector<Threshold> notice_by_months_apart(double sd_months);

}  // namespace oikos::demography
