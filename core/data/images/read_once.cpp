#include "data/images/read_once.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "util/progress_texts.h"

namespace gw {

ReadOnce::ReadOnce(std::unique_ptr<Dataset> pictures, fs::path folder, FreeBytes free)
    : pictures_(std::move(pictures)), folder_(folder), guard_(std::move(folder)), free_(free) {}

bool ReadOnce::keep(PictureWriter& writer, const Document& document) const {
    constexpr std::uint64_t some = std::uint64_t{64} << 20;  // bytes between two looks at the disk
    if (!document.picture) return false;
    const std::uint64_t each = document.picture->pixels.size(), before = each * kept_.size(), after = before + each;
    // As much again is to be written from what is kept, and until the next look both grow.
    if ((kept_.empty() || before / some != after / some) && free_(folder_) < after + 2 * std::max(some, each)) {
        spdlog::info("The disk has no room to keep decoded pictures beside those that are written: decoded again");
        return false;
    }
    if (!writer.add(*document.picture)) return false;
    kept_.push_back({std::string(document.text), std::string(document.source),
                     document.label ? std::optional(*document.label) : std::nullopt, document.row});
    // By which results are looked at is asked of the data itself; of a million pictures they would fill the memory.
    if (kept_.back().label) kept_.back().label->columns.clear();
    return true;
}

Status ReadOnce::read(const Sink& sink, const ProgressFn& progress, std::stop_token stop, ReadReport& report) const {
    if (whole_) {
        report = report_;
        return read_kept(sink, progress, stop);
    }
    const fs::path path = folder_ / "pictures";
    kept_.clear();
    auto writer = PictureWriter::create(path);
    bool keeping = static_cast<bool>(writer), more = true;
    const auto drop = [&] {
        keeping = false;
        kept_.clear();
        std::error_code ignored;
        fs::remove(path, ignored);
    };
    Status status = pictures_->visit(
        [&](const Document& document) {
            if (keeping && !keep(writer.value(), document)) drop();
            more = sink(document);
            return more;
        },
        progress, stop, &report);
    if (!status || !more || !keeping || !writer.value().finish()) {
        drop();
        return status;
    }
    auto store = PictureStore::open(path);
    if (!store) {
        drop();
        return {};
    }
    store_ = std::move(store).value();
    report_ = report;
    whole_ = true;
    return {};
}

Status ReadOnce::read_kept(const Sink& sink, const ProgressFn& progress, const std::stop_token& stop) const {
    constexpr std::size_t between_reports = 4096;
    for (std::size_t i = 0; i < kept_.size(); ++i) {
        if (stop.stop_requested()) return Error{Error::Code::cancelled, "Stopped while reading pictures", "", {}};
        if (progress && i % between_reports == 0)
            progress(say::reading_pictures, static_cast<double>(i) / static_cast<double>(kept_.size()));
        const Kept& one = kept_[i];
        const auto index = static_cast<std::int64_t>(i);
        const Picture picture = store_.at(index);
        if (!sink({one.text, one.source, index, one.label ? &*one.label : nullptr, one.row, &picture})) break;
    }
    try {
        store_.require_read();
    } catch (const Failure& failure) {
        return failure.error();
    }
    return {};
}

}  // namespace gw
