#include "study/inference.h"

#include <torch/types.h>

#include "adapt/checkpoint_model.h"
#include "adapt/scoring.h"
#include "data/prepare.h"
#include "data/text/text_reading.h"
#include "spec/reading.h"
#include "spec/run_spec.h"
#include "spec/start.h"
#include "spec/usual_split.h"
#include "train/guard/engine_error.h"
#include "train/message/tell.h"
#include "train/step/sampler.h"

namespace gw {

namespace {

Error bad_part(const std::string& part) {
    return {Error::Code::bad_spec, "There is no part \"" + part + "\"", "Use validation or test", {}};
}

}  // namespace

Result<std::string> sample_checkpoint(const fs::path& checkpoint, const std::string& prompt,
                                      const SamplingOptions& options, std::stop_token stop) {
    return caught([&]() -> Result<std::string> {
        Result<CheckpointModel> loaded = CheckpointModel::load(checkpoint);
        if (!loaded) return loaded.error();
        const CheckpointModel& it = loaded.value();
        if (it.model.input.series)
            return Error{Error::Code::bad_spec,
                         "This model reads series, so it cannot write text",
                         it.model.input.series->horizon > 0
                             ? "Let it say what comes next with `groundwork-cli forecast`"
                             : "Let it judge the rows of a window with `groundwork-cli predict`",
                         {"checkpoint " + checkpoint.string()}};
        if (it.model.input.table)
            return Error{Error::Code::bad_spec,
                         "This model reads rows of a table, so it cannot write text",
                         draws(it.facts.spec) ? "Let it draw rows with `groundwork-cli draw`"
                                              : "Ask it about a row with `groundwork-cli predict`, or evaluate it",
                         {"checkpoint " + checkpoint.string()}};
        if (!it.model.input.tokens || it.model.input.image)
            return Error{Error::Code::bad_spec,
                         "This model reads pictures, so it cannot write",
                         draws(it.facts.spec)
                             ? "Let it draw with `groundwork-cli draw`"
                             : "Look at a step of its run to see what it makes of pictures, or evaluate it",
                         {"checkpoint " + checkpoint.string()}};
        if (it.model.objective->labels() != LabelKind::none)
            return Error{Error::Code::bad_spec,
                         "This model was trained to tell labels, so it cannot write",
                         "Ask it for them with `groundwork-cli predict`, or evaluate it",
                         {"checkpoint " + checkpoint.string()}};
        return write_text(*it.model.backbone, *it.model.objective, *it.tokenizer, prompt, options, it.model.pass(false),
                          it.model.compute.device, stop);
    });
}

Result<CheckpointScore> score_checkpoint(const fs::path& checkpoint, const std::string& part,
                                         const std::vector<std::string>& data, const fs::path& cache,
                                         const ProgressFn& progress, std::stop_token stop, const ScoreWish& wish) {
    return caught([&]() -> Result<CheckpointScore> {
        if (part != "validation" && part != "test") return bad_part(part);
        Result<CheckpointModel> loaded = CheckpointModel::load(checkpoint);
        if (!loaded) return loaded.error();
        const CheckpointModel& it = loaded.value();
        const bool labelled = it.model.objective->labels() != LabelKind::none, others = !data.empty();
        Json spec = it.facts.spec;
        if (others) {
            auto section = dataset_like(dataset_as_read(spec.at("dataset"), it.facts.state), data, wish.settings);
            if (!section) return section.error();
            spec["dataset"] = std::move(section).value();
            if (it.model.input.series && !labelled && !labels_offered(spec.at("dataset")).empty())
                return Error{Error::Code::bad_spec,
                             "This model forecasts, but the data is read for its labels",
                             "Set dataset.labels=none",
                             {"section dataset"}};
        }
        PrepareRequest ask = it.data_of(spec, cache, progress, stop);
        ask.judge_only = others;
        const std::string hash = it.facts.state.value("dataset_hash", "");
        // Before anything is read: a changed file may not even be of the same columns.
        const Status same = others ? Status() : unchanged(ask.dataset, ask.split, hash, progress, stop);
        if (!same && (!wish.changed_data || same.error().code != Error::Code::bad_data)) {
            Error error = same.error();
            if (error.code == Error::Code::bad_data)
                error.hint = "Put the old files back, or say --changed-data to score them as they are now";
            return std::move(error).at("checkpoint " + checkpoint.string());
        }
        Result<PreparedData> prepared = prepare_data(ask);
        if (!prepared) return prepared.error();
        const PreparedData& ready = prepared.value();
        const bool examples = ready.feeds_examples(it.model.objective->labels());
        if (!others && same && !wish.changed_data && !hash.empty() && !is_data_of(it.facts.state, ready))
            return dataset_changed(
                "Its files are read in another way than they were; train again, or say --changed-data to score them as "
                "they are read now");
        const Part which = !others && part == "test" ? Part::test : Part::validation;
        const std::int64_t size = examples ? ready.examples(which).size() : ready.units(which);
        if (size < (examples ? 1 : 2))
            return Error{Error::Code::bad_data,
                         others ? "There is nothing to score in this data" : "The " + part + " part is empty",
                         others ? "Give files with more text"
                                : "Give other data with --data, or a split with a " + part + " part",
                         {}};
        const auto settings = settings_of<EvaluationSettings>(spec, "evaluation");
        CheckpointScore found;
        static_cast<Score&>(found) = score_part(
            it.model, *it.model.objective, ready, which, {wish.tokens, settings.overlap, 32},
            [&](double done) {
                if (progress) progress("evaluating", done);
            },
            stop);
        if (found.scored == 0) return Error{Error::Code::cancelled, "Stopped before the end", "", {}};
        found.step = it.facts.state.value("step", std::int64_t{0});
        found.labelled = labelled;
        found.part_size = size;
        found.whole = wish.tokens <= 0 || wish.tokens >= ready.units(which);
        found.data_has_changed = !same;
        found.dataset = spec.at("dataset");
        if (!examples) {
            found.metrics["tokens"] = static_cast<double>(found.scored);
            if (found.whole) found.metrics["bytes"] = static_cast<double>(ready.stream(which).bytes());
        } else {
            found.metrics["rows"] = static_cast<double>(found.scored);
        }
        return found;
    });
}

Result<std::string> plain_text(std::string_view text) {
    if (Status sound = check_text(text); !sound) return sound.error();
    std::string buffer;
    return std::string(plain_lines(text, buffer));
}

Result<Answers> answer_texts(const fs::path& checkpoint, const std::vector<std::string>& texts) {
    return caught([&]() -> Result<Answers> {
        std::vector<std::string> plain;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            auto one = plain_text(texts[i]);
            if (!one) return Error(one.error()).at("text " + std::to_string(i + 1));
            std::string& text = plain.emplace_back(std::move(one).value());
            while (text.ends_with('\n')) text.pop_back();  // a line of a file, whose end is no part of it
        }
        Result<CheckpointModel> loaded = CheckpointModel::load(checkpoint);
        if (!loaded) return loaded.error();
        const CheckpointModel& it = loaded.value();
        auto told = tell(it.model, *it.tokenizer, plain);
        if (!told) return told.error();
        return Answers{it.model.labels.kind, std::move(told).value()};
    });
}

Result<Answers> answer_picture(const fs::path& checkpoint, const PictureCopy& picture) {
    return caught([&]() -> Result<Answers> {
        Result<CheckpointModel> loaded = CheckpointModel::load(checkpoint);
        if (!loaded) return loaded.error();
        auto told = tell_picture(loaded.value().model, picture);
        if (!told) return told.error();
        return Answers{loaded.value().model.labels.kind, {std::move(told).value()}};
    });
}

Result<std::vector<std::string>> tell_checkpoint(const fs::path& checkpoint, const std::vector<std::string>& texts) {
    const auto judged = answer_texts(checkpoint, texts);
    if (!judged) return judged.error();
    std::vector<std::string> out;
    for (const Told& one : judged.value().rows) out.push_back(sentence(one, judged.value().kind));
    return out;
}

}  // namespace gw
