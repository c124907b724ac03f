#include <CLI/CLI.hpp>
#include <algorithm>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "cli/cli.h"
#include "cli/terminal_guard.h"
#include "util/allocator.h"
#include "util/log.h"
#include "util/text.h"

namespace {

using namespace gw;
using namespace gw::cli;

int report(const Error& error) {
    std::cerr << "groundwork-cli: " << to_text(error) << "\n";
    return error.code == Error::Code::bad_spec ? exit_bad_usage : exit_failed;
}

/// A full disk or a closed pipe is found when the last of the output is written.
int all_said(int code) {
    if (std::cout.flush()) return code;
    std::cerr << "groundwork-cli: What was to be said could not be written: standard output is closed or full\n";
    return exit_failed;
}

int bad_usage(const Cli& cli, const CLI::ParseError& problem, int argc, char** argv) {
    std::cerr << "groundwork-cli: " << problem.what() << "\n";
    const CLI::App* verb = cli.app.get_subcommands().empty() ? nullptr : cli.app.get_subcommands().front();
    std::vector<std::string> names;
    for (const CLI::App* known : cli.app.get_subcommands(nullptr))
        if (!known->get_group().empty()) names.push_back(known->get_name());
    const auto near = !verb && argc > 1 ? nearest(argv[1], names) : std::nullopt;
    if (near) std::cerr << "  Did you mean \"" << *near << "\"?\n";
    std::cerr << "  `groundwork-cli " << (verb ? verb->get_name() + " " : "") << "--help` shows what can be said\n";
    return exit_bad_usage;
}

/// A file whose name came from an unset variable is no file that was left out.
void refuse_empty_files(CLI::App& app) {
    if (CLI::Option* out = app.get_option_no_throw("--out"))
        out->check([](const std::string& name) { return name.empty() ? "The name of a file is empty" : ""; });
    for (CLI::App* verb : app.get_subcommands([](CLI::App*) { return true; })) refuse_empty_files(*verb);
}

int carried_out(int argc, char** argv) {
    keep_freed_memory();
    std::signal(SIGXFSZ, SIG_IGN);  // a limit on the size of files is an error of the write, as a full disk is
    std::setlocale(LC_NUMERIC, "C");
    log_to_stderr();
    const TerminalGuard guard;
    Cli cli;
    cli.app.name("groundwork-cli");
    cli.app.set_version_flag("--version", std::string("Groundwork ") + GROUNDWORK_VERSION);
    cli.app
        .add_option(
            "--workspace", cli.workspace,
            "Folder of the history and the checkpoints (else $GROUNDWORK_WORKSPACE, else the user's data folder)")
        ->type_name("DIR");
    cli.app.require_subcommand(1);
    cli.app.footer(
        "What takes long tells how far it is on standard error: on a terminal in one line, else in a line every 10\n"
        "seconds, or every $GROUNDWORK_PROGRESS_SECONDS.");
    add_train_verbs(cli);
    add_finetune_verbs(cli);
    add_host_verbs(cli);
    add_history_verbs(cli);
    add_compare_verbs(cli);
    add_keeping_verbs(cli);
    add_cost_verbs(cli);
    add_baseline_verbs(cli);
    add_probe_verbs(cli);
    add_forecast_verbs(cli);
    add_draw_verbs(cli);
    add_embed_verbs(cli);
    add_cluster_verbs(cli);
    add_outlier_verbs(cli);
    add_looks_verbs(cli);
    add_weight_verbs(cli);
    add_queue_verbs(cli);
    add_bench_verbs(cli);
    add_plan_verbs(cli);
    add_check_verbs(cli);
    add_flight_verbs(cli);
    add_preview_verbs(cli);
    add_curate_verbs(cli);
    add_self_test_verbs(cli);
    add_sequence_verbs(cli);
    add_steer_verbs(cli);
    add_study_verbs(cli);
    add_judge_verbs(cli);
    add_model_verbs(cli);
    add_rebuild_verbs(cli);
    add_reference_verbs(cli);
    add_tokenizer_verbs(cli);
    refuse_empty_files(cli.app);
    try {
        // The parser takes the words from the back.
        std::vector<std::string> words = Cli::of_today({argv + 1, argv + argc});
        std::reverse(words.begin(), words.end());
        cli.app.parse(std::move(words));
    } catch (const CLI::Success& asked) {
        return all_said(cli.app.exit(asked));  // --help and --version
    } catch (const CLI::ParseError& problem) {
        return bad_usage(cli, problem, argc, argv);
    } catch (const Failure& failure) {
        return report(failure.error());
    } catch (const std::bad_alloc&) {
        return report({Error::Code::out_of_memory,
                       "Ran out of memory",
                       "Close other programs, or choose a smaller model or batch",
                       {}});
    } catch (const std::exception& problem) {
        return report({Error::Code::internal, problem.what(), "", {}});
    }
    return all_said(cli.exit_code);
}

}  // namespace

int main(int argc, char** argv) {
    const int code = carried_out(argc, argv);
    std::cout.flush();
    std::fflush(nullptr);
    std::_Exit(code);  // LibTorch takes a tenth of a second to put away what the system takes back anyhow
}
