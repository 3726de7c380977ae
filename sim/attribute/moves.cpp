#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "sim/attribute/attributes.hpp"
#include "sim/base/detmath.hpp"
#include "sim/process/move_draws.hpp"
#include "sim/world/expression_columns.hpp"

namespace oikos {

namespace {

constexpr LaneSpec initial_state{rng::Purpose::attribute_start, 0, "state on the first day"};
constexpr LaneSpec which_move{rng::Purpose::move_outcome, 0, "which of the moves that compete"};
constexpr LaneSpec which_value{rng::Purpose::move_outcome, 1, "which of the values a move leads to"};

/// Products of factors are kept finite, so that one of 0 still makes 0 of them.
constexpr double largest_product = 1e100;

/// A draw as a number from 0 to below 1.
double uniform(std::uint32_t draw) { return static_cast<double>(draw) * 0x1p-32; }

Column<std::uint8_t>& states_of(World& world, const DeclaredAttribute& of) {
  StateTable& table = of.of_household ? static_cast<StateTable&>(world.households) : world.persons;
  return static_cast<Column<std::uint8_t>&>(table.column(of.state));
}
const Column<std::uint8_t>& states_of(const World& world, const DeclaredAttribute& of) {
  const StateTable& table = of.of_household ? static_cast<const StateTable&>(world.households) : world.persons;
  return static_cast<const Column<std::uint8_t>&>(table.column(of.state));
}
Column<ShortMonth>& months_of(World& world, const ColumnSpec& spec) {
  StateTable& table = spec.table == TableId::household ? static_cast<StateTable&>(world.households) : world.persons;
  return static_cast<Column<ShortMonth>&>(table.column(spec));
}

bool keeps_months(const DeclaredAttribute& of) { return of.months.column != nullptr; }

/// Persons or households whose attribute it is, and the persons whose columns expressions read for them.
struct Subjects {
  std::vector<Row> rows;     ///< of the attribute's own table
  std::vector<Row> readers;  ///< the persons themselves, or the households' reference persons

  void clear() { rows.clear(), readers.clear(); }
  void add(const World& world, bool of_household, Row row) {
    rows.push_back(row);
    readers.push_back(of_household ? world.households[household::first][row] : row);
  }
};

/// Hazards of a move, of subjects whose value it leads away from; 0 for those who may not make it.
class Hazards {
 public:
  Hazards(const World& world, const WorldColumns& columns, expr::Evaluator& evaluator, Month now)
      : world_(world), columns_(columns), evaluator_(evaluator), now_(now) {}

  /// @param states of the subjects   @param effects whether effects act
  /// @param hazard out, shape (subjects)
  void of(const AttributeMove& move, const Subjects& subjects, std::span<const std::uint8_t> states, bool effects,
          std::vector<double>& hazard) {
    hazard.assign(subjects.rows.size(), 0);
    who_.clear(), places_.clear();
    for (std::uint32_t i = 0; i < subjects.rows.size(); ++i)
      if (move.from[states[i]]) who_.push_back(subjects.readers[i]), places_.push_back(i);
    if (move.where) keep_those(*move.where);
    if (who_.empty()) return;
    rates_.resize(who_.size());
    move.rate.evaluate(columns_, evaluator_, now_, who_, rates_);
    products(move);
    const std::size_t target = effects ? world_.registry.index(move.declared->target) : 0;
    for (std::size_t i = 0; i < who_.size(); ++i) {
      const HazardChange change =
          effects ? world_.modifiers.change(target, world_.persons[person::effects][who_[i]]) : HazardChange{};
      const double factor = std::min(products_[i], move.cap) / move.divisor * double{change.times};
      const double changed = factor == 0 ? 0 : rates_[i] * factor;             // 0 also of what is certain else
      hazard[places_[i]] = rates_[i] > 0 ? changed + double{change.plus} : 0;  // who has no chance gets none
    }
  }

  /// Sum of rates, and of rates times products, over those who may make a move.
  std::pair<double, double> sums(const AttributeMove& move, const Subjects& subjects,
                                 std::span<const std::uint8_t> states) {
    std::vector<double> unused;
    of(move, subjects, states, false, unused);
    std::pair<double, double> all{0, 0};
    for (std::size_t i = 0; i < who_.size(); ++i) {
      if (!std::isfinite(rates_[i])) continue;
      all.first += rates_[i];
      all.second += rates_[i] * std::min(products_[i], move.cap);
    }
    return all;
  }

