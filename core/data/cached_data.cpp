#include "data/cached_data.h"

#include <cmath>

#include "data/cache_file.h"
#include "data/example_collector.h"
#include "data/tables/encoded_rows.h"
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
    auto store = ValueStore::open(folder / values_file);
    if (!store) return store.error();
    data.values = std::move(store).value();
    const fs::path file = folder / "facts.json";
    try {
        data.input = input_facts_of(facts.at("series"));
        take_facts(facts, data);
    } catch (const Json::exception&) {
        return damaged_cache_file(file, table_of_facts, "its values are of other kinds");
    }
    const auto& input = data.input.series;
    if (!input || input->columns.size() != static_cast<std::size_t>(data.values.columns()))
        return damaged_cache_file(file, table_of_facts, "it does not fit the series");
    for (const Part part : all_parts) {
        const fs::path examples = part_file(folder, part, "examples");
        auto read = read_examples(examples);
        if (!read) return read.error();
        for (const Example& one : read.value().examples)
            if (one.start < input->look_back || one.start > data.values.rows() - input->horizon)
                return damaged_cache_file(examples, "table of examples", "it names rows that are not there");
        data.examples(part) = std::move(read).value();
    }
    return {};
}

/// The columns that an entry's rows are made of, as the dataset handed them out.
std::vector<TableColumn> table_columns_of(const Json& json) {
    std::vector<TableColumn> out;
    for (const Json& one : json)
        out.push_back({one.at("name").get<std::string>(), one.at("categories").get<std::vector<std::string>>(),
                       one.at("dates").get<bool>()});
    return out;
}

/// Whether every word of the store is one of its column's.
bool words_are_known(const ValueStore& store, const std::vector<TableColumn>& columns) {
    for (std::int64_t row = 0; row < store.rows(); ++row) {
        const std::span<const double> values = store.at(row, 1);
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const auto words = static_cast<double>(columns[c].categories.size());
            if (words > 0 && !std::isnan(values[c]) && !(values[c] >= 0 && values[c] < words)) return false;
        }
    }
    store.require_read();
    return true;
}

Status open_table(const fs::path& folder, const Json& facts, PreparedData& data) {
    auto store = ValueStore::open(folder / values_file);
    if (!store) return store.error();
    data.values = std::move(store).value();
    const fs::path file = folder / "facts.json";
    try {
        data.input = input_facts_of(facts.at("table"));
        data.table_columns = table_columns_of(facts.at("columns"));
        take_facts(facts, data);
    } catch (const Json::exception&) {
        return damaged_cache_file(file, table_of_facts, "its values are of other kinds");
    }
    if (!data.input.table || !same_columns(*data.input.table, data.table_columns) ||
        data.table_columns.size() != static_cast<std::size_t>(data.values.columns()) ||
        !words_are_known(data.values, data.table_columns))
        return damaged_cache_file(file, table_of_facts, "it does not fit the values");
    for (const Part part : all_parts) {
        const fs::path examples = part_file(folder, part, "examples");
        auto read = read_examples(examples);
        if (!read) return read.error();
        for (const Example& one : read.value().examples)
            if (one.start < 0 || one.start >= data.values.rows())
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
    if (parts.table) return open_table(folder, facts, data);
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
