#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <type_traits>
#include <vector>

#include "sim/process/hazard.hpp"
#include "sim/process/process.hpp"

/// Steps that can touch only what they declare: the declaration is the list of template arguments, so that what is not
/// in it does not compile.
///
///   class Mortality final : public SweepStep<Reads<person::birth_month, person::sex>, Draws<lane::death>,
///                                        Reports<event::death>, Asks<target::death>, Decides> { ... };
namespace oikos {

// What a step declares. Arguments are declarations of modules.
template <const auto&... columns>
struct Reads {};
template <const auto&... columns>
struct Writes {};
template <const auto&... lanes>
struct Draws {};
template <const auto&... events>
struct Reports {};  ///< events that a sweep tells
template <const auto&... events>
struct Heeds {};  ///< events that a barrier acts on
template <const auto&... counts>
struct Tallies {};
template <const auto&... targets>
struct Asks {};  ///< targets whose factors it applies
template <const auto&... flows>
struct Pays {};  ///< flows of money that it books
/// Takes part in deciding what becomes of each person this month (Fate).
struct Decides {};
/// Reads the month's flows of money.
struct ReadsLedger {};
/// Takes persons out of their households or brings new ones (MembershipDesk).
struct Moves {};

namespace detail {

/// A declaration as a type. Two are the same thing if their types are: compilers differ on whether addresses of inline
/// variables may be compared in a constant expression (GCC refuses under its undefined-behaviour sanitizer).
template <const auto& spec>
struct Identity {};

template <const auto& wanted, class Part>
constexpr bool holds = false;
template <const auto& wanted, template <const auto&...> class Part, const auto&... specs>
constexpr bool holds<wanted, Part<specs...>> = (std::is_same_v<Identity<wanted>, Identity<specs>> || ...);

/// Whether parts declare a thing in one way.
template <template <const auto&...> class Way, const auto& wanted, class... Parts>
constexpr bool declares() {
  const auto in = []<class Part>(std::type_identity<Part>) {
    if constexpr (requires {
                    []<const auto&... specs>(std::type_identity<Way<specs...>>){}(std::type_identity<Part>{});
                  })
      return holds<wanted, Part>;
    else return false;
  };
  return (in(std::type_identity<Parts>{}) || ...);
}

template <class Tag, class... Parts>
constexpr bool has_tag = (std::is_same_v<Tag, Parts> || ...);

template <template <const auto&...> class Way, class Part>
constexpr bool is_part = false;
template <template <const auto&...> class Way, const auto&... specs>
constexpr bool is_part<Way, Way<specs...>> = true;

template <class Spec, class Part>
constexpr bool has_column = false;
template <class Spec, const auto&... specs>
constexpr bool has_column<Spec, Reads<specs...>> = (std::is_same_v<Spec, std::remove_cvref_t<decltype(specs)>> || ...);
template <class Spec, const auto&... specs>
constexpr bool has_column<Spec, Writes<specs...>> = (std::is_same_v<Spec, std::remove_cvref_t<decltype(specs)>> || ...);

template <class Part>
constexpr std::size_t columns_in = 0;
template <const auto&... specs>
constexpr std::size_t columns_in<Reads<specs...>> = sizeof...(specs);
template <const auto&... specs>
constexpr std::size_t columns_in<Writes<specs...>> = sizeof...(specs);

/// Moves a place on to that of a column in a part, or behind the part. Whether it is there.
template <class Spec, class Part>
constexpr bool place_in(std::size_t& place) {
  if constexpr (columns_in<Part> == 0) {
    return false;
  } else {
    return []<template <const auto&...> class Way, const auto&... specs>(std::type_identity<Way<specs...>>,
                                                                         std::size_t & at) {
      return ((std::is_same_v<Spec, std::remove_cvref_t<decltype(specs)>> || (++at, false)) || ...);
    }
    (std::type_identity<Part>{}, place);
  }
}

template <class Spec, class Part>
constexpr bool writes_column = false;
template <class Spec, const auto&... specs>
constexpr bool writes_column<Spec, Writes<specs...>> = has_column<Spec, Writes<specs...>>;

/// Adds what a part says to the text and the footprint of a step.
template <const auto&... specs>
void tell(Reads<specs...>, ProcessInfo& info) {
  (info.touch(info.reads, specs, false), ...);
}
template <const auto&... specs>
void tell(Writes<specs...>, ProcessInfo& info) {
  (info.touch(info.writes, specs, true), ...);
}
template <const auto&... specs>
void tell(Draws<specs...>, ProcessInfo& info) {
  (info.draws.emplace_back(specs.name), ...);
}
template <const auto&... specs>
void tell(Reports<specs...>, ProcessInfo& info) {
  (info.touch(info.reports, specs, true), ...);
}
template <const auto&... specs>
void tell(Heeds<specs...>, ProcessInfo& info) {
  (info.touch(info.heeds, specs, false), ...);
}
template <const auto&... specs>
void tell(Tallies<specs...>, ProcessInfo& info) {
  (info.counts.emplace_back(specs.name), ...);
}
template <const auto&... specs>
void tell(Asks<specs...>, ProcessInfo& info) {
  (info.targets.emplace_back(specs.name), ...);
}
template <const auto&... specs>
void tell(Pays<specs...>, ProcessInfo& info) {
  (info.flows.push_back(std::string(specs.payer) + " > " + std::string(specs.payee) + ": " + std::string(specs.reason)),
   ...);
}
inline constexpr char fates_of_persons = 0, moves_of_persons = 0;
inline void tell(Decides, ProcessInfo& info) {
  info.decides = true;
  info.touched.push_back({&fates_of_persons, "fates of persons", true});
}
inline void tell(Moves, ProcessInfo& info) {
  info.moves = true;
  info.touched.push_back({&moves_of_persons, "moves of persons", true});
}
inline void tell(ReadsLedger, ProcessInfo&) {}

}  // namespace detail

/// The columns that a step has declared, found once.
template <class... Parts>
class DeclaredColumns {
 public:
  explicit DeclaredColumns(World& world) : world_(world) {
    std::size_t place = 0;
    (find(Parts{}, place), ...);
  }

