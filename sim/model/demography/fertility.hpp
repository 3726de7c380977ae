#pragma once
#include "sim/model/demography/age_profile.hpp"
#include "sim/model/demography/declared.hpp"
#include "sim/parameter/by_month.hpp"
#include "sim/process/access.hpp"
#include "sim/text/dated.hpp"

namespace oikos::demography {

/// How often women bear who live with a partner, and those who do not: factors on the birth rate of all women of their
/// age, equal within five years of age.
struct UnionFactors {
  ByAge<double> with_partner, without_partner;
};

/// Factors under which the women of a population bear as often at each age as `yearly_rate` says, and a share of their
/// births is to women without a partner. The rate of those without is the same multiple of the rate of those with a
/// partner at every age. A share below that of the births at ages at which nobody has a partner, or above that at ages
/// at which somebody has none, is met as nearly as it can be.
/// Source docs/methods/demography.md
UnionFactors birth_factors(const World& women, Month month, const ByAge<double>& yearly_rate, double outside_unions);

/// Monthly chances of a birth by age, with and without a partner, in force from a month on.
class BirthHazard {
 public:
  /// The same for women with and without a partner. @param rates men's part is not used
  explicit BirthHazard(std::span<const RatePeriod> rates);
  /// @param initial the people at the start, of whom the factors are found
  /// @param outside_unions share of births to women without a partner, in force from its dates
  BirthHazard(std::span<const RatePeriod> rates, const World& initial, Month start,
              const Dated<double>& outside_unions);

  const KindLimits& with_partner(Month month) const { return with_partner_.at(month); }
  const KindLimits& without_partner(Month month) const { return without_partner_.at(month); }
  /// The larger of the two.
  const KindLimits& either(Month month) const { return either_.at(month); }

 private:
  AgeSexHazard with_partner_, without_partner_, either_;
};

/// Which women bear a child this month: draw below factor * (1 - exp(-c f / 12)), f the yearly birth rate at the
/// woman's age, c that of her union; not in the month of her own death or departure (docs/methods/demography.md).
class Fertility final : public SweepStep<Reads<person::birth_month, person::sex, person::partner>, Draws<lane::birth>,
                                         Reports<event::birth>, Asks<target::birth>, Decides> {
 public:
  explicit Fertility(BirthHazard hazard) : hazard_(std::move(hazard)) {}

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  BirthHazard hazard_;
};

/// Adds the newborn to their mothers' households, with an identity that follows from mother and birth order.
class Births final : public BarrierStep<Reads<person::identity, person::partner>,
                                        Writes<person::children_born, person::sex, person::mother, person::father>,
                                        Draws<lane::sex_of_child>, Heeds<event::birth>, Tallies<count::births>, Moves> {
 public:
  /// @param male_share share of boys among the newborn
  explicit Births(const ByMonth<double>& male_share) : male_(male_share.transform(threshold)) {}

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  ByMonth<Threshold> male_;
};

}  // namespace oikos::demography
