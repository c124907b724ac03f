#include "train/replay/self_test.h"

#include <algorithm>
#include <chrono>

#include "artifact/checkpoint.h"
#include "artifact/current.h"
#include "spec/run_spec.h"
#include "spec/settings.h"
#include "train/message/event_texts.h"
#include "train/replay/self_test_compare.h"
#include "train/trainer.h"
#include "util/hash.h"
#include "util/text.h"

namespace gw {

namespace {

/// A folder of its own, gone with everything in it at the end.
class TestFolder {
  public:
    explicit TestFolder(const fs::path& parent) : path_(parent / ("self-test-" + make_uuid())) {
        make_folder(path_).or_throw();
    }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    ~TestFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    const fs::path& path() const { return path_; }

  private:
    const fs::path path_;
};

/// Keeps the figures of a stretch, and ends it where it is asked to, or where its budget is too short.
class TestPort final : public RunPort {
  public:
    TestPort(FigureTable& figures, RunFacts& facts, std::int64_t steps, const std::stop_token& stop,
             std::function<void(std::int64_t)> reached)
        : figures_(figures), facts_(facts), steps_(steps), reached_(std::move(reached)), asked_(stop, [this] {
              stop_.request_stop();
          }) {}
    void report(Message message) override {
        if (const auto* facts = std::get_if<RunFacts>(&message)) {
            facts_ = *facts;
            if (facts->total_steps > 0 && facts->total_steps <= steps_) {
                too_short = true;
                stop_.request_stop();
            }
        }
        if (const auto* row = std::get_if<MetricRow>(&message)) {
            for (const Point& point : row->points)
                if (!is_of_machine(point.metric)) figures_[{row->step, std::string(point.metric)}] = point.value;
            reached_(row->step);
        }
    }
    Orders between_steps() override {
        Orders orders;
        orders.stop = stop_.stop_requested();
        orders.save_on_stop = false;
        return orders;
    }
    std::stop_token stop_token() const override { return stop_.get_token(); }
    bool too_short = false;

  private:
    FigureTable& figures_;
    RunFacts& facts_;
    const std::int64_t steps_;
    const std::function<void(std::int64_t)> reached_;
    std::stop_source stop_;
    std::stop_callback<std::function<void()>> asked_;
};

/// What was trained, in one go or in several.
struct TestedRun {
    fs::path folder;
    FigureTable figures;
    RunFacts facts;
    fs::path checkpoint(std::int64_t step) const { return checkpoints_of(folder) / checkpoint_name(step); }
};

class SelfTest {
  public:
    explicit SelfTest(const SelfTestRequest& request)
        : request_(request), folder_(request.scratch), steps_(std::max<std::int64_t>(2, request.steps)) {}

    SelfTestReport run() {
        const auto begun = std::chrono::steady_clock::now();
        spec_ = shortened();
        report_.steps = steps_;
        report_.accumulation = settings_of<TrainingSettings>(spec_, "training").accumulation;
        report_.resumed_after = joints();
        TestedRun straight = first_run();
        const TestedRun resumed = train_steps("resumed", SelfTestStage::resumed, report_.resumed_after);
        note_facts(straight.facts);
        report_.figures = static_cast<std::int64_t>(straight.figures.size());
        compare(straight, resumed);
        report_.same = !report_.figure && !report_.tensor;
        if (!report_.same) explain(straight);
        report_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
        return std::move(report_);
    }

  private:
    static constexpr std::int64_t evaluated_every = 4;

