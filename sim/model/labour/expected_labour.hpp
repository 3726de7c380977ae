#pragma once
#include <array>
#include <span>
#include <vector>

#include "sim/model/education/education.hpp"
#include "sim/model/labour/labour.hpp"
#include "sim/model/labour/retirement.hpp"

namespace oikos::labour {

/// How many persons are expected in each labour state, by month of birth, sex, education and months registered: what
/// the mean of endlessly many replicates would be. Rules of school, work and retirement are linear in these numbers, so
/// that the expectation is exact; births and departures are those of the pilot.
class ExpectedLabour {
 public:
  /// Counts the initial population.
  ExpectedLabour(const World& initial, Month start);

  /// Chances of dying or leaving the city in a month, by age and sex.
  using Exits = std::array<double, age_sex_kinds>;
  /// Who dies or leaves is taken from all states of an age and sex alike.
  void lose(const Exits& chances, ShortMonth now);
  class Newcomers;
  /// Adds the expected members of `households` households that arrive. @param months since the start
  void arrive(const Newcomers& from, double households, int months);
  /// Adds those born in the month `now`, whose number has no part in the labour force of the next years.
  /// @param born by sex
  void bear(const std::array<std::int64_t, 2>& born, ShortMonth now);
  /// Pupils start, students leave school and register, in the month of their birthday.
  void school(const education::School& school, const When& now);

  /// Expected persons at the end of the month.
  struct Force {
    double unemployed = 0, employed = 0;
    double rate() const { return unemployed / (unemployed + employed); }
  };
  /// What transitions and retirement would make of the month with a factor `align`, without doing it.
  class Outlook {
   public:
    Force at(double align) const;

   private:
    friend class ExpectedLabour;
    /// Persons by all that their chances depend on; those who will be retired by then are not among them.
    struct Persons {
      std::array<std::array<std::array<double, 4>, 3>, 5> registered{};  ///< [duration][age][education]
      std::array<std::array<std::array<double, 4>, 3>, 2> employed{};    ///< [sex][age][education]
      std::array<double, 3> inactive{};                                  ///< [age]
    };
    Persons open_, entitled_;  ///< whom the register is open to, and those of pension age
    const LabourHazards* hazards_ = nullptr;
  };
  Outlook outlook(const LabourHazards& hazards, const RetirementLaw& law, ShortMonth now) const;
  /// Transitions and retirement of the month; at its end those registered have been so a month longer.
  void advance(const LabourHazards& hazards, const RetirementLaw& law, ShortMonth now, double align);

 private:
  ExpectedLabour() = default;
  static constexpr std::size_t months_kept = 25;  ///< registered for 0, 1, ... 23, and 24 or more months
  /// Expected persons of one month of birth and sex.
  struct Cohort {
    double children = 0, retired = 0;
    std::array<double, 4> students{}, employed{}, inactive{};     ///< by education
    std::array<std::array<double, 4>, months_kept> registered{};  ///< by months registered and education
    bool has_workers = false;                                     ///< employed, registered or inactive persons
    bool has_registered = false;                                  ///< else `registered` is all zeros
    void add(Labour state, Education education, int months, double persons);
    void add(const Cohort& others, double times);
    void scale(double factor);
  };
  std::size_t index(ShortMonth birth, Sex sex) const;
  ShortMonth birth_of(std::size_t cohort) const {
    return static_cast<ShortMonth>(first_birth_ + static_cast<int>(cohort / 2));
  }
  static Sex sex_of(std::size_t cohort) { return static_cast<Sex>(cohort % 2); }

  void make_room(std::size_t cohort);

  ShortMonth first_birth_ = 0;
  std::vector<Cohort> cohorts_;  ///< by month of birth and sex
};

/// The mean household of those from whom arrivals are copied.
class ExpectedLabour::Newcomers {
 public:
  /// @param donors population of the first month `start`   @param candidates rows of its households
  Newcomers(const World& donors, Month start, std::span<const std::uint32_t> candidates);

 private:
  friend class ExpectedLabour;
  ExpectedLabour all_;               ///< of all candidates together
  std::vector<std::size_t> filled_;  ///< cohorts with somebody in them
  double households_ = 0;
};

/// Chances of two exits laid side by side from 0, as one draw decides between them.
struct TwoExits {
  double first, second;
  TwoExits(double one, double other);
  double stays() const { return 1 - first - second; }
};

}  // namespace oikos::labour