  /// A column, to be changed where the step writes it.
  template <class T, class Tag, TableId id>
  auto& operator[](const TypedColumn<T, Tag, id>&) const {
    using Spec = TypedColumn<T, Tag, id>;
    static_assert((detail::has_column<Spec, Parts> || ...), "a step touches columns that it declares");
    Column<T>& column = static_cast<Column<T>&>(*found_[place_of<Spec>()]);
    if constexpr ((detail::writes_column<Spec, Parts> || ...)) return column;
    else return static_cast<const Column<T>&>(column);
  }
  std::uint32_t persons() const { return world_.persons.size(); }
  std::uint32_t households() const { return world_.households.size(); }

 protected:
  World& world_;

 private:
  static constexpr std::size_t count = (detail::columns_in<Parts> + ... + 0);
  /// Where a column stands among those declared, in the order of the parts.
  template <class Spec>
  static constexpr std::size_t place_of() {
    std::size_t place = 0;
    bool found = false;
    ((found = found || detail::place_in<Spec, Parts>(place)), ...);
    return place;
  }
  template <class Part>
  void find(Part, std::size_t&) {}
  template <const auto&... specs>
  void find(Reads<specs...>, std::size_t& place) {
    ((found_[place++] = &column(specs)), ...);
  }
  template <const auto&... specs>
  void find(Writes<specs...>, std::size_t& place) {
    ((found_[place++] = &column(specs)), ...);
  }
  ColumnBase& column(const ColumnSpec& spec) const {
    return spec.table == TableId::person ? world_.persons.column(spec) : world_.households.column(spec);
  }

  std::array<ColumnBase*, count + 1> found_{};  ///< one more, as there may be none
};

/// What a sweep is given of one chunk.
template <class... Parts>
class SweepView : public DeclaredColumns<Parts...> {
 public:
  SweepView(World& world, const Chunk& of, const StepContext& when, Scratch& scratch, Outbox& out)
      : DeclaredColumns<Parts...>(world),
        chunk(of),
        now(when),
        room(scratch),
        context_(when),
        scratch_(scratch),
        out_(out) {}

  const Chunk& chunk;
  const When& now;
  Room& room;

