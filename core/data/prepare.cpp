#include "data/prepare.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "data/cache.h"
#include "data/cached_data.h"
#include "data/dataset_hash.h"
#include "data/images/read_once.h"
#include "data/pair_rows.h"
#include "data/series/windows.h"
#include "data/settle_input.h"
#include "data/split.h"
#include "data/tables/encoded_rows.h"
#include "data/text/tokenise.h"
#include "util/hash.h"
#include "util/progress_texts.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr std::string_view token_format = "tokens 2", labelled_format = "tokens and examples 2",
                           picture_format = "pictures 1", caption_format = "pictures and captions 1",
                           series_format = "series 3", table_format = "table 1";

/// One preparation: members are filled in the order of its phases.
class Preparation {
  public:
    explicit Preparation(const PrepareRequest& request) : request_(request), cache_(request.cache) {
        const DatasetKind& kind = *find_kind(datasets(), request.dataset.at("kind"));
        dataset_ = kind.build(request.dataset);
        pictures_ = kind.pictures;
        series_ = kind.series;
        table_ = kind.table;
        captions_ = pictures_ && request.captions;
        split_ = find_kind(splits(), request.split.at("kind"))->build(request.split);
    }

    Result<PreparedData> run() {
        Result<std::string> fingerprint = dataset_->fingerprint(request_.progress, request_.stop);
        if (!fingerprint) return fingerprint.error();
        fingerprint_ = fingerprint.value();
        data_.dataset_hash = request_.judge_only ? sha256(fingerprint.value() + "all")
                                                 : dataset_hash_of(fingerprint.value(), request_.split);
        if (Status status = find_tokenizer(); !status) return status.error();
        data_.tokenizer_hash = data_.tokenizer->hash();
        key_ = sha256(std::string(series_      ? series_format
                                  : table_     ? table_format
                                  : captions_  ? caption_format
                                  : pictures_  ? picture_format
                                  : labelled() ? labelled_format
                                               : token_format) +
                      data_.dataset_hash + data_.tokenizer_hash);
        data_.from_cache = open_parts();
        if (!data_.from_cache) {
            if (Status status = build(); !status) return status.error();
            if (!open_parts())
                return Error{Error::Code::io,
                             "What was just written to the cache cannot be read",
                             "Check the disk",
                             {"folder " + cache_.tokens(key_).string()}};
        }
        if (Status status = check_parts(); !status) return status.error();
        if (Status status = settle_input(request_.input.value_or(data_.input), captions_, data_); !status)
            return status.error();
        if (labelled() || pictures_ || series_ || table_)
            if (Status status = settle_labels(); !status) return status.error();
        data_.captions = captions_;
        return std::move(data_);
    }

  private:
    // ---- the tokenizer

    Status find_tokenizer() {
        if (request_.tokenizer_state) {
            auto made = tokenizer_from_state(*request_.tokenizer_state);
            if (!made) return Error(made.error()).at("tokenizer.json of the checkpoint");
            data_.tokenizer = std::move(made).value();
            return {};
        }
        Result<std::string> key = tokenizer_key();
        if (!key) return key.error();
        auto found = cache_.find_tokenizer(key.value());
        if (!found) return found.error();
        if (!found.value()) {
            if (Status status = count_bytes(); !status) return status;
            const TokenizerInputs inputs{[this](const auto& sink) { return training_text(sink); }, request_.progress,
                                         request_.stop};
            found = find_kind(tokenizers(), request_.tokenizer.at("kind"))->build(request_.tokenizer, inputs);
            if (!found) return found.error();
            if (Status status = same_files(); !status) return status;
            if (Status status = cache_.add_tokenizer(key.value(), *found.value()); !status) return status;
        }
        data_.tokenizer = std::move(found).value();
        return {};
    }

    /// Names a tokenizer by its settings, the files that it is loaded from, and the text that it learns from.
    Result<std::string> tokenizer_key() const {
        std::string key = std::string(token_format) + request_.tokenizer.dump() + data_.dataset_hash;
        for (const schema::Row& row : find_kind(tokenizers(), request_.tokenizer.at("kind"))->rows) {
            if (row.info.holds != schema::Holds::path) continue;
            const std::string path = request_.tokenizer.value(std::string(row.info.key), "");
            if (path.empty()) continue;
            Result<std::string> bytes = read_file(path);
            if (!bytes) return Error(bytes.error()).at("field tokenizer." + std::string(row.info.key));
            key += sha256(bytes.value());
        }
        return sha256(key);
    }

