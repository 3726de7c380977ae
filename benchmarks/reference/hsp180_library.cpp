#include "benchmarks/reference/hsp180_library.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <ctime>
#include <memory>

#include "sim/base/vectorised.hpp"
#include "sim/rng/decide.hpp"
#include "sim/rng/stream.hpp"
#include "sim/store/flags.hpp"
#include "sim/store/table.hpp"

namespace oikos::hsp180 {

namespace {

struct Persons : Table {
  Persons() : Table("person") {}
  Column<std::uint64_t> identity{*this, {"identity", "name", "who this is"}};
  Column<std::uint16_t> age{*this, {"age", "month", "age"}};
  Column<std::uint8_t> sex{*this, {"sex", "name", "sex"}};
  Column<std::uint8_t> work{*this, {"work", "name", "work state"}};
  Column<std::uint8_t> need{*this, {"need", "name", "need state"}};
  Column<std::uint8_t> waits_since{*this, {"waits_since", "month", "month of onset"}};
  Column<std::uint8_t> on_benefit{*this, {"on_benefit", "1", "whether the household was paid last month"}};
  Column<std::int32_t> wage{*this, {"wage", "minor/month", "wage when at work"}};
};

struct Households : Table {
  Households() : Table("household") {}
  Column<std::uint32_t> first{*this, {"first", "row", "first member"}};
  Column<std::uint8_t> members{*this, {"members", "1", "number of members"}};
};

struct City {
  Persons persons;
  Households households;
};

/// A provider's households and persons: the unit of work.
struct Chunk {
  std::uint32_t first_person, persons, first_household, households;
};

struct Scratch {
  explicit Scratch(std::uint32_t n)
      : draws(4 * std::size_t{n}),
        index(n),
        flags(n),
        changed(n),
        list(n),
        income(n),
        running(n + 1),
        amounts(n),
        paid(n + 8) {}
  std::vector<std::uint32_t> draws;
  std::array<std::span<const std::uint32_t>, 4> lanes;
  std::vector<std::uint8_t> index, flags, changed;
  std::vector<std::uint32_t> list;
  std::vector<std::int32_t> income, running, amounts, paid;
};

struct Now {
  int month;
};

class Rule {
 public:
  Rule() = default;
  Rule(const Rule&) = delete;
  Rule& operator=(const Rule&) = delete;
  virtual ~Rule() = default;
  virtual void sweep(City& city, const Chunk& chunk, Now now, Scratch& s, Row& row) const = 0;
};

/// Fills a table of limits by age.
template <class Chance>
std::vector<rng::Limit> by_age(Chance chance) {
  std::vector<rng::Limit> limits;
  for (int age = 0; age <= certain_death; ++age) limits.push_back(rng::limit(chance(age)));
  return limits;
}

constexpr auto none = static_cast<std::uint8_t>(Work::none), employed = static_cast<std::uint8_t>(Work::employed),
               unemployed = static_cast<std::uint8_t>(Work::unemployed),
               out_of_work = static_cast<std::uint8_t>(Work::out);
constexpr auto no_need = static_cast<std::uint8_t>(Need::none), waiting = static_cast<std::uint8_t>(Need::waiting),
               served = static_cast<std::uint8_t>(Need::served);

/// Age; death, and the newborn in the same household.
class Ageing final : public Rule {
 public:
  void sweep(City& city, const Chunk& c, Now, Scratch& s, Row& row) const override {
    Persons& p = city.persons;
    std::uint16_t* const age = p.age.data() + c.first_person;
    vectorised([age, n = c.persons] {
      for (std::uint32_t i = 0; i < n; ++i) ++age[i];
    });
    rng::decide(s.lanes[0], age, death_, s.flags.data());
    const std::uint32_t dead = positions_of(s.flags, s.list.data());
    for (std::uint32_t k = 0; k < dead; ++k) {
      const std::uint32_t person = c.first_person + s.list[k];
      p.age[person] = 0;
      p.sex[person] = static_cast<std::uint8_t>(s.lanes[1][s.list[k]] >> 31);
      p.work[person] = none;
      p.need[person] = no_need;
      p.wage[person] = 0;
    }
    row.deaths += dead;
  }

 private:
  std::vector<rng::Limit> death_ = by_age(death_probability);
};

/// Finding, losing and leaving work. Chances stand by state, sex and benefit; few change, and those are taken one by
/// one.
class Labour final : public Rule {
 public:
  Labour() {
    for (std::size_t k = 0; k < 16; ++k) {
      const std::size_t sex = k >> 2 & 1;
      const bool on_benefit = (k >> 3) != 0;
      double first = 0, second = 0;
      switch (static_cast<Work>(k & 3)) {
        case Work::none: break;
        case Work::employed: first = job_loss, second = job_leaving[sex]; break;
        case Work::unemployed: first = job_finding * (on_benefit ? finding_on_benefit : 1.0), second = giving_up; break;
        case Work::out: first = entering_work[sex], second = entering_search; break;
      }
      first_[k] = rng::limit(first);
      any_[k] = rng::limit(first + second);
    }
  }

