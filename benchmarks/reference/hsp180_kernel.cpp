#include "benchmarks/reference/hsp180_kernel.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <ctime>
#include <memory>

#include "sim/base/contract.hpp"
#include "sim/base/vectorised.hpp"
#include "sim/rng/philox.hpp"
#include "sim/rng/philox_paths.hpp"

#define OIKOS_INLINE [[gnu::always_inline]] inline

namespace oikos::hsp180 {

namespace {

using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;
using i32 = std::int32_t;

constexpr u32 block = persons_per_provider;
constexpr u32 piece = 200;  ///< persons whose draws lie in first-level cache; whole vectors of eight

// The word of a person.
constexpr u32 age_mask = 0x7FF, work_at = 11, sex_at = 13, need_at = 14, wait_at = 16;
constexpr u32 word_of(u32 age, u32 work, u32 sex, u32 need, u32 wait) {
  return age | work << work_at | sex << sex_at | need << need_at | wait << wait_at;
}
// Income in hundredths and, above it, whether adult: sums over a household of at most five need no carry between them.
constexpr u32 adult_at = 28, income_mask = (1u << adult_at) - 1;

constexpr i32 chance31(double p) { return static_cast<i32>(p * 0x1p31); }      // against a draw without its last bit
constexpr float chance24(double p) { return static_cast<float>(p * 0x1p24); }  // against the draw's upper 24 bits

struct Tables {
  std::array<i32, certain_death + 1> death;  ///< dies when draw >> 1 is not above
  Tables() {
    for (int age = 0; age <= certain_death; ++age)
      death[static_cast<std::size_t>(age)] =
          static_cast<i32>(static_cast<std::int64_t>(death_probability(age) * 0x1p31) - 1);
  }
};

struct State {
  std::vector<u32> word;
  std::vector<float> wage;
  std::vector<u32> paid;       ///< whether the household got benefit last month; 8 more a provider, for wide stores
  std::vector<u16> ends;       ///< of households within their provider, with a 0 before each provider's first
  std::vector<u32> first_end;  ///< by provider, and the end
};

/// Memory of one worker.
struct Work1 {
  alignas(64) std::array<std::array<u32, block>, 4> draws;
  alignas(64) std::array<u32, block> value;
  alignas(64) std::array<u32, block + 1> running;
  alignas(64) std::array<u32, block + 1> list;
  std::array<std::uint64_t, piece> who;
};

struct Counts {
  u32 employed = 0, unemployed = 0, out = 0, served = 0, deaths = 0;
};

// Vectors of the compiler's own kind (g++ and clang): arithmetic lane by lane, comparisons give masks, `mask ? a : b`
// chooses.
template <int bytes>
struct Lanes;
#define OIKOS_LANES(bytes)                                    \
  template <>                                                 \
  struct Lanes<bytes> {                                       \
    typedef i32 Int __attribute__((vector_size(bytes)));      \
    typedef u32 Word __attribute__((vector_size(bytes)));     \
    typedef float Float __attribute__((vector_size(bytes)));  \
    typedef u16 Half __attribute__((vector_size(bytes / 2))); \
  };
OIKOS_LANES(16)
OIKOS_LANES(32)
#undef OIKOS_LANES

template <int bytes>
OIKOS_INLINE void persons_month(u32 n, const i32* death, const std::array<u32*, 4>& draws, u32* words, float* wages,
                                const u32* paid, u32* value, Counts& counts) {
  using L = Lanes<bytes>;
  using Int = typename L::Int;
  using Word = typename L::Word;
  using Float = typename L::Float;
  constexpr u32 width = bytes / 4;
  const auto every = [](i32 x) { return Int{} + x; };
  const auto words_at = [](const u32* p) {
    Word w;
    std::memcpy(&w, p, sizeof w);
    return w;
  };
  Int employed{}, unemployed{}, out{}, served{}, deaths{};
  for (u32 i = 0; i < n; i += width) {
    // 1 age and death
    const Word word = words_at(words + i);
    const Int older = Int(word & age_mask) + 1;
    Int limit;
    for (u32 k = 0; k < width; ++k) limit[k] = death[older[k]];
    const Word draw1 = words_at(draws[1] + i);
    const Int dies = Int(words_at(draws[0] + i) >> 1) <= limit;
    const Int age = older & ~dies;
    const Int sex = dies ? Int(draw1 >> 31) : Int(word >> sex_at & 1);
    const Int woman = sex != 0;

    // 2 work
    const Int before = Int(word >> work_at & 3);
    const Int was_employed = before == 1, was_out = before == 3;
    const Int luck = Int(draw1 >> 1);
    const Int on_benefit = words_at(paid + i) != 0;
    Int first = on_benefit ? every(chance31(job_finding * finding_on_benefit)) : every(chance31(job_finding));
    Int second = was_out ? every(chance31(entering_search)) : every(chance31(giving_up));
    first = was_employed ? every(chance31(job_loss)) : first;
    second = was_employed ? (woman ? every(chance31(job_leaving[1])) : every(chance31(job_leaving[0]))) : second;
    first = was_out ? (woman ? every(chance31(entering_work[1])) : every(chance31(entering_work[0]))) : first;
    Int work = luck < first + second ? (was_out ? every(2) : every(3)) : before;
    work = luck < first ? (was_employed ? every(2) : every(1)) : work;
    work = age == working_from ? every(2) : work;
    const Int of_working_age = (age >= working_from) & (age < working_until);
    work &= of_working_age;
    const Int works = work == 1, seeks = work == 2;

    // 3 income
    const Float r = __builtin_convertvector(Int(words_at(draws[2] + i) >> 8), Float) * 0x1p-24f;
    Float old_wage;
    std::memcpy(&old_wage, wages + i, sizeof old_wage);
    const Float grown = old_wage * (1.0f + static_cast<float>(wage_step) * (r - static_cast<float>(wage_step_centre)));
    const Float drawn = static_cast<float>(wage_least) + static_cast<float>(wage_range) * (r * r);
    Float pay = (was_employed & works) ? grown : old_wage;
    pay = (works & (old_wage == 0.0f)) ? drawn : pay;
    pay = Float(Int(pay) & ~dies);
    const Float retired = Float(Int(Float{} + static_cast<float>(pension)) & (age >= working_until));
    const Float replaced = static_cast<float>(replacement) * pay;
    const Float income = works ? pay : seeks ? replaced : retired;
    const Int hundredths = __builtin_convertvector(income * 100.0f + 0.5f, Int);
    std::memcpy(wages + i, &pay, sizeof pay);
    const Word said = Word(hundredths | ((age >= working_from) & (1 << adult_at)));
    std::memcpy(value + i, &said, sizeof said);

    // 4 need
    const Int need = Int(word >> need_at & 3);
    const Int had_none = need == 0, waited = need == 1;
    const Float years = __builtin_convertvector(age, Float) * static_cast<float>(1.0 / 12 / onset_years);
    const Float onset = chance24(onset_base) + chance24(onset_slope) * (years * years * years);
    const Float ends = waited ? Float{} + chance24(unserved_resolves) : Float{} + chance24(served_resolves);
    const Float chance = had_none ? onset : ends;
    const Int hit = __builtin_convertvector(Int(words_at(draws[3] + i) >> 8), Float) < chance;
    const Int next = (hit ? (had_none & 1) : need) & ~dies;
    const Int longer = Int(word >> wait_at) + 1;
    const Int wait = (longer > 255 ? every(255) : longer) & waited & (next == 1);

    const Word now = Word(age | work << work_at | sex << sex_at | next << need_at | wait << wait_at);
    std::memcpy(words + i, &now, sizeof now);
    employed -= works;
    unemployed -= seeks;
    out -= work == 3;
    served -= next == 2;
    deaths -= dies;
  }
  for (u32 k = 0; k < width; ++k) {
    counts.employed += static_cast<u32>(employed[k]), counts.unemployed += static_cast<u32>(unemployed[k]);
    counts.out += static_cast<u32>(out[k]), counts.served += static_cast<u32>(served[k]);
    counts.deaths += static_cast<u32>(deaths[k]);
  }
}

/// Benefits of a provider's households: sums are differences of a running sum; amounts side by side; then one wide
/// store a household says of eight persons whether they were paid, and the next household overwrites what is too much.
/// @param ends the first 0, and eight of no persons at the end
template <int bytes>
OIKOS_INLINE void households_month(u32 persons, u32 households, const u16* __restrict ends, Work1& m,
                                   u32* __restrict paid, Row& row) {
  u32* __restrict running = m.running.data();
  const u32* __restrict value = m.value.data();
  u32 sum = 0;
  for (u32 i = 0; i < persons; ++i) {
    running[i] = sum;
    sum += value[i];
  }
  running[persons] = sum;
  using L = Lanes<bytes>;
  using Int = typename L::Int;
  using Float = typename L::Float;
  using Half = typename L::Half;
  constexpr u32 width = bytes / 4;
  Int income_low{}, income_high{}, spent{}, on_benefit{};  // each below 2^31 for the persons of one provider
  u32 before = 0;
  for (u32 h = 0; h < households; h += width) {
    Int sums;
    for (u32 k = 0; k < width; ++k) {
      const u32 now = running[ends[h + k + 1]];
      sums[k] = static_cast<i32>(now - before);
      before = now;
    }
    Half from, to;
    std::memcpy(&from, ends + h, sizeof from);
    std::memcpy(&to, ends + h + 1, sizeof to);
    const Int sizes = __builtin_convertvector(to, Int) - __builtin_convertvector(from, Int);
    const Int total = sums & static_cast<i32>(income_mask);
    const Int adults = sums >> adult_at;
    const Float head =
        __builtin_convertvector(total, Float) / __builtin_convertvector(sizes > 0 ? sizes : Int{} + 1, Float);
    Float amount = static_cast<float>(benefit_part) * (static_cast<float>(100 * benefit_line) - head);
    amount =
        amount < static_cast<float>(100 * benefit_most) ? amount : Float{} + static_cast<float>(100 * benefit_most);
    amount = amount > 0.0f ? amount : Float{};
    const Int hundredths = __builtin_convertvector(amount + 0.5f, Int);
    const Int gets = hundredths > 0;
    income_low += total & 0xFFFF;
    income_high += total >> 16;
    spent += adults * hundredths;
    on_benefit += adults & gets;
    for (u32 k = 0; k < width; ++k) {
      const Int same = Int{} + gets[k];
      for (u32 at = 0; at < 8; at += width) std::memcpy(paid + ends[h + k] + at, &same, sizeof same);
    }
  }
  for (u32 k = 0; k < width; ++k) {
    row.income += income_low[k] + std::int64_t{income_high[k]} * 0x10000;
    row.spent += spent[k];
    row.on_benefit += on_benefit[k];
  }
}

/// Serves the longest waits first, ties by order: waits are small numbers, so a histogram says from which on all are
/// served, and how many of those that waited just as long as the last.
OIKOS_INLINE void provider_month(u32 persons, u32 served, u32* __restrict word, Work1& m, Row& row) {
  u32* __restrict list = m.list.data();
  u32 waiting = 0;
  for (u32 i = 0; i < persons; ++i) {
    list[waiting] = i;
    waiting += word[i] >> need_at & 1;
  }
  const u32 free = places - served;
  std::array<u32, 257> of_wait{};
  std::int64_t waits = 0;
  for (u32 k = 0; k < waiting; ++k) {
    const u32 wait = word[list[k]] >> wait_at;
    ++of_wait[wait];
    waits += wait;
  }
  u32 from = 256, above = 0;  // all with a wait of `from` or more are served: `above` persons
  while (from > 0 && above + of_wait[from - 1] <= free) above += of_wait[--from];
  u32 ties = from > 0 ? free - above : 0;
  u32 entered = 0;
  for (u32 k = 0; k < waiting; ++k) {
    const u32 wait = word[list[k]] >> wait_at;
    const bool tie = (wait + 1 == from) & (ties > 0);
    ties -= tie;
    if (!tie && wait < from) continue;
    word[list[k]] = (word[list[k]] & ((1u << need_at) - 1)) | 2u << need_at;
    waits -= wait;
    ++entered;
  }
  row.served += served + entered;
  row.waiting += waiting - entered;
  row.waits += waits;
  row.in_need += served + waiting;
}

struct Months {
  State state;
  Tables tables;
  rng::Key key;
  bool avx2;

