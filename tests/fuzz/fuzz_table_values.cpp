#include "data/tables/typed_row.h"
#include "fuzz/dataset_input.h"

/// Tables of typed columns, with a class, a number or nothing to be learnt, and a row as a person writes it.
GW_FUZZ(table_values) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    for (const char* labels : {"class", "number", "none"})
        for (const char* missing : {"mark", "drop", "refuse"})
            fuzz::read_dataset("table", {{"labels", labels}, {"missing", missing}}, {folder.put("x.csv", input)});
    const std::vector<TableColumn> columns{{"a", {}, false}, {"a b", {"p", "q"}, false}, {"c", {}, true}};
    if (const auto row = typed_row(input, columns))
        fuzz::must(row.value().size() == columns.size());
    else
        fuzz::must(!row.error().message.empty());
}
