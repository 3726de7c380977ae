#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <thread>

#include "sim/app/commands.hpp"
#include "sim/app/exit_codes.hpp"
#include "sim/app/json_text.hpp"
#include "sim/app/output_name.hpp"
#include "sim/app/parts.hpp"
#include "sim/app/progress.hpp"
#include "sim/app/warnings.hpp"
#include "sim/base/build_info.hpp"
#include "sim/base/narrow.hpp"
#include "sim/ensemble/ensemble.hpp"
#include "sim/file/checksum.hpp"
#include "sim/file/file.hpp"
#include "sim/format/result_format.hpp"
#include "sim/h5/result_file.hpp"
#include "sim/output/result.hpp"
#include "sim/scenario/build.hpp"

namespace oikos::app {

namespace {

std::atomic<bool>& stop_flag() {
  static std::atomic<bool> stop{false};  // set by the signal handler, which can be handed nothing else
  return stop;
}

/// Labels and names for people of what exists once in each municipality, or in one of them.
class Labels {
 public:
  explicit Labels(const Prepared& municipality, bool several)
      : key_(municipality.loaded.scenario.municipality_key()),
        title_(municipality.loaded.scenario.municipality().title),
        several_(several) {}
  std::string title() const { return title_.empty() ? key_ : title_; }
  std::string label(const std::string& key) const { return several_ ? key_ + "/" + key : key; }
  std::string title_of(const std::string& key, const std::string& title) const {
    const std::string name = title.empty() ? key : title;
    return several_ ? fmt::format("{} ({})", name, this->title()) : name;
  }