    /// The spec as it is trained, with small looks at it, and no more of them than a test needs.
    Json shortened() {
        Json spec = request_.spec;
        auto set = [&](const char* section, const char* key, const Json& value) {
            if (spec.contains(section) && spec[section].contains(key)) spec[section][key] = value;
        };
        const auto evaluation = settings_of<EvaluationSettings>(spec, "evaluation");
        const auto training = settings_of<TrainingSettings>(spec, "training");
        const std::int64_t most = estimate_run(spec).unit == "tokens" ? 2000 : 256;
        set("evaluation", "every", evaluated_every);
        set("evaluation", "tokens", evaluation.tokens > 0 ? std::min(evaluation.tokens, most) : most);
        set("evaluation", "whole_at_end", false);
        set("evaluation", "restore_best", false);
        if (evaluation.patience > 0) set("evaluation", "patience", std::max(evaluation.patience, steps_));
        set("saving", "every", 0);
        set("saving", "keep_best", false);
        set("sampling", "every", 0);
        set("probing", "every", 0);
        set("start", "forgetting", false);
        set("monitoring", "histograms_every", 0);
        set("monitoring", "energy", false);
        // What ends a run is no matter of a resume.
        if (training.guard == "stop") set("training", "guard", "warn");
        if (training.budget_unit == "minutes") {
            const std::int64_t instead = 10 * steps_;
            set_budget(spec, instead);
            report_.notes.push_back({say::tested_without_clock, {grouped(instead)}});
        }
        return spec;
    }

    static void set_budget(Json& spec, std::int64_t steps) {
        spec["training"]["budget"] = static_cast<double>(steps);
        spec["training"]["budget_unit"] = "steps";
    }

    /// Where the second run is interrupted: the first time at a step that is evaluated.
    std::vector<std::int64_t> joints() const {
        const std::int64_t resumes = std::clamp<std::int64_t>(request_.resumes, 1, steps_ - 1);
        std::vector<std::int64_t> out;
        for (std::int64_t i = 1; i <= resumes; ++i) {
            std::int64_t step = steps_ * i / (resumes + 1);
            if (i > 1 && step % evaluated_every == 0 && step + 1 < steps_) ++step;
            step = std::clamp<std::int64_t>(step, 1, steps_ - 1);
            if (out.empty() || out.back() < step) out.push_back(step);
        }
        return out;
    }

    TestedRun first_run() {
        too_short_ = false;
        TestedRun run = train_steps("straight", SelfTestStage::straight, {});
        if (!too_short_) return run;
        // The budget of a run is known when its data is.
        const std::int64_t instead = steps_ + 1;
        set_budget(spec_, instead);
        report_.notes.push_back({say::tested_longer, {grouped(run.facts.total_steps), grouped(instead)}});
        run = train_steps("straight-again", SelfTestStage::straight, {});
        return run;
    }

    /// Trains all steps, with a resume after each of `joints`. With `save_all` every step leaves its checkpoint.
    TestedRun train_steps(const std::string& name, SelfTestStage stage, const std::vector<std::int64_t>& joints,
                          bool save_all = false, double from = 0, double to = 1) {
        TestedRun run;
        run.folder = folder_.path() / name;
        make_folder(run.folder).or_throw();
        Json spec = spec_;
        if (save_all) {
            spec["saving"]["every"] = 1;
            spec["saving"]["keep_last"] = std::min<std::int64_t>(steps_ + 1, 1000);
        }
        std::vector<std::int64_t> ends = joints;
        ends.push_back(steps_);
        fs::path checkpoint;
        tell(stage, from);
        for (const std::int64_t end : ends) {
            if (!checkpoint.empty() && request_.before_resume) request_.before_resume(checkpoint);
            TestPort port(run.figures, run.facts, steps_, request_.stop, [&](std::int64_t step) {
                tell(stage, from + (to - from) * static_cast<double>(step) / static_cast<double>(steps_));
            });
            const Outcome outcome = train({spec, run.folder, request_.cache, checkpoint, end}, port);
            if (outcome.end == Outcome::End::failed && outcome.error)
                throw Failure(Error(*outcome.error).at(std::string("self-test, ") + stage_text(stage)));
            look_for_stop();
            if (port.too_short) {
                too_short_ = true;
                return run;
            }
            checkpoint = run.checkpoint(end);
            std::error_code ignored;
            if (!fs::exists(checkpoint, ignored))
                throw Failure({Error::Code::internal,
                               Phrase{say::tested_run_ended, {grouped(end)}}.text(),
                               "",
                               {std::string("self-test, ") + stage_text(stage)}});
        }
        return run;
    }

