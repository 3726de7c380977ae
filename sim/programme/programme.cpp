#include "sim/programme/programme.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "sim/base/contract.hpp"
#include "sim/base/diagnostics.hpp"
#include "sim/base/figure_error.hpp"
#include "sim/base/narrow.hpp"
#include "sim/model/income/declared.hpp"
#include "sim/process/hazard.hpp"
#include "sim/programme/declared.hpp"
#include "sim/rng/distributions.hpp"

namespace oikos {

namespace {

bool before(const Waiting& a, const Waiting& b) {
  if (a.priority != b.priority) return a.priority > b.priority;
  if (a.since != b.since) return a.since < b.since;
  return a.tie != b.tie ? a.tie < b.tie : a.identity < b.identity;
}

}  // namespace

/// Of one chunk the subjects who meet the conditions of each open programme, one after the other.
struct Programmes::Eligible {
  std::vector<Row> rows;
  std::vector<std::size_t> ends;  ///< by programme, behind its last row

  std::span<const Row> of(std::size_t programme) const {
    const std::size_t begin = programme == 0 ? 0 : ends[programme - 1];
    return {rows.data() + begin, ends[programme] - begin};
  }
};

/// One programme in one month.
struct Programmes::Turn {
  const Programme& p;
  std::size_t number;  ///< its place among the programmes
  ProgrammeState& state;
  World& world;
  const StepContext& now;
  MonthWork& work;
  const WorldColumns columns;
  // Of subjects, and whom expressions ask about them.
  const Column<std::uint64_t>& identities =
      p.unit == Unit::household ? world.households[household::identity] : world.persons[person::identity];
  const Column<Row>& first_of = world.households[household::first];
  const Column<std::uint32_t>& home_of = world.persons[person::household];

  bool of_households() const { return p.unit == Unit::household; }
  /// Who a subject is, in every plan.
  std::uint64_t identity_of(Row subject) const { return identities[subject]; }
  /// Whose columns expressions read of a subject: the person's own, or the reference person's of the household.
  Row reader_of(Row subject) const { return of_households() ? first_of[subject] : subject; }
  std::uint32_t household_of(Row subject) const { return of_households() ? subject : home_of[subject]; }
  /// The same of many, for the evaluator.
  std::vector<Row> readers_of(std::vector<Row> subjects) const {
    if (of_households())
      for (Row& row : subjects) row = reader_of(row);
    return subjects;
  }

  std::uint32_t draw(Row subject, const LaneSpec& lane) const {
    return now.draw(lane, identity_of(subject), p.draw_index);
  }
  expr::Evaluator& evaluator() const { return work.scratch[0].evaluator; }

  /// What the programme's text leads to and cannot be.
  [[noreturn]] void fail(const char* key, std::string what, std::string expected, std::string got,
                         std::string hint) const {
    throw FigureError({.path = "programmes/" + p.key + key,
                       .what = std::move(what),
                       .expected = std::move(expected),
                       .got = std::move(got),
                       .hint = std::move(hint)});
  }

  void run(std::span<const Eligible> eligible) {
    if (p.open(now.month)) {
      applications(eligible);
      waiting_list();
      entries();
    } else {
      state.month.abandoned += static_cast<std::int64_t>(state.waiting.size());
      state.waiting.clear();
    }
    state.enrolled = std::ranges::count_if(state.episodes, &Episode::enrolled);
    services();
    if (p.amount) cash();
  }

  /// The subjects of a chunk who meet the conditions; of a household its reference person is asked. Into scratch.rows.
  void select_eligible(const Chunk& chunk, Scratch& scratch) const {
    if (p.unit == Unit::household) {
      const Row* reference_persons = first_of.data() + chunk.first_household;
      scratch.evaluator.select(p.eligible, columns, {reference_persons, chunk.households}, scratch.rows);
      for (Row& row : scratch.rows) row = home_of[row];
    } else {
      scratch.evaluator.select_range(p.eligible, columns, chunk.first_person, chunk.persons, scratch.rows);
    }
  }

  /// Whole months of a planned stay, drawn from the duration. @pre there is one
  int planned_stay(Row row) const {
    const auto spread = static_cast<std::uint32_t>(p.duration->max - p.duration->min + 1);  // min is not above max
    return p.duration->min + static_cast<int>(rng::below(draw(row, lane::duration), spread));
  }