  void sweep(City& city, const Chunk& c, Now, Scratch& s, Row& row) const override {
    Persons& p = city.persons;
    std::uint8_t* const work = p.work.data() + c.first_person;
    const std::uint16_t* const age = p.age.data() + c.first_person;
    vectorised([n = c.persons, index = s.index.data(), work, sex = p.sex.data() + c.first_person,
                on_benefit = p.on_benefit.data() + c.first_person] {
      OIKOS_NO_OVERLAP
      for (std::uint32_t i = 0; i < n; ++i)
        index[i] = static_cast<std::uint8_t>(work[i] | sex[i] << 2 | on_benefit[i] << 3);
    });
    rng::decide(s.lanes[1], s.index.data(), any_, s.changed.data());
    vectorised([n = c.persons, changed = s.changed.data(), age] {
      OIKOS_NO_OVERLAP
      for (std::uint32_t i = 0; i < n; ++i)
        changed[i] = static_cast<std::uint8_t>(changed[i] | (age[i] == working_from) | (age[i] == working_until));
    });
    const std::uint32_t changes = positions_of(s.changed, s.list.data());
    for (std::uint32_t k = 0; k < changes; ++k) {
      const std::uint32_t i = s.list[k];
      const bool first = static_cast<rng::Limit>(s.lanes[1][i] >> 1) <= first_[s.index[i]];
      work[i] = after(work[i], age[i], first);
      if (work[i] == employed && p.wage[c.first_person + i] == 0)
        p.wage[c.first_person + i] = drawn_wage(s.lanes[2][i]);
    }
    const std::span<const std::uint8_t> all(work, c.persons);
    row.employed += count_of(all, employed), row.unemployed += count_of(all, unemployed),
        row.out += count_of(all, out_of_work);
  }

 private:
  static std::uint8_t after(std::uint8_t work, int age, bool first) {
    if (age >= working_until) return none;
    if (age == working_from) return unemployed;
    if (work == employed) return first ? unemployed : out_of_work;
    if (work == unemployed) return first ? employed : out_of_work;
    return first ? employed : unemployed;
  }
  static std::int32_t drawn_wage(std::uint32_t draw) {
    const double v = static_cast<double>(draw >> 8) * 0x1p-24;
    return static_cast<std::int32_t>(100 * (wage_least + wage_range * v * v) + 0.5);
  }
  std::array<rng::Limit, 16> first_{}, any_{};
};

/// Wages grow for those who stay employed; incomes follow.
class Income final : public Rule {
 public:
  void sweep(City& city, const Chunk& c, Now, Scratch& s, Row&) const override {
    Persons& p = city.persons;
    vectorised([n = c.persons, work = p.work.data() + c.first_person, age = p.age.data() + c.first_person,
                changed = s.changed.data(), wage = p.wage.data() + c.first_person, draw = s.lanes[2].data(),
                income = s.income.data()] {
      OIKOS_NO_OVERLAP
      for (std::uint32_t i = 0; i < n; ++i) {
        const std::int32_t state = work[i], since_birth = age[i], moved = changed[i], before = wage[i];
        const float r = static_cast<float>(static_cast<std::int32_t>(draw[i] >> 8)) * 0x1p-24f;
        const float old = static_cast<float>(before);
        const float step = old * (static_cast<float>(wage_step) * (r - static_cast<float>(wage_step_centre)));
        const auto grown = static_cast<std::int32_t>(old + step + 0.5f);
        const std::int32_t pay = choose((state == employed) & (moved == 0), grown, before);
        const auto replaced =
            static_cast<std::int32_t>(static_cast<float>(replacement) * static_cast<float>(pay) + 0.5f);
        const std::int32_t other = choose(since_birth >= working_until, static_cast<std::int32_t>(100 * pension), 0);
        wage[i] = pay;
        income[i] = choose(state == employed, pay, choose(state == unemployed, replaced, other));
      }
    });
  }
};

/// Onset of need, and its end. Chances by age for those without, by state for the others.
class NeedRule final : public Rule {
 public:
  void sweep(City& city, const Chunk& c, Now now, Scratch& s, Row&) const override {
    Persons& p = city.persons;
    std::uint8_t* const need = p.need.data() + c.first_person;
    rng::decide(s.lanes[3], p.age.data() + c.first_person, onset_, s.flags.data());
    rng::decide(s.lanes[3], need, ends_, s.index.data());
    vectorised(
        [n = c.persons, need, flags = s.flags.data(), ends = s.index.data(), age = p.age.data() + c.first_person] {
          OIKOS_NO_OVERLAP
          for (std::uint32_t i = 0; i < n; ++i) {
            const auto onset = static_cast<std::uint8_t>(flags[i] & (age[i] != 0));
            flags[i] = choose(need[i] == no_need, onset, ends[i]);
          }
        });
    const std::uint32_t changes = positions_of(s.flags, s.list.data());
    for (std::uint32_t k = 0; k < changes; ++k) {
      const std::uint32_t i = s.list[k];
      need[i] = need[i] == no_need ? waiting : no_need;
      p.waits_since[c.first_person + i] = static_cast<std::uint8_t>(now.month);
    }
  }