 private:
  void keep_those(const expr::Program& where) {
    std::vector<double> holds(who_.size());
    evaluator_.evaluate(where, columns_, who_, holds);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < who_.size(); ++i)
      if (holds[i] != 0) who_[kept] = who_[i], places_[kept++] = places_[i];
    who_.resize(kept), places_.resize(kept);
  }

  void products(const AttributeMove& move) {
    products_.assign(who_.size(), 1.0);
    std::vector<double> holds(who_.size()), times(who_.size());
    for (const Factor& factor : move.factors) {
      if (factor.where) evaluator_.evaluate(*factor.where, columns_, who_, holds);
      factor.times.evaluate(columns_, evaluator_, now_, who_, times);
      for (std::size_t i = 0; i < who_.size(); ++i)
        if (!factor.where || holds[i] != 0)
          products_[i] = std::min(products_[i] * std::max(0.0, times[i]), largest_product);
    }
  }

  const World& world_;
  const WorldColumns& columns_;
  expr::Evaluator& evaluator_;
  Month now_;
  std::vector<Row> who_;
  std::vector<std::uint32_t> places_;
  std::vector<double> rates_, products_;
};

/// Somebody who moves.
struct Hit {
  const Attribute* attribute;
  const AttributeMove* move;
  Row row;
  std::uint8_t value;
};

/// What one chunk's persons and households do this month.
class ChunkMoves {
 public:
  ChunkMoves(const World& world, const Chunk& chunk, const StepContext& now, const WorldColumns& columns,
             Scratch& scratch)
      : world_(world),
        chunk_(chunk),
        now_(now),
        scratch_(scratch),
        hazards_(world, columns, scratch.evaluator, now.month) {
    scratch.start(world, chunk, now);
  }

  void run(std::span<const Attribute> attributes, std::vector<Hit>& hits) {
    for (const bool households : {false, true}) {
      const bool any = std::ranges::any_of(
          attributes, [&](const Attribute& one) { return one.declared->of_household == households; });
      if (!any) continue;
      scratch_.moves.start(now_.luck, identities(households), now_.month);
      for (const Attribute& one : attributes)
        if (one.declared->of_household == households && !one.moves.empty()) decide(one, hits);
    }
  }

 private:
  std::span<const std::uint64_t> identities(bool households) const {
    if (households) return {world_.households[household::identity].data() + chunk_.first_household, chunk_.households};
    return {world_.persons[person::identity].data() + chunk_.first_person, chunk_.persons};
  }

  /// Largest hazard that anybody of the chunk can have: of the moves out of one value together.
  double largest(const Attribute& attribute) {
    double most = 0;
    const std::size_t values = attribute.declared->values.size();
    std::vector<double> of_value(values, 0);
    for (const AttributeMove& move : attribute.moves) {
      const TargetId target = scratch_.target(move.declared->target);
      const HazardChange change =
          scratch_.changed().empty() ? scratch_.common(target) : world_.modifiers.largest(target.place);
      const double own = move.largest_hazard();
      const double hazard = (own == 0 || change.times == 0 ? 0 : own * double{change.times}) + double{change.plus};
      for (std::size_t v = 0; v < values; ++v) of_value[v] += move.from[v] ? hazard : 0;
    }
    for (const double one : of_value) most = std::max(most, one);
    return most;
  }

  void decide(const Attribute& attribute, std::vector<Hit>& hits) {
    const DeclaredAttribute& of = *attribute.declared;
    const double most = largest(attribute);
    // A little above, for what rounds on the way.
    const rng::Limit bound = rng::limit(std::min(1.0, -detmath::expm1(-most) * (1 + 1e-9) + 1e-9));
    const Row first = of.of_household ? chunk_.first_household : chunk_.first_person;
    const auto candidates = scratch_.moves.candidates(attribute.lane, bound);
    if (candidates.empty() || most == 0) return;
    subjects_.clear();
    positions_.assign(candidates.begin(), candidates.end());
    states_.clear();
    const auto& column = states_of(world_, of);
    for (const std::uint32_t position : positions_) {
      subjects_.add(world_, of.of_household, first + position);
      states_.push_back(column[first + position]);
    }
    const std::size_t n = positions_.size();
    of_moves_.resize(attribute.moves.size());
    total_.assign(n, 0);
    for (std::size_t m = 0; m < attribute.moves.size(); ++m) {
      hazards_.of(attribute.moves[m], subjects_, states_, true, of_moves_[m]);
      for (std::size_t i = 0; i < n; ++i) total_[i] += of_moves_[m][i];
    }
    for (std::size_t i = 0; i < n; ++i) {
      if (total_[i] <= 0) continue;
      const rng::Limit limit = rng::limit(-detmath::expm1(-total_[i]));
      if (scratch_.moves.happens(attribute.lane, positions_[i], limit)) hit(attribute, i, hits);
    }
  }

