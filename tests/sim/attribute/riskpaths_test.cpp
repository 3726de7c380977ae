#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>

#include "tests/sim/attribute/people.hpp"

namespace oikos {
namespace {

using Steps = std::vector<std::pair<int, double>>;

double at(const Steps& steps, int key) {
  return std::prev(std::ranges::upper_bound(steps, key, {}, &std::pair<int, double>::first))->second;
}

/// Exact distribution of the model in monthly steps, computed beside the program: shares of women by union and months
/// in it, moved by the chances of the month. A yearly hazard h is 1 - exp(-h / 12) a month.
struct Exact {
  double childless = 0, mean_age = 0;
  std::vector<double> by_union = std::vector<double>(5, 0);

  Exact() {
    const Steps form{{0, 0},         {180, .030898}, {210, .134066}, {240, .167197}, {270, .165551}, {300, .147390},
                     {330, .108470}, {360, .080378}, {390, .033944}, {420, .045454}, {450, .040038}, {480, 0}};
    const Steps end_first{{0, .0096017}, {12, .0199994}, {60, .0213172}, {108, .0150836}, {156, .0110791}};
    const Steps second{{0, .1995702}, {24, .1353028}, {72, .1099149}, {120, .0261186}, {180, .0456905}};
    const Steps end_second{{0, .0370541}, {36, .012775}, {108, .0661157}};
    const Steps pregnancy{{0, 0},       {180, .2869}, {210, .7591}, {240, .8458}, {270, .8167}, {300, .6727},
                          {330, .5105}, {360, .4882}, {390, .2562}, {420, .2597}, {450, .1542}, {480, 0}};
    constexpr std::size_t longest = 310;
    using Shares = std::vector<std::vector<double>>;
    Shares share(5, std::vector<double>(longest, 0));
    share[0][0] = 1;
    double ages = 0;
    for (int month = 0; month < 300; ++month) {
      const int age = 180 + month;
      Shares next(5, std::vector<double>(longest, 0));
      for (std::size_t u = 0; u < 5; ++u)
        for (std::size_t d = 0; d + 1 < longest; ++d) {
          const double here = share[u][d];
          if (here == 0) continue;
          const int months = static_cast<int>(d);
          const double status[] = {.0648, months < 36 ? 1 : .2523, .0648, .8048, .0648};
          const double move[] = {at(form, age), at(end_first, months), at(second, months), at(end_second, months), 0};
          const double pregnant = 1 - std::exp(-at(pregnancy, age) * status[u] / 12),
                       moves = 1 - std::exp(-move[u] / 12);
          by_union[u] += here * pregnant;
          ages += here * pregnant * (age + 0.5) / 12;
          next[u][d + 1] += here * (1 - pregnant) * (1 - moves);
          if (u < 4) next[u + 1][0] += here * (1 - pregnant) * moves;
        }
      share = std::move(next);
    }
    double all = 0;
    for (const double one : by_union) all += one;
    childless = 1 - all;
    mean_age = ages / all;
  }
};

/// Published in continuous time: childless .0719728, mean age 22.12418; the monthly step's own truth beside it.
TEST(RiskPaths, has_the_exact_answer_of_its_monthly_step) {
  const Exact exact;
  EXPECT_NEAR(exact.childless, 0.0721318, 5e-8);
  EXPECT_NEAR(exact.mean_age, 22.14692, 5e-6);
}

TEST(RiskPaths, written_as_text_gives_the_published_figures) {
  std::ifstream file(OIKOS_SOURCE_DIR "/tests/sim/attribute/riskpaths.yaml");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  constexpr std::uint32_t women = 2'000'000;  // tells the answer from one whose times in a union are a month longer
  constexpr int months = 300;
  test::People people(text, Month{2000, 1}, months);
  people.open();
  people.add(women, Sex::female, 180);
  people.begin();
  const AttributeMoves moves(people.attributes, people.parameters);
  test::Bench bench(*people.world, people.start, 20150101, 2, 4096);
  const CountSpec& pregnancies = people.count("pregnant", "first_pregnancy");
  std::int64_t before = 0;
  double all = 0, ages = 0;
  for (int month = 0; month < months; ++month) {
    bench.resolve(moves, month);
    const std::int64_t now = bench.count(pregnancies);
    all += static_cast<double>(now - before);
    ages += static_cast<double>(now - before) * (180 + month + 0.5) / 12;
    before = now;
  }
  const Exact exact;
  const double childless = 1 - all / women;
  const double error = std::sqrt(exact.childless * (1 - exact.childless) / women);
  EXPECT_NEAR(childless, exact.childless, 3 * error);
  EXPECT_NEAR(childless, 0.0719728, 3 * error + 0.0001590) << "and the step's bias";
  EXPECT_NEAR(ages / all, exact.mean_age, 3 * 4.7 / std::sqrt(all)) << "their standard deviation is below 4.7 years";
  std::vector<double> by_union(5, 0);
  const auto unions = people.states("union"), pregnant = people.states("pregnant");
  for (std::size_t i = 0; i < women; ++i) by_union[unions[i]] += pregnant[i];
  // Whose union moved in the month of the pregnancy counts where she went; the exact figures count where she was.
  for (std::size_t u = 0; u < 3; ++u) EXPECT_NEAR(by_union[u] / women, exact.by_union[u], 0.006) << u;
}

}  // namespace
}  // namespace oikos