  /// The clients of the first day: the first in the list's order of all who are eligible. Who finds no place waits.
  void begin_with_clients() {
    std::vector<std::vector<Row>> eligible(work.chunks.size());
    work.executor.for_each(work.chunks.size(), [&](std::size_t c, std::size_t worker) {
      select_eligible(work.chunks[c], work.scratch[worker]);
      eligible[c] = work.scratch[worker].rows;
    });
    std::vector<Waiting> all;
    for (const auto& rows : eligible)
      for (const Row row : rows) all.push_back(waiting_since_now(row));
    rank(all);
    const auto clients = static_cast<std::size_t>(std::min(p.initial, static_cast<std::int64_t>(all.size())));
    all.resize(clients);
    std::size_t places = clients;
    if (p.capacity) {
      places =
          static_cast<std::size_t>(std::min(static_cast<std::int64_t>(clients), p.capacity->free(world.providers)));
      p.capacity->occupy(world.providers, static_cast<std::int64_t>(places));
    }
    for (std::size_t i = 0; i < places; ++i) {
      const Row row = all[i].subject;
      ShortMonth entered = now.short_month, ends = Episode::still_in;
      if (p.duration) {
        const int stay = planned_stay(row);
        const auto luck = now.draw(lane::elapsed, all[i].identity, p.draw_index);
        const int elapsed =
            static_cast<int>(rng::below(luck, static_cast<std::uint32_t>(stay)));  // 1200 months at most
        entered =
            static_cast<ShortMonth>(now.short_month - elapsed);  // no month of a run is so near to the first of all
        ends = static_cast<ShortMonth>(std::min<int>(now.short_month + stay - elapsed, Episode::still_in));
      }
      state.episodes.push_back({row, entered, ends, Episode::still_in, false});
    }
    std::ranges::stable_sort(state.episodes, {}, &Episode::entered);
    state.waiting.assign(all.begin() + static_cast<std::ptrdiff_t>(places), all.end());
  }

  /// Somebody who joins the waiting list now; the priority is not known yet.
  Waiting waiting_since_now(Row row) const {
    const std::uint64_t identity = identity_of(row);
    const auto tie = now.draw(lane::order, identity, p.draw_index);
    return {row, identity, 0.0, now.short_month, tie};
  }

  /// Sets priorities and sorts by the order of the list.
  void rank(std::vector<Waiting>& list) const {
    std::vector<Row> rows;
    for (const Waiting& w : list) rows.push_back(reader_of(w.subject));
    std::vector<double> priority(rows.size(), 0.0);
    if (p.priority) evaluator().evaluate(*p.priority, columns, rows, priority);
    for (std::size_t i = 0; i < list.size(); ++i) list[i].priority = priority[i];
    std::ranges::sort(list, before);
  }

  std::vector<Row> enrolled_rows() const {
    std::vector<Row> rows;
    for (const Episode& e : state.episodes)
      if (e.enrolled()) rows.push_back(e.subject);
    return rows;
  }

  void exits() {
    if (state.episodes.empty()) return;
    const std::vector<Row> rows = readers_of(enrolled_rows());
    std::vector<double> stays(rows.size(), 1.0);
    if (p.stays_while) evaluator().evaluate(*p.stays_while, columns, rows, stays);
    const Threshold drops_out = p.drops_out.at(now.month);
    std::size_t i = 0;
    for (Episode& e : state.episodes) {
      if (!e.enrolled()) continue;
      const bool meets = stays[i++] != 0.0;
      e.completed = now.short_month >= e.ends;
      const bool drops = drops_out > 0 && rng::happens(draw(e.subject, lane::leaves), drops_out);
      if (!e.completed && meets && !drops && p.open(now.month)) continue;
      e.left = now.short_month;
      ++(e.completed ? state.month.completions : state.month.early_exits);
    }
    std::erase_if(state.episodes,
                  [&](const Episode& e) { return !e.enrolled() && now.short_month - e.left >= remembered(); });
  }

  void keep_places() const {
    p.capacity->occupy(world.providers, std::ranges::count_if(state.episodes, &Episode::enrolled));
  }

