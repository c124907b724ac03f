#pragma once
#include <gtest/gtest.h>
#include <torch/types.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "objective/objective.h"
#include "scratch.h"
#include "spec/run_spec.h"
#include "train/trainer.h"
#include "util/hash.h"

// Small things that several suites share.
namespace gw::test {

/// A tokenizer of `letters` ids, a word beginning at every third one.
class LetterTokenizer final : public Tokenizer {
  public:
    explicit LetterTokenizer(Token letters) : letters_(letters) {}
    std::string kind() const override { return "letters"; }
    Token vocabulary() const override { return letters_ + 2; }
    Token separator() const override { return letters_; }
    Token mask() const override { return letters_ + 1; }
    Status encode(std::string_view text, std::vector<Token>& out) const override {
        for (char c : text) out.push_back((c - 'a') % letters_);
        return {};
    }
    std::string decode(std::span<const Token> ids) const override {
        std::string out;
        for (Token id : ids) out += static_cast<char>('a' + id);
        return out;
    }
    std::string piece(Token id) const override { return std::string(1, static_cast<char>('a' + id)); }
    bool starts_word(Token, Token id) const override { return id % 3 == 0; }
    Json state() const override { return {{"kind", "letters"}, {"letters", letters_}}; }

  private:
    Token letters_;
};

/// A backbone by settings, in `dtype`.
inline std::unique_ptr<Backbone> small_backbone(const Json& settings, std::int64_t vocabulary, bool causal,
                                                torch::Dtype dtype = torch::kFloat32) {
    const BackboneKind* kind = find_kind(backbones(), settings.value("kind", "transformer"));
    EXPECT_TRUE(kind) << settings.dump();
    for (const schema::Problem& problem : kind->check(settings, "backbone"))
        ADD_FAILURE() << problem.path << " " << problem.message;
    auto backbone = kind->build(settings, BackboneInputs{tokens_input(vocabulary), causal, 7});
    for (const Parameter& p : backbone->parameters()) {
        torch::Tensor tensor = p.tensor;
        tensor.set_data(tensor.detach().to(dtype));
    }
    return backbone;
}

/// Features [B, T, D] of rows of tokens [B, T].
inline torch::Tensor sequence(Backbone& backbone, const torch::Tensor& ids_BT, const Pass& pass = {}) {
    return backbone.features(Batch::of_tokens(ids_BT), pass).sequence_BTD;
}

/// Rows of `length` tokens from one list, each at a place of its own.
inline HostBatch token_rows(std::int64_t rows, std::int64_t length, const std::vector<Token>& ids) {
    HostBatch out;
    out.rows = rows;
    out.places.assign(static_cast<std::size_t>(rows), 0);
    HostArray tokens(HostArray::Type::i32, {rows, length});
    std::copy(ids.begin(), ids.end(), tokens.values<Token>());
    out.arrays.emplace(array::tokens, std::move(tokens));
    return out;
}

/// Keeps every message; can give orders when a step is reached.
class RecordingPort final : public RunPort {
  public:
    void report(Message message) override {
        if (const auto* row = std::get_if<MetricRow>(&message)) {
            last_step = row->step;
            for (const Point& point : row->points)
                if (point.metric == "train/loss") losses.push_back(point.value);
        }
        messages.push_back(std::move(message));
    }
    Orders between_steps() override { return orders ? orders(last_step) : Orders{}; }
    std::stop_token stop_token() const override { return {}; }

    template <class T>
    std::vector<T> all() const {
        std::vector<T> out;
        for (const Message& message : messages)
            if (const auto* one = std::get_if<T>(&message)) out.push_back(*one);
        return out;
    }
    std::optional<double> last(std::string_view metric) const {
        for (auto it = messages.rbegin(); it != messages.rend(); ++it)
            if (const auto* row = std::get_if<MetricRow>(&*it))
                for (const Point& point : row->points)
                    if (point.metric == metric) return point.value;
        return std::nullopt;
    }

    std::vector<Message> messages;
    std::vector<double> losses;
    std::int64_t last_step = 0;
    std::function<Orders(std::int64_t)> orders;
};

/// A complete spec of a tiny run on the built-in stories; `changes` are laid over it.
inline Json tiny_spec(const Json& changes = Json::object()) {
    const Json tiny = Json::parse(R"({
        "dataset": {"kind": "storybook", "stories": 400},
        "split": {"kind": "by_document", "validation": 0.1, "test": 0.0},
        "tokenizer": {"kind": "bytes"},
        "backbone": {"kind": "transformer", "layers": 2, "width": 32, "heads": 2, "context": 32, "dropout": 0.1},
        "training": {"budget": 20, "micro_batch": 4, "precision": "fp32", "device": "cpu", "threads": 2},
        "evaluation": {"every": 0, "tokens": 2000, "whole_at_end": false},
        "saving": {"every": 0},
        "sampling": {"every": 0, "tokens": 10}
    })");
    const Json spec = overlay_spec(overlay_spec(default_spec(), tiny), changes);
    const auto status = spec_status(spec);
    EXPECT_TRUE(status) << status.error().message;
    return complete_spec(spec);
}

}  // namespace gw::test
