#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

#include "eval/evaluate.h"
#include "eval/generate.h"
#include "spec/run_spec.h"
#include "study/bench_subject.h"
#include "study/bench_texts.h"
#include "train/guard/engine_error.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr double megabyte = 1e6;
constexpr int part_rounds = 5;

/// Of seconds that the same work took, how much of it a second: the slowest round is the lowest rate.
Quartiles rates_of(const std::vector<double>& seconds, double work) {
    std::vector<double> rates;
    for (const double one : seconds) rates.push_back(work / std::max(one, 1e-9));
    return quartiles_of(rates);
}

class PartBench {
  public:
    explicit PartBench(const BenchRequest& request) : request_(request) {}

    std::vector<BenchFigure> run(BenchPart part) {
        switch (part) {
            case BenchPart::tokenizing:
                prepare_anew();
                break;
            case BenchPart::sampling:
                write();
                break;
            case BenchPart::saving:
                save();
                break;
            case BenchPart::evaluating:
                evaluate_part();
                break;
        }
        return std::move(figures_);
    }

  private:
    void tell(const char* phase, int round = 0) const {
        if (request_.stop.stop_requested()) throw Failure(bench_stopped());
        if (request_.progress) request_.progress(phase, static_cast<double>(round) / part_rounds);
    }
    void add(const std::string& name, const Quartiles& value, const std::string& unit) {
        figures_.push_back({name, value, unit});
    }

    /// The spec's data from nothing, from the cache, and its tokenizer alone.
    void prepare_anew() {
        if (request_.vocabulary)
            throw Failure({Error::Code::bad_spec,
                           "Random tokens are not read from text, and so there is nothing to tokenise",
                           "Name settings or a recipe with text",
                           {}});
        const BenchFolder folder(request_.cache);
        PrepareRequest ask{request_.spec.at("dataset"),
                           request_.spec.at("split"),
                           request_.spec.at("tokenizer"),
                           std::nullopt,
                           false,
                           folder.path(),
                           request_.progress,
                           request_.stop};
        auto prepared = [&] {
            tell(say::bench_preparing);
            const auto begun = RunClock::Clock::now();
            PreparedData data = prepare_data(ask).or_throw();
            return std::pair(RunClock::since(begun), std::move(data));
        };
        const auto [anew, data] = prepared();
        if (data.input.is_one_thing() && !data.input.tokens)
            throw Failure({Error::Code::bad_spec,
                           "The data of these settings holds no text",
                           "Name settings or a recipe with text",
                           {"section dataset"}});
        const auto bytes = static_cast<double>(data.train.bytes() + data.validation.bytes() + data.test.bytes());
        add("preparing, from nothing", rates_of({anew}, bytes / megabyte), "MB/s");
        const double again = prepared().first;
        add("preparing, from the cache", {again, again, again}, "s");
        encode(data);
    }

    void encode(const PreparedData& data) {
        constexpr std::int64_t most = 1'000'000;
        std::vector<Token> ids(static_cast<std::size_t>(std::min(most, data.train.size())));
        data.train.copy(0, static_cast<std::int64_t>(ids.size()), ids.data());
        const std::string text = data.tokenizer->decode(ids);
        std::vector<double> seconds;
        for (int round = 0; round < part_rounds; ++round) {
            tell(say::bench_encoding, round);
            std::vector<Token> out;
            const auto begun = RunClock::Clock::now();
            data.tokenizer->encode(text, out).or_throw();
            seconds.push_back(RunClock::since(begun));
        }
        add("encoding, one thread", rates_of(seconds, static_cast<double>(text.size()) / megabyte), "MB/s");
    }

    /// The likeliest tokens behind the beginning of the held-out text, as samples are written and by the whole context
    /// anew for each.
    void write() {
        BenchSubject subject(request_);
        Model& model = subject.ready().model;
        const PreparedData& data = subject.ready().data;
        if (!model.objective->is_language_model())
            throw Failure({Error::Code::bad_spec,
                           "The model of these settings writes no text",
                           "Choose an objective that predicts the next token",
                           {"section objective"}});
        constexpr std::int64_t most_prompt = 16;
        const std::int64_t context = model.backbone->facts().context;
        std::vector<Token> prompt(static_cast<std::size_t>(std::min({most_prompt, context / 2, data.train.size()})));
        data.train.copy(0, static_cast<std::int64_t>(prompt.size()), prompt.data());
        SamplingOptions options;
        options.tokens = std::max<std::int64_t>(1, context - static_cast<std::int64_t>(prompt.size()));
        options.temperature = 0;
        options.stop_at_separator = false;
        std::vector<double> usual, plain;
        std::vector<Token> by_usual, by_plain;
        for (int round = 0; round < part_rounds; ++round) {
            tell(say::bench_sampling, round);
            auto begun = RunClock::Clock::now();
            by_usual = continue_tokens(*model.backbone, *model.objective, prompt, data.tokenizer->separator(), options,
                                       model.pass(false), model.compute.device, request_.stop);
            usual.push_back(RunClock::since(begun));
            begun = RunClock::Clock::now();
            by_plain = written_plainly(model, prompt, options);
            plain.push_back(RunClock::since(begun));
        }
        const auto tokens = static_cast<double>(options.tokens);
        add("writing, as samples are written", rates_of(usual, tokens), "tokens/s");
        add("writing, the context anew for each token", rates_of(plain, tokens), "tokens/s");
        const auto differ = std::mismatch(by_usual.begin(), by_usual.end(), by_plain.begin(), by_plain.end());
        const auto alike = static_cast<double>(differ.first - by_usual.begin());
        add("tokens that both wrote alike", {alike, alike, alike}, "of " + grouped(options.tokens));
    }

