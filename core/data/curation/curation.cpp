#include "data/curation/curation.h"

#include <algorithm>
#include <bit>
#include <new>

#include "data/curation/letters.h"
#include "data/curation/said.h"
#include "data/curation/source.h"
#include "data/curation/writer.h"
#include "data/text/text_reading.h"
#include "schema/typed.h"
#include "util/text.h"

namespace gw {

namespace {

constexpr const char* nothing_left = GW_TEXT("nothing is left of it");
constexpr std::size_t longest_excerpt = 300;  // bytes

std::string excerpt_of(std::string_view text) {
    const std::string whole = well_formed_utf8(text.substr(0, 2 * longest_excerpt));
    return whole.substr(0, utf8_boundary(whole, longest_excerpt));
}

void count_reason(CurationReport::Counts& reasons, const Phrase& why) {
    const auto it =
        std::find_if(reasons.begin(), reasons.end(), [&](const auto& one) { return one.first.form == why.form; });
    if (it == reasons.end()) {
        reasons.push_back({why, 1});
        return;
    }
    ++it->second;
    for (std::size_t i = 0; i < it->first.values.size(); ++i)
        if (it->first.values[i] != why.values[i]) it->first.values[i] = "…";
}

/// The JSON row of a document: its text, then the columns that are kept.
Result<Json> row_of(const CurationSource::Row& given, const std::string& text, const CurationPlan& plan,
                    const std::string& text_field) {
    Json row = {{"text", text}};
    const bool all = std::find(plan.keep.begin(), plan.keep.end(), "*") != plan.keep.end();
    auto wanted = [&](const std::string& name) {
        return all || std::find(plan.keep.begin(), plan.keep.end(), name) != plan.keep.end();
    };
    auto taken = [](const std::string& name) {
        return Error{Error::Code::bad_spec,
                     "A column that is to be kept is called \"" + name + "\" as the text is in the result",
                     "Name the columns to keep without this one, or rename it",
                     {}};
    };
    if (plan.keep.empty()) return row;
    if (given.object) {
        const std::string whole = text_field.substr(0, text_field.find('.'));
        for (const auto& [key, value] : given.object->items()) {
            if (!wanted(key) || key == text_field || (all && key == whole)) continue;
            if (key == "text") return taken(key);
            row[key] = value;
        }
    }
    if (given.cells)
        for (std::size_t i = 0; i < given.cells->size(); ++i) {
            const std::string name = i < given.names->size() ? (*given.names)[i] : "column " + std::to_string(i + 1);
            if (i == given.text_column || !wanted(name)) continue;
            if (name == "text") return taken(name);
            row[name] = (*given.cells)[i];
        }
    return row;
}

class Curation {
  public:
    explicit Curation(const CurationRequest& request) : request_(request) {}

    Result<CurationReport> operator()() {
        if (Status ready = prepare(); !ready) return ready.error();
        const Status read = source_->read([&](const CurationSource::Row& row) { return take(row); }, request_.progress,
                                          request_.stop, report_.read);
        if (!read) return read.error();
        finish_counts();
        if (request_.out.empty()) return std::move(report_);
        if (report_.left() == 0) return nothing_stays();
        if (Status closed = folder_.close(); !closed) return closed.error();
        report_.sha256 = folder_.sha256();
        report_.file = fs::absolute(request_.out).lexically_normal() / file_name_;
        report_.dataset = text_files_section({report_.file.string()}, plan_.plain ? documents_ : "file");
        Json story = to_json(report_);
        // What was dropped, or not masked yet, does not stay beside the result.
        for (Json& step : story["steps"])
            for (Json& example : step["examples"]) example.erase("text");
        story["plan"] = to_json(plan_);
        const std::string told = story.dump(2, ' ', false, Json::error_handler_t::replace);  // paths may be no UTF-8
        if (Status done = folder_.publish(told + "\n"); !done) return done.error();
        return std::move(report_);
    }

