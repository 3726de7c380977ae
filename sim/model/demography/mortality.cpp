#include "sim/model/demography/mortality.hpp"

namespace oikos::demography {

ProcessInfo Mortality::about() const {
  return {.name = "mortality",
          .summary = "decides who dies, by age and sex",
          .stage = Stage::decisions,
          .page = "methods/demography.md"};
}

void Mortality::run(const View& view) const {
  const AgeSex* ages = view.ages();
  const auto fates = view.fates();
  const std::uint32_t* draws = view.draws<lane::death>();
  view.flag<target::death>(draws, ages, hazard_.at(view.now.month));
  const auto flags = view.room.flags();
  const auto is_last = [&](std::uint32_t i) { return ages[i] >= age_sex(max_age, Sex::male); };
  for (const std::uint32_t i : view.changed())  // no effect helps beyond the last age
    if (is_last(i)) flags[i] = 1;
  if (view.has_common())
    for (std::uint32_t i = 0; i < view.chunk.persons; ++i)
      if (is_last(i)) flags[i] = 1;
  for (const std::uint32_t i : view.room.flagged()) {
    fates[i] = Fate::dies;
    view.report<event::death>().push_back(view.chunk.first_person + i);
  }
}

ProcessInfo Deaths::about() const {
  return {.name = "deaths",
          .summary = "takes the dead out of their households; partners become single",
          .stage = Stage::meetings,
          .page = "methods/demography.md"};
}

void Deaths::run(const View& view) const {
  auto& partner = view[person::partner];
  for (const Row row : view.told<event::death>()) {
    if (partner[row] != no_row) partner[partner[row]] = no_row;
    partner[row] = no_row;
    view.desk().leave(row);
    view.count<count::deaths>();
  }
}

}  // namespace oikos::demography