 private:
  std::vector<rng::Limit> onset_ = by_age([](int age) {
    const double part = age / 12.0 / onset_years;
    return onset_base + onset_slope * part * part * part;
  });
  std::array<rng::Limit, 3> ends_{rng::limit(0), rng::limit(unserved_resolves), rng::limit(served_resolves)};
};

/// Benefit by income per head: sums over members are differences of a running sum.
class Support final : public Rule {
 public:
  void sweep(City& city, const Chunk& c, Now, Scratch& s, Row& row) const override {
    const std::uint32_t* const first = city.households.first.data() + c.first_household;
    const std::uint8_t* const members = city.households.members.data() + c.first_household;
    std::int32_t* const running = s.running.data();
    std::uint32_t sum = 0;  // differences are right although the sum may wrap
    for (std::uint32_t i = 0; i < c.persons; ++i)
      running[i] = static_cast<std::int32_t>(sum), sum += static_cast<std::uint32_t>(s.income[i]);
    running[c.persons] = static_cast<std::int32_t>(sum);
    std::int64_t income = 0;
    std::uint32_t before = 0;
    std::int32_t* const amounts = s.amounts.data();
    for (std::uint32_t h = 0; h < c.households; ++h) {
      const auto now = static_cast<std::uint32_t>(running[first[h] - c.first_person + members[h]]);
      amounts[h] = static_cast<std::int32_t>(now - before);
      before = now;
      income += amounts[h];
    }
    vectorised([n = c.households, amounts, members] {
      OIKOS_NO_OVERLAP
      for (std::uint32_t h = 0; h < n; ++h) {
        const float head = static_cast<float>(amounts[h]) / static_cast<float>(members[h]);
        const float gap = static_cast<float>(benefit_part) * (static_cast<float>(100 * benefit_line) - head);
        const auto whole = static_cast<std::int32_t>(gap + 0.5f);
        amounts[h] = std::max(std::min(whole, static_cast<std::int32_t>(100 * benefit_most)), 0);
      }
    });
    spread(c, first, amounts, s.paid.data());
    std::uint32_t spent = 0, on_benefit = 0;
    vectorised([n = c.persons, paid = s.paid.data(), age = city.persons.age.data() + c.first_person,
                flag = city.persons.on_benefit.data() + c.first_person, &spent, &on_benefit] {
      std::uint32_t money = 0, persons = 0;
      OIKOS_NO_OVERLAP
      for (std::uint32_t i = 0; i < n; ++i) {
        const std::int32_t mine = choose(age[i] >= working_from, paid[i], 0);
        flag[i] = mine > 0 ? 1 : 0;
        money += static_cast<std::uint32_t>(mine);
        persons += mine > 0 ? 1u : 0u;
      }
      spent = money, on_benefit = persons;
    });
    row.income += income, row.spent += spent, row.on_benefit += on_benefit;
  }