  private:
    Status prepare() {
        for (const schema::Problem& problem : check_plan(request_.plan))
            if (!problem.warning)
                return Error{Error::Code::bad_spec, problem.path + ": " + problem.message, "", {"the curation's plan"}};
        plan_ = complete_plan(request_.plan);
        TextFilesConfig config;
        (void)schema::load(config, plan_.data, "data");
        documents_ = config.documents;
        auto source = CurationSource::open(config, report_.read, request_.stop);
        if (!source) return source.error();
        source_ = std::make_unique<CurationSource>(std::move(source).value());
        if (!request_.out.empty())
            if (Status may = may_curate_into(request_.out, config.paths, source_->files().files, request_.replace);
                !may)
                return may;
        if (plan_.plain && report_.read.format != "plain")
            return Error{Error::Code::bad_spec,
                         "Only plain text is written as plain text again; this is " + report_.read.format,
                         "Write JSON rows",
                         {}};
        const PlaceNames names = [this](const TextPlace& place) { return source_->place_name(place); };
        for (const Json& section : plan_.steps) {
            const CurationKind& kind = *find_kind(curation_kinds(), section.at("kind"));
            auto step = kind.build(section, names);
            if (!step) return step.error();
            steps_.push_back(std::move(step).value());
            report_.steps.emplace_back().section = section;
        }
        reads_bytes_ = find_kind(curation_kinds(), plan_.steps.front().at("kind"))->reads_bytes;
        file_name_ = plan_.plain ? CuratedFolder::plain_name : CuratedFolder::rows_name;
        return request_.out.empty() ? Status() : folder_.open(request_.out, file_name_, request_.replace);
    }

    Status take(const CurationSource::Row& row) {
        document_.text = row.text;
        document_.place = row.place;
        std::string& text = document_.text;
        ++report_.documents;
        report_.bytes += static_cast<std::int64_t>(text.size());
        const auto bucket =
            static_cast<std::size_t>(std::bit_width(static_cast<std::uint64_t>(count_characters(trim(text)))));
        if (report_.lengths.size() <= bucket) report_.lengths.resize(bucket + 1);
        ++report_.lengths[bucket];
        if (first_bad_utf8(text)) {
            ++report_.not_utf8;
            if (!reads_bytes_) {
                const Error why = check_text(text).error();
                return Error{why.code, why.message, bytes_hint(), {"row " + grouped(row.place.row)}};
            }
        }
        CurationReport::Sample* sample = nullptr;
        if (report_.samples.size() < request_.samples)
            sample = &report_.samples.emplace_back(CurationReport::Sample{place(), excerpt_of(text), {}, {}});
        for (std::size_t i = 0; i < steps_.size(); ++i)
            if (auto why = apply(i)) {
                if (sample) sample->why = std::move(why);
                return {};
            }
        if (sample) sample->after = excerpt_of(text);
        return request_.out.empty() ? Status() : write(row);
    }

    /// Why the step drops the document, which has been counted then.
    std::optional<Phrase> apply(std::size_t number) {
        CurationReport::Step& step = report_.steps[number];
        std::string& text = document_.text;
        ++step.given;
        step.given_bytes += static_cast<std::int64_t>(text.size());
        const std::size_t size = text.size();
        const std::uint64_t hash = hash64(text);
        const std::string excerpt = step.examples.size() < request_.examples ? excerpt_of(text) : std::string();
        std::optional<Phrase> why = steps_[number]->apply(document_);
        if (!why && trim(text).empty()) why = Phrase{nothing_left, {}};
        if (why) {
            ++step.dropped;
            count_reason(step.reasons, *why);
            if (step.examples.size() < request_.examples) step.examples.push_back({place(), *why, excerpt});
            return why;
        }
        step.changed += text.size() != size || hash64(text) != hash;
        ++step.left;
        step.left_bytes += static_cast<std::int64_t>(text.size());
        return {};
    }

    Status write(const CurationSource::Row& given) {
        if (!plan_.plain) {
            auto row = row_of(given, document_.text, plan_, source_->config().json_field);
            if (!row) return row.error();
            return folder_.add(schema::json_line(row.value()) + "\n");
        }
        std::string text;
        // A blank line would make two documents of one.
        for_each_line(document_.text, [&](std::string_view line) {
            if (!trim(line).empty()) text.append(line).append("\n");
        });
        const bool lines = documents_ == "line";
        return folder_.add(lines || folder_.bytes() == 0 ? text : "\n" + text);
    }

