#include "study/embedding.h"

#include <torch/types.h>
#include <torch/utils.h>

#include <algorithm>

#include "adapt/checkpoint_model.h"
#include "data/prepare.h"
#include "eval/judge.h"
#include "objective/label_head.h"
#include "spec/reading.h"
#include "study/row_text.h"
#include "study/shrunk.h"
#include "train/guard/engine_error.h"
#include "train/message/row_words.h"
#include "util/text.h"

// N rows, D width of the features.
namespace gw {

namespace {

Result<Part> part_named(const std::string& name) {
    if (name == "train") return Part::train;
    if (name == "validation") return Part::validation;
    if (name == "test") return Part::test;
    return Error{Error::Code::bad_spec, "There is no part \"" + name + "\"", "Use train, validation or test", {}};
}

/// As many of the examples from `first` on as fit a batch; at least one.
std::vector<const Example*> next_batch(const ExampleRows& rows, const std::vector<const Example*>& examples,
                                       std::size_t first, std::int64_t most_units) {
    constexpr std::size_t most_rows = 32;
    std::vector<const Example*> out;
    std::int64_t longest = 0;
    for (std::size_t at = first; at < examples.size() && out.size() < most_rows; ++at) {
        longest = std::max(longest, std::max<std::int64_t>(1, rows.units(*examples[at])));
        const auto count = static_cast<std::int64_t>(out.size() + 1);
        if (most_units > 0 && !out.empty() && count * longest > most_units) break;
        out.push_back(examples[at]);
    }
    return out;
}

PictureCopy shrunk_row(const HostArray& images, std::int64_t row, std::int64_t longest_side) {
    const std::vector<std::int64_t>& shape = images.shape();
    const std::int64_t size = shape[1] * shape[2] * shape[3];
    const auto* values = images.values<std::uint8_t>() + row * size;
    return shrunk({shape[1], shape[2], shape[3], {values, static_cast<std::size_t>(size)}}, longest_side);
}

/// Groups of numbers: fifths of the rows, named by their ends.
void group_by_fifths(Embedding& out, const std::vector<double>& values) {
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    constexpr std::size_t fifths = 5;
    std::vector<double> ends;  // the last value of each, rising
    for (std::size_t fifth = 1; fifth <= fifths; ++fifth) {
        const double end = sorted[fifth * sorted.size() / fifths - 1];
        if (ends.empty() || end > ends.back()) ends.push_back(end);
    }
    double from = sorted.front();
    for (const double end : ends) {
        out.groups.push_back(significant(from, 3) + " – " + significant(end, 3));
        from = end;
    }
    for (std::size_t i = 0; i < values.size(); ++i)
        out.rows[i].group =
            static_cast<std::int32_t>(std::lower_bound(ends.begin(), ends.end(), values[i]) - ends.begin());
}

Error stopped_before_the_end() {
    return {Error::Code::cancelled, "Stopped before the end", "", {}};
}

/// A checkpoint and its data, looked through row by row.
class Embedder {
  public:
    Embedder(const EmbedRequest& request, const CheckpointModel& it, const PreparedData& data, Part part)
        : request_(request), it_(it), data_(data), part_(part), table_(data.examples(part)) {}

    Result<Embedding> look() {
        const torch::NoGradGuard no_grad;
        out_.step = it_.facts.state.value("step", std::int64_t{0});
        out_.part = request_.part;
        out_.part_rows = table_.size();
        out_.kind = table_.kind;
        if (table_.kind == LabelKind::one_class || table_.kind == LabelKind::class_set) out_.groups = table_.classes;
        const auto examples = spread(table_, std::clamp(request_.rows, least_embedded, most_embedded));
        const auto rows = data_.rows(part_, it_.model.backbone->facts().context);
        std::vector<double> values;
        for (std::size_t first = 0; first < examples.size();) {
            if (request_.stop.stop_requested()) return stopped_before_the_end();
            const auto batch = next_batch(*rows, examples, first, it_.model.units_at_once);
            if (Status added = add(rows->rows(batch)); !added) return added.error();
            for (const Example* example : batch) values.push_back(example->value);
            first += batch.size();
            if (request_.progress)
                request_.progress("reading features",
                                  static_cast<double>(first) / static_cast<double>(examples.size()));
        }
        if (out_.kind == LabelKind::number) group_by_fifths(out_, values);
        return std::move(out_);
    }

  private:
    Status add(HostBatch host) {
        const std::size_t first = out_.rows.size();
        for (const Example* example : host.examples) out_.rows.push_back(row_of(*example));
        if (request_.contents) keep_contents(host, first);
        const bool captioned = host.arrays.count(array::image) > 0 && host.arrays.count(array::tokens) > 0;
        if (captioned) {  // what the picture alone comes to
            host.arrays.erase(array::tokens);
            host.lengths.clear();
        }
        const Pass pass = it_.model.pass(/*training=*/false);
        const Batch fed = Batch(host).to(it_.model.compute.device);
        const bool asks = learns_labels() && !captioned;
        if (request_.raw) {
            keep_values(host);
            if (asks) ask(host, first, pass);
            return {};
        }
        const std::string pooling = it_.facts.spec.at("objective").value("pooling", "mean");
        const torch::Tensor features_ND = pooled(it_.model.backbone->features(fed, pass), fed[array::valid], pooling)
                                              .to(torch::kCPU, torch::kFloat32)
                                              .contiguous();
        if (!torch::isfinite(features_ND).all().item<bool>())
            return Error{Error::Code::diverged,
                         "The model's features are no finite numbers",
                         "Look at a checkpoint from before the run diverged",
                         {"checkpoint " + request_.checkpoint.string()}};
        out_.width = features_ND.size(1);
        out_.features.insert(out_.features.end(), features_ND.data_ptr<float>(),
                             features_ND.data_ptr<float>() + features_ND.numel());
        if (asks) ask(host, first, pass);
        return {};
    }

