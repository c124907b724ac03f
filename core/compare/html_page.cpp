#include "compare/html_page.h"

#include "compare/svg_plot.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* style = R"(
:root { color-scheme: light; }
body { font: 14px/1.5 system-ui, "Noto Sans", "Noto Sans CJK JP", sans-serif; color: #1B1F27; background: #fff;
    max-width: 920px; margin: 32px auto; padding: 0 24px; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 32px 0 8px; }
p.muted, td.muted, .muted { color: #5B6472; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 5px 10px; border-bottom: 1px solid #E1E4EA; vertical-align: top; }
th { color: #5B6472; font-weight: 500; } td.number, th.number { text-align: right; }
.warning { background: #FFF4E0; border-left: 3px solid #9A6400; padding: 8px 12px; margin: 6px 0; }
pre { white-space: pre-wrap; background: #F6F7F9; padding: 10px 12px; border-radius: 6px; }
svg { width: 100%; height: auto; margin: 8px 0; } img { max-width: 100%; height: auto; }
.key { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 6px; }
@media print { body { margin: 0; } h2 { break-after: avoid; } svg, img, table { break-inside: avoid; } }
)";

}  // namespace

std::string html_page(const std::string& title, const std::string& body) {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + html_escaped(title) +
           "</title><meta name=\"viewport\" content=\"width=device-width\"><style>" + style +
           "</style></head><body>\n" + body + "<p class=\"muted\">Written by Groundwork " GROUNDWORK_VERSION " at " +
           now_utc() + ".</p>\n</body></html>\n";
}

}  // namespace gw
