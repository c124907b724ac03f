#include "store/store_impl.h"

// The part of Store that deals with checkpoints, events and samples.
namespace gw {

namespace {

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
        while (row.next())
            out.push_back({run, impl_->resolved(row.bytes(0)), row.integer(1), row.integer(2), row.integer(3),
                           static_cast<std::uint64_t>(row.integer(4)), row.maybe_real(5), row.integer(6) != 0,
                           row.text(7), row.text(8), row.maybe_real(9)});
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
        while (row.next()) out.push_back({run, row.text(0), row.text(1), row.text(2), row.integer(3), row.integer(4)});
        return out;
    });
}

Status Store::add_checkpoint(const CheckpointRecord& c) {
    return impl_->written([&] {
        const std::int64_t key = impl_->key_of(c.run);
        if (c.best) Query(*impl_, "UPDATE checkpoints SET best = 0 WHERE run = ?", key).run();
        // A rewound run writes the same step again: the new row replaces the old one and becomes the newest.
        Query(*impl_,
              "INSERT OR REPLACE INTO checkpoints(run, path, segment, step, tokens, bytes, validation_loss, best, "
              "created, metric, score) "
              "VALUES(?,?,?,?,?,?,?,?,?,?,?)",
              key, impl_->stored(c.path), c.segment, c.step, c.tokens, static_cast<std::int64_t>(c.bytes),
              c.validation_loss, c.best, c.created, c.metric, c.score)
            .run();
    });
}

Status Store::remove_checkpoint(const std::string& path) {
    return impl_->written([&] { Query(*impl_, "DELETE FROM checkpoints WHERE path = ?", impl_->stored(path)).run(); });
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
