# Makes groundwork(1) of what `groundwork --help` says, in the form of Qt's QCommandLineParser. -v version=...
function roff(text) { gsub(/\\/, "\\e", text); gsub(/-/, "\\-", text); return text }
function name(text,   value) {
    value = ""
    if (match(text, / <.*>$/)) { value = " \\fI" roff(substr(text, RSTART + 2, RLENGTH - 3)) "\\fR"; text = substr(text, 1, RSTART - 1) }
    text = roff(text)
    gsub(/, /, "\\fR, \\fB", text)
    return "\\fB" text "\\fR" value
}
BEGIN {
    print ".\\\" Made by installer/window_page.awk from groundwork --help; changes belong into the program."
    print ".TH GROUNDWORK 1 \"\" \"Groundwork " version "\" \"User Commands\""
    print ".SH NAME\ngroundwork \\- workbench for pretraining neural networks"
    print ".SH SYNOPSIS\n\\fBgroundwork\\fR [\\fIOPTION\\fR...]\n.SH DESCRIPTION"
}
/^Usage:/ { next }
/^Options:/ { options = 1; print "The window over the engine of\n.BR groundwork\\-cli (1),\nin English and Japanese. F1 explains the field, Ctrl+K finds any command,\nCtrl+/ shows the keys of the page.\n.SH OPTIONS"; next }
!options { if ($0 != "") print roff($0); next }
/^  -/ {
    line = substr($0, 3)
    # Two spaces part an option from what it means.
    at = match(line, /  +/)
    meaning = at ? substr(line, at + RLENGTH) : ""
    print ".TP\n" name(at ? substr(line, 1, at - 1) : line)
    if (meaning != "") print roff(meaning)
    next
}
{ sub(/^ +/, ""); if ($0 != "") print roff($0) }
END {
    if (!options) exit 1
    print ".SH ENVIRONMENT\n.TP\n\\fBGROUNDWORK_WORKSPACE\\fR\nThe workspace where \\fB\\-\\-workspace\\fR is not said."
    print ".SH FILES\n.TP\n\\fI~/.local/share/groundwork/workspace\\fR\nThe workspace by default: history, runs and checkpoints."
    print ".TP\n\\fI~/.config/groundwork/groundwork.conf\\fR\nHow the window was left: language, theme, columns, places."
    print ".SH SEE ALSO\n.BR groundwork\\-cli (1),\n.BR groundwork\\-settings (5)"
}
