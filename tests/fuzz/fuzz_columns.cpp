#include "data/text/table_reading.h"
#include "fuzz/dataset_input.h"

/// A word a line with its columns, as CoNLL has them.
GW_FUZZ(columns) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    ColumnsCount count;
    const Status read = read_columns(input, count, [](const std::vector<TableRow>& sentence) {
        fuzz::must(!sentence.empty());
        return true;
    });
    if (!read) fuzz::must(!read.error().message.empty());
    fuzz::read_dataset("labelled_text", {{"labels", "word"}}, {folder.put("x.conll", input)});
}