  /// Months after leaving for which an episode still matters.
  int remembered() const {
    int months = std::max(p.again_after, p.keeps_exits ? 1 : 0);
    for (const Effect& e : p.effects)
      if (e.when != EffectSpec::When::enrolled) months = std::max(months, e.fade == 0 ? 30'000 : e.fade);
    return months;
  }

  /// Marks subjects who cannot apply: enrolled, waiting, or out for too short a time. Or takes their marks away.
  void mark_busy(std::uint8_t mark) const {
    for (const Episode& e : state.episodes)
      if (e.enrolled() || now.short_month - e.left < p.again_after) work.marks[e.subject] = mark;
    for (const Waiting& w : state.waiting) work.marks[w.subject] = mark;
  }

  static Threshold changed_limit(Threshold limit, HazardChange change) {
    return change.none() ? limit : threshold(changed(static_cast<double>(limit) * 0x1p-32, change));
  }

  /// What effects of the city make of the chances of subjects to apply; empty: nothing of any.
  std::vector<HazardChange> changes_of_asking(std::span<const Row> subjects, expr::Evaluator& evaluator) const {
    std::vector<HazardChange> changes;
    const std::vector<Row> readers =
        p.asking.empty() ? std::vector<Row>() : readers_of({subjects.begin(), subjects.end()});
    std::vector<double> holds(readers.size());
    for (const Effect& effect : p.asking) {
      if (!effect.acts_in(now.month)) continue;
      changes.resize(subjects.size());
      if (effect.where) evaluator.evaluate(*effect.where, columns, readers, holds);
      else std::ranges::fill(holds, 1.0);
      const HazardChange change =
          effect.change(effect.value.at(now.month), effect.ramped_by(now.month, now.month - now.step));
      for (std::size_t i = 0; i < holds.size(); ++i)
        if (holds[i] != 0) changes[i].times *= change.times, changes[i].plus += change.plus;
    }
    return changes;
  }

  void applications(std::span<const Eligible> eligible) {
    if (std::ranges::all_of(eligible, [&](const Eligible& one) { return one.of(number).empty(); })) return;
    mark_busy(1);
    struct Found {
      std::vector<Row> applicants;
      std::int64_t eligible = 0, refused = 0;
    };
    const Threshold applies = p.applies.at(now.month), refused = p.refused.at(now.month);
    std::vector<Found> found(work.chunks.size());
    work.executor.for_each(work.chunks.size(), [&](std::size_t c, std::size_t worker) {
      std::vector<Row>& rows = work.scratch[worker].rows;
      std::vector<std::uint64_t>& who = work.scratch[worker].identities;
      rows.clear(), who.clear();
      for (const Row row : eligible[c].of(number))
        if (work.marks[row] == 0) rows.push_back(row), who.push_back(identity_of(row));
      found[c].eligible = static_cast<std::int64_t>(rows.size());
      // Both decisions have lanes of one block.
      const auto luck = work.scratch[worker].blocks(now.luck, lane::applies.purpose, who, now.month, p.draw_index);
      const std::vector<HazardChange> asking = changes_of_asking(rows, work.scratch[worker].evaluator);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const Threshold limit = asking.empty() ? applies : changed_limit(applies, asking[i]);
        if (!rng::happens(luck[lane::applies.lane][i], limit)) continue;
        if (rng::happens(luck[lane::refused.lane][i], refused)) ++found[c].refused;
        else found[c].applicants.push_back(rows[i]);
      }
    });
    mark_busy(0);  // before those who apply now are on the list
    for (const Found& f : found) {
      state.month.eligible += f.eligible;
      state.month.refusals += f.refused;
      state.month.applications += f.refused + static_cast<std::int64_t>(f.applicants.size());
      for (const Row row : f.applicants) state.waiting.push_back(waiting_since_now(row));
    }
  }

  void waiting_list() {
    if (state.waiting.empty()) return;
    std::vector<Row> rows;
    for (const Waiting& w : state.waiting) rows.push_back(reader_of(w.subject));
    std::vector<double> eligible(rows.size()), priority(rows.size(), 0.0);
    evaluator().evaluate(p.eligible, columns, rows, eligible);
    if (p.priority) evaluator().evaluate(*p.priority, columns, rows, priority);
    std::vector<Waiting> kept;
    kept.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Waiting w = state.waiting[i];
      const bool gives_up =
          w.since < now.short_month && p.gives_up > 0 && rng::happens(draw(w.subject, lane::leaves), p.gives_up);
      if (eligible[i] == 0.0 || gives_up) {
        ++state.month.abandoned;
        continue;
      }
      w.priority = priority[i];
      kept.push_back(w);
    }
    state.waiting = std::move(kept);
    if (p.capacity) std::ranges::sort(state.waiting, before);
  }

