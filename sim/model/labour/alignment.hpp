#pragma once
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "sim/model/demography/migration.hpp"
#include "sim/model/labour/expected_labour.hpp"

namespace oikos::labour {

/// The factor, within its bounds, that makes the expected share of the registered in the labour force at the end of the
/// month the one wanted; the bound nearest to it where none does.
double aligned(const ExpectedLabour::Outlook& outlook, double wanted);
inline constexpr double least_alignment = 0.2, most_alignment = 5.0;

/// Finds this month's factor of the labour market. Used by the pilot only, before the rules of school and work.
/// Rule    expectations of all persons' labour states are carried from month to month by the rules themselves; the
///         factor puts registered unemployment at the end of the month, school leavers and the newly retired among
///         them, on the wanted path. Source docs/methods/labour.md
class Alignment final
    : public BarrierStep<
          Reads<person::birth_month, person::sex, person::labour, household::first, household::members>> {
 public:
  struct Rules {
    ByMonth<LabourParams> labour;
    std::vector<RetirementLaw> retirement;
    std::shared_ptr<const education::School> school;
    std::shared_ptr<const demography::ArrivalPlan> arrivals;
    demography::DepartureParams departures;
    demography::AgeSexHazard death;
  };
  /// @param initial kept   @param wanted share of the labour force by month of the run; empty: factors stay 1
  /// @param paths written month by month
  Alignment(std::shared_ptr<const World> initial, Month start, Rules rules, std::vector<double> wanted,
            std::shared_ptr<BaselinePaths> paths);

 private:
  ProcessInfo about() const override;
  void run(const View& view) const override;
  /// Expectations of the month, and those from whom arrivals are copied. They belong to the one run that the pilot is.
  struct Book {
    ExpectedLabour expected;
    std::span<const std::uint32_t> candidates;
    std::optional<ExpectedLabour::Newcomers> newcomers;
    ExpectedLabour::Exits departing{};  ///< mean departure profile of the households of persons by age and sex
  };
  /// Who dies or leaves: a member of a household leaves when its reference person does.
  ExpectedLabour::Exits exits(const View& view) const;

  std::shared_ptr<const World> initial_;
  Month start_;
  Rules rules_;
  ByMonth<LabourHazards> hazards_;
  std::vector<double> wanted_;
  std::shared_ptr<BaselinePaths> paths_;
  std::unique_ptr<Book> book_;
};

}  // namespace oikos::labour