    std::vector<Token> written_plainly(Model& model, std::vector<Token> text, const SamplingOptions& options) const {
        const torch::NoGradGuard no_grad;
        const auto context = static_cast<std::size_t>(model.backbone->facts().context);
        const Pass pass = model.pass(false);
        std::vector<Token> out;
        for (std::int64_t i = 0; i < options.tokens; ++i) {
            if (request_.stop.stop_requested()) throw Failure(bench_stopped());
            const std::size_t seen = std::min(context, text.size());
            const std::vector<std::int64_t> last(text.end() - static_cast<std::ptrdiff_t>(seen), text.end());
            const torch::Tensor ids_BT = torch::tensor(last, torch::kInt64).to(model.compute.device).unsqueeze(0);
            const torch::Tensor features_BTD = model.backbone->features(Batch::of_tokens(ids_BT), pass).sequence_BTD;
            const torch::Tensor end_ND = features_BTD[0].narrow(0, static_cast<std::int64_t>(seen) - 1, 1);
            out.push_back(draw_token(model.objective->logits(end_ND, pass)[0].to(torch::kCPU), options, 0));
            text.push_back(out.back());
        }
        return out;
    }

    /// Checkpoints as a run writes them, and what the disk does with as many bytes at once.
    void save() {
        BenchSubject subject(request_);
        PreparedRun& ready = subject.ready();
        subject.step();  // so that the optimizer remembers something
        const BenchFolder folder(request_.cache);
        const std::vector<Optimized> all = optimized(ready.players);
        const CheckpointFacts facts{request_.spec, {{"step", 1}}, ready.data.tokenizer->state()};
        std::vector<double> stall, writing, plain;
        double bytes = 0;
        for (int round = 0; round < part_rounds; ++round) {
            tell(say::bench_saving, round);
            auto place =
                CheckpointWriter::begin(folder.path() / checkpoint_name(round + 1), checkpoint_bytes(ready.model, all))
                    .or_throw();
            auto begun = RunClock::Clock::now();
            const CheckpointImage image =
                CheckpointImage::take(ready.model, all, facts, CheckpointImage::Tensors::copied).or_throw();
            stall.push_back(1e3 * RunClock::since(begun));
            begun = RunClock::Clock::now();
            bytes = static_cast<double>(image.write(place).or_throw());
            writing.push_back(RunClock::since(begun));
            const std::string same(static_cast<std::size_t>(bytes), 'x');
            begun = RunClock::Clock::now();
            write_file_atomic(folder.path() / "plain", same).or_throw();
            plain.push_back(RunClock::since(begun));
        }
        add("checkpoint", {bytes / megabyte, bytes / megabyte, bytes / megabyte}, "MB");
        add("training stands still for", quartiles_of(stall), "ms");
        add("writing a checkpoint", rates_of(writing, bytes / megabyte), "MB/s");
        add("writing a plain file of its size", rates_of(plain, bytes / megabyte), "MB/s");
    }

    /// What looks at the held-out part cost beside steps, as often and as long as the settings ask for.
    void evaluate_part() {
        BenchSubject subject(request_);
        PreparedRun& ready = subject.ready();
        if (ready.rows || ready.data.validation.size() < 2)
            throw Failure({Error::Code::bad_spec,
                           "The speed of evaluation is measured on a stream of text, which these settings have not",
                           "Name settings or a recipe that learns from plain text",
                           {"section dataset"}});
        const auto evaluation = settings_of<EvaluationSettings>(request_.spec, "evaluation");
        const std::int64_t wished = evaluation.looked_at(subject.units_per_step()), all = ready.data.validation.size(),
                           looked_at = wished > 0 ? std::min(wished, all) : all;
        EvaluationOptions options;
        options.tokens = std::min<std::int64_t>(looked_at, 4 * subject.units_per_step());
        options.rows = ready.model.micro_batch;
        options.device = ready.compute.device;
        std::vector<double> training, looking;
        std::int64_t scored = 0;
        subject.step();
        for (int round = 0; round < part_rounds; ++round) {
            tell(say::bench_evaluating, round);
            training.push_back(subject.step());
            const auto begun = RunClock::Clock::now();
            scored = evaluate(*ready.model.backbone, *ready.model.objective, *ready.data.tokenizer,
                              ready.data.validation, ready.model.pass(false), options, {}, request_.stop)
                         .scored;
            looking.push_back(RunClock::since(begun));
        }
        if (request_.stop.stop_requested()) throw Failure(bench_stopped());
        const Quartiles rate = rates_of(looking, static_cast<double>(scored)), step = quartiles_of(training);
        add("training", rates_of(training, static_cast<double>(subject.units_per_step())), "tokens/s");
        add("evaluating", rate, "tokens/s");
        if (evaluation.every <= 0 || rate.median <= 0) return;
        const double look = static_cast<double>(looked_at) / rate.median,
                     steps = static_cast<double>(evaluation.every) * step.median, share = 100 * look / (look + steps);
        add("share of the time that evaluation takes as set", {share, share, share}, "%");
    }

    const BenchRequest& request_;
    std::vector<BenchFigure> figures_;
};

}  // namespace

Json to_json(const std::vector<BenchFigure>& figures) {
    Json out = Json::array();
    for (const BenchFigure& figure : figures)
        out.push_back({{"name", figure.name}, {"unit", figure.unit}, {"value", to_json(figure.value)}});
    return out;
}

Result<std::vector<BenchFigure>> bench_part(BenchPart part, const BenchRequest& request) {
    return caught([&]() -> Result<std::vector<BenchFigure>> { return PartBench(request).run(part); });
}

}  // namespace gw
