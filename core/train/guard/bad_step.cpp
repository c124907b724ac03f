#include "train/guard/bad_step.h"

#include <array>
#include <cmath>

#include "artifact/checkpoint.h"
#include "artifact/run_files.h"
#include "schema/parse_json.h"

namespace gw {

namespace {

constexpr std::array<const char*, 3> reasons{"not finite", "spike", "runs away"};

/// JSON has no word for what is not finite.
Json figure_json(double value) {
    return std::isfinite(value) ? Json(value) : Json(std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
}

double figure_in(const Json& object, const char* key) {
    const Json value = object.value(key, Json());
    if (value.is_number()) return value.get<double>();
    if (value == "inf") return HUGE_VAL;
    return value == "-inf" ? -HUGE_VAL : std::nan("");
}

std::int64_t count_in(const Json& object, const char* key) {
    const Json value = object.value(key, Json());
    return value.is_number_integer() ? value.get<std::int64_t>() : 0;
}

Json standing_json(const Standing& at) {
    return {{"step", at.step}, {"tokens", at.tokens}, {"next_sample", at.next_sample}};
}

Standing standing_of(const Json& json) {
    return json.is_object() ? Standing{count_in(json, "step"), count_in(json, "tokens"), count_in(json, "next_sample")}
                            : Standing{};
}

Json going_back_json(const WentBack& back) {
    return {{"weights_of", back.weights_of}, {"at", standing_json(back.at)}, {"guard", back.guard}};
}

WentBack going_back_of(const Json& json) {
    return {count_in(json, "weights_of"), standing_of(json.value("at", Json())), json.value("guard", Json())};
}

fs::path going_back_file(const fs::path& run_folder, std::int64_t step) {
    std::string name = checkpoint_name(step);
    name.replace(0, name.find('-'), "back");
    return run_folder / run_files::bad_steps / (name + ".json");
}

Status write_beside_bad_steps(const fs::path& file, const Json& body) {
    std::error_code problem;
    fs::create_directories(file.parent_path(), problem);  // a failure shows in the writing
    return write_file_atomic(file, body.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace

fs::path bad_step_file(const fs::path& run_folder, std::int64_t step) {
    return run_folder / run_files::bad_steps / (checkpoint_name(step) + ".json");
}

Status write_bad_step(const fs::path& run_folder, const BadStepRecord& record) {
    const BadStep& step = record.step;
    Json body = {{"step", step.step()},
                 {"why", reasons.at(static_cast<std::size_t>(step.why))},
                 {"metric", step.metric},
                 {"before", standing_json(step.before)},
                 {"loss", figure_json(step.loss)},
                 {"grad_norm", figure_json(step.norm)},
                 {"limit", figure_json(step.limit)},
                 {"lr", figure_json(step.lr)},
                 {"rate_scale", figure_json(step.rate_scale)},
                 {"clip", figure_json(step.clip)},
                 {"samples", record.samples},
                 {"generators", record.generators},
                 {"fault", record.fault}};
    if (const auto& back = record.went_back) body["went_back"] = going_back_json(*back);
    return write_beside_bad_steps(bad_step_file(run_folder, step.step()), body);
}

Result<std::optional<BadStepRecord>> read_bad_step(const fs::path& run_folder, std::int64_t step) {
    const fs::path file = bad_step_file(run_folder, step);
    std::error_code ignored;
    if (!fs::exists(file, ignored)) return std::optional<BadStepRecord>();
    const auto text = read_file(file);
    if (!text) return text.error();
    const Json body = json_or_null(text.value());
    if (!body.is_object())
        return Error{Error::Code::bad_data,
                     "What was kept of step " + std::to_string(step) + " is damaged",
                     "Remove the file to replay the step from its checkpoint alone",
                     {"file " + file.string()}};
    BadStepRecord out;
    const Json why = body.value("why", Json());
    for (std::size_t i = 0; i < reasons.size(); ++i)
        if (why == reasons.at(i)) out.step.why = static_cast<BadStep::Why>(i);
    auto word = [&](const char* key) {
        const Json value = body.value(key, Json());
        return value.is_string() ? value.get<std::string>() : std::string();
    };
    out.step.metric = word("metric");
    out.step.before = standing_of(body.value("before", Json()));
    out.step.before.step = step - 1;
    out.step.loss = figure_in(body, "loss");
    out.step.norm = figure_in(body, "grad_norm");
    out.step.limit = figure_in(body, "limit");
    out.step.lr = figure_in(body, "lr");
    out.step.rate_scale = figure_in(body, "rate_scale");
    out.step.clip = figure_in(body, "clip");
    out.samples = body.value("samples", Json());
    out.generators = body.value("generators", Json());
    out.fault = word("fault");
    if (const Json back = body.value("went_back", Json()); back.is_object()) out.went_back = going_back_of(back);
    return std::optional(std::move(out));
}

Status write_going_back(const fs::path& run_folder, const WentBack& back) {
    return write_beside_bad_steps(going_back_file(run_folder, back.at.step), going_back_json(back));
}

std::optional<WentBack> read_going_back(const fs::path& run_folder, std::int64_t step) {
    const auto text = read_file(going_back_file(run_folder, step));
    const Json body = text ? json_or_null(text.value()) : Json();
    if (!body.is_object()) return std::nullopt;
    WentBack back = going_back_of(body);
    return back.at.step == step ? std::optional(std::move(back)) : std::nullopt;
}

}  // namespace gw
