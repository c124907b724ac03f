#pragma once
#include <map>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "engine/small.h"

// Runs in pieces, for what must not be seen in a curve.
namespace gw::test {

/// The stretches of one run, in a folder of its own with a cache that may be shared.
struct Stretches {
    Scratch folder;
    fs::path cache = folder.path() / "cache";
    std::vector<Message> messages;  ///< of all stretches
    Outcome outcome;

    fs::path run_folder() const { return folder.path() / "run"; }
    fs::path checkpoint(std::int64_t step) const { return run_folder() / "checkpoints" / checkpoint_name(step); }
    fs::path current() const { return current_checkpoint(run_folder()).or_throw().path; }

    template <class Port>
    Outcome go(const Json& spec, Port& port, const fs::path& resume = {}, std::int64_t stop_at = 0) {
        outcome = train({spec, run_folder(), cache, resume, stop_at}, port);
        messages.insert(messages.end(), port.messages.begin(), port.messages.end());
        return outcome;
    }
    Outcome go(const Json& spec, const fs::path& resume = {}, std::int64_t stop_at = 0) {
        RecordingPort port;
        return go(spec, port, resume, stop_at);
    }
    std::string why() const { return outcome.error ? to_text(*outcome.error) : ""; }

    /// Every figure by step and name, the last one said; what is measured of the machine is left out.
    std::map<std::pair<std::int64_t, std::string>, double> figures() const {
        std::map<std::pair<std::int64_t, std::string>, double> out;
        for (const Message& message : messages)
            if (const auto* row = std::get_if<MetricRow>(&message))
                for (const Point& point : row->points) {
                    const std::string name(point.metric);
                    if (name.starts_with("system/") || name.ends_with("per_second") || name.ends_with("memory_bytes") ||
                        name.ends_with("data_wait") || name.ends_with("milliseconds_per_item"))
                        continue;
                    out[{row->step, name}] = point.value;
                }
        return out;
    }
    std::map<std::int64_t, std::int64_t> tokens() const {
        std::map<std::int64_t, std::int64_t> out;
        for (const Message& message : messages)
            if (const auto* row = std::get_if<MetricRow>(&message)) out[row->step] = row->tokens;
        return out;
    }
    std::map<std::pair<std::int64_t, std::string>, std::string> samples() const {
        std::map<std::pair<std::int64_t, std::string>, std::string> out;
        for (const Message& message : messages)
            if (const auto* sample = std::get_if<SampleText>(&message))
                out[{sample->step, sample->prompt}] = sample->text;
        return out;
    }
    template <class T>
    std::vector<T> all() const {
        std::vector<T> out;
        for (const Message& message : messages)
            if (const auto* one = std::get_if<T>(&message)) out.push_back(*one);
        return out;
    }
    bool said(const std::string& kind, const std::string& text) const {
        for (const Event& event : all<Event>())
            if (event.kind == kind && event.text.find(text) != std::string::npos) return true;
        return false;
    }
};

/// Ends the run in the middle of a phase at a step: as a crash does, or by a stop with or without saving.
class Interruption final : public RunPort {
  public:
    enum class How { crash, stop, discard };
    Interruption(How how, std::string phase, std::int64_t step) : how_(how), phase_(std::move(phase)), step_(step) {}
    void report(Message message) override {
        if (const auto* row = std::get_if<MetricRow>(&message)) last_step_ = row->step;
        const auto* progress = std::get_if<Progress>(&message);
        const bool now = progress && progress->phase == phase_ && last_step_ == step_;
        messages.push_back(std::move(message));
        if (!now) return;
        happened = true;
        if (how_ == How::crash) throw Failure(Error{Error::Code::internal, "crash", "", {}});
        stop_.request_stop();
    }
    Orders between_steps() override {
        return {stop_.stop_requested(), how_ == How::stop, false, false, std::nullopt, false};
    }
    std::stop_token stop_token() const override { return stop_.get_token(); }
    std::vector<Message> messages;
    bool happened = false;

  private:
    How how_;
    std::string phase_;
    std::int64_t step_, last_step_ = 0;
    std::stop_source stop_;
};

}  // namespace gw::test
