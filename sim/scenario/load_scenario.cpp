#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

#include "sim/file/checksum.hpp"
#include "sim/file/file.hpp"
#include "sim/scenario/modules.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/text/codec.hpp"
#include "sim/text/overlay.hpp"

namespace oikos {

namespace {

constexpr std::size_t largest_file = 16u << 20;
constexpr std::size_t deepest_chain = 8;
constexpr std::string_view extends_key = "extends", every_key = "*";

const Node::Entry* entry_of(const Node& tree, std::string_view key) {
  const auto found = std::ranges::find(tree.entries, key, &Node::Entry::key);
  return found == tree.entries.end() ? nullptr : &*found;
}

void remove_extends(Node& tree) {
  std::erase_if(tree.entries, [](const Node::Entry& e) { return e.key == extends_key; });
}

/// The places at which a tree says what a baseline is held to, with their municipalities.
std::vector<std::pair<std::string, Position>> kept_in(const Node& tree) {
  std::vector<std::pair<std::string, Position>> places;
  if (const Node* municipalities = tree.find("municipalities"))
    for (const auto& municipality : municipalities->entries)
      if (const Node::Entry* keep = entry_of(municipality.value, "keep"))
        places.emplace_back(municipality.key, keep->key_at);
  return places;
}

/// What a baseline is held to is not a plan's to change: it would be refitted to what it is compared with.
void refuse_keep(const Node& plan, Diagnostics& diagnostics) {
  for (const auto& [municipality, at] : kept_in(plan))
    diagnostics.add({.at = at,
                     .what = "a plan cannot change what its baseline is held to",
                     .expected = "'keep' in the file that extends no other",
                     .got = "'keep'",
                     .hint = "change what the plan does, such as 'parameters: {job_loss: ...}'"});
}

/// All amounts of a baseline are in its currency.
void refuse_other_currency(const Node& baseline, const Node& plan, Diagnostics& diagnostics) {
  const Node* of_baseline = baseline.find("currency");
  const Node* of_plan = plan.find("currency");
  if (of_baseline == nullptr || of_plan == nullptr || of_baseline->text == of_plan->text) return;
  Diagnostics told_when_read;
  if (!codec::currency().parse(*of_plan, told_when_read)) return;
  diagnostics.add({.at = of_plan->at,
                   .what = "a plan cannot change the currency of its baseline",
                   .expected = of_baseline->text,
                   .got = oikos::quoted(of_plan->text),
                   .hint = "leave it out: all amounts of the baseline and its tables are in that currency"});
}

/// A chain of files, and the attributes that each of them names.
struct Chain {
  std::vector<Source> sources;                       ///< the one given first
  std::vector<std::vector<std::string>> attributes;  ///< by file, by name