    void compare(const TestedRun& straight, const TestedRun& resumed) {
        tell(SelfTestStage::comparing, 0);
        report_.figure = first_difference(straight.figures, resumed.figures);
        report_.tensor =
            first_difference(straight.checkpoint(steps_), resumed.checkpoint(steps_), report_.tensors).or_throw();
        tell(SelfTestStage::comparing, 1);
    }

    void explain(const TestedRun& straight) {
        const TestedRun again = train_steps("again", SelfTestStage::repeating, {});
        std::int64_t ignored = 0;
        const bool repeats =
            !first_difference(straight.figures, again.figures) &&
            !first_difference(straight.checkpoint(steps_), again.checkpoint(steps_), ignored).or_throw();
        if (!repeats) {
            report_.cause = SelfTestReport::Cause::machine;
            return;
        }
        locate(straight);
        const std::int64_t first = std::min(report_.figure ? report_.figure->step : steps_ + 1,
                                            report_.tensor ? report_.tensor->step : steps_ + 1);
        const auto after_resume = std::find_if(report_.resumed_after.begin(), report_.resumed_after.end(),
                                               [&](std::int64_t joint) { return joint + 1 == first; });
        const bool loss_differs = report_.figure && report_.figure->step == first &&
                                  (report_.figure->name == "train/loss" || report_.figure->name == "train/grad_norm");
        report_.cause = after_resume == report_.resumed_after.end() ? SelfTestReport::Cause::later
                        : loss_differs                              ? SelfTestReport::Cause::begin
                                                                    : SelfTestReport::Cause::update;
    }

    /// Trains both again with a checkpoint after every step, where there is room for them, and finds the first that
    /// differs.
    void locate(const TestedRun& straight) {
        const std::uint64_t one = folder_bytes(straight.checkpoint(steps_));
        if (free_bytes(folder_.path()) / 3 < one * static_cast<std::uint64_t>(steps_)) return;
        constexpr double half = 0.5;
        const TestedRun a = train_steps("straight-steps", SelfTestStage::locating, {}, /*save_all=*/true, 0, half),
                        b = train_steps("resumed-steps", SelfTestStage::locating, report_.resumed_after,
                                        /*save_all=*/true, half, 1);
        std::int64_t ignored = 0;
        for (std::int64_t step = 1; step <= steps_; ++step) {
            look_for_stop();
            // A checkpoint that was damaged on purpose is not looked at; what comes of it counts.
            const auto& joints = report_.resumed_after;
            if (request_.before_resume && std::find(joints.begin(), joints.end(), step) != joints.end()) continue;
            auto found = first_difference(a.checkpoint(step), b.checkpoint(step), ignored);
            if (!found) throw Failure(found.error());
            if (!found.value()) continue;
            report_.tensor = std::move(found).value();
            break;
        }
        if (auto found = first_difference(a.figures, b.figures)) report_.figure = found;
    }

    void note_facts(const RunFacts& facts) {
        report_.device = facts.device;
        report_.precision = facts.precision;
        report_.threads = facts.threads;
        if (facts.steps_per_epoch > 0) report_.epochs = static_cast<double>(steps_) / facts.steps_per_epoch;
    }

    void tell(SelfTestStage stage, double share) const {
        if (request_.progress) request_.progress(stage, share);
    }
    void look_for_stop() const {
        if (request_.stop.stop_requested())
            throw Failure({Error::Code::cancelled, "The self-test was cancelled", "", {}});
    }