  void entries() {
    std::int64_t free = static_cast<std::int64_t>(state.waiting.size());
    if (p.capacity) {
      free = std::min(free, p.capacity->free(world.providers));
      p.capacity->occupy(world.providers, free);
    }
    for (std::int64_t i = 0; i < free; ++i) {
      const Waiting& w = state.waiting[static_cast<std::size_t>(i)];
      ShortMonth ends = Episode::still_in;
      if (p.duration)  // at most later than any run ends
        ends = static_cast<ShortMonth>(std::min<int>(now.short_month + planned_stay(w.subject), Episode::still_in));
      state.episodes.push_back({w.subject, now.short_month, ends, Episode::still_in, false});
      ++state.month.entries;
      state.month.months_waited += now.short_month - w.since;
    }
    state.waiting.erase(state.waiting.begin(), state.waiting.begin() + free);
    state.month.waiting = static_cast<std::int64_t>(state.waiting.size());
  }

  void pay(Money amount, FlowId Funding::*flow) {
    if (amount == Money{}) return;
    std::vector<Money> parts(p.funding.size());
    split_over_payers(amount, p.funding, now.month, parts);
    for (std::size_t i = 0; i < parts.size(); ++i) world.ledger.add(p.funding[i].*flow, parts[i]);
    state.month.spent = (Money{state.month.spent} + amount).minor();
  }

  void services() {
    if (!p.open(now.month) || !p.cost.covers(now.month)) return;
    const units::MoneyRate& rate = p.cost.at(now.month);
    const bool by_place = rate.per == "place-month" && p.capacity;
    const std::int64_t millionths =
        by_place ? p.capacity->kept_millionths(world.providers) : state.enrolled * Scale::one;
    try {
      pay(share_of(rate.amount, millionths), &Funding::service);
    } catch (const MoneyOverflow&) {
      fail("/cost", "programme " + quoted(p.key) + " costs more than can be held",
           "a cost of at most " + to_string(largest_money, p.currency) + " a month in all",
           to_string(rate.amount, p.currency) + "/" + rate.per + " for " +
               fmt::format("{:g}", static_cast<double>(millionths) / Scale::one),
           "");
    }
  }

  /// The cash of one person this month, to the minor unit.
  Money cash_of(double amount) const {
    const double minor = std::round(amount);
    if (!(minor >= 0))
      fail("/amount", "programme " + quoted(p.key) + " would pay a negative amount", "0 or more for everybody enrolled",
           fmt::format("{:.2f} {}", amount / 100, p.currency), "write max(0 " + p.currency + ", ...)");
    if (!(minor < static_cast<double>(household_limit))) too_much_cash(amount);
    return Money{round_half_away(amount)};
  }
  [[noreturn]] void too_much_cash(double amount) const {
    fail("/amount", "programme " + quoted(p.key) + " pays a household more than can be held",
         "less than " + to_string(Money{household_limit}, p.currency) + " a month from all programmes",
         fmt::format("{:.2f} {}", amount / 100, p.currency), "");
  }

  /// Cash that may have been paid since January by the end of this month.
  Money allowance() const {
    const BudgetSpec& budget = *p.budget;
    if (!budget.spread) return budget.amount.at(now.month);
    const Month start = now.month - now.step, january{now.month.year(), 1};
    Money twelfths;
    for (Month month = std::max(start, january); month <= now.month; ++month)
      if (p.open(month)) twelfths += budget.amount.at(month);
    return Money{twelfths.minor() / 12};
  }

  /// The enrolled in the order in which money goes to them.
  std::vector<Row> payees() const {
    if (!p.budget || p.budget->ration == BudgetSpec::Ration::first_come) return enrolled_rows();
    std::vector<Waiting> order;
    for (const Episode& e : state.episodes) {
      if (!e.enrolled()) continue;
      const std::uint64_t identity = identity_of(e.subject);
      const auto tie =
          now.luck.draw(lane::order.purpose, lane::order.lane, identity, to_month(e.entered), p.draw_index);
      order.push_back({e.subject, identity, 0.0, e.entered, tie});
    }
    rank(order);
    std::vector<Row> rows;
    for (const Waiting& one : order) rows.push_back(one.subject);
    return rows;
  }

