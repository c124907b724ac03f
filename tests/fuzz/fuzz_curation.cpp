#include "data/curation/curation.h"
#include "fuzz/fuzz.h"

/// Text of any bytes through every step of a curation, as plain text, JSON rows or a table.
GW_FUZZ(curation) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    for (const auto& [format, documents] :
         {std::pair{"plain", "line"}, {"plain", "file"}, {"jsonl", "file"}, {"csv", "file"}}) {
        CurationRequest asked;
        asked.plan.data = {
            {"paths", {folder.put("x.txt", input).string()}}, {"format", format}, {"documents", documents}};
        for (const CurationKind& kind : curation_kinds()) {
            Json step = {{"kind", kind.card.id}};
            for (const schema::Row& row : kind.rows)
                if (row.type == schema::Type::list && !kind.check(step, "step").empty())
                    step[std::string(row.info.key)] = {"of", "猫"};
            asked.plan.steps.push_back(step);
        }
        asked.samples = 3;
        const auto report = curate(asked);
        if (report) fuzz::must(report.value().left() <= report.value().documents);
    }
}
