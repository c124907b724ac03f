#include "study/step_view.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

#include "adapt/checkpoint_model.h"
#include "adapt/draw_many.h"
#include "data/batch_source.h"
#include "data/prepare.h"
#include "spec/settings.h"
#include "train/message/row_words.h"
#include "train/step/lanes.h"
#include "train/step/row_samples.h"
#include "train/step/series_samples.h"
#include "util/rng.h"
#include "util/text.h"

// T time, V vocabulary.
namespace gw {

namespace {

/// Loss of every place of one row's targets; 0 where nothing is asked.
std::vector<float> losses_of(const Model& model, const Batch& row, const Pass& pass) {
    const torch::Tensor targets_T = row[array::targets][0].contiguous();
    const auto* const target = targets_T.data_ptr<std::int64_t>();
    std::vector<float> out(static_cast<std::size_t>(targets_T.numel()), 0.0F);
    if (row.counted == 0) return out;
    const torch::Tensor losses_N = model.objective->measures(*model.backbone, row.to(model.compute.device), pass)
                                       .losses_N.to(torch::kCPU, torch::kFloat32)
                                       .contiguous();
    const auto* loss = losses_N.data_ptr<float>();
    for (std::size_t t = 0; t < out.size(); ++t)
        if (target[t] != not_counted) out[t] = *loss++;
    return out;
}

/// `tokens` are those of the row before it was fed.
ShownSample shown(const Tokenizer& tokenizer, const Batch& row, std::span<const Token> tokens, std::int64_t place,
                  const std::vector<float>& losses, bool language_model) {
    ShownSample sample;
    sample.place = place;
    const torch::Tensor targets_BT = row[array::targets];
    const auto targets = targets_BT.accessor<std::int64_t, 2>();
    double sum = 0;
    std::int64_t counted = 0;
    auto token = [&](std::size_t at) {
        ShownToken out;
        if (at >= tokens.size()) return out;  // behind the end of the row
        out.separator = tokens[at] == tokenizer.separator();
        if (!out.separator) out.text = well_formed_utf8(tokenizer.decode(tokens.subspan(at, 1)));
        return out;
    };
    // A language model is asked for the token after each position; others for what stood at it, or, with a target that
    // is none of its tokens, whether a gap ends there.
    const std::size_t ahead = language_model ? 1 : 0;
    if (language_model) sample.tokens.push_back(token(0));
    for (std::int64_t t = 0; t < targets_BT.size(1); ++t) {
        const std::size_t at = static_cast<std::size_t>(t) + ahead;
        const bool asked = targets[0][t] != not_counted;
        ShownToken one = token(at);
        one.masked = asked && !language_model && at < tokens.size() && targets[0][t] == tokens[at];
        one.counted = asked;
        one.loss = losses[static_cast<std::size_t>(t)];
        sum += one.loss;
        counted += asked ? 1 : 0;
        if (at < tokens.size() || asked) sample.tokens.push_back(std::move(one));
    }
    sample.loss = counted > 0 ? sum / static_cast<double>(counted) : 0;
    return sample;
}

/// The picture of a row, or nothing where the rows have none of that name.
std::optional<PictureCopy> picture_of(const HostBatch& rows, const char* name, std::int64_t row) {
    const auto it = rows.arrays.find(name);
    if (it == rows.arrays.end()) return std::nullopt;
    const auto& shape = it->second.shape();
    const std::int64_t each = shape[1] * shape[2] * shape[3];
    return PictureCopy(Picture{shape[1],
                               shape[2],
                               shape[3],
                               {it->second.values<std::uint8_t>() + row * each, static_cast<std::size_t>(each)}});
}

/// A labelled row as it was fed, judged.
ShownSample shown_row(const Model& model, const PreparedData& data, const HostBatch& row, const Pass& pass) {
    const Example& example = *row.examples.front();
    const Tokenizer& tokenizer = *data.tokenizer;
    const Measures found =
        model.objective->measures(*model.backbone, model.objective->feed(row, 0).to(model.compute.device), pass);
    ShownSample sample;
    sample.place = example.row;
    sample.loss = found.losses_N.numel() > 0 ? found.losses_N.mean().item<double>() : 0.0;
    sample.truth = truth_text(example, model.labels.kind, model.labels.classes);
    sample.guess = guess_text(found.said, model.labels);
    sample.said = said_text(found.said, model.labels);
    sample.wrong = is_wrong(found.said, example, model.labels.kind);
    for (std::int64_t t = 0; t < row.length() && t < row.lengths.front(); ++t) {
        const Token id = row.token(0, t);
        ShownToken token;
        token.separator = id == tokenizer.separator();
        if (!token.separator) token.text = well_formed_utf8(tokenizer.decode(std::span<const Token>(&id, 1)));
        sample.tokens.push_back(std::move(token));
    }
    if (const std::string text = data.row_text(example); !text.empty()) sample.tokens.push_back({text});
    sample.picture = picture_of(row, array::image, 0);
    return sample;
}

/// Rows of pictures that are learnt from without labels, as they were fed: with their second view, or, where a part of
/// them was hidden, as they were filled in. Windows of series are drawn with their forecast; rows of tables are told in
/// words, with what is drawn of their codes.
std::vector<ShownSample> shown_unlabelled(const Model& model, const PreparedData& data, const HostBatch& host,
                                          const RowSeeds& seeds, const Pass& pass) {
    const ExampleTable& table = data.train_examples;
    const Batch fed = model.objective->feed(host, seeds).to(model.compute.device);
    // An objective may count a picture several times, one after the other.
    const torch::Tensor losses =
        model.objective->measures(*model.backbone, fed, pass).losses_N.view({host.rows, -1}).mean(1).to(torch::kCPU);
    torch::Tensor drawn = model.objective->redrawn(*model.backbone, fed, pass);
    if (drawn.defined()) drawn = drawn.to(torch::kCPU).contiguous();
    const torch::Tensor said = model.input.series && model.input.series->horizon > 0
                                   ? model.objective->forecast(*model.backbone, fed, pass)
                                   : torch::Tensor();
    std::vector<ShownSample> out;
    for (std::int64_t row = 0; row < host.rows; ++row) {
        const Example& example = *host.examples[static_cast<std::size_t>(row)];
        ShownSample sample;
        sample.place = example.row;
        sample.loss = losses[row].item<double>();
        if (table.kind != LabelKind::none) sample.truth = truth_text(example, table.kind, table.classes);
        if (said.defined()) {
            sample.where = table.place(example);
            sample.tokens.push_back({window_drawing(*model.input.series, fed, said, row)});
        }
        if (model.input.table) {
            sample.tokens.push_back({data.row_text(example)});
            if (drawn.defined()) sample.tokens.push_back({" → " + row_in_words(*model.input.table, drawn[row][1])});
            out.push_back(std::move(sample));
            continue;
        }
        sample.picture = drawn.defined() ? picture_of_bytes(drawn[row][0]) : picture_of(host, array::image, row);
        sample.second = drawn.defined() ? picture_of_bytes(drawn[row][1]) : picture_of(host, array::second, row);
        out.push_back(std::move(sample));
    }
    return out;
}

}  // namespace

Result<StepView> view_step(const Json& spec, const fs::path& checkpoint, std::int64_t step, const fs::path& cache,
                           const ProgressFn& progress, std::stop_token stop, std::optional<std::int64_t> first_sample) {
    auto loaded = CheckpointModel::load(checkpoint);
    if (!loaded) return loaded.error();
    const CheckpointModel& it = loaded.value();
    auto data = prepare_data(it.data_of(spec, cache, progress, stop));
    if (!data) return data.error();
    if (!is_data_of(it.facts.state, data.value()))
        return Error{Error::Code::bad_data,
                     "The dataset is not the one that this run was trained on: its content has changed since",
                     "Put the old files back to see what the run was fed",
                     {"checkpoint " + checkpoint.string()}};
    const auto training = settings_of<TrainingSettings>(spec, "training");
    const auto seed = static_cast<std::uint64_t>(training.seed);
    const std::int64_t context = it.model.backbone->facts().context;
    const Objective& objective = *it.model.objective;
    PreparedData& ready = data.value();
    const bool examples = ready.feeds_examples(objective.labels()), labelled = objective.labels() != LabelKind::none;
    std::unique_ptr<ExampleRows> rows;
    std::unique_ptr<BatchSource> source;
    if (examples) {
        rows = ready.rows(Part::train, context);
        source = example_source(*rows, ready.train_examples, seed, it.model.augmentation.get(), objective.views());
    } else {
        source =
            windows_for(*it.model.backbone, objective, ready.train, training.micro_batch * training.accumulation, seed);
    }
    const torch::NoGradGuard no_grad;
    const Pass pass = it.model.pass(false);
    StepView view{step, checkpoint.string(), it.facts.state.value("step", std::int64_t{0}), {}};
    // A fork goes on in the data where its parent stood, which had other batches maybe: counted from the checkpoint.
    const Json sampler = it.facts.state.value("sampler", Json::object());
    const std::int64_t batch = training.micro_batch * training.accumulation;
    const std::int64_t ahead =
        sampler.value("next_sample", view.checkpoint_step * batch) - view.checkpoint_step * batch;
    const std::int64_t before = step - 1;  // the step that a curve shows as N was the update after N - 1 of them
    const std::int64_t begin = first_sample.value_or(ahead + before * batch);
    for (std::int64_t micro = 0; micro < training.accumulation; ++micro) {
        const std::int64_t first = begin + micro * training.micro_batch;
        const HostBatch all = examples ? HostBatch() : source->batch(first, training.micro_batch);
        if (examples && !labelled) {
            if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
            const RowSeeds seeds(mix64(seed, static_cast<std::uint64_t>(before), static_cast<std::uint64_t>(micro)));
            for (ShownSample& sample :
                 shown_unlabelled(it.model, ready, source->batch(first, training.micro_batch), seeds, pass))
                view.samples.push_back(std::move(sample));
            continue;
        }
        const Batch fed = examples ? Batch()
                                   : objective.feed(all, mix64(seed, static_cast<std::uint64_t>(before),
                                                               static_cast<std::uint64_t>(micro)));
        for (std::int64_t i = 0; i < training.micro_batch; ++i) {
            if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
            if (examples) {
                view.samples.push_back(shown_row(it.model, ready, source->batch(first + i, 1), pass));
                continue;
            }
            const Batch row = fed.rows(i, 1);
            const auto length = static_cast<std::size_t>(all.length());
            const Token* const tokens = all.arrays.find(array::tokens)->second.values<Token>() + i * all.length();
            view.samples.push_back(shown(*it.tokenizer, row, {tokens, length}, all.places[static_cast<std::size_t>(i)],
                                         losses_of(it.model, row, pass), objective.is_language_model()));
        }
    }
    std::stable_sort(view.samples.begin(), view.samples.end(),
                     [](const ShownSample& a, const ShownSample& b) { return a.loss > b.loss; });
    return view;
}

}  // namespace gw