  void cash() {
    const std::vector<Row> rows = payees();
    std::vector<double> amounts(rows.size());
    evaluator().evaluate(*p.amount, columns, readers_of(rows), amounts);
    if (const double times = p.amount_times.at(now.month); times != 1)
      for (double& amount : amounts) amount *= times;
    if (now.month.month_of_year() == 1) state.cash_this_year = 0;
    const Money most = p.budget && p.open(now.month) ? allowance() : Money{};
    Money total;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Money amount = cash_of(amounts[i]);
      const Money this_year = Money{state.cash_this_year} + amount;
      if (p.budget && this_year > most) {
        ++state.month.unpaid;
        continue;
      }
      state.cash_this_year = this_year.minor();
      std::int64_t& received = world.households[household::programme_cash][household_of(rows[i])];
      received += amount.minor();  // both below household_limit
      if (received >= household_limit) too_much_cash(amounts[i]);
      total += amount;
    }
    pay(total, &Funding::cash);
  }
};

Programmes::Programmes(std::vector<Programme> programmes, std::vector<std::shared_ptr<const Capacity>> capacities,
                       std::shared_ptr<const ParameterValues> parameters, std::shared_ptr<const expr::Schema> schema,
                       std::vector<ServiceMark> marks)
    : programmes_(std::move(programmes)),
      capacities_(std::move(capacities)),
      parameters_(std::move(parameters)),
      schema_(std::move(schema)),
      eligibility_(*schema_),
      marks_(std::move(marks)) {
  for (const Programme& programme : programmes_) eligibility_.add(programme.eligible);
  for (const ServiceMark& mark : marks_)
    for (const std::size_t i : mark.programmes) programmes_[i].keeps_exits |= mark.service->exit.is_there;
  eligibility_.arrange();
}

void Programmes::screen(const World& world, const StepContext& now, MonthWork& work, const WorldColumns& columns,
                        std::vector<Eligible>& out) const {
  out.resize(work.chunks.size());
  const Row* const reference_persons = world.households[household::first].data();
  const auto& home_of = world.persons[person::household];
  work.executor.for_each(work.chunks.size(), [&](std::size_t c, std::size_t worker) {
    const Chunk& chunk = work.chunks[c];
    Scratch& scratch = work.scratch[worker];
    scratch.screen.start(eligibility_, columns, chunk.first_person, chunk.persons);
    for (std::size_t i = 0; i < programmes_.size(); ++i) {
      const bool households = programmes_[i].unit == Unit::household;
      if (!programmes_[i].open(now.month)) scratch.rows.clear();
      else if (households)
        eligibility_.select(i, scratch.screen, {reference_persons + chunk.first_household, chunk.households},
                            scratch.rows);
      else eligibility_.select(i, scratch.screen, scratch.rows);
      for (const Row row : scratch.rows) out[c].rows.push_back(households ? home_of[row] : row);
      out[c].ends.push_back(out[c].rows.size());
    }
  });
}

void open_programmes(World& world, std::span<const Programme> programmes) {
  world.programmes.assign(programmes.size(), {});
  for (std::size_t i = 0; i < programmes.size(); ++i)
    world.programmes[i].subjects = programmes[i].unit == Unit::household ? Refers::households : Refers::persons;
}

namespace {

/// Writes down who is in which programmes, for expressions from now on.
class MarkWriter {
 public:
  MarkWriter(const ServiceMark& mark, std::span<const Programme> programmes, World& world)
      : mark_(mark),
        programmes_(programmes),
        world_(world),
        bits_(column<std::uint8_t>(mark.service->bits)),
        entered_(column<ShortMonth>(mark.service->entry)),
        left_(column<ShortMonth>(mark.service->exit)) {}