  Row provider(u32 p, u32 month, Work1& m) {
    const u32 first = p * block;
    u32* const word = state.word.data() + first;
    float* const wage = state.wage.data() + first;
    u32* const paid = state.paid.data() + p * std::size_t{block + 8};
    Row row;
    Counts counts;
    for (u32 at = 0; at < block; at += piece) {
      for (u32 i = 0; i < piece; ++i) m.who[i] = first + at + i;
      const std::array<u32*, 4> lanes{m.draws[0].data(), m.draws[1].data(), m.draws[2].data(), m.draws[3].data()};
#if defined(__x86_64__)
      if (avx2) rng::paths::philox_many_avx2(m.who, month, 0, key, lanes);
      else
#endif
        rng::paths::philox_many_portable(m.who, month, 0, key, lanes);
      either([&]<int bytes>() {
        persons_month<bytes>(piece, tables.death.data(), lanes, word + at, wage + at, paid + at, m.value.data() + at,
                             counts);
      });
    }
    row.employed = counts.employed, row.unemployed = counts.unemployed, row.out = counts.out,
    row.deaths = counts.deaths;
    const u32 h = state.first_end[p];
    const u32 households = state.first_end[p + 1] - h - 9;
    either([&]<int bytes>() { households_month<bytes>(block, households, state.ends.data() + h, m, paid, row); });
    either([&]<int>() { provider_month(block, counts.served, word, m, row); });
    return row;
  }