  void hit(const Attribute& attribute, std::size_t i, std::vector<Hit>& hits) {
    const Row row = subjects_.rows[i];
    const std::uint64_t who = attribute.declared->of_household ? world_.households[household::identity][row]
                                                               : world_.persons[person::identity][row];
    const AttributeMove& move = *choose(attribute, i, who);
    std::uint8_t value = move.to.back().value;
    if (move.to.size() > 1) {
      double left = uniform(now_.draw(which_value, who, attribute.lane));
      for (const Outcome& to : move.to) {
        if (left < to.share) {
          value = to.value;
          break;
        }
        left -= to.share;
      }
    }
    hits.push_back({&attribute, &move, row, value});
  }

  /// Of the moves that compete the one that happens, each in proportion to its hazard; what is certain goes before all
  /// others.
  const AttributeMove* choose(const Attribute& attribute, std::size_t i, std::uint64_t who) {
    const bool certain = !std::isfinite(total_[i]);
    const auto weight = [&](std::size_t m) {
      const double hazard = of_moves_[m][i];
      return certain ? (std::isfinite(hazard) ? 0.0 : 1.0) : hazard;
    };
    double all = 0;
    std::size_t possible = 0, last = 0;
    for (std::size_t m = 0; m < attribute.moves.size(); ++m) {
      all += weight(m);
      if (weight(m) > 0) ++possible, last = m;
    }
    if (possible > 1) {
      double left = uniform(now_.draw(which_move, who, attribute.lane)) * all;
      for (std::size_t m = 0; m < last; ++m) {
        if (left < weight(m)) return &attribute.moves[m];
        left -= weight(m);
      }
    }
    return &attribute.moves[last];
  }

  const World& world_;
  const Chunk chunk_;
  const StepContext& now_;
  Scratch& scratch_;
  Hazards hazards_;
  Subjects subjects_;
  std::vector<std::uint32_t> positions_;
  std::vector<std::uint8_t> states_;
  std::vector<double> total_;
  std::vector<std::vector<double>> of_moves_;
};

/// All persons, or all households.
Subjects everybody(const World& world, bool households) {
  Subjects all;
  const std::uint32_t n = households ? world.households.size() : world.persons.size();
  for (Row row = 0; row < n; ++row) all.add(world, households, row);
  return all;
}

}  // namespace

void start_attributes(std::span<const Attribute> attributes, std::span<const double> parameters,
                      const rng::Stream& luck, Month start, World& world) {
  const WorldColumns columns(world, start, parameters, WorldColumns::States::unmoved);
  expr::Evaluator evaluator;
  for (const Attribute& attribute : attributes) {
    const DeclaredAttribute& of = *attribute.declared;
    const Subjects all = everybody(world, of.of_household);
    const std::size_t n = all.rows.size();
    std::vector<double> left(n), share(n), sum(n, 0);
    std::vector<std::uint8_t> value(n, 0);
    std::vector<bool> found(n, false);
    const auto& identities = of.of_household ? world.households[household::identity] : world.persons[person::identity];
    for (std::size_t i = 0; i < n; ++i)
      left[i] = uniform(luck.draw(initial_state.purpose, initial_state.lane, identities[all.rows[i]], rng::lasting,
                                  rng::name_hash(of.name)));
    for (std::size_t v = 0; v < attribute.initial.size(); ++v) {
      attribute.initial[v].evaluate(columns, evaluator, start, all.readers, share);
      for (std::size_t i = 0; i < n; ++i) {
        sum[i] += share[i];
        if (found[i] || share[i] <= 0) continue;
        value[i] = static_cast<std::uint8_t>(v);
        found[i] = left[i] < share[i];
        left[i] -= share[i];
      }
    }
    // Of a flag the share that has it is stated; whoever is not hit by it has it not.
    const bool flag = attribute.is_flag;
    auto& column = states_of(world, of);
    for (std::size_t i = 0; i < n; ++i) {
      constexpr double slack = 1e-6;
      if (!flag && std::abs(sum[i] - 1) > slack)
        throw InputError(
            {.at = attribute.initial_at,
             .what = fmt::format("initial shares of {} do not add up", oikos::quoted(of.name)),
             .expected = "shares that make 100 % for everybody",
             .got = fmt::format("{:g} % for a {} of {} years", sum[i] * 100,
                                sex_names[static_cast<std::size_t>(world.persons[person::sex][all.readers[i]])],
                                world.persons.age_years(all.readers[i], to_short(start))),
             .hint = ""});
      column[all.rows[i]] = flag && !found[i] ? std::uint8_t{0} : value[i];
    }
    if (keeps_months(of)) {
      auto& since = months_of(world, of.since);
      for (const Row row : all.rows) since[row] = to_short(start - 1);
    }
  }
}

