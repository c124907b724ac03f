#include "data/text/json_reading.h"
#include "fuzz/dataset_input.h"

/// JSON lines and arrays of objects, as text and with labels.
GW_FUZZ(rows) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    looks_like_json(input);
    const Status read = read_json_rows(input, [](std::int64_t row, const Json& value) {
        fuzz::must(row > 0 && value.is_object());
        json_keys(value);
        json_field(value, "text.a");
        return true;
    });
    if (!read) fuzz::must(!read.error().message.empty());
    const std::vector<fs::path> paths{folder.put("x.jsonl", input)};
    fuzz::read_dataset("text_files", Json::object(), paths);
    fuzz::read_dataset("labelled_text", Json::object(), paths);
}
