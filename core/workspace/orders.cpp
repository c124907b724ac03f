#include "workspace/orders.h"

#include <algorithm>

#include "train/knobs.h"
#include "util/hash.h"
#include "util/text.h"

namespace gw {

Status send_order(const Workspace& workspace, const std::string& run, const Json& order) {
    auto store = workspace.store();
    if (!store) return store.error();
    if (auto swept = store.value().sweep_orphans(); !swept) return swept.error();
    auto record = store.value().run(run);
    if (!record) return record.error();
    const std::string& status = record.value().status;
    if (status != "preparing" && status != "running" && status != "paused")
        return Error{Error::Code::bad_spec,
                     "This run is not being trained: it is " + status,
                     "",
                     {"run " + record.value().name}};
    if (order.contains("knobs"))
        if (const std::string wrong = why_not(knobs_of(order["knobs"])); !wrong.empty())
            return Error{Error::Code::bad_spec, wrong, "", {"run " + record.value().name}};
    const auto own = workspace.own_folder(record.value());
    if (!own) return own.error();
    const fs::path folder = own.value() / "orders";
    if (Status made = make_folder(folder); !made) return made;
    std::string time = std::to_string(static_cast<std::int64_t>(now_seconds() * 1e6));
    return write_file_atomic(folder / (time + "-" + make_uuid() + ".json"), order.dump());
}

std::vector<Json> take_orders(const fs::path& run_folder) {
    std::vector<fs::path> letters;
    std::error_code problem;
    for (fs::directory_iterator it(run_folder / "orders", problem), end; !problem && it != end; it.increment(problem))
        if (it->path().extension() == ".json") letters.push_back(it->path());
    std::sort(letters.begin(), letters.end());
    std::vector<Json> out;
    for (const fs::path& letter : letters) {
        const auto text = read_file(letter);
        const Json order = text ? Json::parse(text.value(), nullptr, /*allow_exceptions=*/false) : Json();
        fs::remove(letter, problem);
        if (order.is_object()) out.push_back(order);
    }
    return out;
}

}  // namespace gw