    const SelfTestRequest& request_;
    const TestFolder folder_;
    const std::int64_t steps_;
    Json spec_;
    SelfTestReport report_;
    bool too_short_ = false;
};

std::string steps_text(const std::vector<std::int64_t>& steps) {
    std::string out;
    for (const std::int64_t step : steps) out += (out.empty() ? "" : ", ") + std::to_string(step);
    return out;
}

std::string figure_text(const std::optional<double>& value) {
    return value ? Json(*value).dump() : "-";
}

const char* cause_text(SelfTestReport::Cause cause) {
    switch (cause) {
        case SelfTestReport::Cause::none:
            return "";
        case SelfTestReport::Cause::machine:
            return say::machine_differs;
        case SelfTestReport::Cause::begin:
            return say::begin_differs;
        case SelfTestReport::Cause::update:
            return say::update_differs;
        case SelfTestReport::Cause::later:
            return say::later_differs;
    }
    return "";
}

}  // namespace

const char* stage_text(SelfTestStage stage) {
    switch (stage) {
        case SelfTestStage::straight:
            return say::training_straight;
        case SelfTestStage::resumed:
            return say::training_resumed;
        case SelfTestStage::comparing:
            return say::comparing_both;
        case SelfTestStage::repeating:
            return say::training_again;
        case SelfTestStage::locating:
            return say::looking_for_first;
    }
    return "";
}

Result<SelfTestReport> self_test(const SelfTestRequest& request) {
    try {
        return SelfTest(request).run();
    } catch (const Failure& failure) {
        return failure.error();
    }
}

std::vector<Phrase> self_test_words(const SelfTestReport& report) {
    std::vector<Phrase> out;
    if (report.same) {
        out.push_back({say::resumes_exactly,
                       {grouped(report.steps), steps_text(report.resumed_after), grouped(report.tensors),
                        grouped(report.figures)}});
    } else {
        out.push_back({say::resumes_otherwise, {steps_text(report.resumed_after), grouped(report.steps)}});
        if (const auto& f = report.figure)
            out.push_back({say::first_figure,
                           {f->name, std::to_string(f->step), figure_text(f->straight), figure_text(f->then)}});
        if (const auto& t = report.tensor) {
            const std::string name = t->part + " " + t->name;
            if (t->layer.empty())
                out.push_back({say::first_counter, {name, std::to_string(t->step), t->straight, t->then}});
            else
                out.push_back(
                    {say::first_tensor,
                     {name, t->layer, std::to_string(t->step), std::to_string(t->place), t->straight, t->then}});
        }
        if (report.cause != SelfTestReport::Cause::none) out.push_back({cause_text(report.cause), {}});
    }
    out.insert(out.end(), report.notes.begin(), report.notes.end());
    return out;
}

Json to_json(const SelfTestReport& report) {
    static constexpr const char* causes[] = {"", "machine", "begin", "update", "later"};
    Json words = Json::array();
    for (const Phrase& phrase : self_test_words(report)) words.push_back(phrase.text());
    Json out = {{"same", report.same},
                {"steps", report.steps},
                {"resumed_after", report.resumed_after},
                {"accumulation", report.accumulation},
                {"epochs", report.epochs},
                {"tensors", report.tensors},
                {"figures", report.figures},
                {"device", report.device},
                {"precision", report.precision},
                {"threads", report.threads},
                {"seconds", report.seconds},
                {"cause", causes[static_cast<int>(report.cause)]},
                {"figure", nullptr},
                {"tensor", nullptr},
                {"words", std::move(words)}};
    if (const auto& f = report.figure)
        out["figure"] = {{"step", f->step},
                         {"name", f->name},
                         {"straight", f->straight ? Json(*f->straight) : Json()},
                         {"resumed", f->then ? Json(*f->then) : Json()}};
    if (const auto& t = report.tensor)
        out["tensor"] = {{"step", t->step},   {"part", t->part},         {"name", t->name},   {"layer", t->layer},
                         {"place", t->place}, {"straight", t->straight}, {"resumed", t->then}};
    return out;
}

}  // namespace gw
