#include "cli/man_page.h"

#include <sstream>

#include "schema/render.h"
#include "spec/curation_family.h"
#include "util/text.h"

namespace gw::cli {

namespace {

/// Text as roff prints it letter by letter: hyphens that can be copied, and no line that is read as a request.
std::string roff(std::string_view text) {
    std::string out;
    bool line_begins = true;
    for (const char c : text) {
        if (line_begins && (c == '.' || c == '\'')) out += "\\&";
        line_begins = c == '\n';
        if (c == '\\')
            out += "\\e";
        else if (c == '-')
            out += "\\-";
        else
            out += c;
    }
    return out;
}

std::string bold(std::string_view text) {
    return "\\fB" + roff(text) + "\\fR";
}

std::string italic(std::string_view text) {
    return "\\fI" + roff(text) + "\\fR";
}

std::string heading(const std::string& name, int section, const std::string& of) {
    return ".\\\" Made by `groundwork-cli manual --man`; changes belong into the program.\n.TH " + roff(name) + " " +
           std::to_string(section) + " \"\" \"Groundwork " GROUNDWORK_VERSION "\" \"" + of + "\"\n";
}

std::string value_of(const OptionFacts& option) {
    if (option.choices.empty()) return option.type.empty() ? "" : italic(option.type);
    std::string out;
    for (const std::string& choice : option.choices) out += (out.empty() ? "" : "|") + bold(choice);
    return out;
}

void write_option(std::ostream& out, const OptionFacts& option) {
    out << ".TP\n";
    if (option.positional) {
        out << italic(option.names.front()) << (option.repeats ? "..." : "") << "\n";
    } else {
        std::string names;
        for (const std::string& name : option.names) names += (names.empty() ? "" : ", ") + bold(name);
        const std::string value = value_of(option);
        out << names << (value.empty() ? "" : " " + value) << "\n";
    }
    out << roff(option.help) << "\n";
    if (option.positional && !option.choices.empty()) out << "One of " << value_of(option) << ".\n";
}

void write_verb(std::ostream& out, const VerbFacts& verb, const std::string& before) {
    const std::string path = before.empty() ? verb.name : before + " " + verb.name;
    std::string line;
    bool options = false;
    for (const OptionFacts& option : verb.options) {
        if (!option.positional) {
            options = true;
            continue;
        }
        const std::string name = italic(option.names.front()) + (option.repeats ? "..." : "");
        line += option.required ? " " + name : " [" + name + "]";
    }
    out << ".SS " << roff(path) << "\n"
        << bold("groundwork-cli " + path) << (options ? " [" + italic("OPTION") + "...]" : "")
        << (verb.verbs.empty() ? "" : " " + italic("VERB")) << line << "\n.PP\n"
        << roff(verb.help) << ".\n";
    for (const OptionFacts& option : verb.options)
        if (option.names.back() != "--help") write_option(out, option);
    if (!verb.footer.empty()) out << ".PP\n" << roff(verb.footer) << "\n";
    for (const VerbFacts& below : verb.verbs) write_verb(out, below, path);
}

void write_row(std::ostream& out, const schema::Row& row) {
    const std::string range = schema::range_text(row), value = schema::value_text(row.default_value);
    const std::string accepts =
        row.type == schema::Type::choice ? range : type_name(row.type) + (range.empty() ? "" : ", " + range);
    out << ".TP\n"
        << bold(row.info.key) << " (" << roff(accepts) << "; default " << (value.empty() ? "empty" : roff(value))
        << (row.info.unit.empty() ? "" : " " + roff(row.info.unit)) << ")\n"
        << roff(row.info.help) << "\n";
    if (!row.info.shown_when.empty()) out << "Only when " << bold(row.info.shown_when) << ".\n";
}

void write_family(std::ostream& out, const Family& family, const std::string& place) {
    out << ".SH " << roff(family.title) << "\n" << place << roff(family.help) << "\n";
    for (const Sheet* sheet : family.kinds) {
        if (!family.single)
            out << ".SS " << roff(sheet->card.id) << " \\- " << roff(sheet->card.title) << "\n"
                << roff(sheet->card.summary) << "\n";
        if (!sheet->card.source.empty()) out << "(" << roff(sheet->card.source) << ")\n";
        for (const schema::Row& row : sheet->rows) write_row(out, row);
    }
}

}  // namespace

std::string commands_page(const VerbFacts& program) {
    std::ostringstream out;
    out << heading("GROUNDWORK-CLI", 1, "User Commands") << R"(.SH NAME
groundwork\-cli \- train neural networks from the command line
.SH SYNOPSIS
\fBgroundwork\-cli\fR [\fB\-\-workspace\fR \fIDIR\fR] \fIVERB\fR [\fIOPTION\fR...]
.SH DESCRIPTION
Trains neural networks, keeps every run in a history, compares runs, and fine\-tunes what they learnt: every act of
.BR groundwork (1),
the window over the same engine, is a verb here. Nothing is ever sent over a network.
.PP
What is trained is said by a file of settings, which
.BR groundwork\-settings (5)
describes, or by a recipe (\fBgroundwork\-cli recipes\fR). Ctrl+C saves and stops, a second one stops at once;
\fBgroundwork\-cli resume\fR goes on from there.
.SH OPTIONS
)";
    for (const OptionFacts& option : program.options) write_option(out, option);
    if (!program.footer.empty()) out << ".PP\n" << roff(program.footer) << "\n";
    out << ".SH VERBS\n";
    for (const VerbFacts& verb : program.verbs) write_verb(out, verb, "");
    out << R"(.SH EXIT STATUS
.TP
0
Done.
.TP
1
It could not be done; the reason is on standard error.
.TP
2
The command line or the settings are wrong.
.SH ENVIRONMENT
.TP
\fBGROUNDWORK_WORKSPACE\fR
The workspace where \fB\-\-workspace\fR is not said.
.TP
\fBOPENBLAS_CORETYPE\fR, \fBOMP_WAIT_POLICY\fR, \fBGOMP_SPINCOUNT\fR
Set to what is fast on this processor unless they are set already.
.SH FILES
.TP
\fI~/.local/share/groundwork/workspace\fR
The workspace by default: the history in SQLite, a folder for each run, and tokenised data that runs share.
.SH EXAMPLES
.EX
groundwork\-cli run \-\-recipe quick\-start
groundwork\-cli run \-\-recipe shakespeare\-cpu \-\-data input.txt
groundwork\-cli runs
groundwork\-cli sample RUN \-\-prompt "The King"
.EE
.SH SEE ALSO
.BR groundwork (1),
.BR groundwork\-settings (5)
)";
    return out.str();
}

