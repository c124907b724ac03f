#include <ctime>
#include <iostream>
#include <memory>

#include "cli/findings.h"
#include "cli/follow.h"
#include "cli/progress_line.h"
#include "cli/tested_settings.h"
#include "study/flight/flight.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct FlightOptions {
    TestedSettings settings;
    std::optional<double> memory, disk;  ///< GiB
    std::int64_t steps = 30;
    double others = 30;
    bool json = false;
};

std::optional<std::uint64_t> bytes_of(const std::optional<double>& gib) {
    constexpr double bytes = 1024.0 * 1024 * 1024;
    return gib ? std::optional(static_cast<std::uint64_t>(*gib * bytes)) : std::nullopt;
}

/// "14:32" today, else with the date; local time.
std::string clock_text(double seconds_from_now) {
    const auto local = [](std::time_t at) {
        std::tm out{};
        ::localtime_r(&at, &out);
        return out;
    };
    const auto now = static_cast<std::time_t>(now_seconds());
    const std::tm today = local(now), then = local(static_cast<std::time_t>(now_seconds() + seconds_from_now));
    const bool same_day = today.tm_yday == then.tm_yday && today.tm_year == then.tm_year;
    char text[64];
    const std::size_t length = std::strftime(text, sizeof text, same_day ? "%H:%M" : "%Y-%m-%d %H:%M", &then);
    return {text, length};
}

void flight_verb(Cli& cli, const FlightOptions& o) {
    FlightRequest request;
    request.spec = o.settings.spec(cli);
    const Workspace workspace = o.settings.workspace(cli);
    const StopAtInterrupt interrupt;
    ProgressLine progress;
    request.cache = workspace.cache();
    request.runs = workspace.root();
    request.memory = bytes_of(o.memory);
    request.disk = bytes_of(o.disk);
    request.steps = o.steps;
    request.others = o.others;
    request.progress = progress.shown();
    request.stop = interrupt.token();
    auto made = flight_check(request);
    progress.end();
    const FlightReport report = std::move(made).or_throw();
    cli.exit_code = report.can_go() ? exit_done : exit_failed;
    if (o.json) return print_json(to_json(report));
    for (const CheckFinding& finding : report.findings) print_finding(finding, flight_sheets());
    if (report.course.seconds > 0)
        std::cout << "Begun now it would end at about " << clock_text(report.course.seconds) << ".\n";
    if (!report.advice.empty()) {
        std::cout << "Advised:";
        for (const auto& [path, value] : report.advice) std::cout << " --set " << path << "=" << value.dump();
        std::cout << "\n";
    }
    std::cout << (report.can_go() ? "Nothing speaks against launching it.\n" : "It cannot go as it is.\n");
}

}  // namespace

void add_flight_verbs(Cli& cli) {
    auto o = std::make_shared<FlightOptions>();
    CLI::App& verb =
        cli.verb("flight", "Measure in a few real steps how long a run would take, and what memory and disk it needs");
    o->settings.add_to(verb);
    real_number(verb.add_option("--memory", o->memory, "GiB that the run may take, in the place of what is free"))
        ->check(above_zero())
        ->type_name("GIB");
    real_number(verb.add_option("--disk", o->disk, "GiB that it may keep, in the place of what is free"))
        ->check(zero_or_more())
        ->type_name("GIB");
    whole_number(verb.add_option("--steps", o->steps, "Steps that are counted at most; 3 at least, however long"))
        ->check(CLI::Range(3, 100000))
        ->capture_default_str();
    real_number(verb.add_option("--others", o->others,
                                "Seconds that other micro-batches of the same rows may take to be tried; 0 = none"))
        ->check(zero_or_more())
        ->capture_default_str();
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.footer("Nothing of it is kept. Exit status 1 where the run cannot go.");
    verb.callback([&cli, o] { flight_verb(cli, *o); });
}

}  // namespace gw::cli