    bool learns_labels() const {
        const LabelKind learnt = it_.model.objective->labels();
        return learnt != LabelKind::none && learnt != LabelKind::word_classes;
    }

    /// The rows as the data has them, for their features.
    void keep_values(const HostBatch& host) {
        const auto images = host.arrays.find(array::image);
        if (images != host.arrays.end()) {
            constexpr float white = 255;
            const auto* bytes = images->second.values<std::uint8_t>();
            for (std::int64_t i = 0; i < images->second.size(); ++i)
                out_.features.push_back(static_cast<float>(bytes[i]) / white);
            out_.width = images->second.size() / host.rows;
            return;
        }
        const HostArray& values = host.arrays.at(data_.input.table ? array::table : array::series);
        out_.features.insert(out_.features.end(), values.values<float>(), values.values<float>() + values.size());
        out_.width = values.size() / host.rows;
    }

    EmbeddedRow row_of(const Example& example) const {
        EmbeddedRow row;
        row.document = example.row;
        if (example.file >= 0) row.file = table_.files[static_cast<std::size_t>(example.file)];
        row.file_row = example.file_row;
        if (table_.kind == LabelKind::none || table_.kind == LabelKind::word_classes) return row;
        row.truth = truth_text(example, table_.kind, table_.classes);
        if (table_.kind != LabelKind::number && example.classes.size() == 1) row.group = example.classes.front();
        return row;
    }

    void keep_contents(const HostBatch& host, std::size_t first) {
        const auto images = host.arrays.find(array::image);
        const bool has_text = host.arrays.count(array::tokens) > 0;
        for (std::int64_t i = 0; i < host.rows; ++i) {
            EmbeddedRow& row = out_.rows[first + static_cast<std::size_t>(i)];
            row.text = has_text ? row_text(host, i, *data_.tokenizer)
                                : data_.row_text(*host.examples[static_cast<std::size_t>(i)]);
            if (images != host.arrays.end()) row.picture = shrunk_row(images->second, i, request_.picture_side);
        }
    }

    /// What the model says of the rows.
    void ask(const HostBatch& host, std::size_t first, const Pass& pass) {
        const Batch fed = it_.model.objective->feed(host, RowSeeds::by_place(0)).to(it_.model.compute.device);
        torch::Tensor said = it_.model.objective->measures(*it_.model.backbone, fed, pass).said;
        if (!said.defined()) return;  // it learns from labels, and names none
        said = said.to(torch::kCPU, torch::kFloat32);
        for (std::int64_t i = 0; i < host.rows; ++i) {
            EmbeddedRow& row = out_.rows[first + static_cast<std::size_t>(i)];
            row.said = guess_text(said[i], it_.model.labels);
            row.wrong = is_wrong(said[i], *host.examples[static_cast<std::size_t>(i)], it_.model.labels.kind);
        }
    }

    const EmbedRequest& request_;
    const CheckpointModel& it_;
    const PreparedData& data_;
    Part part_;
    const ExampleTable& table_;
    Embedding out_;
};

Result<Embedding> embedded(const EmbedRequest& request) {
    const auto part = part_named(request.part);
    if (!part) return part.error();
    auto loaded = CheckpointModel::load(request.checkpoint);
    if (!loaded) return loaded.error();
    const CheckpointModel& it = loaded.value();
    const std::string place = "checkpoint " + request.checkpoint.string();
    if (it.model.input.series && it.model.input.series->horizon > 0 && !request.raw)
        return Error{Error::Code::bad_spec,
                     "What a model that forecasts makes of a window is its forecast, and no place among others",
                     "Take the values of the data itself",
                     {place}};
    const auto data = prepare_data(it.data_of(it.facts.spec, request.cache, request.progress, request.stop));
    if (!data) return data.error();
    if (!is_data_of(it.facts.state, data.value()))
        return dataset_changed("Put the old files back to see what the run has learnt of them").at(place);
    const std::int64_t size = data.value().examples(part.value()).size();
    const bool one_thing = data.value().input.is_one_thing();
    if (!one_thing && data.value().examples(Part::train).kind == LabelKind::none)
        return Error{Error::Code::bad_spec,
                     "This run was trained on running text, which has no rows to be placed",
                     "Look at a run on labelled texts, pictures, tables or series",
                     {place}};
    if (!one_thing && request.raw)
        return Error{Error::Code::bad_spec,
                     "Texts have no values of their own to be placed by",
                     "Take what the model makes of them",
                     {place}};
    if (size < least_embedded)
        return Error{Error::Code::bad_data,
                     "The " + request.part + " part has " + grouped(size) + " rows, too few to be placed",
                     "Look at another part, or set split." + request.part + " higher for the next run",
                     {place}};
    return Embedder(request, it, data.value(), part.value()).look();
}

}  // namespace

Result<Embedding> embed(const EmbedRequest& request) {
    return caught([&] { return embedded(request); });
}

}  // namespace gw
