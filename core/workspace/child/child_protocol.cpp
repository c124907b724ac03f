#include "workspace/child/child_protocol.h"

#include "schema/parse_json.h"
#include "train/message/host_texts.h"
#include "train/message/message_json.h"

namespace gw::child {

namespace {

Error not_understood() {
    return {Error::Code::helper_lost, say::process_garbled, say::same_installation, {}};
}

Json request_json(const LaunchRequest& r) {
    return {{"spec", r.spec},
            {"name", r.name},
            {"telling", r.telling},
            {"resume_run", r.resume_run},
            {"resume_checkpoint", r.resume_checkpoint},
            {"queued_run", r.queued_run},
            {"fork_run", r.fork_run},
            {"fork_checkpoint", r.fork_checkpoint},
            {"extend", r.extend},
            {"stop_at", r.stop_at},
            {"checked", r.checked},
            {"passed_over", r.passed_over},
            {"train_alone", r.train_alone}};
}

}  // namespace

std::optional<Json> parsed(const std::string& body) {
    Json json = json_or_null(body);
    if (!json.is_object()) return std::nullopt;
    return json;
}

Json greeting(const LaunchRequest* launch) {
    return {{"protocol", protocol}, {"launch", launch ? request_json(*launch) : Json()}};
}

std::optional<LaunchRequest> launch_of(const Json& greeting) {
    try {
        const Json& j = greeting.at("launch");
        LaunchRequest r;
        r.spec = j.at("spec");
        r.name = j.at("name");
        r.telling = j.at("telling").get<std::vector<std::string>>();
        r.resume_run = j.at("resume_run");
        r.resume_checkpoint = j.at("resume_checkpoint");
        r.queued_run = j.at("queued_run");
        r.fork_run = j.at("fork_run");
        r.fork_checkpoint = j.at("fork_checkpoint");
        r.extend = j.at("extend");
        r.stop_at = j.at("stop_at");
        r.checked = j.at("checked");
        r.passed_over = j.at("passed_over").get<std::vector<std::string>>();
        r.train_alone = j.at("train_alone");
        return r;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

Json hello(const Standing& standing) {
    return {{"protocol", protocol},
            {"run", standing.run},
            {"name", standing.name},
            {"spec", standing.spec},
            {"knobs", to_json(standing.knobs)},
            {"paused", standing.paused},
            {"watchers", standing.watchers}};
}

Json refusal(const Error& error) {
    return {{"refused", to_json(error)}};
}

Result<Standing> standing_of(const Json& answer) {
    if (const auto refused = answer.find("refused"); refused != answer.end()) {
        const auto error = error_of(*refused);
        return error ? *error : not_understood();
    }
    try {
        if (answer.at("protocol") != protocol) return not_understood();
        Standing standing;
        standing.run = answer.at("run");
        standing.name = answer.at("name");
        standing.spec = answer.at("spec");
        standing.knobs = knobs_of(answer.at("knobs"));
        standing.paused = answer.at("paused");
        standing.watchers = answer.at("watchers");
        return standing;
    } catch (const Json::exception&) {
        return not_understood();
    }
}

}  // namespace gw::child
