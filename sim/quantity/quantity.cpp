#include "sim/quantity/quantity.hpp"

#include <algorithm>

#include "sim/base/contract.hpp"
#include "sim/quantity/part.hpp"

namespace oikos {

const Quantity::Part* Quantity::Part::part_for(double key) const {
  if (kind == Kind::by_value) {
    const auto found = std::ranges::find(keys, key);
    return found != keys.end() ? parts[static_cast<std::size_t>(found - keys.begin())].get() : other.get();
  }
  const auto after = std::ranges::upper_bound(keys, key);
  return after != keys.begin() ? parts[static_cast<std::size_t>(after - keys.begin()) - 1].get() : other.get();
}

Quantity::Quantity(double value) : range_{value, value, false} {
  auto part = std::make_shared<Part>();
  part->value = value;
  root_ = std::move(part);
}

std::optional<double> Quantity::constant() const {
  return root_->kind == Part::Kind::number ? std::optional(root_->value) : std::nullopt;
}

namespace {

/// Along straight lines from key to key, level before the first and after the last.
double on_lines(const std::vector<double>& keys, const std::vector<double>& values, double key) {
  const auto after = std::ranges::upper_bound(keys, key);
  if (after == keys.begin()) return values.front();
  if (after == keys.end()) return values.back();
  const auto k = static_cast<std::size_t>(after - keys.begin());
  const double part = (key - keys[k - 1]) / (keys[k] - keys[k - 1]);
  return values[k - 1] + part * (values[k] - values[k - 1]);
}

template <class Part>
class Evaluation {
 public:
  Evaluation(const expr::ColumnSource& source, expr::Evaluator& evaluator, Month now)
      : source_(source), evaluator_(evaluator), now_(now) {}

  void run(const Part& part, std::span<const std::uint32_t> rows, std::span<double> out) {
    switch (part.kind) {
      case Part::Kind::number: std::ranges::fill(out, part.value); return;
      case Part::Kind::expression: evaluator_.evaluate(*part.program, source_, rows, out); return;
      case Part::Kind::by_month: run(*part.part_for(static_cast<double>(now_.index())), rows, out); return;
      case Part::Kind::by_lines: return lines(part, rows, out);
      case Part::Kind::by_steps:
      case Part::Kind::by_value: return choose(part, rows, out);
    }
  }

 private:
  void lines(const Part& part, std::span<const std::uint32_t> rows, std::span<double> out) {
    std::vector<double> values;
    for (const auto& one : part.parts) values.push_back(one->value);
    evaluator_.evaluate(*part.program, source_, rows, out);
    for (double& one : out) one = on_lines(part.keys, values, one);
  }

  /// Gives each part the rows that it is for.
  void choose(const Part& part, std::span<const std::uint32_t> rows, std::span<double> out) {
    std::vector<double> keys(rows.size());
    evaluator_.evaluate(*part.program, source_, rows, keys);
    std::vector<const Part*> chosen(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      chosen[i] = part.part_for(keys[i]);
      expect(chosen[i] != nullptr, "a quantity has a value for everybody");
    }
    std::vector<std::uint32_t> those, places;
    std::vector<double> values;
    const auto give = [&](const Part& one) {
      those.clear(), places.clear();
      for (std::uint32_t i = 0; i < rows.size(); ++i)
        if (chosen[i] == &one) those.push_back(rows[i]), places.push_back(i);
      if (those.empty()) return;
      if (one.kind == Part::Kind::number) {
        for (const std::uint32_t place : places) out[place] = one.value;
        return;
      }
      values.resize(those.size());
      const auto own_rows = those, own_places = places;  // deeper levels use these anew
      Evaluation(source_, evaluator_, now_).run(one, own_rows, values);
      for (std::size_t i = 0; i < own_places.size(); ++i) out[own_places[i]] = values[i];
    };
    for (const auto& one : part.parts) give(*one);
    if (part.other) give(*part.other);
  }

  const expr::ColumnSource& source_;
  expr::Evaluator& evaluator_;
  Month now_;
};

template <class Part>
void visit_expressions(const Part& part, const std::function<void(const expr::Program&)>& visit) {
  if (part.program) visit(*part.program);
  for (const auto& one : part.parts) visit_expressions(*one, visit);
  if (part.other) visit_expressions(*part.other, visit);
}

}  // namespace

void Quantity::evaluate(const expr::ColumnSource& source, expr::Evaluator& evaluator, Month now,
                        std::span<const std::uint32_t> rows, std::span<double> out) const {
  expect(rows.size() == out.size(), "one value a row");
  if (!rows.empty()) Evaluation<Part>(source, evaluator, now).run(*root_, rows, out);
}

bool Quantity::is_same_for_all() const {
  bool same = true;
  each_expression([&](const expr::Program& program) { same = same && program.constant(); });
  return same;
}

double Quantity::at(Month month) const {
  const Part* part = root_.get();
  while (part->kind == Part::Kind::by_month) part = part->part_for(static_cast<double>(month.index()));
  if (part->kind == Part::Kind::expression) return *part->program->constant();
  expect(part->kind == Part::Kind::number, "a quantity of one value a month is asked for it");
  return part->value;
}

void Quantity::each_expression(const std::function<void(const expr::Program&)>& visit) const {
  visit_expressions(*root_, visit);
}

}  // namespace oikos
