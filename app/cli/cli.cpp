#include "cli/cli.h"

#include <cstdlib>
#include <iostream>

#include "util/named_file.h"
#include "util/number.h"
#include "util/text.h"

namespace gw::cli {

CLI::App& Cli::verb(const std::string& name, const std::string& help) {
    CLI::App* verb = app.add_subcommand(name, help);
    verb->fallthrough();  // so that --workspace may stand behind the verb
    return *verb;
}

const std::map<std::string, std::string>& Cli::former_verbs() {
    static const std::map<std::string, std::string> former{{"knobs", "live-settings"}};
    return former;
}

std::vector<std::string> Cli::of_today(std::vector<std::string> words) {
    std::size_t at = 0;
    while (at < words.size() && words[at].starts_with("-")) at += words[at] == "--workspace" ? 2 : 1;
    if (at >= words.size()) return words;
    if (const auto now = former_verbs().find(words[at]); now != former_verbs().end()) words[at] = now->second;
    return words;
}

fs::path Cli::root() const {
    return workspace.empty() ? Workspace::default_root() : fs::path(workspace);
}

Workspace Cli::open_workspace() const {
    return Workspace::open(root()).or_throw();
}

Workspace Cli::look_workspace() const {
    std::error_code unknown;
    const char* chosen = std::getenv("GROUNDWORK_WORKSPACE");
    const bool named = !workspace.empty() || (chosen && *chosen);
    if (named && !fs::exists(root(), unknown))
        throw Failure(Error{Error::Code::bad_spec,
                            "There is no such workspace to look at",
                            "Check its name; what trains in a new workspace makes it",
                            {"folder " + absolute_path(root()).string()}});
    return Workspace::look(root()).or_throw();
}

Store open_store(const Cli& cli) {
    return cli.open_workspace().store().or_throw();
}

Store look_store(const Cli& cli) {
    return cli.look_workspace().store(Store::Mode::read_only).or_throw();
}

Setting assignment(const std::string& text) {
    const std::size_t at = text.find('=');
    if (at == std::string::npos || at == 0)
        throw Failure(Error{Error::Code::bad_spec,
                            "\"" + text + "\" sets nothing",
                            "Write it as path=value, such as backbone.width=128",
                            {"option --set"}});
    return {text.substr(0, at), text.substr(at + 1)};
}

std::vector<Setting> assignments(const std::vector<std::string>& texts) {
    std::vector<Setting> out;
    for (const std::string& text : texts) out.push_back(assignment(text));
    return out;
}

CLI::Option* whole_number(CLI::Option* option) {
    return option->transform(CLI::Validator(
        [](std::string& text) {
            const auto count = parse_count(text);
            if (!count) return "\"" + text + "\" is no whole number; write it like 2000, 2e3, 2k or 2_000";
            text = std::to_string(*count);
            return std::string();
        },
        "", ""));
}

CLI::Option* real_number(CLI::Option* option) {
    return option->transform(CLI::Validator(
        [](std::string& text) {
            const auto number = parse_number(text);
            if (!number) return "\"" + text + "\" is no number; write it like 0.5, 5e-4 or 2k";
            text = exact_number(*number);
            return std::string();
        },
        "", ""));
}

CLI::Validator above_zero() {
    return {[](const std::string& text) {
                const auto number = parse_number(text);
                return number && *number > 0 ? std::string() : text + " must be above 0";
            },
            "POSITIVE"};
}

CLI::Validator zero_or_more() {
    return {[](const std::string& text) {
                const auto number = parse_number(text);
                return number && *number >= 0 ? std::string() : text + " must be 0 or more";
            },
            "NONNEGATIVE"};
}

void print_json(const Json& json) {
    std::cout << schema::json_line(json) << "\n";
}

std::string read_input() {
    return read_standard_input().or_throw();
}

void put_out(const std::string& text, const std::string& file, bool replace) {
    if (file.empty()) {
        std::cout << text;
        return;
    }
    write_named_file(file, text, replace ? Existing::replace : Existing::refuse).or_throw();
    std::cerr << "Written: " << file << "\n";
}

void add_replace(CLI::App& verb, bool& replace) {
    verb.add_flag("--replace", replace, "Where the file is there already, write it anew");
}

CLI::Option* add_repeated(CLI::App& verb, const std::string& name, std::vector<std::string>& into,
                          const std::string& help) {
    return verb.add_option(name, into, help)
        ->type_size(1)
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

}  // namespace gw::cli
