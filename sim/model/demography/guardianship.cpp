#include "sim/model/demography/guardianship.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "sim/base/narrow.hpp"

namespace oikos::demography {

namespace {

/// The nearest household so far on the circle of the month.
struct Nearest {
  std::uint64_t away = ~std::uint64_t{0};  ///< places from where the children are, going round; more than all: none
  std::uint64_t identity = 0;
  std::uint32_t household = 0;
  bool found() const { return away <= 0xFFFF'FFFFu; }
  bool is_after(std::uint32_t other_away, std::uint64_t other) const {
    return other_away != away ? other_away < away : other < identity;
  }
};

/// The children of a household who need a home.
struct Request {
  std::uint32_t household;
  std::uint32_t place;  ///< on the circle
  std::uint8_t district;
  Nearest in_district, in_city;
};

/// The city as those see it who look for a home.
struct City {
  const Guardianship::View& view;
  const Homes homes{view};
  const Column<Row>& partner = view[person::partner];
  const Column<std::uint64_t>& identity = view[household::identity];
  const Column<std::uint8_t>& district = view[household::district];

  /// A couple heads the household, both stay, and so does one below 18.
  bool can_foster(std::uint32_t h) const {
    if (homes.members[h] < 3) return false;
    const Row first = homes.first[h];
    const Row other = partner[first];
    if (other == no_row || !homes.desk.is_free(first) || !homes.desk.is_free(other)) return false;
    for (Row row = first; row < first + homes.members[h]; ++row)
      if (!homes.is_adult(row) && homes.desk.is_free(row)) return true;
    return false;
  }
};

/// How far it is round the circle.
OIKOS_WRAPS std::uint32_t places_from(std::uint32_t from, std::uint32_t to) { return to - from; }

/// Which stretches of the circle, of 2^22 places each, some request can reach within `window` places.
std::vector<std::uint8_t> reachable(const std::vector<Request>& requests, std::uint64_t window) {
  constexpr std::uint64_t stretches = 1024, places = std::uint64_t{1} << 22;
  std::vector<std::uint8_t> reach(stretches, 0);
  for (const Request& request : requests) {
    const std::uint64_t first = request.place / places;
    const std::uint64_t count = std::min(stretches, (request.place % places + window - 1) / places + 1);
    for (std::uint64_t k = 0; k < count; ++k) reach[(first + k) % stretches] = 1;
  }
  return reach;
}

/// Finds for each request the nearest couple with children among those less than `window` places away. Places of many
/// households at once are cheap; who lives there is looked at only where it would be the nearest so far.
void find_within(const City& city, std::uint64_t window, std::vector<Request>& requests) {
  constexpr std::uint32_t at_once = 4096;
  const std::uint32_t households = city.view.households();
  const auto reach = reachable(requests, window);
  std::vector<std::uint32_t> rows;
  std::vector<std::uint64_t> who;
  std::array<std::vector<std::uint32_t>, 4> draws;
  std::array<std::uint32_t*, 4> lanes{};
  for (std::size_t k = 0; k < lanes.size(); ++k) draws[k].resize(at_once), lanes[k] = draws[k].data();
  const auto consider = [&](Request& request, std::uint32_t h, std::uint32_t place) {
    const std::uint32_t away = places_from(request.place, place);
    if (away >= window) return;
    const std::uint64_t identity = city.identity[h];
    const bool of_district = city.district[h] == request.district;
    const bool nearer_in_city = request.in_city.is_after(away, identity);
    const bool nearer_in_district = of_district && request.in_district.is_after(away, identity);
    if ((!nearer_in_city && !nearer_in_district) || !city.can_foster(h)) return;
    if (nearer_in_city) request.in_city = {away, identity, h};
    if (nearer_in_district) request.in_district = {away, identity, h};
  };
  for (std::uint32_t first = 0; first < households; first += at_once) {
    rows.clear(), who.clear();
    for (std::uint32_t h = first; h < std::min(first + at_once, households); ++h)
      if (city.homes.members[h] >= 3) rows.push_back(h), who.push_back(city.identity[h]);
    city.view.blocks<lane::offers_home>(who, lanes);
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (const std::uint32_t place = lanes[lane::offers_home.lane][i]; reach[place >> 22] != 0)
        for (Request& request : requests) consider(request, rows[i], place);
  }
}

/// Finds the nearest couples of all requests, in the district where there is one. Near places are tried first; how near
/// changes nothing but the time it takes.
void find_homes(const City& city, std::vector<Request>& requests) {
  constexpr std::uint64_t all_places = std::uint64_t{1} << 32;
  std::uint64_t window = std::max<std::uint64_t>(1, all_places / (city.view.households() / 2048 + 1));
  std::vector<Request> open = requests;
  requests.clear();
  while (!open.empty()) {
    find_within(city, window, open);
    const auto done = std::ranges::partition(
        open, [&](const Request& request) { return !request.in_district.found() && window < all_places; });
    requests.insert(requests.end(), done.begin(), done.end());
    open.erase(done.begin(), done.end());
    window = std::min(all_places, window * 8);
  }
  std::ranges::sort(requests, {}, &Request::household);
}

/// Where a parent who lives elsewhere in the city will live.
std::optional<std::uint32_t> parents_home(const City& city, Row child) {
  const Homes& homes = city.homes;
  for (const Row parent : {city.view[person::mother][child], city.view[person::father][child]})
    if (parent != no_row && !homes.desk.leaves(parent) && homes.is_adult(parent))
      if (const std::uint32_t home = homes.desk.household_after(parent); home != homes.household[child]) return home;
  return std::nullopt;
}

}  // namespace

ProcessInfo Guardianship::about() const {
  return {.name = "guardianship",
          .summary = "finds a home for children left without an adult",
          .stage = Stage::meetings,
          .after = {{"couples", "all that takes adults away has happened, and new couples may take children in"}},
          .page = "methods/unions.md"};
}

void Guardianship::run(const View& view) const {
  const City city{view};
  const Homes& homes = city.homes;
  const std::vector<Row> leaving = homes.desk.changes().leaving;  // a copy: a child without a home is added
  std::vector<Row> orphans;
  for (const Row gone : leaving) {
    const std::uint32_t h = homes.household[gone];
    const Row first = homes.first[h];
    const Row end = first + homes.members[h];
    bool adult = false;
    for (Row row = first; row < end; ++row) adult |= homes.desk.is_free(row) && homes.is_adult(row);
    if (adult) continue;
    for (Row row = first; row < end; ++row) {
      if (!homes.desk.is_free(row)) continue;
      if (const auto home = parents_home(city, row)) homes.desk.move(row, *home);
      else if (std::ranges::find(orphans, row) == orphans.end()) orphans.push_back(row);
    }
  }
  if (orphans.empty()) return;

  std::vector<Request> requests;
  for (const Row child : orphans) {
    const std::uint32_t h = homes.household[child];
    if (std::ranges::find(requests, h, &Request::household) != requests.end()) continue;
    requests.push_back({h, view.draw<lane::needs_home>(city.identity[h]), city.district[h], {}, {}});
  }
  find_homes(city, requests);
  for (const Row child : orphans) {
    const Request& request = *std::ranges::lower_bound(requests, homes.household[child], {}, &Request::household);
    const Nearest& nearest = request.in_district.found() ? request.in_district : request.in_city;
    if (nearest.found()) {
      homes.desk.move(child, nearest.household);
    } else {
      homes.desk.leave(child);
      view.count<count::departures>();
    }
  }
}

}  // namespace oikos::demography
