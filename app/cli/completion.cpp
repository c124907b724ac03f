#include "cli/completion.h"

#include <functional>
#include <sstream>

#include "spec/curation_family.h"

namespace gw::cli {

namespace {

enum class Value { none, words, files, folders, settings, text };

struct Completion {
    Value kind = Value::text;
    std::vector<std::string> words;
};

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

/// What can stand in the place of an option's value. Names of runs and checkpoints are the workspace's, and to ask it
/// would take longer than a person waits for a completion.
Completion completion_of(const OptionFacts& option) {
    if (!option.choices.empty()) return {Value::words, option.choices};
    const std::string& type = option.type;
    if (type.empty()) return {option.positional ? Value::text : Value::none, {}};
    if (option.names.back() == "--recipe") {
        Completion out{Value::words, {}};
        for (const Recipe& recipe : recipes().or_throw()) out.words.push_back(recipe.id);
        return out;
    }
    if (type == "FAMILY") {
        Completion out{Value::words, {}};
        for (const Family& family : families()) out.words.push_back(family.id);
        out.words.push_back(curation_family().id);
        out.words.push_back("metrics");
        return out;
    }
    if (option.names.back() == "--set") return {Value::settings, {}};
    if (type == "DIR" || type == "FOLDER" || type == "CHECKPOINT") return {Value::folders, {}};
    if (type == "PATH" || type.starts_with("FILE") || type.ends_with(".json")) return {Value::files, {}};
    return {Value::text, {}};
}

/// Calls `visit` with every verb and the words that lead to it ("queue add"); the program itself is "".
void for_each_verb(const VerbFacts& verb, const std::string& path,
                   const std::function<void(const VerbFacts&, const std::string&)>& visit) {
    visit(verb, path);
    for (const VerbFacts& below : verb.verbs)
        for_each_verb(below, path.empty() ? below.name : path + " " + below.name, visit);
}

std::string quoted_names(const std::vector<std::string>& names, const std::string& path) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "'" : "|'") + path + " " + name + "'";
    return out;
}

/// Lines of a bash case: what to reply where the word before is an option with a value.
void bash_values(std::ostream& out, const VerbFacts& verb, const std::string& path) {
    for (const OptionFacts& option : verb.options) {
        const Completion value = completion_of(option);
        if (option.positional || value.kind == Value::none) continue;
        out << "        " << quoted_names(option.names, path) << ") ";
        switch (value.kind) {
            case Value::words:
                out << "_groundwork_cli_words '" << joined(value.words) << "'";
                break;
            case Value::files:
                out << "_groundwork_cli_files -f";
                break;
            case Value::folders:
                out << "_groundwork_cli_files -d";
                break;
            case Value::settings:
                out << "_groundwork_cli_settings";
                break;
            default:
                out << ":";
        }
        out << "; return ;;\n";
    }
}

/// What may stand where no option asks for a value: verbs, options, and what the positionals take.
void bash_words(std::ostream& out, const VerbFacts& verb, const std::string& path) {
    std::vector<std::string> words;
    for (const VerbFacts& below : verb.verbs) words.push_back(below.name);
    std::string files;
    for (const OptionFacts& option : verb.options) {
        if (!option.positional) {
            words.insert(words.end(), option.names.begin(), option.names.end());
            continue;
        }
        const Completion value = completion_of(option);
        words.insert(words.end(), value.words.begin(), value.words.end());
        if (value.kind == Value::files) files = "-f";
        if (value.kind == Value::folders && files.empty()) files = "-d";
    }
    if (!path.empty()) words.push_back("--workspace");
    out << "        '" << path << "') words='" << joined(words) << "' files=" << files << " ;;\n";
}

/// Text within single quotes within the brackets of a specification of _arguments.
std::string zsh_text(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\'') {
            out += "'\\''";
            continue;
        }
        if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
        out += c == '\n' ? ' ' : c;
    }
    return out;
}

std::string zsh_action(const OptionFacts& option) {
    const Completion value = completion_of(option);
    switch (value.kind) {
        case Value::words:
            return "(" + joined(value.words) + ")";
        case Value::files:
            return "_files";
        case Value::folders:
            return "_files -/";
        case Value::settings:
            return "_groundwork_cli_settings";
        default:
            return " ";
    }
}

std::string zsh_function(const std::string& path) {
    std::string out = "_groundwork_cli";
    for (const char c : path.empty() ? "" : " " + path) out += c == ' ' || c == '-' ? '_' : c;
    return out;
}