  void add_attributes(const Node& tree) {
    auto& names = attributes.emplace_back();
    if (const Node* all = tree.find("attributes"))
      for (const auto& entry : all->entries) names.push_back(entry.key);
    std::ranges::sort(names);
  }
  /// All names, those of the last file first, each once.
  std::vector<std::string> lanes() const {
    std::vector<std::string> all;
    for (auto names = attributes.rbegin(); names != attributes.rend(); ++names)
      for (const std::string& name : *names)
        if (std::ranges::find(all, name) == all.end()) all.push_back(name);
    return all;
  }
};

/// The tree of a file over the trees of all files it extends.
Node resolve(Source source, Chain& chain, Diagnostics& diagnostics) {
  std::vector<Source>& sources = chain.sources;
  sources.push_back(std::move(source));
  Node tree = parse_yaml(sources.back(), diagnostics);
  chain.add_attributes(tree);
  if (tree.is_null() && !tree.at.known() && diagnostics.empty())
    diagnostics.add({.at = tree.at,
                     .what = "a file without a scenario",
                     .expected = "a scenario with 'start' and 'municipalities', or a plan with 'extends'",
                     .got = sources.back()->text.empty() ? "an empty file" : "blank lines and comments alone",
                     .hint = ""});
  const Node::Entry* extends = entry_of(tree, extends_key);
  if (extends == nullptr) return tree;
  const auto base_name = codec::path().parse(extends->value, diagnostics);
  if (!base_name) return remove_extends(tree), tree;
  const std::string base = resolved_path(extends->value.at, *base_name);
  auto below = read_named(extends->value.at, base, diagnostics);
  if (!below) return remove_extends(tree), tree;
  const bool circle = std::ranges::any_of(sources, [&](const Source& s) {
    std::error_code unreadable;
    return std::filesystem::equivalent(s->name, base, unreadable);
  });
  refuse_keep(tree, diagnostics);
  if (tree.entries.size() == 1)
    diagnostics.add({.at = extends->key_at,
                     .what = "a plan that changes nothing",
                     .expected = "beside 'extends' what the plan changes, and its 'name'",
                     .got = "'extends' alone",
                     .hint = "add 'name: my_plan', or give the file itself that it extends"});
  if (circle || sources.size() >= deepest_chain) {
    diagnostics.add({.at = extends->value.at,
                     .what = circle ? "a scenario cannot extend itself" : "scenarios extend each other too deeply",
                     .expected = fmt::format("at most {} files, each extending another", deepest_chain),
                     .got = oikos::quoted(base),
                     .hint = ""});
    remove_extends(tree);
    return tree;
  }
  remove_extends(tree);
  Node extended = resolve(std::move(*below), chain, diagnostics);
  refuse_other_currency(extended, tree, diagnostics);
  return tree.entries.empty() ? extended : overlay(extended, tree, diagnostics);
}

/// A plan whose `extends` was forgotten is told so, not what it lacks to be a city.
void refuse_fragment(const LoadedScenario& loaded, Diagnostics& diagnostics) {
  if (loaded.is_plan || !loaded.tree.is_mapping() || loaded.tree.entries.empty()) return;
  for (const char* key : {"start", "municipalities"})
    if (loaded.tree.find(key) != nullptr) return;
  diagnostics.add(
      {.at = loaded.tree.entries.front().key_at,
       .what = "neither a whole scenario nor a plan",
       .expected = "a scenario with 'start' and 'municipalities', or a plan with 'extends'",
       .got = "none of these keys",
       .hint = "if this changes another scenario, write 'extends: baseline.yaml', the file that it changes"});
  diagnostics.throw_if_any();
}

/// What a baseline is held to is told from what a plan does by the path of a setting, so it is not set inside another
/// value.
void refuse_keep_inside(const Setting& setting, const Node& written, Diagnostics& diagnostics) {
  if (std::ranges::count(setting.path, '/') >= 2) return;  // municipalities/CITY/keep, or something else of the city
  for (const auto& [municipality, at] : kept_in(written))
    diagnostics.add({.at = at,
                     .what = "'keep' is set by a path of its own",
                     .expected = fmt::format("--set municipalities/{}/keep/NAME=VALUE", municipality),
                     .got = oikos::quoted(setting.path),
                     .hint = ""});
}

/// The rest of a path with slashes as mappings inside each other, the value innermost.
Node nested(std::string_view path, Position at, Node value, const Node* there, Diagnostics& diagnostics) {
  const auto slash = path.find('/');
  const std::string_view first = path.substr(0, slash);
  if (first.empty()) {
    at.length = 1;
    diagnostics.add({.at = at,
                     .what = "an empty part in a path",
                     .expected = "keys with slashes between them, such as 'providers/shelter/places'",
                     .got = oikos::quoted(path),
                     .hint = ""});
    return {};
  }
  at.length = static_cast<int>(first.size());
  Node tree{
      .kind = Node::Kind::mapping, .at = at, .text = "", .quoted = false, .items = {}, .entries = {}, .removed = {}};
  const auto put = [&](const std::string& key, const Node* below) {
    if (slash == std::string_view::npos) return tree.entries.push_back({key, at, value});
    Position next = at;
    next.column += static_cast<int>(slash) + 1;
    tree.entries.push_back({key, at, nested(path.substr(slash + 1), next, value, below, diagnostics)});
  };
  if (first != every_key) put(std::string(first), there != nullptr ? there->find(first) : nullptr);
  else if (there != nullptr)
    for (const auto& entry : there->entries) put(entry.key, &entry.value);
  return tree;
}

/// A setting as a plan. It is a source of its own, so that a mistake in it is shown where it was written: on the
/// command line.
Node setting(const Setting& one, const Node& tree, Diagnostics& diagnostics) {
  if (one.option != "--set") {
    const Node value = parse_yaml(make_source(one.option, one.value), diagnostics);
    return nested(one.path, value.at, value, &tree, diagnostics);
  }
  const Source source = make_source("--set", fmt::format("{}: {}", one.path, one.value));
  const Node written = parse_yaml(source, diagnostics);
  if (!written.is_mapping() || written.entries.size() != 1) return {};
  const auto& [key, at, set_value] = written.entries[0];
  if (key.find('.') != std::string::npos && key.find('/') == std::string::npos) {  // targets of effects have dots
    std::string slashes = key;
    std::ranges::replace(slashes, '.', '/');
    diagnostics.add({.at = at,
                     .what = "a path with dots",
                     .expected = "keys with slashes between them, such as 'providers/shelter/places'",
                     .got = oikos::quoted(key),
                     .hint = "write " + slashes});
    return {};
  }
  const auto before = diagnostics.all().size();
  Node plan = nested(key, at, set_value, &tree, diagnostics);
  return diagnostics.all().size() == before ? plan : Node{};
}

/// What expressions may ask services about: programmes, their domains and providers, the providers' kinds, and `any`.
std::vector<std::string> services_in(const Node& tree) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& name) {
    if (units::parse_identifier(name) && std::ranges::find(names, name) == names.end()) names.push_back(name);
  };
  const auto each = [&](std::string_view section, std::string_view key) {
    const Node* all = tree.find(section);
    if (all == nullptr || !all->is_mapping()) return;
    for (const auto& entry : all->entries) {
      add(entry.key);
      if (const Node* value = entry.value.find(key); value != nullptr && value->is_scalar()) add(value->text);
    }
  };
  each("programmes", "domain");
  if (names.empty()) return names;
  each("providers", "kind");
  add("any");
  return names;
}

