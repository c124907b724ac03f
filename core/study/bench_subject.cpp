#include "study/bench_subject.h"

#include <torch/types.h>

#include <algorithm>

#include "data/text/shards.h"
#include "spec/backbone_size.h"
#include "util/rng.h"
#include "util/text.h"

namespace gw {

namespace {

/// Ids that stand for nothing but themselves.
class PlainIds final : public Tokenizer {
  public:
    explicit PlainIds(Token ids) : ids_(ids) {}
    std::string kind() const override { return "plain ids"; }
    Token vocabulary() const override { return ids_; }
    Token separator() const override { return ids_ - 1; }
    Token mask() const override { return ids_ - 2; }
    Status encode(std::string_view text, std::vector<Token>& out) const override {
        for (const char c : text) out.push_back(static_cast<Token>(static_cast<unsigned char>(c)) % (ids_ - 2));
        return {};
    }
    std::string decode(std::span<const Token> ids) const override { return std::string(ids.size(), '.'); }
    std::string piece(Token) const override { return "."; }
    bool starts_word(Token, Token) const override { return true; }
    Json state() const override { return {{"kind", kind()}, {"ids", ids_}}; }

  private:
    const Token ids_;
};

/// Hears nothing; passes progress and a wish to stop on.
class BenchPort final : public RunPort {
  public:
    explicit BenchPort(const BenchRequest& request) : request_(request) {}
    void report(Message message) override {
        const auto* progress = std::get_if<Progress>(&message);
        if (progress && request_.progress)
            request_.progress(progress->detail.empty() ? progress->phase : progress->detail, progress->fraction);
    }
    Orders between_steps() override { return {}; }
    std::stop_token stop_token() const override { return request_.stop; }

  private:
    const BenchRequest& request_;
};

/// A folder that is no run's, and is not made: nothing of a measurement is kept.
TrainRequest train_request_of(const BenchRequest& request) {
    return {request.spec, request.cache / "bench-without-a-run", request.cache, {}, 0};
}

}  // namespace

Error bench_stopped() {
    return {Error::Code::cancelled, "Stopped before the end", "", {}};
}

BenchSubject::BenchSubject(const BenchRequest& request)
    : request_(request), training_(settings_of<TrainingSettings>(request.spec, "training")) {
    if (request.vocabulary) {
        draw_tokens(*request.vocabulary);
    } else {
        BenchPort port(request);
        ready_.prepare(train_request_of(request), port);
    }
    watch_.emplace(ready_.model, 0, 0);
    stepper_.emplace(training_, ready_, world_);
}

/// As PreparedRun::prepare() does for a stream of text, with a file of random tokens.
void BenchSubject::draw_tokens(std::int64_t vocabulary) {
    constexpr std::int64_t fewest = 4, most_ids = 0x7fffffff, most_drawn = 4'000'000;
    if (vocabulary < fewest || vocabulary > most_ids)
        throw Failure({Error::Code::bad_spec,
                       grouped(vocabulary) + " ids make no vocabulary",
                       "Choose at least " + grouped(fewest),
                       {"option --vocabulary"}});
    ready_.compute = resolve_compute(training_).or_throw();
    forget_peak_memory(ready_.compute.device);
    const auto ids = static_cast<Token>(vocabulary);
    PreparedData& data = ready_.data;
    data.tokenizer = std::make_shared<PlainIds>(ids);
    data.input = tokens_input(vocabulary);
    ready_.model = build_model(request_.spec, data.input, *data.tokenizer, ready_.compute);
    const Json &backbone = request_.spec.at("backbone"), &objective = request_.spec.at("objective");
    ready_.flops_per_unit = find_kind(objectives(), objective.at("kind"))
                                ->flops_per_unit(objective, ready_.model.backbone->facts(),
                                                 find_kind(backbones(), backbone.at("kind"))
                                                     ->size(settled_backbone(request_.spec), data.input)
                                                     .flops_per_unit);
    ready_.players = make_players(request_.spec, ready_.model);
    ready_.cut = {training_.micro_batch, training_.accumulation};

    const std::int64_t context = ready_.model.backbone->facts().context,
                       length = ready_.model.objective->window_length(context),
                       stride = ready_.model.objective->window_stride(context),
                       rows = training_.micro_batch * training_.accumulation;
    const std::int64_t wanted = rows * (request_.steps + request_.warmup) * stride,
                       drawn = length + 2 * stride + std::min(wanted, most_drawn);
    folder_.emplace(request_.cache);
    const fs::path file = folder_->path() / "random.tokens";
    auto shard = ShardWriter::create(file, ids).or_throw();
    Rng rng(static_cast<std::uint64_t>(training_.seed));
    std::vector<Token> tokens(static_cast<std::size_t>(drawn));
    for (Token& token : tokens) token = static_cast<Token>(rng.below(static_cast<std::uint64_t>(ids)));
    shard.add(tokens).or_throw();
    shard.count(drawn, 1);
    shard.finish().or_throw();
    data.train = ShardReader::open(file, ids).or_throw();
    data.validation = data.train;
    ready_.source = windows_for(*ready_.model.backbone, *ready_.model.objective, data.train, rows,
                                static_cast<std::uint64_t>(training_.seed));
    ready_.budget = Budget(training_, context * rows, ready_.source->rows_per_epoch(), 1);
    ready_.steps_per_epoch = static_cast<double>(ready_.source->rows_per_epoch()) / static_cast<double>(rows);
    ready_.adaptation.apply(*ready_.model.bank, 0);
}

double BenchSubject::step() {
    Stepper::Wish wish;
    wish.expected_steps = std::max(1.0, ready_.budget.expected_steps(at_.step, 0));
    wish.clip = training_.clip;
    const auto begun = RunClock::Clock::now();
    const Stepper::Taken taken = stepper_->step(at_, wish, *watch_);
    (void)taken.figures.values.front().item<float>();  // a GPU is done when this is known
    const double seconds = RunClock::since(begun);
    ++at_.step;
    at_.tokens += taken.tokens;
    at_.next_sample += stepper_->samples_per_step();
    return seconds;
}

}  // namespace gw