std::map<std::string, double> mean_factors(std::span<const Attribute> attributes, std::span<const double> parameters,
                                           Month start, const World& world) {
  const WorldColumns columns(world, start, parameters, WorldColumns::States::unmoved);
  expr::Evaluator evaluator;
  Hazards hazards(world, columns, evaluator, start);
  std::map<std::string, double> means;
  for (const Attribute& attribute : attributes) {
    const DeclaredAttribute& of = *attribute.declared;
    const bool any = std::ranges::any_of(attribute.moves, [](const AttributeMove& move) { return move.rate_is_mean; });
    if (!any) continue;
    const Subjects all = everybody(world, of.of_household);
    const auto& column = states_of(world, of);
    std::vector<std::uint8_t> states;
    for (const Row row : all.rows) states.push_back(column[row]);
    for (const AttributeMove& move : attribute.moves) {
      if (!move.rate_is_mean) continue;
      const auto [rates, products] = hazards.sums(move, all, states);
      if (rates > 0 && products > 0) means[move.declared->target_name] = products / rates;
    }
  }
  return means;
}

AttributeMoves::AttributeMoves(std::shared_ptr<const std::vector<Attribute>> attributes,
                               std::shared_ptr<const ParameterValues> parameters)
    : attributes_(std::move(attributes)), parameters_(std::move(parameters)) {}

ProcessInfo AttributeMoves::info() const {
  ProcessInfo info{.name = "attributes",
                   .summary = "lets the attributes that the scenario declares move, each by its chances",
                   .stage = Stage::states,
                   .page = "methods/attributes.md",
                   .touches_everything = true};
  for (const Attribute& one : *attributes_) {
    const DeclaredAttribute& of = *one.declared;
    const std::string table(table_names[static_cast<std::size_t>(of.state.table)]);
    info.writes.push_back(table + "." + of.name);
    if (keeps_months(of)) info.writes.push_back(table + "." + of.since_column);
    for (const AttributeMove& move : one.moves) {
      info.targets.push_back(move.declared->target_name);
      info.counts.push_back(move.declared->count_name);
      if (move.declared->remembered) info.writes.push_back(table + "." + move.declared->column_name);
    }
    info.draws.push_back(fmt::format("{} (lane {})", of.name, one.lane));
  }
  return info;
}

void AttributeMoves::resolve(World& world, const StepContext& now, MonthWork& work) const {
  const WorldColumns columns(world, now.month, (*parameters_)[static_cast<std::size_t>(now.step)],
                             WorldColumns::States::unmoved);
  // A household founded this month begins its states before they move.
  for (const Attribute& attribute : *attributes_)
    if (attribute.declared->of_household && keeps_months(*attribute.declared)) {
      auto& since = months_of(world, attribute.declared->since);
      for (Row row = 0; row < world.households.size(); ++row)
        if (since[row] == 0) since[row] = narrow<ShortMonth>(now.short_month - 1);
    }
  std::vector<std::vector<Hit>> hits(work.chunks.size());
  work.executor.for_each(work.chunks.size(), [&](std::size_t c, std::size_t worker) {
    ChunkMoves(world, work.chunks[c], now, columns, work.scratch[worker]).run(*attributes_, hits[c]);
  });
  for (const auto& of_chunk : hits)
    for (const Hit& hit : of_chunk) {
      const DeclaredAttribute& of = *hit.attribute->declared;
      states_of(world, of)[hit.row] = hit.value;
      if (keeps_months(of)) months_of(world, of.since)[hit.row] = now.short_month;
      if (hit.move->declared->remembered) months_of(world, hit.move->declared->last)[hit.row] = now.short_month;
      work.count(hit.move->declared->count);
    }
}

}  // namespace oikos