  void write() {
    if (bits_ != nullptr)
      for (Row row = 0; row < world_.persons.size(); ++row)
        (*bits_)[row] = static_cast<std::uint8_t>((*bits_)[row] & DeclaredService::ever_bit);
    for (const std::size_t i : mark_.programmes) {
      households_ = programmes_[i].unit == Unit::household;
      for (const Episode& e : world_.programmes[i].episodes) write(e);
      for (const Waiting& w : world_.programmes[i].waiting)
        each(w.subject, [&](Row row) { set(row, DeclaredService::waiting_bit); });
    }
  }

 private:
  template <class T>
  Column<T>* column(const DeclaredService::Kept& kept) {
    return kept.is_there ? &static_cast<Column<T>&>(world_.persons.column(kept.spec)) : nullptr;
  }
  void set(Row row, std::uint8_t bits) {
    if (bits_ != nullptr) (*bits_)[row] = static_cast<std::uint8_t>((*bits_)[row] | bits);
  }
  void write(const Episode& e) {
    each(e.subject, [&](Row row) {
      if (e.enrolled()) set(row, DeclaredService::enrolled_bit | DeclaredService::ever_bit);
      if (entered_ != nullptr) (*entered_)[row] = std::max((*entered_)[row], e.entered);
      if (left_ != nullptr && !e.enrolled()) (*left_)[row] = std::max((*left_)[row], e.left);
    });
  }
  /// The person, or all members of the household.
  template <class Visit>
  void each(Row subject, Visit visit) const {
    const Row first = households_ ? world_.households[household::first][subject] : subject;
    const Row end = households_ ? first + world_.households[household::members][subject] : subject + 1;
    for (Row row = first; row < end; ++row) visit(row);
  }

  const ServiceMark& mark_;
  std::span<const Programme> programmes_;
  World& world_;
  Column<std::uint8_t>* bits_;
  Column<ShortMonth>*entered_, *left_;
  bool households_ = false;
};

}  // namespace

ProcessInfo Programmes::info() const {
  ProcessInfo info{.name = "programmes",
                   .summary = "exits, applications, waiting lists, entries and money of every programme",
                   .stage = Stage::services,
                   .page = "methods/programmes.md",
                   .reads = {"what expressions of programmes name"},
                   .writes = {"household.programme_cash"},
                   .draws = {"applies", "refused", "leaves", "duration", "order", "elapsed"},
                   .touches_everything = true};
  for (const ServiceMark& mark : marks_)
    for (const auto* kept : {&mark.service->bits, &mark.service->entry, &mark.service->exit})
      if (kept->is_there) info.writes.push_back("person." + kept->name);
  return info;
}

void Programmes::resolve(World& world, const StepContext& now, MonthWork& work) const {
  for (const auto& capacity : capacities_) capacity->open_month(world.providers, now.month);
  const auto& values = (*parameters_)[static_cast<std::size_t>(now.step)];
  expect(world.programmes.size() == programmes_.size(), "the world remembers each programme");
  std::vector<Turn> turns;
  turns.reserve(programmes_.size());
  for (std::size_t i = 0; i < programmes_.size(); ++i)
    turns.push_back(
        Turn{programmes_[i], i, world.programmes[i], world, now, work, WorldColumns(world, now.month, values)});
  // All who stay take their places first: programmes that share a kind of provider must not fill each other's places.
  for (Turn& turn : turns) turn.exits();
  // Those of one provider before those of its kind, who may have places elsewhere.
  std::vector<const Turn*> served;
  for (const Turn& turn : turns)
    if (turn.p.capacity) served.push_back(&turn);
  std::ranges::stable_sort(served, {}, [](const Turn* turn) { return turn->p.capacity->group().size(); });
  for (const Turn* turn : served) turn->keep_places();
  if (now.step == 0)
    for (Turn& turn : turns)
      if (turn.p.initial > 0) turn.begin_with_clients();
  std::vector<Eligible> eligible;
  screen(world, now, work, WorldColumns(world, now.month, values), eligible);
  work.marks.assign(std::max(world.persons.size(), world.households.size()), 0);
  for (Turn& turn : turns) {
    try {
      turn.run(eligible);
    } catch (const MoneyOverflow&) {
      turn.fail("", "programme " + quoted(turn.p.key) + " spends more than can be held",
                "at most " + to_string(largest_money, turn.p.currency) + " in all", "", "");
    }
  }
  for (const ServiceMark& mark : marks_) MarkWriter(mark, programmes_, world).write();
}

}  // namespace oikos
