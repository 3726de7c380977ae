#include "sim/scenario/check_effects.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace oikos {

namespace {

class Check {
 public:
  Check(const Prepared& prepared, const expr::Possible& possible, Diagnostics& diagnostics)
      : prepared_(prepared), possible_(possible), diagnostics_(diagnostics) {}

  void run() {
    for (const Effect& effect : prepared_.city_effects) reaches(effect);
    for (const Attribute& attribute : *prepared_.attributes) {
      for (const Effect& effect : attribute.effects) reaches(effect), stands_once(effect, attribute);
      const auto& specs = prepared_.loaded.scenario.attributes;
      const auto spec = std::ranges::find(specs, attribute.declared->name, &Named<AttributeSpec>::name);
      for (const auto& move : spec->value.moves) happens(attribute, move);
    }
  }

 private:
  void warn(const Position& at, std::string what, std::string expected, std::string got, std::string hint) {
    diagnostics_.warn({.at = at,
                       .what = std::move(what),
                       .expected = std::move(expected),
                       .got = std::move(got),
                       .hint = std::move(hint)});
  }

  void reaches(const Effect& effect) {
    const std::string target = oikos::quoted(effect.target->name);
    const std::string where = effect.where ? to_string(*effect.where) : "";
    const auto givers = effect.where ? possible_.where(possible_.anybody(), where) : possible_.anybody();
    if (!givers) {
      warn(effect.at, fmt::format("the effect on {} acts for nobody", target), "a condition that somebody can meet",
           oikos::quoted(where), "");
      return;
    }
    if (effect.receiver != Relation::own || possible_.where(*givers, effect.target->faces)) return;
    warn(effect.at, fmt::format("the effect on {} reaches nobody", target),
         fmt::format("persons who face it: {}", oikos::quoted(effect.target->faces)), oikos::quoted(where),
         "write another condition, or who receives it, such as 'partner.'");
  }

  /// An effect of an attribute on a move whose factors read that attribute too, of the same person.
  void stands_once(const Effect& effect, const Attribute& giver) {
    if (effect.receiver != Relation::own) return;
    for (const Attribute& other : *prepared_.attributes)
      for (const AttributeMove& move : other.moves) {
        if (&move.declared->target != effect.target) continue;
        for (const Factor& factor : move.factors) {
          bool reads_giver = false;
          const auto look = [&](const expr::Program& program) {
            for (const std::uint32_t id : program.reads())
              reads_giver |= prepared_.loaded.registry().names()[id] == &giver.declared->value;
          };
          factor.times.each_expression(look);
          if (factor.where) look(*factor.where);
          if (!reads_giver) continue;
          diagnostics_.add({.at = effect.at,
                            .what = fmt::format("{} acts on {} twice: as an effect, and in its factor {}",
                                                oikos::quoted(giver.declared->name), oikos::quoted(effect.target->name),
                                                oikos::quoted(factor.name)),
                            .expected = "each influence once, at the end whose source speaks of it",
                            .got = "both",
                            .hint = "take one of them out"});
          return;
        }
      }
  }

  void happens(const Attribute& attribute, const Named<MoveSpec>& named) {
    const auto move =
        std::ranges::find(attribute.moves, named.name, [](const AttributeMove& one) { return one.declared->name; });
    if (move == attribute.moves.end()) return;
    const std::string name = oikos::quoted(move->declared->target_name);
    if (move->rate.range().most <= 0)
      warn(named.value.rate.at, fmt::format("the move {} never happens", name), "a rate above 0",
           named.value.rate.is_scalar() ? oikos::quoted(named.value.rate.text) : "0 for everybody",
           "take it out, or write how often it happens; effects multiply its rate");
    if (!move->where) return;
    const std::string where = fmt::format("({}) and ({})", move->declared->faces, to_string(*move->where));
    if (!possible_.where(possible_.anybody(), where))
      warn(named.value.where->at, fmt::format("nobody can make the move {}", name),
           "a condition that somebody can meet who may move", oikos::quoted(to_string(*move->where)), "");
  }

  const Prepared& prepared_;
  const expr::Possible& possible_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_effects(const Prepared& prepared, const expr::Possible& possible, Diagnostics& diagnostics) {
  Check(prepared, possible, diagnostics).run();
}

}  // namespace oikos