/// What the scenario declares; mistakes in it are reported when it is read as a whole.
std::shared_ptr<const Declarations> declarations_of(const Node& tree) {
  std::vector<Named<AttributeSpec>> attributes;
  const auto record = attribute_record();
  if (const Node* all = tree.find("attributes"); all != nullptr && all->is_mapping())
    for (const auto& entry : all->entries) {
      Diagnostics told_when_read;
      if (auto spec = record.parse_readable(entry.value, told_when_read))
        attributes.push_back({entry.key, entry.key_at, std::move(*spec)});
    }
  return std::make_shared<const Declarations>(declared(), attributes, services_in(tree), calls_in(tree));
}

}  // namespace

bool is_there(const Position& at, const std::string& path, Diagnostics& diagnostics) {
  std::error_code unreadable;
  if (std::filesystem::exists(path, unreadable) || unreadable) return true;  // reading it will say more
  diagnostics.add({.at = at,
                   .what = "no such file or folder",
                   .expected = "a name as seen from the folder of this file",
                   .got = oikos::quoted(path),
                   .hint = ""});
  return false;
}

std::optional<Source> read_named(const Position& at, const std::string& path, Diagnostics& diagnostics) {
  if (!is_there(at, path, diagnostics)) return std::nullopt;
  try {
    return read_source(path);
  } catch (const FileError& error) {
    diagnostics.add(unreadable(at, error));
    return std::nullopt;
  }
}

Diagnostic unreadable(const Position& at, const FileError& why) {
  return {.at = at,
          .what = "a file that cannot be read: " + why.reason(),
          .expected = "a name as seen from the folder of this file",
          .got = oikos::quoted(why.path()),
          .hint = why.hint()};
}

Source read_source(const std::string& path) {
  return std::make_shared<const SourceText>(SourceText{path, read_file(path, largest_file)});
}

bool LoadedScenario::knows_end(const Position& at) const {
  if (is_baseline) return false;  // it runs as long as its plan
  const Node::Entry* months = entry_of(tree, "months");
  // How far down the chain of files a place is; settings lie over all of them.
  const auto depth = [&](const Source& source) {
    const auto found = std::ranges::find(sources, source);
    return found == sources.end() ? -1 : found - sources.begin();
  };
  return months == nullptr || depth(months->key_at.source) >= depth(at.source);
}

LoadedScenario load_scenario(const std::string& path, const Settings& set) {
  LoadedScenario loaded = load_readable(path, set);
  loaded.mistakes.throw_if_any();
  return loaded;
}

LoadedScenario load_readable(const std::string& path, const Settings& set) {
  LoadedScenario loaded;
  Diagnostics diagnostics;
  Chain chain;
  loaded.tree = resolve(read_source(path), chain, diagnostics);
  loaded.sources = chain.sources;
  loaded.is_plan = loaded.sources.size() > 1;
  for (const Setting& one : set) {
    if (!loaded.tree.is_mapping()) break;  // the file is no scenario, which is all there is to say
    const Node written = setting(one, loaded.tree, diagnostics);
    if (loaded.is_plan) refuse_keep(written, diagnostics);
    else refuse_keep_inside(one, written, diagnostics);
    refuse_other_currency(loaded.tree, written, diagnostics);
    if (written.is_mapping()) loaded.tree = overlay(loaded.tree, written, diagnostics);
    // What is set comes after what is written in files.
    Chain set_ones;
    set_ones.add_attributes(written);
    chain.attributes.insert(chain.attributes.begin(), set_ones.attributes.front());
  }
  diagnostics.throw_if_any();
  refuse_fragment(loaded, diagnostics);
  const Node::Entry* currency = entry_of(loaded.tree, "currency");
  if (currency != nullptr) codec::currency().parse(currency->value, diagnostics);
  diagnostics.throw_if_any();  // no amount could be read right
  loaded.attribute_lanes = chain.lanes();
  loaded.declarations = declarations_of(loaded.tree);
  const auto record = scenario_record(currency != nullptr ? currency->value.text : "PLN");
  auto scenario = record.parse_readable(loaded.tree, loaded.mistakes);
  if (!scenario) loaded.mistakes.throw_if_any();
  loaded.scenario = std::move(*scenario);
  for (const auto& one : loaded.scenario.municipalities) loaded.scenario.everywhere.push_back(one.name);
  loaded.text = print(loaded.tree);
  loaded.sha256 = sha256(loaded.text);
  loaded.set = set;
  return loaded;
}

}  // namespace oikos