    void finish_counts() {
        for (std::size_t i = 0; i < steps_.size(); ++i)
            for (auto& one : steps_[i]->found())
                if (one.second > 0) report_.steps[i].found.push_back(std::move(one));
        report_.source_bytes = source_->bytes();
        report_.source_sha256 = source_->hash();
    }

    Error nothing_stays() const {
        Error error{Error::Code::bad_data, say::nothing_was_read, say::loosen_steps, {}};
        for (const CurationReport::Step& step : report_.steps)
            if (step.dropped > 0 && step.left == 0)
                error.message = Phrase{say::steps_left_nothing,
                                       {step.section.at("kind").get<std::string>(), grouped(step.dropped),
                                        step.reasons.front().first.text()}}
                                    .text();
        if (report_.documents == 0)
            for (const ReadReport::Passed& passed : report_.read.passed)
                error.where.push_back(place_text(passed.first.front()) + ": " + passed.why);
        return error;
    }

    std::string bytes_hint() const {
        for (const CurationKind& kind : curation_kinds())
            if (kind.reads_bytes) return "Put the step " + kind.card.id + " first, which mends or drops such documents";
        return "Convert the file to UTF-8";
    }

    FilePlace place() const { return {source_->files().relative[document_.place.file], document_.place.row}; }

    const CurationRequest& request_;
    CurationPlan plan_;
    std::string documents_, file_name_;
    std::unique_ptr<CurationSource> source_;
    std::vector<std::unique_ptr<CurationStep>> steps_;
    bool reads_bytes_ = false;
    CuratedText document_;
    CurationReport report_;
    CuratedFolder folder_;
};

Json counts_json(const CurationReport::Counts& counts) {
    Json out = Json::array();
    for (const auto& [what, count] : counts) out.push_back({{"what", what.text()}, {"count", count}});
    return out;
}

}  // namespace

Result<CurationReport> curate(const CurationRequest& request) {
    try {
        return Curation(request)();
    } catch (const Failure& failure) {
        return failure.error();
    } catch (const std::bad_alloc&) {
        return Error{Error::Code::out_of_memory,
                     "Ran out of memory",
                     "Take fewer documents at once, or leave out the steps that look for copies",
                     {}};
    }
}

Json to_json(const CurationReport& report) {
    Json steps = Json::array();
    for (const CurationReport::Step& step : report.steps) {
        Json examples = Json::array();
        for (const CurationReport::Example& example : step.examples)
            examples.push_back({{"file", example.place.file},
                                {"row", example.place.row},
                                {"why", example.why.text()},
                                {"text", example.text}});
        const Json& name = step.section.at("kind");
        steps.push_back({{"step", name},
                         {"settings", step.section},
                         {"given", step.given},
                         {"given_bytes", step.given_bytes},
                         {"changed", step.changed},
                         {"dropped", step.dropped},
                         {"left", step.left},
                         {"left_bytes", step.left_bytes},
                         {"reasons", counts_json(step.reasons)},
                         {"found", counts_json(step.found)},
                         {"examples", std::move(examples)}});
    }
    Json passed = Json::array();
    for (const ReadReport::Passed& one : report.read.passed) {
        Json first = Json::array();
        for (const FilePlace& place : one.first) first.push_back(place_text(place));
        passed.push_back({{"why", one.why}, {"count", one.count}, {"first", std::move(first)}});
    }
    Json out = {{"program", std::string("Groundwork ") + GROUNDWORK_VERSION},
                {"made", now_utc()},
                {"source",
                 {{"format", report.read.format},
                  {"files", report.read.files},
                  {"bytes", report.source_bytes},
                  {"sha256", report.source_sha256},
                  {"documents", report.documents},
                  {"text_bytes", report.bytes},
                  {"not_utf8", report.not_utf8},
                  {"lengths", report.lengths},
                  {"passed_over", std::move(passed)}}},
                {"steps", std::move(steps)},
                {"left", report.left()},
                {"left_bytes", report.left_bytes()}};
    if (!report.file.empty()) {
        out["result"] = {{"file", report.file.filename().string()}, {"sha256", report.sha256}};
        out["dataset"] = report.dataset;
    }
    return out;
}

}  // namespace gw
