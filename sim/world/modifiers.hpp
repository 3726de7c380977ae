#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/world/person_table.hpp"

namespace oikos {

/// The processes that programmes may change, by name. A programme multiplies the hazard of one; the process knows no
/// programme, it only asks for the factor.
enum class Modifier : std::uint8_t { job_finding, job_loss, labour_exit, death, birth, departure, parting };
inline constexpr std::array<std::string_view, 7> modifier_names{"job_finding", "job_loss",  "labour_exit", "death",
                                                                "birth",       "departure", "parting"};
/// Who faces each hazard, as a condition over the columns of expressions: a factor on anybody else does nothing.
inline constexpr std::array<std::string_view, modifier_names.size()> modifier_faces{"labour == registered_unemployed",
                                                                                    "labour == employed",
                                                                                    "labour == employed",
                                                                                    "true",
                                                                                    "sex == female",
                                                                                    "true",
                                                                                    "has_partner"};

/// Factors of the few persons whose hazards a programme changes this month. Most persons are at place 0: no change.
class ModifierTable {
 public:
  using Factors = std::array<float, modifier_names.size()>;

  ModifierTable() : rows_(1, unchanged()) {}
  /// Factor on the hazard; 1 for nearly all.
  float factor(Modifier which, std::uint32_t place) const { return rows_[place][static_cast<std::size_t>(which)]; }
  /// Forgets all changes; the person column must be set back to 0 with it.
  void clear() { rows_.assign(1, unchanged()); }
  /// Multiplies a factor of the person, who gets an own place if needed.
  void multiply(PersonTable& persons, Row row, Modifier which, float factor) {
    std::uint32_t& place = persons.effects[row];
    if (place == 0) {
      place = static_cast<std::uint32_t>(rows_.size());
      rows_.push_back(unchanged());
    }
    rows_[place][static_cast<std::size_t>(which)] *= factor;
  }
  std::size_t changed_persons() const { return rows_.size() - 1; }

 private:
  static Factors unchanged() {
    Factors factors;
    factors.fill(1.0F);
    return factors;
  }
  std::vector<Factors> rows_;
};

}  // namespace oikos
