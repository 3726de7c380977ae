#pragma once
#include "sim/model/demography/homes.hpp"

namespace oikos::demography {

/// Finds a home for children whom death, departure or moving has left without an adult. Each child goes to the other
/// parent's household. Those of a household for whom there is none stay together and go to a couple with children, in
/// the district, else in the city: the first one from their place on a circle of the month. Only where the city has no
/// such couple do they leave it (docs/methods/unions.md).
class Guardianship final
    : public BarrierStep<ReadsHomes, Reads<person::partner, household::district, household::identity>,
                         Draws<lane::needs_home, lane::offers_home>, Tallies<count::departures>, Moves> {
 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
};

}  // namespace oikos::demography