std::string settings_page() {
    std::ostringstream out;
    out << heading("GROUNDWORK-SETTINGS", 5, "File Formats") << R"(.SH NAME
groundwork\-settings \- what determines a run of Groundwork
.SH DESCRIPTION
The settings of a run are a JSON object with one object a section; \fB{"kind": ...}\fR chooses the kind, and what is
left out has its default. An unknown key is an error. On the command line
\fB\-\-set\fR \fIsection\fR.\fIsetting\fR=\fIvalue\fR changes one setting.
)";
    for (const Family& family : families()) write_family(out, family, "Section " + bold(family.id) + ". ");
    write_family(out, curation_family(),
                 "Section " + bold(curation_family().id) + ". Of no run: " + bold("groundwork-cli curate --step") +
                     " takes its kinds. ");
    // The first kind of every family: what a run has where nothing is said.
    out << ".SH EXAMPLE\n.EX\n{\n";
    for (const Family& family : families())
        if (!family.single)
            out << roff("  \"" + family.id + "\": {\"kind\": \"" + family.kinds.front()->card.id + "\"},") << "\n";
    out << R"(  "training": {"budget": 20, "budget_unit": "minutes"}
}
.EE
.SH SEE ALSO
.BR groundwork\-cli (1),
.BR groundwork (1)
)";
    return out.str();
}

}  // namespace gw::cli
