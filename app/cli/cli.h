#pragma once
#include <CLI/App.hpp>
#include <map>
#include <string>
#include <vector>

#include "schema/typed.h"
#include "spec/spec_settings.h"
#include "util/named_file.h"
#include "workspace/workspace.h"

namespace gw::cli {

/// The program: its verbs and the options they share. A verb does its work in its callback, ends by a thrown Failure
/// when it cannot, and sets `exit_code` when it can.
struct Cli {
    CLI::App app{"Groundwork: pretraining of neural networks, from the command line"};
    std::string workspace;
    int exit_code = 0;

    CLI::App& verb(const std::string& name, const std::string& help);
    /// Verbs that go by other names now, with these; they are understood and stand in no help.
    static const std::map<std::string, std::string>& former_verbs();
    /// The words of the command line with a former verb by its name of today.
    static std::vector<std::string> of_today(std::vector<std::string> words);
    /// The folder of --workspace, the environment or the user's data folder.
    fs::path root() const;
    /// Opens the workspace there to write to it, making what is missing.
    Workspace open_workspace() const;
    /// The same to read only: also one that may not be written to. One that was named and is not there is an error.
    Workspace look_workspace() const;
};

inline constexpr int exit_done = 0, exit_failed = 1, exit_bad_usage = 2;

/// A store for the calling thread, to write to.
Store open_store(const Cli& cli);
/// The same to read only: also of a workspace that may not be written to.
Store look_store(const Cli& cli);

/// "path=value" cut at the first equals sign; throws Failure (bad_spec) without one.
Setting assignment(const std::string& text);
std::vector<Setting> assignments(const std::vector<std::string>& texts);

/// Lets a number be written in every way that parse_number() reads ("1e3", "2k", "1_000"); anything else is refused.
/// First the kind of option, then its range.
CLI::Option* whole_number(CLI::Option* option);
CLI::Option* real_number(CLI::Option* option);
/// Ranges without an upper end; CLI11's own tell the largest double in 309 digits.
CLI::Validator above_zero();
CLI::Validator zero_or_more();

/// One JSON object on a line of standard output, whatever bytes its names hold.
void print_json(const Json& json);

/// All of standard input. Throws Failure where it is closed or cannot be read: that is no empty text.
std::string read_input();

/// Text to standard output, or to a file that is named; one that is there already is replaced with `replace` alone.
/// Throws Failure.
void put_out(const std::string& text, const std::string& file, bool replace);
/// The option --replace of a verb that writes a file.
void add_replace(CLI::App& verb, bool& replace);

/// An option that may be given several times, one value each.
CLI::Option* add_repeated(CLI::App& verb, const std::string& name, std::vector<std::string>& into,
                          const std::string& help);

/// Runs that a filter lets through, newest first; throws Failure that marks the place where the filter cannot be read.
std::vector<RunRecord> filtered_runs(const Store& store, const std::string& filter, bool trash);
/// How filters are written, for the help of verbs that take one.
std::string filter_help();

void add_bench_verbs(Cli& cli);
void add_compare_verbs(Cli& cli);
void add_curate_verbs(Cli& cli);
void add_embed_verbs(Cli& cli);
void add_draw_verbs(Cli& cli);
void add_forecast_verbs(Cli& cli);
void add_cluster_verbs(Cli& cli);
void add_outlier_verbs(Cli& cli);
void add_finetune_verbs(Cli& cli);
void add_host_verbs(Cli& cli);
void add_keeping_verbs(Cli& cli);
void add_looks_verbs(Cli& cli);
void add_cost_verbs(Cli& cli);
void add_weight_verbs(Cli& cli);
void add_plan_verbs(Cli& cli);
void add_preview_verbs(Cli& cli);
void add_baseline_verbs(Cli& cli);
void add_probe_verbs(Cli& cli);
void add_queue_verbs(Cli& cli);
void add_check_verbs(Cli& cli);
void add_flight_verbs(Cli& cli);
void add_self_test_verbs(Cli& cli);
void add_sequence_verbs(Cli& cli);
void add_steer_verbs(Cli& cli);
void add_study_verbs(Cli& cli);
void add_train_verbs(Cli& cli);
void add_history_verbs(Cli& cli);
void add_judge_verbs(Cli& cli);
void add_model_verbs(Cli& cli);
void add_rebuild_verbs(Cli& cli);
void add_reference_verbs(Cli& cli);
void add_tokenizer_verbs(Cli& cli);

}  // namespace gw::cli
