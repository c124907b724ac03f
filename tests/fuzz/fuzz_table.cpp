#include "data/text/table_reading.h"
#include "fuzz/dataset_input.h"

/// CSV and TSV, as text and with labels.
GW_FUZZ(table) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    tabs_are_quoted(input);
    for (const TableForm& form : {TableForm{',', true}, TableForm{'\t', false}, TableForm{';', true}}) {
        first_rows(input, form, 5);
        const Status read = read_table(input, form, [](const TableRow& row) {
            fuzz::must(row.number > 0);
            return true;
        });
        if (!read) fuzz::must(!read.error().message.empty());
    }
    for (const char* name : {"x.csv", "x.tsv"}) {
        const std::vector<fs::path> paths{folder.put(name, input)};
        fuzz::read_dataset("text_files", Json::object(), paths);
        fuzz::read_dataset("labelled_text", Json::object(), paths);
    }
}
