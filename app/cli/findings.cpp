#include "cli/findings.h"

#include <iostream>

namespace gw::cli {

void print_finding(const CheckFinding& finding, const std::vector<CheckSheet>& sheets, const std::string& more) {
    std::string title = finding.check;
    for (const CheckSheet& sheet : sheets)
        if (finding.check == sheet.id) title = sheet.title;
    std::cout << title << ": " << verdict_text(finding.verdict) << more << "\n";
    for (const Phrase& phrase : finding.said) std::cout << "  " << phrase.text() << "\n";
    std::cout << std::flush;
}

}  // namespace gw::cli
