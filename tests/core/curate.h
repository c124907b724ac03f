#pragma once
#include "data/curation/curation.h"
#include "reading.h"

namespace gw::test {

/// Texts in a scratch folder that are taken through steps.
class Curating : public Reading {
  protected:
    CurationRequest request(const std::vector<std::string>& paths, const std::vector<std::string>& steps,
                            Json data = Json::object()) const {
        CurationRequest out;
        out.plan.data = std::move(data);
        out.plan.data["paths"] = paths;
        for (const std::string& step : steps) out.plan.steps.push_back(curation_step(step).or_throw());
        return out;
    }
    /// What is left of some texts behind one step, or why one is dropped: "! why".
    std::vector<std::string> through(const std::string& step, const std::vector<std::string>& texts) {
        std::string rows;
        for (const std::string& text : texts) rows += schema_row(text);
        CurationRequest asked = request({file("through.jsonl", rows)}, {step});
        asked.samples = texts.size();
        const CurationReport report = curate(asked).or_throw();
        std::vector<std::string> out;
        for (const CurationReport::Sample& sample : report.samples)
            out.push_back(sample.why ? "! " + sample.why->text() : sample.after);
        return out;
    }
    static std::string schema_row(const std::string& text) { return Json{{"text", text}}.dump() + "\n"; }
    /// `count` words of an invented language, the same for the same seed.
    static std::string words(std::uint64_t seed, int count) {
        static constexpr const char* syllables[] = {"ka", "lo", "mi", "ren", "tu", "sal", "ber", "no", "vi", "dor"};
        Rng rng(seed);
        std::string out;
        for (int i = 0; i < count; ++i) {
            out += out.empty() ? "" : i % 12 == 0 ? ".\n" : " ";
            for (int k = 0; k < 3; ++k) out += syllables[rng.below(10)];
        }
        return out + ".";
    }
    std::vector<std::string> left_in_folder() const {
        std::vector<std::string> out;
        for (const auto& entry : fs::directory_iterator(folder_.path())) out.push_back(entry.path().filename());
        std::sort(out.begin(), out.end());
        return out;
    }
};

}  // namespace gw::test