void zsh_verb(std::ostream& out, const VerbFacts& verb, const std::string& path) {
    out << zsh_function(path) << "() {\n    local state state_descr line context\n    typeset -A opt_args\n"
        << "    _arguments -C";
    const std::string sep = " \\\n        ";
    for (const OptionFacts& option : verb.options) {
        const std::string action =
            option.type.empty() && !option.positional ? "" : ":" + zsh_text(option.type) + ":" + zsh_action(option);
        if (option.positional) {
            const char* how_many = option.repeats ? "*:" : option.required ? ":" : "::";
            if (verb.verbs.empty())
                out << sep << "'" << how_many << zsh_text(option.names.front()) << ":" << zsh_action(option) << "'";
            continue;
        }
        for (const std::string& name : option.names)
            out << sep << "'" << (option.repeats ? "*" : "") << name << "[" << zsh_text(option.help) << "]" << action
                << "'";
    }
    if (!path.empty()) out << sep << "'--workspace[Folder of the history and the checkpoints]:DIR:_files -/'";
    if (verb.verbs.empty()) {
        out << "\n}\n";
        return;
    }
    out << sep << "'1: :->verb'" << sep << "'*:: :->rest'\n    case $state in\n        verb)\n"
        << "            local -a verbs=(";
    for (const VerbFacts& below : verb.verbs)
        out << "\n                '" << below.name << ":" << zsh_text(below.help) << "'";
    out << ")\n            _describe verb verbs ;;\n        rest)\n            case $words[1] in\n";
    for (const VerbFacts& below : verb.verbs)
        out << "                " << below.name << ") "
            << zsh_function(path.empty() ? below.name : path + " " + below.name) << " ;;\n";
    out << "            esac ;;\n    esac\n}\n";
}

}  // namespace

std::string bash_completion(const VerbFacts& program) {
    std::ostringstream out;
    out << "# Completion for groundwork-cli, made by `groundwork-cli completion bash`.\n\n"
           "_groundwork_cli_words() { mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$current\"); }\n"
           "_groundwork_cli_files() {\n"
           "    compopt -o filenames\n"
           "    mapfile -t COMPREPLY < <(compgen \"$1\" -- \"$current\")\n"
           "}\n"
           "_groundwork_cli_settings() {\n"
           "    compopt -o nospace\n"
           "    mapfile -t COMPREPLY < <(compgen -S = -W '"
        << joined(setting_paths())
        << "' -- \"$current\")\n}\n\n"
           "_groundwork_cli() {\n"
           "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} verb= words= files= i\n"
           "    COMPREPLY=()\n"
           "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
           "        case \"$verb${verb:+ }${COMP_WORDS[i]}\" in\n";
    for_each_verb(program, "", [&out](const VerbFacts&, const std::string& path) {
        if (!path.empty()) out << "            '" << path << "') verb='" << path << "' ;;\n";
    });
    out << "        esac\n    done\n    case \"$verb $before\" in\n";
    for_each_verb(program, "",
                  [&out](const VerbFacts& verb, const std::string& path) { bash_values(out, verb, path); });
    out << "        *' --workspace') _groundwork_cli_files -d; return ;;\n"
           "    esac\n    case $verb in\n";
    for_each_verb(program, "", [&out](const VerbFacts& verb, const std::string& path) { bash_words(out, verb, path); });
    out << "    esac\n"
           "    _groundwork_cli_words \"$words\"\n"
           "    if [ -n \"$files\" ] && [ \"${current:0:1}\" != - ]; then\n"
           "        compopt -o filenames\n"
           "        mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen \"$files\" -- \"$current\")\n"
           "    fi\n"
           "}\n"
           "complete -F _groundwork_cli groundwork-cli\n";
    return out.str();
}

std::string zsh_completion(const VerbFacts& program) {
    std::ostringstream out;
    out << "#compdef groundwork-cli\n# Completion for groundwork-cli, made by `groundwork-cli completion zsh`.\n\n"
           "_groundwork_cli_settings() {\n    local -a paths=("
        << joined(setting_paths()) << ")\n    compadd -S = -- $paths\n}\n";
    for_each_verb(program, "", [&out](const VerbFacts& verb, const std::string& path) { zsh_verb(out, verb, path); });
    out << "_groundwork_cli \"$@\"\n";
    return out.str();
}

}  // namespace gw::cli
