#include "data/series/series_table.h"
#include "data/value_store.h"
#include "fuzz/dataset_input.h"

/// Tables of values over time, in every way to fill what is missing; and the file that the cache keeps of them.
GW_FUZZ(series) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    for (const char* missing : {"refuse", "previous", "linear"}) {
        SeriesReading reading;
        reading.missing = missing;
        ReadReport report;
        const auto table = read_series(input, "x.csv", reading, report);
        if (!table) {
            fuzz::must(!table.error().message.empty());
            continue;
        }
        fuzz::must(table.value().values.size() == table.value().places.size() * table.value().columns.size());
        for (const double value : table.value().values) fuzz::must(value - value == 0);
    }
    fuzz::read_dataset("series", {{"missing", "linear"}}, {folder.put("x.csv", input)});
    if (const auto store = ValueStore::open(folder.put("x.values", input)); store && store.value().rows() > 0)
        fuzz::keep(static_cast<std::uint64_t>(store.value().at(0, store.value().rows()).size()));
}
