#include "workspace/record/orders.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "artifact/run_files.h"
#include "store/stored_json.h"
#include "train/message/knobs.h"
#include "util/hash.h"
#include "util/named_file.h"
#include "util/text.h"
#include "workspace/record/run_lock.h"

namespace gw {

namespace {

constexpr std::uintmax_t longest_letter = 1 << 20;  // bytes; ours have a few hundred

/// Seconds since the epoch, as send_order() writes them before the name; 0 of any other name.
double written_at(const fs::path& letter) {
    return std::strtod(letter.stem().string().substr(0, letter.stem().string().find('-')).c_str(), nullptr) / 1e6;
}

/// What lies behind a link is somebody else's, and nothing of it is read or swept.
bool is_letter_box(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_directory(fs::symlink_status(folder, ignored));
}

}  // namespace

Status send_order(const Workspace& workspace, const std::string& run, const Json& order) {
    auto store = workspace.store();
    if (!store) return store.error();
    if (auto swept = store.value().sweep_orphans(RunLock::is_trained); !swept) return swept.error();
    auto record = store.value().run(run);
    if (!record) return record.error();
    const std::string& status = record.value().status;
    if (status != "preparing" && status != "running" && status != "paused")
        return Error{Error::Code::bad_spec,
                     "This run is not being trained: it is " + status,
                     "",
                     {"run " + record.value().name}};
    if (order.is_object() && order.contains("knobs"))
        if (const std::string wrong = why_not(knobs_of(order["knobs"])); !wrong.empty())
            return Error{Error::Code::bad_spec, wrong, "", {"run " + record.value().name}};
    const auto own = workspace.own_folder(record.value());
    if (!own) return own.error();
    const fs::path folder = own.value() / run_files::orders;
    if (Status made = make_folder(folder); !made) return made;
    if (!is_letter_box(folder))
        return Error{Error::Code::bad_data,
                     "The folder for orders to this run is a link to another place",
                     "Take the link away",
                     {"folder " + folder.string()}};
    std::string time = std::to_string(static_cast<std::int64_t>(now_seconds() * 1e6));
    return write_file_atomic(folder / (time + "-" + make_uuid() + ".json"), order.dump());
}

std::vector<Json> take_orders(const fs::path& run_folder, double before) {
    std::vector<fs::path> letters;
    std::error_code problem;
    std::vector<fs::path> half_written;
    const fs::path folder = run_folder / run_files::orders;
    if (!is_letter_box(folder)) return {};
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
        std::error_code ignored;
        // Links and pipes are no letters: a pipe would block whoever reads it.
        if (it->symlink_status(ignored).type() != fs::file_type::regular) continue;
        if (it->path().extension() == ".json" && it->file_size(ignored) <= longest_letter) {
            if (written_at(it->path()) < before) letters.push_back(it->path());
        } else if (is_half_written(it->path())) {
            half_written.push_back(it->path());
        }
    }
    // What a sender that was killed left; one that is at it now takes no minute.
    for (const fs::path& one : half_written) {
        std::error_code ignored;
        const auto age = fs::file_time_type::clock::now() - fs::last_write_time(one, ignored);
        if (!ignored && age > std::chrono::minutes(1)) (void)remove_file(one);
    }
    std::sort(letters.begin(), letters.end());
    std::vector<Json> out;
    for (const fs::path& letter : letters) {
        const auto text = read_file(letter);
        auto order = text ? stored_object(text.value()) : std::nullopt;
        (void)remove_file(letter);
        if (order) out.push_back(std::move(*order));
    }
    return out;
}

}  // namespace gw