  /// Draws of the chunk's persons for a decision. Shape (chunk.persons).
  template <const auto& lane>
  const std::uint32_t* draws() const {
    static_assert(detail::declares<Draws, lane, Parts...>(), "a step draws in lanes that it declares");
    return scratch_.draws(lane);
  }
  /// One person's or household's draw of this month for a decision.
  template <const auto& lane>
  std::uint32_t draw(std::uint64_t who) const {
    static_assert(detail::declares<Draws, lane, Parts...>(), "a step draws in lanes that it declares");
    return context_.draw(lane, who);
  }
  /// The same for a lasting trait.
  template <const auto& lane>
  std::uint32_t lasting_draw(std::uint64_t who) const {
    static_assert(detail::declares<Draws, lane, Parts...>(), "a step draws in lanes that it declares");
    return context_.lasting_draw(lane, who);
  }
  /// Where rows are told to whom an event happens, ascending.
  template <const auto& event>
  std::vector<Row>& report() const {
    static_assert(detail::declares<Reports, event, Parts...>(), "a step reports events that it declares");
    return out_.of(event);
  }
  template <const auto& what>
  void count(std::int64_t n = 1) const {
    static_assert(detail::declares<Tallies, what, Parts...>(), "a step counts what it declares");
    out_.count(what, n);
  }
  /// What effects make of a hazard, of the person at a position.
  template <const auto& what>
  HazardChange change(std::uint32_t position) const {
    static_assert(detail::declares<Asks, what, Parts...>(), "a step asks for targets that it declares");
    return scratch_.change(what, position);
  }
  /// What effects make of it for all who are not `changed`.
  template <const auto& what>
  HazardChange common() const {
    static_assert(detail::declares<Asks, what, Parts...>(), "a step asks for targets that it declares");
    return scratch_.common(what);
  }
  /// Whether effects change something of everybody's.
  bool has_common() const {
    static_assert((detail::is_part<Asks, Parts> || ...), "a step asks for targets that it declares");
    return scratch_.has_common();
  }
  /// Positions of those whose hazards effects change otherwise than everybody's, ascending.
  std::span<const std::uint32_t> changed() const {
    static_assert((detail::is_part<Asks, Parts> || ...), "a step asks for targets that it declares");
    return scratch_.changed();
  }
  /// Sets the room's flag of each person whom a hazard hits: whose draw lies within the limit of their kind, as
  /// effects on the target change it. @param draws, kinds shape (chunk.persons)
  /// @param changeable the one kind whose hazard effects change; nothing: all
  template <const auto& what>
  void flag(const std::uint32_t* draws, const std::uint8_t* kinds, const KindLimits& limits,
            std::optional<std::uint8_t> changeable = std::nullopt) const {
    static_assert(detail::declares<Asks, what, Parts...>(), "a step asks for targets that it declares");
    flag_hits(scratch_.target(what), draws, kinds, limits, scratch_, changeable);
  }
  /// The same; returns the positions of those flagged, ascending.
  template <const auto& what>
  std::span<const std::uint32_t> hits(const std::uint32_t* draws, const std::uint8_t* kinds, const KindLimits& limits,
                                      std::optional<std::uint8_t> changeable = std::nullopt) const {
    flag<what>(draws, kinds, limits, changeable);
    return scratch_.flagged();
  }
  /// The same for a hazard that no effect changes.
  std::span<const std::uint32_t> hits(const std::uint32_t* draws, const std::uint8_t* kinds,
                                      const KindLimits& limits) const {
    flag_hits(draws, kinds, limits, scratch_);
    return scratch_.flagged();
  }
  /// Age and sex of the chunk's persons this month. Shape (chunk.persons).
  const AgeSex* ages() const {
    need_ages();
    return scratch_.ages();
  }
  /// Positions of those whose month of birth it is, ascending; newborns are among them.
  std::span<const std::uint32_t> birthdays() const {
    need_ages();
    return scratch_.birthdays();
  }
  std::span<Fate> fates() const {
    static_assert(detail::has_tag<Decides, Parts...>, "a step that decides fates declares it");
    return scratch_.fates();
  }
  /// Books an amount, in the chunk's own sum.
  template <const auto& flow>
  void pay(Money amount) const {
    static_assert(detail::declares<Pays, flow, Parts...>(), "a step books flows that it declares");
    out_.pay(flow, amount);
  }