 private:
  /// What a household gets, beside each of its members; eight are written at once and the next household corrects.
  static void spread(const Chunk& c, const std::uint32_t* first, const std::int32_t* amounts, std::int32_t* paid) {
    static_assert(household_size_shares.size() <= 8);
    vectorised([=] {
      for (std::uint32_t h = 0; h < c.households; ++h) {
        std::int32_t* const to = paid + (first[h] - c.first_person);
        for (int k = 0; k < 8; ++k) to[k] = amounts[h];
      }
    });
  }
};

/// Serves the longest waits first, by counting; ties by order.
class Service final : public Rule {
 public:
  void sweep(City& city, const Chunk& c, Now now, Scratch& s, Row& row) const override {
    std::uint8_t* const need = city.persons.need.data() + c.first_person;
    const std::uint8_t* const since = city.persons.waits_since.data() + c.first_person;
    const std::span<const std::uint8_t> needs(need, c.persons);
    vectorised([n = c.persons, need, flags = s.flags.data()] {
      OIKOS_NO_OVERLAP
      for (std::uint32_t i = 0; i < n; ++i) flags[i] = need[i] == waiting ? 1 : 0;
    });
    const std::uint32_t length = positions_of(s.flags, s.list.data());
    const std::uint32_t in_service = count_of(needs, served);
    std::array<std::uint32_t, months + 1> began{};  // by month of onset
    for (std::uint32_t k = 0; k < length; ++k) ++began[since[s.list[k]]];
    std::uint32_t left = places - in_service, until = 0;  // all with onset before `until` are served
    while (until < months && began[until] <= left) left -= began[until++];
    std::uint32_t entered = 0;
    for (std::uint32_t k = 0; k < length; ++k) {
      const std::uint32_t i = s.list[k];
      const bool tie = since[i] == until && left > 0;
      if (tie) --left;
      if (tie || since[i] < until) need[i] = served, ++entered;
      else row.waits += now.month - since[i];
    }
    row.in_need += in_service + length, row.waiting += length - entered, row.served += in_service + entered;
  }
};

std::vector<Chunk> fill(City& city, const Start& start) {
  const auto n = static_cast<std::uint32_t>(start.age.size());
  Persons& p = city.persons;
  p.append(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    p.identity[i] = i;
    p.age[i] = start.age[i];
    p.sex[i] = start.sex[i];
    p.work[i] = static_cast<std::uint8_t>(start.work[i]);
    p.wage[i] = static_cast<std::int32_t>(start.wage[i] * 100.0f + 0.5f);
  }
  std::vector<Chunk> chunks;
  city.households.append(static_cast<std::uint32_t>(start.household_sizes.size()));
  std::uint32_t placed = 0;
  for (std::uint32_t h = 0; h < city.households.size(); ++h) {
    if (placed % persons_per_provider == 0) chunks.push_back({placed, persons_per_provider, h, 0});
    city.households.first[h] = placed;
    city.households.members[h] = start.household_sizes[h];
    ++chunks.back().households;
    placed += start.household_sizes[h];
  }
  return chunks;
}

}  // namespace

Outcome run_library(const Start& start, std::uint64_t seed, int months_to_run, const Executor& executor) {
  City city;
  const std::vector<Chunk> chunks = fill(city, start);
  std::vector<std::unique_ptr<const Rule>> rules;
  rules.push_back(std::make_unique<Ageing>());
  rules.push_back(std::make_unique<Labour>());
  rules.push_back(std::make_unique<Income>());
  rules.push_back(std::make_unique<NeedRule>());
  rules.push_back(std::make_unique<Support>());
  rules.push_back(std::make_unique<Service>());
  const rng::Stream luck(seed, 0);
  std::vector<Scratch> scratch(static_cast<std::size_t>(executor.threads()), Scratch(persons_per_provider));
  std::vector<Row> of_chunk(chunks.size());
  Outcome outcome;
  const auto began = std::chrono::steady_clock::now();
  const std::clock_t cpu = std::clock();
  for (int month = 0; month < months_to_run; ++month) {
    executor.for_each(chunks.size(), [&](std::size_t c, std::size_t worker) {
      Scratch& s = scratch[worker];
      const Chunk& chunk = chunks[c];
      std::uint32_t* const base = s.draws.data();
      const std::uint32_t n = chunk.persons;
      luck.blocks(rng::Purpose::labour, {city.persons.identity.data() + chunk.first_person, n}, Month{2000, 1} + month,
                  0, {base, base + n, base + 2 * n, base + 3 * n});
      for (std::size_t k = 0; k < 4; ++k) s.lanes[k] = {base + k * n, n};
      of_chunk[c] = Row{};
      for (const auto& rule : rules) rule->sweep(city, chunk, {month}, s, of_chunk[c]);
    });
    Row row;
    for (const Row& r : of_chunk) row += r;
    outcome.rows.push_back(row);
  }
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  outcome.cpu_seconds = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  outcome.digest = fnv(fnv_start, outcome.rows.data(), outcome.rows.size() * sizeof(Row));
  for (const Table* table : {static_cast<const Table*>(&city.persons), static_cast<const Table*>(&city.households)}) {
    outcome.bytes += table->bytes_held();
    for (const ColumnBase* column : table->columns())
      outcome.digest = fnv(outcome.digest, column->bytes().data(), column->bytes().size());
  }
  return outcome;
}

}  // namespace oikos::hsp180