  template <class Loop>
  void either(const Loop& loop) const {
    if (avx2) detail::run_avx2([&] { loop.template operator()<32>(); });
    else detail::run_plain([&] { loop.template operator()<16>(); });
  }
};

State load(const Start& start) {
  State s;
  const auto persons = static_cast<u32>(start.age.size());
  for (u32 i = 0; i < persons; ++i)
    s.word.push_back(word_of(start.age[i], static_cast<u32>(start.work[i]), start.sex[i], 0, 0));
  s.wage = start.wage;
  s.word.shrink_to_fit();
  s.paid.assign(persons / block * std::size_t{block + 8}, 0);
  u32 placed = 0;
  for (const u8 size : start.household_sizes) {
    if (placed % block == 0) {
      s.first_end.push_back(static_cast<u32>(s.ends.size()));
      s.ends.push_back(0);
    }
    placed += size;
    s.ends.push_back(static_cast<u16>(placed % block == 0 ? block : placed % block));
    if (placed % block == 0) s.ends.insert(s.ends.end(), 8, static_cast<u16>(block));
  }
  s.first_end.push_back(static_cast<u32>(s.ends.size()));
  return s;
}

}  // namespace

Vectors best_vectors() { return use_avx2() ? Vectors::avx2 : Vectors::portable; }

Outcome run_kernel(const Start& start, std::uint64_t seed, int months_to_run, const Executor& executor,
                   Vectors vectors) {
  expect(vectors == Vectors::portable || best_vectors() == Vectors::avx2, "the kernel's AVX2 path needs AVX2");
  Months run{.state = load(start),
             .tables = {},
             .key = {static_cast<u32>(seed), static_cast<u32>(seed >> 32)},
             .avx2 = vectors == Vectors::avx2};
  const std::size_t providers = start.age.size() / block;
  std::vector<std::unique_ptr<Work1>> memory;
  for (int t = 0; t < executor.threads(); ++t) memory.push_back(std::make_unique<Work1>());
  std::vector<Row> of_provider(providers);
  Outcome outcome;
  const auto began = std::chrono::steady_clock::now();
  const std::clock_t cpu = std::clock();
  for (int month = 0; month < months_to_run; ++month) {
    executor.for_each(providers, [&](std::size_t p, std::size_t worker) {
      of_provider[p] = run.provider(static_cast<u32>(p), static_cast<u32>(month), *memory[worker]);
    });
    Row row;
    for (const Row& r : of_provider) row += r;
    outcome.rows.push_back(row);
  }
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  outcome.cpu_seconds = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  const State& s = run.state;
  outcome.digest = fnv(fnv_start, outcome.rows.data(), outcome.rows.size() * sizeof(Row));
  outcome.digest = fnv(outcome.digest, s.word.data(), s.word.size() * sizeof(u32));
  outcome.digest = fnv(outcome.digest, s.wage.data(), s.wage.size() * sizeof(float));
  outcome.bytes = s.word.size() * sizeof(u32) + s.wage.size() * sizeof(float) + s.paid.size() * sizeof(u32) +
                  s.ends.size() * sizeof(u16);
  return outcome;
}

}  // namespace oikos::hsp180