    Status training_text(const std::function<bool(std::string_view)>& sink) const {
        bool any = false, more = true;
        Status status = pieces([&](Part part, std::string_view text, const Document&) {
            if (part != Part::train || !more) return more;
            any = true;
            return more = sink(text);
        });
        if (status && !any) return empty_part(Part::train);
        return status;
    }

    // ---- the text

    /// Every piece of every document with its part; the sink returns false to end. Who keeps the report writes what is
    /// read, and tells how far that is.
    Status pieces(const std::function<bool(Part, std::string_view, const Document&)>& sink,
                  ReadReport* report = nullptr) const {
        std::uint64_t offset = 0, total = total_size_;
        std::string file;
        return dataset_->visit(
            [&](const Document& document) {
                bool more = true;
                if (document.series && document.source != file) {
                    file = document.source;
                    offset = 0;
                    total = series_sizes_.at(file);
                }
                if (request_.judge_only)
                    more = sink(Part::validation, document.text, document);
                else if (document.label || document.is_one_thing())
                    more = sink(part_of(*split_, document, offset, total), document.text, document);
                else
                    split_->cut(document, offset, total,
                                [&](Part part, std::string_view text) { more = more && sink(part, text, document); });
                offset += document.size();
                return more;
            },
            report ? ProgressFn() : request_.progress, request_.stop, report);
    }

    /// The dataset's size, which a split by position needs to know; reading it all finds every fault before anything is
    /// made.
    Status count_bytes() {
        if (total_size_ > 0) return {};
        if (find_kind(datasets(), request_.dataset.at("kind"))->decodes) {
            Result<fs::path> folder = cache_.begin_tokens("decoded");
            if (!folder) return folder.error();
            dataset_ = std::make_unique<ReadOnce>(std::move(dataset_), std::move(folder).value());
        }
        std::uint64_t total = 0, values = 0;
        Status surveyed;
        const bool surveys = split_->surveys() && !request_.judge_only;
        Status status = dataset_->visit(
            [&](const Document& document) {
                total += document.size();
                values += document.picture ? document.picture->pixels.size() : 0;
                values += document.series ? document.series->values.size_bytes() : 0;
                values += document.table ? document.table->values.size_bytes() : 0;
                if (document.series) series_sizes_[std::string(document.source)] += document.size();
                if (surveys) surveyed = split_->survey(document);
                return static_cast<bool>(surveyed);
            },
            request_.progress, request_.stop);
        if (status) status = surveyed;
        if (status && surveys) status = split_->settle();
        total_size_ = total;
        value_bytes_ = values;
        return status;
    }

    /// The files are read several times, and named in the cache by their first reading: what was made must be of the
    /// same content.
    Status same_files() const {
        ProgressFn again;
        if (request_.progress)
            again = [this](const std::string&, double share) { request_.progress(say::checking_again, share); };
        const Result<std::string> now = dataset_->fingerprint(again, request_.stop);
        if (!now) return now.error();
        if (now.value() == fingerprint_) return {};
        return Error{Error::Code::bad_data,
                     "The files of the dataset were changed while they were being read",
                     "Wait until nothing writes to them any more, then start again",
                     {"section dataset"}};
    }

    // ---- the shards

    Status check_space() const {
        // At four bytes of text a token, two bytes a token: what is hardly ever undercut. A disk that fills up later is
        // found when writing.
        const std::uint64_t least = pictures_ || series_ || table_ ? value_bytes_ : total_size_ / 2;
        cache_.make_room(least);
        const std::uint64_t free = free_bytes(request_.cache);
        if (free >= least) return {};
        return Error{Error::Code::io,
                     std::string("There is not enough room for the ") +
                         (pictures_ ? "pictures"
                          : series_ ? "series"
                          : table_  ? "table"
                                    : "token shards") +
                         ": about " + byte_text(least) + " are needed, " + byte_text(free) + " are free",
                     "Free some space, or choose another workspace",
                     {"folder " + request_.cache.string()}};
    }

    Status build() {
        if (Status status = count_bytes(); !status) return status;
        if (Status status = check_space(); !status) return status;
        Result<fs::path> building = cache_.begin_tokens(key_);
        if (!building) return building.error();
        FolderGuard guard(building.value());
        LeakCheck leaks;
        Json facts = Json::object();
        const Status written = series_     ? write_series(building.value(), facts)
                               : table_    ? write_table(building.value(), leaks, facts)
                               : pictures_ ? write_pictures(building.value(), leaks, facts)
                                           : write_tokens(building.value(), leaks, facts);
        if (!written) return written;
        Result<LeakReport> found = leaks_of(leaks);
        if (!found) return found.error();
        if (Status status = same_files(); !status) return status;
        facts["leaks"] = to_json(found.value());
        facts["parts"] = split_->reading();
        if (Status status = write_file_atomic(building.value() / "facts.json", facts.dump()); !status) return status;
        if (Status status = cache_.commit_tokens(building.value(), key_); !status) return status;
        guard.keep();
        return {};
    }

