#include "study/checkup/checkup.h"

#include <algorithm>
#include <chrono>

#include "study/checkup/checks.h"
#include "train/guard/engine_error.h"

namespace gw {

namespace {

std::vector<Check> all_checks() {
    return {first_loss_check(), gradients_check(), weights_check(), one_batch_check(), rate_check(), labels_check()};
}

Error unknown_check(const std::string& id) {
    std::string known;
    for (const Check& check : all_checks()) known += (known.empty() ? "" : ", ") + std::string(check.sheet.id);
    return {Error::Code::bad_spec, "There is no check \"" + id + "\"", "There are " + known, {"option --only"}};
}

CheckFinding carry_out(const Check& check, const CheckupRequest& request) {
    const auto begun = std::chrono::steady_clock::now();
    const auto share = [&](double of) {
        if (request.progress) request.progress(check.sheet, of);
    };
    share(0);
    CheckFinding found = check.look(request, share);
    found.check = check.sheet.id;
    found.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    return found;
}

}  // namespace

std::vector<CheckSheet> check_sheets() {
    std::vector<CheckSheet> out;
    for (const Check& check : all_checks()) out.push_back(check.sheet);
    return out;
}

Result<std::vector<CheckFinding>> check_up(const CheckupRequest& request) {
    const std::vector<Check> all = all_checks();
    const auto named = [](const std::string& id) { return [&id](const Check& check) { return id == check.sheet.id; }; };
    for (const std::string& id : request.only)
        if (std::none_of(all.begin(), all.end(), named(id))) return unknown_check(id);
    std::string at;
    auto made = caught([&]() -> Result<std::vector<CheckFinding>> {
        std::vector<CheckFinding> out;
        for (const Check& check : all) {
            at = check.sheet.id;
            if (!request.only.empty() && std::find(request.only.begin(), request.only.end(), at) == request.only.end())
                continue;
            out.push_back(carry_out(check, request));
            if (request.found) request.found(out.back());
        }
        return out;
    });
    if (!made) return Error(made.error()).at("check " + at);
    return made;
}

const char* verdict_text(CheckVerdict verdict) {
    switch (verdict) {
        case CheckVerdict::skipped:
            return GW_TEXT("not checked");
        case CheckVerdict::fine:
            return GW_TEXT("fine");
        case CheckVerdict::look:
            return GW_TEXT("worth a look");
        case CheckVerdict::wrong:
            return GW_TEXT("wrong");
    }
    return "";
}

const char* verdict_word(CheckVerdict verdict) {
    constexpr const char* words[] = {"skipped", "fine", "look", "wrong"};
    return words[static_cast<std::size_t>(verdict)];
}

Json to_json(const CheckFinding& finding) {
    Json out = {{"check", finding.check},
                {"verdict", verdict_word(finding.verdict)},
                {"said", Json::array()},
                {"seconds", finding.seconds}};
    for (const Phrase& phrase : finding.said) out["said"].push_back(phrase.text());
    if (finding.rate > 0) out["rate"] = finding.rate;
    for (const auto& [x, y] : finding.curve) out["curve"].push_back({x, y});
    return out;
}

}  // namespace gw
