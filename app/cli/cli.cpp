#include "cli/cli.h"

namespace gw::cli {

CLI::App& Cli::verb(const std::string& name, const std::string& help) {
    CLI::App* verb = app.add_subcommand(name, help);
    verb->fallthrough();  // so that --workspace may stand behind the verb
    return *verb;
}

Workspace Cli::open_workspace() const {
    return Workspace::open(workspace.empty() ? Workspace::default_root() : fs::path(workspace)).or_throw();
}

Store open_store(const Cli& cli) {
    return cli.open_workspace().store().or_throw();
}

std::pair<std::string, std::string> assignment(const std::string& text) {
    const std::size_t at = text.find('=');
    if (at == std::string::npos || at == 0)
        throw Failure(Error{Error::Code::bad_spec,
                            "\"" + text + "\" sets nothing",
                            "Write it as path=value, such as backbone.width=128",
                            {"option --set"}});
    return {text.substr(0, at), text.substr(at + 1)};
}

CLI::Option* add_repeated(CLI::App& verb, const std::string& name, std::vector<std::string>& into, const std::string& help) {
    return verb.add_option(name, into, help)
        ->type_size(1)
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

}  // namespace gw::cli