    Status write_tokens(const fs::path& folder, LeakCheck& leaks, Json& facts) {
        Result<Tokeniser> tokeniser = Tokeniser::create(folder, *data_.tokenizer);
        if (!tokeniser) return tokeniser.error();
        ReadReport report;
        double validation_log_probability = 0;
        bool judged = dataset_->floor_nats_per_byte().has_value();
        const auto tell = [&](std::uint64_t done) {
            if (request_.progress)
                request_.progress(Phrase{say::tokenising, {byte_text(done), byte_text(total_size_)}}.text(),
                                  static_cast<double>(done) / static_cast<double>(total_size_));
        };
        tell(0);
        tokeniser.value().on_encoded(tell);
        Status added;
        Status read = pieces(
            [&](Part part, std::string_view text, const Document& document) {
                added =
                    document.label ? tokeniser.value().add(part, text, document) : tokeniser.value().add(part, text);
                leaks.add(part, text, document);
                if (judged && part == Part::validation) {
                    const auto log_probability = dataset_->log_probability(text);
                    judged = log_probability.has_value();
                    validation_log_probability += log_probability.value_or(0);
                }
                return static_cast<bool>(added);
            },
            &report);
        if (!read) return read;
        if (!added) return added;
        if (Status status = tokeniser.value().finish(); !status) return status;
        if (labelled())
            if (Status status = tokeniser.value().examples().write(folder, dataset_->labels()); !status) return status;
        facts["read"] = to_json(report);
        if (judged) facts["validation_nats"] = -validation_log_probability;
        return {};
    }

    Status write_pictures(const fs::path& folder, LeakCheck& leaks, Json& facts) {
        std::vector<PictureWriter> writers;
        for (const Part part : all_parts) {
            auto writer = PictureWriter::create(part_file(folder, part, "pictures"));
            if (!writer) return writer.error();
            writers.push_back(std::move(writer).value());
        }
        ReadReport report;
        ExampleCollector collected;
        std::uint64_t done = 0;
        Status added;
        std::optional<Tokeniser> captions;
        if (captions_) {
            Result<Tokeniser> made = Tokeniser::create(folder, *data_.tokenizer);
            if (!made) return made.error();
            captions = std::move(made).value();
        }
        Status read = pieces(
            [&](Part part, std::string_view text, const Document& document) {
                PictureWriter& writer = writers[static_cast<std::size_t>(part)];
                if (captions) {
                    added = trim(text).empty() ? no_caption(document)
                                               : captions->add(part, text, document, /*picture=*/writer.size());
                    if (!added) return false;
                } else {
                    ExampleCollector::Labelled& one = collected.add(part, document);
                    one.example.start = writer.size();
                    one.example.length = 1;
                }
                added = writer.add(*document.picture);
                if (!added) added = Error(added.error()).at(where(document).front()).at(where(document).back());
                leaks.add(part, text, document);
                constexpr std::uint64_t between_reports = 4096;
                if (request_.progress && ++done % between_reports == 0)
                    request_.progress(say::writing_pictures,
                                      static_cast<double>(done) / static_cast<double>(total_size_));
                return static_cast<bool>(added);
            },
            &report);
        if (!read) return read;
        if (!added) return added;
        for (PictureWriter& writer : writers)
            if (Status status = writer.finish(); !status) return status;
        facts["read"] = to_json(report);
        if (!captions) return collected.write(folder, dataset_->labels());
        if (Status status = captions->finish(); !status) return status;
        return captions->examples().write(folder, dataset_->labels());
    }

