#include "sim/expr/screen.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "sim/base/contract.hpp"
#include "sim/base/vectorised.hpp"
#include "sim/expr/code.hpp"

namespace oikos::expr {

namespace {

/// The comparison that says the same with its operands changed over.
Op turned(Op op) {
  switch (op) {
    case Op::less: return Op::greater;
    case Op::less_equal: return Op::greater_equal;
    case Op::greater: return Op::less;
    case Op::greater_equal: return Op::less_equal;
    default: return op;
  }
}

bool compares(Op op, double value, double bound) {
  switch (op) {
    case Op::equal: return value == bound;
    case Op::not_equal: return value != bound;
    case Op::less: return value < bound;
    case Op::less_equal: return value <= bound;
    case Op::greater: return value > bound;
    case Op::greater_equal: return value >= bound;
    default: return false;
  }
}

/// Whole numbers from 0 to 255 for which a comparison holds: those in [low, high], or, when `outside`, all others.
struct Bytes {
  int low = 1, high = 0;  ///< none
  bool outside = false;
};

Bytes bytes_that(Op op, double bound) {
  static constexpr double most = 255;
  const auto between = [](double low, double high) {
    const double from = std::max(low, 0.0), to = std::min(high, most);
    return from <= to ? Bytes{static_cast<int>(from), static_cast<int>(to)} : Bytes{};  // NaN: none
  };
  switch (op) {
    case Op::equal: return between(std::ceil(bound), std::floor(bound));
    case Op::not_equal: {
      Bytes equal = between(std::ceil(bound), std::floor(bound));
      equal.outside = true;
      return equal;
    }
    case Op::less: return between(0, std::ceil(bound) - 1);
    case Op::less_equal: return between(0, std::floor(bound));
    case Op::greater: return between(std::floor(bound) + 1, most);
    case Op::greater_equal: return between(std::ceil(bound), most);
    default: return {};
  }
}

/// Flags of 0 or 1, eight a byte, as bits.
void pack(const std::uint8_t* flags, std::size_t words, std::uint64_t* out) {
  for (std::size_t w = 0; w < words; ++w) {
    std::uint64_t word = 0;
    for (std::size_t k = 0; k < 8; ++k) {
      std::uint64_t eight;
      std::memcpy(&eight, flags + 64 * w + 8 * k, sizeof eight);
      if constexpr (std::endian::native == std::endian::big) eight = __builtin_bswap64(eight);
      word |= ((eight * 0x0102'0408'1020'4080ull) >> 56) << (8 * k);  // the first flag lowest
    }
    out[w] = word;
  }
}

template <class Compare>
void flag_all(const double* value, std::size_t rows, double bound, std::uint8_t* flag, Compare compare) {
  vectorised([=] {
    OIKOS_NO_OVERLAP
    for (std::size_t i = 0; i < rows; ++i) flag[i] = static_cast<std::uint8_t>(compare(value[i], bound) ? 1 : 0);
  });
}

}  // namespace

bool Screen::is_byte(std::uint32_t column) const {
  const auto found = std::ranges::find(schema_->columns(), column, &Column::id);
  expect(found != schema_->columns().end(), "conditions read columns of the schema");
  constexpr std::size_t most = 256;
  if (found->type.kind == Kind::boolean) return true;
  if (found->type.kind == Kind::enumeration) return found->type.domain->values.size() <= most;
  return found->whole && found->least >= 0 && found->most < most;
}

/// Whether a node looks only at columns of bytes, 32 of which are compared at once.
bool Screen::is_quick(std::uint32_t index) const {
  const Node& node = nodes_[index];
  if (node.kind == Node::Kind::compare) return columns_[node.column].is_byte;
  return is_quick(node.a) && (node.b == none || is_quick(node.b));
}

std::uint32_t Screen::add(Node node) {
  const auto [at, fresh] =
      known_.emplace(NodeKey{node.kind, node.op, node.column, std::bit_cast<std::uint64_t>(node.constant),
                             node.parameter, node.a, node.b},
                     static_cast<std::uint32_t>(nodes_.size()));
  if (fresh) nodes_.push_back(node), uses_.push_back(0);
  return at->second;
}

std::uint32_t Screen::compare(std::uint32_t column, Op op, double constant, std::uint32_t parameter) {
  auto place = std::ranges::find(columns_, column, &ColumnPlace::id);
  if (place == columns_.end()) place = columns_.insert(columns_.end(), {column, is_byte(column)});
  return add({.kind = Node::Kind::compare,
              .op = op,
              .column = static_cast<std::uint32_t>(place - columns_.begin()),
              .constant = constant,
              .parameter = parameter});
}

std::uint32_t Screen::compared(const Code& code, std::uint32_t value) {
  const Values& values = *code.graph.values;
  std::uint32_t column = values[value].args[0], bound = values[value].args[1];
  Op op = values[value].op;
  if (values[column].op != Op::column) std::swap(column, bound), op = turned(op);
  if (values[column].op != Op::column) return none;
  const std::uint32_t id = values[column].id;
  if (values[bound].op == Op::constant) return compare(id, op, values[bound].constant);
  if (values[bound].op == Op::parameter) return compare(id, op, 0, values[bound].id);
  return none;
}

std::uint32_t Screen::node_of(const Code& code, std::uint32_t value) {
  const Values& values = *code.graph.values;
  const Values::Value& one = values[value];
  if (is_comparison(one.op)) return compared(code, value);
  switch (one.op) {
    case Op::column: return compare(one.id, Op::not_equal, 0);  // a condition as it stands
    case Op::logical_not: {
      const std::uint32_t a = node_of(code, one.args[0]);
      return a == none ? none : add({.kind = Node::Kind::no, .a = a});
    }
    case Op::logical_and:
    case Op::logical_or: {
      const std::uint32_t a = node_of(code, one.args[0]);
      const std::uint32_t b = a == none ? none : node_of(code, one.args[1]);
      if (b == none) return none;
      return add({.kind = one.op == Op::logical_and ? Node::Kind::both : Node::Kind::either, .a = a, .b = b});
    }
    case Op::in_list: {
      if (values[one.args[0]].op != Op::column) return none;
      std::uint32_t any = none;
      for (const double code_in_list : one.codes) {
        const std::uint32_t is = compare(values[one.args[0]].id, Op::equal, code_in_list);
        any = any == none ? is : add({.kind = Node::Kind::either, .a = any, .b = is});
      }
      return any;
    }
    default: return none;
  }
}

void Screen::add(const Program& condition) {
  expect(condition.type().kind == Kind::boolean, "only a true/false program selects");
  const Code& code = condition.code();
  const Values& values = *code.graph.values;
  Condition added{condition, {}, true};
  // Parts that `and` joins, one by one.
  std::vector<std::uint32_t> joined{code.graph.root};
  for (std::size_t i = 0; i < joined.size(); ++i) {
    const std::uint32_t part = joined[i];
    if (values[part].op == Op::logical_and) {
      for (const std::uint32_t arg : values[part].args) joined.push_back(arg);
      continue;
    }
    const std::uint32_t node = node_of(code, part);
    if (node == none) added.complete = false;
    else if (std::ranges::find(added.parts, node) == added.parts.end()) added.parts.push_back(node), ++uses_[node];
  }
  if (added.parts.empty()) added.complete = false;
  conditions_.push_back(std::move(added));
}

void Screen::arrange() {
  const auto later = [&](std::uint32_t node) { return std::pair(!is_quick(node), -std::int64_t{uses_[node]}); };
  for (Condition& one : conditions_) std::ranges::stable_sort(one.parts, {}, later);
}

void Screen::Room::start(const Screen& screen, const ColumnSource& source, std::uint32_t first, std::uint32_t count) {
  source_ = &source;
  first_ = first;
  count_ = count;
  const std::size_t nodes = screen.nodes_.size(), columns = screen.columns_.size();
  bits_.resize(nodes * words(*this));
  known_.assign(nodes, 0);
  bounds_.resize(nodes);
  for (std::size_t k = 0; k < nodes; ++k) {
    const Node& node = screen.nodes_[k];
    bounds_[k] = node.parameter == none ? node.constant : source.parameter(node.parameter);
  }
  bytes_.resize(columns);
  numbers_.resize(columns);
  loaded_.assign(columns, 0);
}

void Screen::load(std::uint32_t place, Room& room) const {
  if (room.loaded_[place] != 0) return;
  room.loaded_[place] = 1;
  const std::size_t padded = words(room) * 64;
  room.numbers_[place].resize(padded);
  double* const numbers = room.numbers_[place].data();
  room.source_->load_range(columns_[place].id, room.first_, room.count_, numbers);
  if (!columns_[place].is_byte) return;
  room.bytes_[place].resize(padded);
  vectorised([n = room.count_, numbers, to = room.bytes_[place].data()] {
    OIKOS_NO_OVERLAP
    for (std::uint32_t i = 0; i < n; ++i) to[i] = static_cast<std::uint8_t>(static_cast<std::int32_t>(numbers[i]));
  });
}

/// Flags of all rows in room.flags_, those behind the last row of any value.
void Screen::compare_all(const Node& node, double bound, Room& room) const {
  load(node.column, room);
  const std::size_t rows = words(room) * 64;
  room.flags_.resize(rows);
  std::uint8_t* const flag = room.flags_.data();
  if (columns_[node.column].is_byte) {
    const Bytes those = bytes_that(node.op, bound);
    vectorised([rows, flag, value = room.bytes_[node.column].data(), low = static_cast<std::uint8_t>(those.low),
                high = static_cast<std::uint8_t>(those.high),
                outside = static_cast<std::uint8_t>(those.outside ? 1 : 0)] {
      OIKOS_NO_OVERLAP
      for (std::size_t i = 0; i < rows; ++i)
        flag[i] = static_cast<std::uint8_t>(((value[i] >= low ? 1 : 0) & (value[i] <= high ? 1 : 0)) ^ outside);
    });
    return;
  }
  const double* const value = room.numbers_[node.column].data();
  switch (node.op) {
    case Op::equal: return flag_all(value, rows, bound, flag, [](double x, double c) { return x == c; });
    case Op::not_equal: return flag_all(value, rows, bound, flag, [](double x, double c) { return x != c; });
    case Op::less: return flag_all(value, rows, bound, flag, [](double x, double c) { return x < c; });
    case Op::less_equal: return flag_all(value, rows, bound, flag, [](double x, double c) { return x <= c; });
    case Op::greater: return flag_all(value, rows, bound, flag, [](double x, double c) { return x > c; });
    case Op::greater_equal: return flag_all(value, rows, bound, flag, [](double x, double c) { return x >= c; });
    default: expect(false, "a comparison");
  }
}

const std::uint64_t* Screen::bits(std::uint32_t index, Room& room) const {
  const std::size_t n = words(room);
  std::uint64_t* const out = room.bits_.data() + index * n;
  if (room.known_[index] != 0) return out;
  const Node& node = nodes_[index];
  if (node.kind == Node::Kind::compare) {
    compare_all(node, room.bounds_[index], room);
    pack(room.flags_.data(), n, out);
  } else {
    const std::uint64_t* const a = bits(node.a, room);
    const std::uint64_t* const b = node.b == none ? nullptr : bits(node.b, room);
    for (std::size_t w = 0; w < n; ++w)
      out[w] = node.kind == Node::Kind::both ? a[w] & b[w] : node.kind == Node::Kind::either ? a[w] | b[w] : ~a[w];
  }
  if (room.count_ % 64 != 0) out[n - 1] &= (std::uint64_t{1} << (room.count_ % 64)) - 1;
  room.known_[index] = 1;
  return out;
}

bool Screen::holds(std::uint32_t index, std::uint32_t at, Room& room) const {
  if (room.known_[index] != 0) return (room.bits_[index * words(room) + at / 64] >> (at % 64) & 1) != 0;
  const Node& node = nodes_[index];
  switch (node.kind) {
    case Node::Kind::compare:
      load(node.column, room);
      return compares(node.op, room.numbers_[node.column][at], room.bounds_[index]);
    case Node::Kind::both: return holds(node.a, at, room) && holds(node.b, at, room);
    case Node::Kind::either: return holds(node.a, at, room) || holds(node.b, at, room);
    case Node::Kind::no: return !holds(node.a, at, room);
  }
  return false;
}

void Screen::keep(const Condition& condition, std::size_t first, Room& room, std::vector<std::uint32_t>& rows,
                  std::vector<std::uint32_t>& out) const {
  // A column that hardly anybody else reads is not loaded for all rows where few are asked for.
  constexpr std::size_t few = 16, shared = 4;
  const auto is_loaded_for = [&](std::uint32_t part) {
    const Node& node = nodes_[part];
    if (room.known_[part] != 0 || node.kind != Node::Kind::compare || room.loaded_[node.column] != 0) return true;
    const auto reads = [&](const Node& other) {
      return other.kind == Node::Kind::compare && other.column == node.column;
    };
    return static_cast<std::size_t>(std::ranges::count_if(nodes_, reads)) >= shared;
  };
  const auto rest = std::span(condition.parts).subspan(std::min(first, condition.parts.size()));
  if (rows.size() * few <= room.count_ && !rows.empty() && !std::ranges::all_of(rest, is_loaded_for)) {
    room.evaluator_.select(condition.whole, *room.source_, rows, out);
    return;
  }
  for (std::size_t part = first; part < condition.parts.size() && !rows.empty(); ++part)
    std::erase_if(rows, [&](std::uint32_t row) { return !holds(condition.parts[part], row - room.first_, room); });
  if (condition.complete || rows.empty()) out = rows;
  else room.evaluator_.select(condition.whole, *room.source_, rows, out);
}

void Screen::select(std::size_t condition, Room& room, std::vector<std::uint32_t>& out) const {
  const Condition& one = conditions_[condition];
  if (one.parts.empty()) {
    room.evaluator_.select_range(one.whole, *room.source_, room.first_, room.count_, out);
    return;
  }
  // A part is looked at for all rows while many are left; then for those.
  constexpr std::uint64_t few = 16;
  const std::size_t n = words(room);
  const std::uint64_t* const first = bits(one.parts.front(), room);
  room.live_.assign(first, first + n);
  std::uint64_t left = 0;
  const auto count = [&] {
    vectorised([n, live = room.live_.data(), to = &left] {
      std::uint64_t all = 0;
      for (std::size_t w = 0; w < n; ++w) all += static_cast<std::uint64_t>(__builtin_popcountll(live[w]));
      *to = all;
    });
    return left;
  };
  std::size_t part = 1;
  for (; part < one.parts.size() && count() * few > room.count_; ++part) {
    const std::uint64_t* const more = bits(one.parts[part], room);
    for (std::size_t w = 0; w < n; ++w) room.live_[w] &= more[w];
  }
  room.rows_.clear();
  for (std::size_t w = 0; w < n; ++w)
    for (std::uint64_t word = room.live_[w]; word != 0; word &= word - 1)
      room.rows_.push_back(room.first_ + static_cast<std::uint32_t>(64 * w) +
                           static_cast<std::uint32_t>(std::countr_zero(word)));
  keep(one, part, room, room.rows_, out);
}

void Screen::select(std::size_t condition, Room& room, std::span<const std::uint32_t> among,
                    std::vector<std::uint32_t>& out) const {
  const Condition& one = conditions_[condition];
  if (one.parts.empty()) {
    room.evaluator_.select(one.whole, *room.source_, among, out);
    return;
  }
  // Where nobody else asks for the parts, those given are asked alone.
  const bool alone =
      std::ranges::all_of(one.parts, [&](std::uint32_t part) { return room.known_[part] == 0 && uses_[part] == 1; });
  if (alone && nodes_.size() < 16) {
    room.evaluator_.select(one.whole, *room.source_, among, out);
    return;
  }
  const std::uint64_t* const word = bits(one.parts.front(), room);
  room.rows_.clear();
  for (const std::uint32_t row : among) {
    const std::uint32_t at = row - room.first_;
    if ((word[at / 64] >> (at % 64) & 1) != 0) room.rows_.push_back(row);
  }
  keep(one, 1, room, room.rows_, out);
}

}  // namespace oikos::expr