 private:
  static constexpr void need_ages() {
    static_assert((detail::has_column<std::remove_cvref_t<decltype(person::birth_month)>, Parts> || ...) &&
                      (detail::has_column<std::remove_cvref_t<decltype(person::sex)>, Parts> || ...),
                  "a step that asks for ages and sexes reads them");
  }

  const StepContext& context_;
  Scratch& scratch_;
  Outbox& out_;
};

/// What a barrier is given.
template <class... Parts>
class BarrierView : public DeclaredColumns<Parts...> {
 public:
  BarrierView(World& world, const StepContext& when, MonthWork& work)
      : DeclaredColumns<Parts...>(world), now(when), context_(when), work_(work) {}

  const When& now;

  template <const auto& lane>
  std::uint32_t draw(std::uint64_t who) const {
    static_assert(detail::declares<Draws, lane, Parts...>(), "a step draws in lanes that it declares");
    return context_.draw(lane, who);
  }
  /// Blocks of many at once, of which lanes of one purpose are read. Shapes (4) and each (who.size())
  template <const auto& lane, const auto&... more>
  void blocks(std::span<const std::uint64_t> who, const std::array<std::uint32_t*, 4>& lanes) const {
    static_assert(detail::declares<Draws, lane, Parts...>() && (detail::declares<Draws, more, Parts...>() && ...),
                  "a step draws in lanes that it declares");
    static_assert(((more.purpose == lane.purpose) && ...), "lanes of one block have one purpose");
    context_.luck.blocks(lane.purpose, who, now.month, 0, lanes);
  }
  /// To whom an event of this month happens, in the order of rows.
  template <const auto& event>
  const std::vector<Row>& told() const {
    static_assert(detail::declares<Heeds, event, Parts...>(), "a step heeds events that it declares");
    return work_.of(event);
  }
  template <const auto& what>
  void count(std::int64_t n = 1) const {
    static_assert(detail::declares<Tallies, what, Parts...>(), "a step counts what it declares");
    work_.count(what, n);
  }
  MembershipDesk& desk() const {
    static_assert(detail::has_tag<Moves, Parts...>, "a step that moves persons declares it");
    return work_.desk;
  }
  const Ledger& ledger() const {
    static_assert(detail::has_tag<ReadsLedger, Parts...>, "a step that reads the ledger declares it");
    return this->world_.ledger;
  }

 private:
  const StepContext& context_;
  MonthWork& work_;
};

/// A step that touches one person or one household at a time, with what it may touch.
template <class... Parts>
class SweepStep : public SweepProcess {
  static_assert(!(detail::is_part<Heeds, Parts> || ...) && !detail::has_tag<Moves, Parts...> &&
                    !detail::has_tag<ReadsLedger, Parts...>,
                "people meet in barriers");

 public:
  using View = SweepView<Parts...>;
  ProcessInfo info() const final {
    ProcessInfo all = about();
    (detail::tell(Parts{}, all), ...);
    return all;
  }
  void sweep(World& world, const Chunk& chunk, const StepContext& now, Scratch& scratch, Outbox& out) const final {
    run(View(world, chunk, now, scratch, out));
  }

 private:
  /// Name, text and place of the step.
  virtual ProcessInfo about() const = 0;
  virtual void run(const View& view) const = 0;
};

/// A step in which people meet, with what it may touch.
template <class... Parts>
class BarrierStep : public BarrierProcess {
  static_assert(!((detail::is_part<Reports, Parts> || detail::is_part<Asks, Parts> || detail::is_part<Pays, Parts>) ||
                  ...) &&
                    !detail::has_tag<Decides, Parts...>,
                "what is of one person alone is done in sweeps");

 public:
  using View = BarrierView<Parts...>;
  ProcessInfo info() const final {
    ProcessInfo all = about();
    (detail::tell(Parts{}, all), ...);
    return all;
  }
  void resolve(World& world, const StepContext& now, MonthWork& work) const final { run(View(world, now, work)); }

 private:
  virtual ProcessInfo about() const = 0;
  virtual void run(const View& view) const = 0;
};

}  // namespace oikos
