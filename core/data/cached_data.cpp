#include "data/cached_data.h"

#include "data/cache_file.h"
#include "data/example_collector.h"
#include "data/text/shards.h"
#include "schema/parse_json.h"

namespace gw {

namespace {

constexpr const char* table_of_facts = "table of facts";

Status open_streams(const fs::path& folder, PreparedData& data) {
    for (const auto& [part, stream] :
         {std::pair{Part::train, &data.train}, {Part::validation, &data.validation}, {Part::test, &data.test}}) {
        auto opened = ShardReader::open(part_file(folder, part, "tokens"), data.tokenizer->vocabulary());
        if (!opened) return opened.error();
        *stream = std::move(opened).value();
    }
    data.input.tokens = TokensInput{data.tokenizer->vocabulary()};
    return {};
}

Status open_pictures(const fs::path& folder, bool judge_only, PreparedData& data) {
    for (const Part part : all_parts) {
        auto opened = PictureStore::open(part_file(folder, part, "pictures"));
        if (!opened) return opened.error();
        data.pictures[static_cast<std::size_t>(part)] = std::move(opened).value();
    }
    const PictureStore& seen = data.pictures[judge_only ? 1 : 0];
    const Picture& shape = seen.shape();
    data.input.image = ImageInput{shape.channels, shape.height, shape.width, seen.mean(), seen.deviation()};
    return {};
}

Status open_examples(const fs::path& folder, bool captions, PreparedData& data) {
    for (const Part part : all_parts) {
        const fs::path file = part_file(folder, part, "examples");
        auto read = read_examples(file);
        if (!read) return read.error();
        const std::int64_t pictures = data.pictures[static_cast<std::size_t>(part)].size();
        if (!lie_inside(read.value(), data.stream(part).size(), pictures, captions))
            return damaged_cache_file(file, "table of examples", "it names rows that are not there");
        data.examples(part) = std::move(read).value();
    }
    return {};
}

void take_facts(const Json& facts, PreparedData& data) {
    data.leaks = leak_report_of(facts.value("leaks", Json()));
    data.read = read_report_of(facts.value("read", Json()));
    if (const std::string parts = facts.value("parts", ""); !parts.empty())
        data.read.reading += (data.read.reading.empty() ? "" : ", ") + parts;
    if (facts.contains("validation_nats") && data.validation.bytes() > 0)
        data.validation_floor_nats_per_byte =
            facts["validation_nats"].get<double>() / static_cast<double>(data.validation.bytes());
}

Status open_series(const fs::path& folder, const Json& facts, PreparedData& data) {
    auto store = SeriesStore::open(folder / series_file);
    if (!store) return store.error();
    data.series = std::move(store).value();
    const fs::path file = folder / "facts.json";
    try {
        data.input = input_facts_of(facts.at("series"));
        take_facts(facts, data);
    } catch (const Json::exception&) {
        return damaged_cache_file(file, table_of_facts, "its values are of other kinds");
    }
    const auto& input = data.input.series;
    if (!input || input->columns.size() != static_cast<std::size_t>(data.series.columns()))
        return damaged_cache_file(file, table_of_facts, "it does not fit the series");
    for (const Part part : all_parts) {
        const fs::path examples = part_file(folder, part, "examples");
        auto read = read_examples(examples);
        if (!read) return read.error();
        for (const Example& one : read.value().examples)
            if (one.start < input->look_back || one.start > data.series.rows() - input->horizon)
                return damaged_cache_file(examples, "table of examples", "it names rows that are not there");
        data.examples(part) = std::move(read).value();
    }
    return {};
}

}  // namespace

fs::path part_file(const fs::path& folder, Part part, const std::string& ending) {
    return folder / (std::string(part_name(part)) + "." + ending);
}

Status open_cached(const fs::path& folder, const CachedParts& parts, PreparedData& data) {
    const fs::path file = folder / "facts.json";
    const auto text = read_file(file);
    if (!text) return text.error();
    const Json facts = json_or_null(text.value());
    if (!facts.is_object()) return damaged_cache_file(file, table_of_facts, "it holds no facts");
    data.input = {};
    if (parts.pictures)
        if (Status status = open_pictures(folder, parts.judge_only, data); !status) return status;
    if (parts.series) return open_series(folder, facts, data);
    if (!parts.pictures || parts.captions)
        if (Status status = open_streams(folder, data); !status) return status;
    if (parts.labelled || parts.pictures)
        if (Status status = open_examples(folder, parts.captions, data); !status) return status;
    try {
        take_facts(facts, data);
    } catch (const Json::exception&) {
        return damaged_cache_file(file, table_of_facts, "its values are of other kinds");
    }
    return {};
}

}  // namespace gw