    Status write_series(const fs::path& folder, Json& facts) {
        auto created = ValueWriter::create(folder / values_file);
        if (!created) return created.error();
        ValueWriter writer = std::move(created).value();
        ReadReport report;
        WindowCollector collected(request_.judge_only ? Part::validation : Part::train, dataset_->labels());
        Status added;
        const Status read = pieces(
            [&](Part part, std::string_view, const Document& document) {
                added = writer.add(document.series->values);
                collected.add(part, document);
                return static_cast<bool>(added);
            },
            &report);
        if (!read) return read;
        if (!added) return added;
        if (Status status = writer.finish(); !status) return status;
        const SeriesWindows windows = dataset_->windows();
        const auto tables = collected.tables(windows);
        for (const Part part : all_parts) {
            const bool asked = part == Part::validation ||
                               (!request_.judge_only &&
                                (part == Part::train || split_->names_test() || collected.has_rows(Part::test)));
            if (asked && tables[static_cast<std::size_t>(part)].size() == 0)
                return too_short(part, windows, writer.rows());
        }
        for (const Part part : all_parts)
            if (Status status =
                    write_examples(part_file(folder, part, "examples"), tables[static_cast<std::size_t>(part)]);
                !status)
                return status;
        const SeriesInput input = collected.facts(windows, report);
        for (std::size_t c = 0; c < input.columns.size(); ++c)
            if (!std::isfinite(input.mean[c]) || !std::isfinite(input.deviation[c]))
                return Error{Error::Code::bad_data,
                             "The numbers of this column lie too far apart to be measured",
                             "Write them in a larger unit, or as their logarithms",
                             {"column " + input.columns[c], "section dataset"}};
        facts["series"] = to_json(InputFacts{std::nullopt, std::nullopt, input});
        facts["read"] = to_json(report);
        return {};
    }

    Status write_table(const fs::path& folder, LeakCheck& leaks, Json& facts) {
        auto created = ValueWriter::create(folder / values_file);
        if (!created) return created.error();
        ValueWriter writer = std::move(created).value();
        ReadReport report;
        ExampleCollector collected;
        TableMeasure measure(request_.judge_only ? Part::validation : Part::train, dataset_->standardises());
        std::array<std::int64_t, 3> rows{};
        Status added;
        const Status read = pieces(
            [&](Part part, std::string_view, const Document& document) {
                ++rows[static_cast<std::size_t>(part)];
                measure.add(part, document);
                Example& example = collected.add(part, document).example;
                example.start = writer.rows();
                example.length = 1;
                added = writer.add(document.table->values);
                leaks.add(part, "", document);
                return static_cast<bool>(added);
            },
            &report);
        if (!read) return read;
        if (!added) return added;
        if (Status status = writer.finish(); !status) return status;
        // Nothing can be measured on a part of no rows.
        for (const Part part : {Part::train, Part::validation})
            if (rows[static_cast<std::size_t>(part)] == 0 && !(request_.judge_only && part == Part::train))
                return empty_part(part);
        const auto input = measure.input(report);
        if (!input) return input.error();
        Json columns = Json::array();
        for (const TableColumn& column : measure.columns())
            columns.push_back({{"name", column.name}, {"categories", column.categories}, {"dates", column.dates}});
        InputFacts measured;
        measured.table = input.value();
        facts["table"] = to_json(measured);
        facts["columns"] = columns;
        facts["read"] = to_json(report);
        return collected.write(folder, dataset_->labels());
    }

    static Status too_short(Part part, const SeriesWindows& windows, std::int64_t rows) {
        if (windows.horizon == 0)
            return Error{Error::Code::bad_data,
                         "The " + std::string(part_name(part)) + " part holds no row with a label and " +
                             grouped(windows.look_back - 1) + " rows before it; there are " + grouped(rows) +
                             " rows in all",
                         "Lower dataset.look_back, give the part a larger share, or add rows",
                         {"section split"}};
        return Error{Error::Code::bad_data,
                     "The " + std::string(part_name(part)) + " part holds no window of " + grouped(windows.look_back) +
                         " rows before and " + grouped(windows.horizon) + " to be forecast; there are " +
                         grouped(rows) + " rows in all",
                     "Lower dataset.look_back or dataset.horizon, give the part a larger share, or add rows",
                     {"section split"}};
    }

    static Status no_caption(const Document& document) {
        return Error{Error::Code::bad_data, "This picture has no caption",
                     "Give it one, take it out, or choose an architecture that reads pictures alone", where(document)};
    }

    /// The counts of `leaks`, with examples, which another look at the text finds where there are any.
    Result<LeakReport> leaks_of(LeakCheck& leaks) const {
        LeakReport report = leaks.report();
        if (leak_texts(report).empty()) return report;
        bool missing = true;
        const Status read = pieces([&](Part part, std::string_view text, const Document& document) {
            return missing = missing && leaks.look(report, part, document.table ? text_of(document) : text, document);
        });
        if (!read) return read.error();
        return report;
    }