 private:
  std::string key_, title_;
  bool several_;
};

RunDescription describe(const PreparedScenario& p) {
  const Scenario& s = p.loaded.scenario;
  RunDescription run{.title = s.title.empty() ? s.name : s.title,
                     .scenario_name = s.name,
                     .scenario_yaml = p.loaded.text,
                     .scenario_sha256 = p.loaded.sha256,
                     .inputs_sha256 = p.inputs_sha256,
                     .inputs = p.inputs,
                     .seed = s.seed,
                     .currency = s.currency,
                     .start = s.start,
                     .months = narrow<int>(s.months),
                     .replicates = {},
                     .programmes = {},
                     .providers = {},
                     .flows = {},
                     .counts = p.loaded.registry().counts()};
  const bool several = p.municipalities.size() > 1;
  for (const Prepared& one : p.municipalities) {
    const Labels labels(one, several);
    if (several) {
      run.municipalities.push_back(one.loaded.scenario.municipality_key());
      run.municipality_titles.push_back(labels.title());
    }
    for (const auto& programme : one.loaded.scenario.programmes) {
      run.programmes.push_back(labels.label(programme.name));
      run.programme_titles.push_back(labels.title_of(programme.name, programme.value.title));
    }
    for (const auto& provider : one.loaded.scenario.providers) {
      run.providers.push_back(provider.name);
      run.provider_titles.push_back(provider.value.title.empty() ? provider.name : provider.value.title);
    }
  }
  return run;
}

/// The population of the first day and how it fits, of all municipalities together.
void describe_people(const Region& region, RunDescription& run) {
  const bool several = region.keys.size() > 1;
  std::string digests;
  double scaled = 0;
  for (std::size_t m = 0; m < region.keys.size(); ++m) {
    const Model& model = *region.municipalities[m];
    digests += model.population.sha256 + "\n";
    run.population.persons += model.population.persons;
    run.population.households += model.population.households;
    scaled += static_cast<double>(model.population.persons) / model.population.scale;
    for (population::FitRow row : model.population_fit) {
      if (several) row.margin = region.keys[m] + ": " + row.margin;
      run.population_fit.push_back(std::move(row));
    }
    for (const std::string& note : model.notes) run.notes.push_back(several ? region.keys[m] + ": " + note : note);
  }
  const InitialPopulation& first = region.municipalities.front()->population;
  run.population.sha256 = several ? sha256(digests) : first.sha256;
  const bool one_scale = std::ranges::all_of(region.municipalities,
                                             [&](const auto& model) { return model->population.scale == first.scale; });
  run.population.scale = one_scale ? first.scale : static_cast<double>(run.population.persons) / scaled;
}

/// Bytes of a result, roughly: for the look at the disk before the run.
std::uint64_t expected_bytes(const RunDescription& run, const PreparedScenario& prepared, std::int64_t replicates) {
  std::uint64_t groups = 50, flows = 0;
  for (const Prepared& one : prepared.municipalities) {
    groups += 3 + one.population.districts.size();
    flows += one.flows.kinds().size();
  }
  const std::uint64_t a_month = 8 * 12 * groups + 8 * (40 + 12 * run.programmes.size() + flows);
  return 1'000'000 + a_month * static_cast<std::uint64_t>(run.months) * static_cast<std::uint64_t>(replicates);
}

/// Warnings of a scenario as notes of its run.
std::vector<std::string> notes_of(const std::vector<Diagnostic>& warnings) {
  std::vector<std::string> notes;
  for (const Diagnostic& one : warnings) notes.push_back(to_note(one));
  return notes;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// What the result file leaves out on purpose, as it differs between equal runs.
void write_sidecar(const std::filesystem::path& result, const RunOptions& options, int threads, double seconds,
                   double person_months) {
  const BuildInfo build = build_info();
  nlohmann::ordered_json json;
  json["result"] = result.filename().string();
  json["sha256"] = sha256_file(result);
  json["program"] = std::string("oikos ") + std::string(build.version);
  json["commit"] = build.commit;
  json["compiler"] = build.compiler;
  json["scenario"] = options.scenario;
  json["threads"] = threads;
  json["persons_per_chunk"] = options.persons_per_chunk;
  json["seconds"] = seconds;
  json["person_months_per_second"] = seconds > 0 ? person_months / seconds : 0.0;
  publish(result.string() + ".run.json", json_text(json), IfExists::replace);
}

/// A programme under the label it has in results.
struct Labelled {
  std::string label;
  const Programme* programme;
};

std::vector<Labelled> labelled(const PreparedScenario& prepared) {
  std::vector<Labelled> all;
  for (const Prepared& one : prepared.municipalities) {
    const Labels labels(one, prepared.municipalities.size() > 1);
    for (const Programme& programme : one.programmes) all.push_back({labels.label(programme.key), &programme});
  }
  return all;
}

/// A sentence for each programme that began in the run and for which nobody was eligible in any month of any replicate,
/// and for each that began with fewer clients than it asks for. In the first month nobody enters or waits beside them
/// then: all who are eligible are clients.
std::vector<std::string> notes_of_programmes(const ResultData& result, const std::vector<Labelled>& programmes) {
  const std::size_t count = programmes.size();
  const auto values_of = [&](std::string_view measure) {
    const auto found = std::ranges::find(result.variables, format::programme_variable(measure), &ResultVariable::name);
    return found == result.variables.end() ? std::vector<double>(count) : as_doubles(found->values);
  };
  const std::vector<double> eligible = values_of("eligible"), enrolled = values_of("enrolled"),
                            waiting = values_of("waiting");
  std::vector<std::string> notes;
  for (std::size_t p = 0; p < count; ++p) {
    const Programme& one = *programmes[p].programme;
    bool nobody = !one.from || *one.from < result.start + result.months;
    for (std::size_t i = p; i < eligible.size(); i += count) nobody = nobody && eligible[i] == 0;
    if (nobody)
      notes.push_back(fmt::format("nobody was eligible for {} in any month", oikos::quoted(programmes[p].label)));
  }
  for (std::size_t p = 0; p < count; ++p) {
    const double clients = enrolled[p] + waiting[p];
    if (clients < static_cast<double>(programmes[p].programme->initial))
      notes.push_back(fmt::format("{} begins with {:.0f} clients instead of {}: no more were eligible",
                                  oikos::quoted(programmes[p].label), clients, programmes[p].programme->initial));
  }
  return notes;
}

}  // namespace

void request_stop() { stop_flag() = true; }

int run(const RunOptions& options, Streams streams) {
  const auto began = std::chrono::steady_clock::now();
  const PreparedScenario prepared = prepare_all(load_readable(options.scenario, options.set));
  show_warnings(prepared.warnings, options.strict, streams);
  const Scenario& scenario = prepared.loaded.scenario;
  const std::filesystem::path output = options.output.empty() ? scenario.name + ".h5" : options.output;
  refuse_other_format(output, ".h5", "a result is an HDF5 file; `oikos compare --csv` writes tables");
  const IfExists if_exists = options.force ? IfExists::replace : IfExists::fail;
  const auto processors = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  const int threads = options.threads > 0 ? options.threads : processors;
  RunDescription description = describe(prepared);
  refuse_inputs_among_own(output, prepared.input_files);
  for (const char* beside : {"", ".sha256", ".run.json"}) refuse_input(output.string() + beside, prepared.input_files);
  check_writable(output, expected_bytes(description, prepared, scenario.replicates), if_exists);
  for (const char* beside : {".sha256", ".run.json"}) check_writable(output.string() + beside, 10'000, if_exists);
  // Held until the end: nobody else writes this result meanwhile.
  Parts parts(output, [&](const std::string& what) { streams.err << "warning: " << what << "\n"; });

  Progress progress(streams.bare != nullptr ? *streams.bare : streams.err, streams.terminal, options.quiet);
  const Executor executor(threads);
  const Region region = build_region(prepared, executor, [&](std::string_view what, double done) {
    progress.show(what, static_cast<std::int64_t>(done * 1000), 1000);
    if (stop_flag()) throw Interrupted{};
  });
  description.notes = notes_of(prepared.warnings);
  const std::size_t warned = description.notes.size();
  describe_people(region, description);
  description.flows = region.flows;
  const Groups& groups = *region.groups;
  progress.finish();
  for (std::size_t i = warned; i < description.notes.size(); ++i)
    streams.err << "note: " << description.notes[i] << "\n";
  const auto persons = static_cast<double>(region.persons());

  // Parts of a run that was stopped are taken over; the others are run.
  description.replicates = {0};
  const ResultData like =
      result_data(description, groups, std::vector<std::vector<MonthRecord>>(1, std::vector<MonthRecord>{}));
  std::map<std::int32_t, ResultData> done;
  std::vector<std::int32_t> missing;
  for (std::int32_t r = 0; r < narrow<std::int32_t>(scenario.replicates); ++r) {
    if (auto part = parts.load(r, like)) done.emplace(r, std::move(*part));
    else missing.push_back(r);
  }
  if (!done.empty() && !options.quiet)
    streams.err << fmt::format("{} of {} replicates are taken over from {}\n", done.size(), scenario.replicates,
                               parts.folder().string());
  const EnsembleOptions ensemble{
      .threads = threads,
      .cut = {narrow<std::uint32_t>(options.persons_per_chunk), options.check_every_month},
      .progress = [&](std::int64_t n, std::int64_t all) { progress.show("running", n, all, "person-months", persons); },
      .stop = &stop_flag()};
  std::vector<std::int32_t> unsaved;
  double saving = 0;  // seconds; slow disks get a twentieth of the time
  const auto save_parts = [&] {
    const auto start = std::chrono::steady_clock::now();
    std::erase_if(unsaved, [&](std::int32_t replicate) { return parts.save(done.at(replicate)); });
    saving += seconds_since(start);
  };
  try {
    run_ensemble(region, missing, ensemble, [&](std::int32_t replicate, std::vector<MonthRecord> months) {
      description.replicates = {replicate};
      std::vector<std::vector<MonthRecord>> one;
      one.push_back(std::move(months));
      done.emplace(replicate, result_data(description, groups, one));
      unsaved.push_back(replicate);
      // Kept soon, so that even a killed run loses little. One alone goes straight into the result.
      if (scenario.replicates > 1 && saving * 20 <= seconds_since(began)) save_parts();
    });
  } catch (const Interrupted&) {
    progress.finish();
    save_parts();
    streams.err << interruption(done.size(), done.size() - unsaved.size(), scenario.replicates, parts.folder());
    return interrupted;
  }
  progress.finish();

  std::vector<ResultData> all;
  for (auto& [replicate, part] : done) {
    // What is kept in no file stays here until the result is in place.
    if (std::ranges::find(unsaved, replicate) == unsaved.end()) all.push_back(std::move(part));
    else all.push_back(part);
  }
  ResultData result = merge(std::move(all));
  for (const std::string& note : notes_of_programmes(result, labelled(prepared))) {
    streams.err << "note: " << note << "\n";
    description.notes.push_back(note);
  }
  std::ranges::find(result.texts, format::notes, &ResultText::name)->text = join_lines(description.notes);
  try {
    write_result(output, result, if_exists);
  } catch (const InPlaceError&) {
    parts.clear();
    throw;
  } catch (const FileError&) {
    save_parts();  // the work is done: the same command goes on from it once the disk is well
    throw;
  }
  parts.clear();
  const double seconds = seconds_since(began);
  const double person_months = persons * static_cast<double>(scenario.months) * static_cast<double>(missing.size());
  after_in_place(output, [&] { write_sidecar(output, options, threads, seconds, person_months); });
  if (options.json) {
    streams.out << json_text(nlohmann::ordered_json{{"schema", "oikos-run/1"},
                                                    {"result", output.string()},
                                                    {"scenario", scenario.name},
                                                    {"scenario_sha256", prepared.loaded.sha256},
                                                    {"inputs_sha256", prepared.inputs_sha256},
                                                    {"population_sha256", description.population.sha256},
                                                    {"replicates", scenario.replicates},
                                                    {"months", scenario.months},
                                                    {"notes", description.notes}});
  } else {
    streams.out << fmt::format("{}: {} replicates of {} months, {} persons at the start\n", output.string(),
                               scenario.replicates, scenario.months, region.persons());
  }
  return ok;
}

}  // namespace oikos::app
