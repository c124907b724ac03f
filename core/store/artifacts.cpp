#include "artifact/run_files.h"
#include "store/store_impl.h"

// The part of Store that deals with checkpoints, events and samples.
namespace gw {

namespace {

/// The name of a checkpoint's folder, also of one whose path ends in a slash; empty where there is none.
fs::path name_of(const fs::path& checkpoint) {
    const fs::path name = checkpoint.has_filename() ? checkpoint.filename() : checkpoint.parent_path().filename();
    return name == "." || name == ".." ? fs::path() : name;
}

/// A checkpoint as the database keeps it: by its run and its name, from wherever it was named.
std::string stored_checkpoint(const Store::Impl& store, const std::string& run, const fs::path& name) {
    return store.stored((store.folder_of(run) / run_files::checkpoints / name).string());
}

const std::string of_run = " WHERE run = (SELECT key FROM runs WHERE id = ?) ORDER BY key";

}  // namespace

Result<std::vector<CheckpointRecord>> Store::checkpoints(const std::string& run) const {
    return impl_->guarded([&] {
        std::vector<CheckpointRecord> out;
        Query row(*impl_,
                  "SELECT path, segment, step, tokens, bytes, validation_loss, best, created, metric, score FROM "
                  "checkpoints" +
                      of_run + " DESC",
                  run);
        // A checkpoint of a run lies in the run's folder, whatever the row says: its name alone is taken from there.
        const fs::path folder = impl_->folder_of(run) / run_files::checkpoints;
        while (row.next()) {
            const fs::path name = name_of(row.bytes(0));
            if (name.empty()) continue;
            out.push_back({run, (folder / name).string(), row.integer(1), row.integer(2), row.integer(3),
                           static_cast<std::uint64_t>(row.integer(4)), row.maybe_real(5), row.integer(6) != 0,
                           row.text(7), row.text(8), row.maybe_real(9)});
        }
        return out;
    });
}

Result<std::vector<EventRecord>> Store::events(const std::string& run) const {
    return impl_->guarded([&] {
        std::vector<EventRecord> out;
        Query row(*impl_, "SELECT kind, text, created, segment, step FROM events" + of_run, run);
        while (row.next()) out.push_back({run, row.text(0), row.text(1), row.text(2), row.integer(3), row.integer(4)});
        return out;
    });
}

Result<std::vector<SampleRecord>> Store::samples(const std::string& run) const {
    return impl_->guarded([&] {
        std::vector<SampleRecord> out;
        Query row(*impl_, "SELECT prompt, text, created, segment, step FROM samples" + of_run, run);
        const fs::path folder = impl_->folder_of(run);
        while (row.next()) {
            SampleRecord one{run, row.text(0), row.text(1), row.text(2), row.integer(3), row.integer(4)};
            std::error_code unknown;
            const fs::path picture = run_files::sample_picture(folder, one.step, one.prompt);
            if (!picture.empty() && fs::is_directory(fs::symlink_status(picture.parent_path(), unknown)) &&
                fs::is_regular_file(fs::symlink_status(picture, unknown)))
                one.picture = picture.string();
            out.push_back(std::move(one));
        }
        return out;
    });
}

Status Store::add_checkpoint(const CheckpointRecord& c) {
    return impl_->written([&] {
        const std::int64_t key = impl_->key_of(c.run);
        const fs::path name = name_of(c.path);
        if (name.empty())
            throw Failure(Error{Error::Code::internal, "A checkpoint without a folder", "", {"run " + c.run}});
        if (c.best) Query(*impl_, "UPDATE checkpoints SET best = 0 WHERE run = ?", key).run();
        // A rewound run writes the same step again: the new row replaces the old one and becomes the newest.
        Query(*impl_,
              "INSERT OR REPLACE INTO checkpoints(run, path, segment, step, tokens, bytes, validation_loss, best, "
              "created, metric, score) "
              "VALUES(?,?,?,?,?,?,?,?,?,?,?)",
              key, stored_checkpoint(*impl_, c.run, name), c.segment, c.step, c.tokens,
              static_cast<std::int64_t>(c.bytes), c.validation_loss, c.best, c.created, c.metric, c.score)
            .run();
    });
}

Status Store::remove_checkpoint(const std::string& path) {
    return impl_->written([&] {
        // runs/ID/checkpoints/NAME, wherever that lies now.
        const fs::path name = name_of(path), folder = fs::path(path).has_filename()
                                                          ? fs::path(path).parent_path()
                                                          : fs::path(path).parent_path().parent_path();
        Query(*impl_, "DELETE FROM checkpoints WHERE path = ?",
              stored_checkpoint(*impl_, folder.parent_path().filename().string(), name))
            .run();
    });
}

Status Store::add_event(const EventRecord& e) {
    return impl_->written([&] {
        Query(*impl_, "INSERT INTO events(run, segment, step, kind, text, created) VALUES(?,?,?,?,?,?)",
              impl_->key_of(e.run), e.segment, e.step, e.kind, e.text, e.created)
            .run();
    });
}

Status Store::add_sample(const SampleRecord& s) {
    return impl_->written([&] {
        Query(*impl_, "INSERT INTO samples(run, segment, step, prompt, text, created) VALUES(?,?,?,?,?,?)",
              impl_->key_of(s.run), s.segment, s.step, s.prompt, s.text, s.created)
            .run();
    });
}

}  // namespace gw