    /// False when the cache has no whole entry.
    bool open_parts() {
        const fs::path folder = cache_.tokens(key_);
        std::error_code ignored;
        if (!fs::is_directory(folder, ignored)) return false;
        if (Status whole =
                open_cached(folder, {pictures_, captions_, labelled(), request_.judge_only, series_, table_}, data_);
            !whole) {
            spdlog::warn("The cached data in {} cannot be read and is made again: {}", folder.string(),
                         whole.error().message);
            fs::remove_all(folder, ignored);
            return false;
        }
        cache_.note_use(key_);
        data_.floor_nats_per_byte = dataset_->floor_nats_per_byte();
        return true;
    }

    // ---- labels

    bool labelled() const { return dataset_->labels() != LabelKind::none; }

    Status settle_labels() {
        if (Status status = keep_classes(dataset_->only()); !status) return status;
        const auto [count, seed] = dataset_->drawn();
        data_.train_examples = data_.train_examples.drawn(count, seed);
        if (!request_.labels || !labelled()) return {};
        for (const Part part : all_parts)
            if (Status status = data_.examples(part).rename(request_.labels->classes); !status) return status;
        return {};
    }

    /// The examples of these classes alone; all where none is named.
    Status keep_classes(const std::vector<std::string>& names) {
        const std::vector<std::string>& known = data_.train_examples.classes;
        for (auto it = names.begin(); it != names.end(); ++it)
            if (std::find(names.begin(), it, *it) != it)
                return Error{Error::Code::bad_spec,
                             "The class \"" + *it + "\" is named twice",
                             "Name each class once",
                             {"field dataset.only"}};
        for (const std::string& name : names)
            if (std::find(known.begin(), known.end(), name) == known.end()) {
                const auto near = nearest(name, known);
                return Error{Error::Code::bad_data,
                             "No example is of the class \"" + name + "\"",
                             near ? "Did you mean \"" + *near + "\"?" : "Take it out of dataset.only",
                             {"field dataset.only"}};
            }
        for (const Part part : all_parts) data_.examples(part) = data_.examples(part).only(names);
        return {};
    }

    // ---- what must not be empty

    Error empty_part(Part part) const {
        return {Error::Code::bad_data,
                std::string("The ") + part_name(part) + " part of the data is empty",
                split_->advice(part),
                {"section split"}};
    }

    Status check_parts() const {
        if (!request_.judge_only && data_.units(Part::train) == 0) return empty_part(Part::train);
        if (data_.units(Part::validation) == 0) return empty_part(Part::validation);
        if (!request_.judge_only && split_->names_test() && data_.units(Part::test) == 0) return empty_part(Part::test);
        return {};
    }

    const PrepareRequest& request_;
    DataCache cache_;
    std::unique_ptr<Dataset> dataset_;
    std::unique_ptr<Split> split_;
    PreparedData data_;
    std::string key_, fingerprint_;
    std::uint64_t total_size_ = 0;                       ///< sum of Document::size
    std::map<std::string, std::uint64_t> series_sizes_;  ///< the same by file: each is a series, and cut by itself
    std::uint64_t value_bytes_ = 0;
    bool pictures_ = false, captions_ = false, series_ = false, table_ = false;
};

}  // namespace

std::unique_ptr<ExampleRows> PreparedData::rows(Part part, std::int64_t longest) const {
    if (input.series) return window_rows(values, *input.series);
    if (input.table) return encoded_rows(values, *input.table, table_columns);
    const PictureStore& store = pictures[static_cast<std::size_t>(part)];
    if (captions) return pair_rows(store, stream(part), longest, tokenizer->separator());
    if (input.image) return picture_rows(store);
    return text_rows(stream(part), longest, tokenizer->separator());
}

std::string PreparedData::row_text(const Example& example) const {
    if (input.table) return text_of(TableValues{values.at(example.start, 1), &table_columns});
    if (input.series) return text_of(SeriesRow{values.at(example.start - 1, 1), &input.series->columns});
    return "";
}

bool is_data_of(const Json& state, const PreparedData& data) {
    return state.value("dataset_hash", "") == data.dataset_hash &&
           read_report_of(state.value("read", Json())).reading == data.read.reading;
}

Result<PreparedData> prepare_data(const PrepareRequest& request) {
    const DatasetKind& kind = *find_kind(datasets(), request.dataset.at("kind"));
    if (Status looked = kind.look_first(request.dataset, request.progress, request.stop); !looked)
        return looked.error();
    return Preparation(request).run();
}

}  // namespace gw
