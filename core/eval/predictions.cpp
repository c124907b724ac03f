#include "eval/predictions.h"

#include <algorithm>
#include <sstream>

#include "util/text.h"

namespace gw {

std::int32_t Predictions::guess(std::int64_t row) const {
    const auto first = scores.begin() + row * outputs;
    return static_cast<std::int32_t>(std::max_element(first, first + outputs) - first);
}

Predictions Predictions::only(const std::vector<bool>& keep) const {
    Predictions out{kind, classes, outputs, {}, {}, {}, {}};
    for (std::int64_t row = 0; row < rows(); ++row) {
        const auto i = static_cast<std::size_t>(row);
        if (!keep[i]) continue;
        out.scores.insert(out.scores.end(), scores.begin() + row * outputs, scores.begin() + (row + 1) * outputs);
        out.truth.push_back(truth[i]);
        out.values.push_back(values[i]);
        out.documents.push_back(documents[i]);
    }
    return out;
}

Status write_predictions(const fs::path& path, const Predictions& p) {
    std::string out =
        Json{{"kind", label_kind_name(p.kind)}, {"classes", p.classes}, {"outputs", p.outputs}}.dump() + "\n";
    for (std::int64_t row = 0; row < p.rows(); ++row) {
        const auto i = static_cast<std::size_t>(row);
        Json scores = Json::array();
        for (std::int64_t c = 0; c < p.outputs; ++c) scores.push_back(p.score(row, c));
        Json line = {{"document", p.documents[i]}, {"scores", scores}};
        if (p.kind == LabelKind::number)
            line["value"] = p.values[i];
        else
            line["truth"] = p.truth[i];
        out += line.dump() + "\n";
    }
    return write_file_atomic(path, out);
}

Result<Predictions> read_predictions(const fs::path& path) {
    auto text = read_file(path);
    if (!text) return text.error();
    Predictions out;
    std::istringstream lines(text.value());
    std::string line;
    std::int64_t number = 0;
    try {
        while (std::getline(lines, line)) {
            const Json json = Json::parse(line);
            if (number++ == 0) {
                out.kind = label_kind_named(json.at("kind").get<std::string>());
                out.classes = json.at("classes").get<std::vector<std::string>>();
                out.outputs = json.at("outputs");
                continue;
            }
            for (const Json& score : json.at("scores")) out.scores.push_back(score.get<float>());
            out.truth.push_back(json.value("truth", std::vector<std::int32_t>()));
            out.values.push_back(json.value("value", 0.0));
            out.documents.push_back(json.at("document"));
        }
    } catch (const Json::exception&) {
        return Error{Error::Code::bad_data,
                     "The predictions are damaged",
                     "Let the model predict again: groundwork-cli predict",
                     {"file " + path.string(), "line " + grouped(number)}};
    }
    if (static_cast<std::int64_t>(out.scores.size()) != out.rows() * out.outputs)
        return Error{Error::Code::bad_data,
                     "The predictions are damaged",
                     "Let the model predict again: groundwork-cli predict",
                     {"file " + path.string()}};
    return out;
}

}  // namespace gw
