#include "data/examples.h"
#include "fuzz/fuzz.h"
#include "schema/parse_json.h"

/// The table of labelled rows beside a shard, with its sum put right.
GW_FUZZ(examples) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    const std::size_t end = std::min(input.find('\n'), input.size());
    Json head = json_or_null(input.substr(0, end));
    const std::string_view rows = input.substr(std::min(end + 1, input.size()));
    if (head.is_object()) {
        Checksum64 sum;
        sum.add(rows);
        head["check"] = std::to_string(sum.value());
    }
    const auto table = read_examples(folder.put("x.examples", head.dump() + "\n" + std::string(rows)));
    if (!table) return;
    table.value().facts();
    table.value().drawn(3, 1);
    if (!table.value().classes.empty() && table.value().kind == LabelKind::one_class)
        table.value().only({table.value().classes.front()});
    for (const Example& example : table.value().examples) {
        fuzz::must(!table.value().where(example).empty());
        for (const std::int32_t c : example.classes)
            fuzz::must(c >= 0 && static_cast<std::size_t>(c) < table.value().classes.size());
    }
}
