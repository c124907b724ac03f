#pragma once
#include <vector>

#include "data/cache.h"
#include "data/dataset.h"
#include "data/images/picture_store.h"

namespace gw {

/// A dataset of pictures that are slow to decode, read several times: the first reading to the end is kept in a folder
/// of its own, which is deleted with this, and the later ones come from there. Where the disk has no room for a second
/// copy beside the one that is to be made, each reading decodes again. What is kept has no Label::columns.
class ReadOnce final : public Dataset {
  public:
    using FreeBytes = std::uint64_t (*)(const fs::path&);
    /// `folder` exists and is this one's alone; `free` tells how much room its disk has.
    ReadOnce(std::unique_ptr<Dataset> pictures, fs::path folder, FreeBytes free = free_bytes);

    Result<std::string> fingerprint(const ProgressFn& progress, std::stop_token stop) const override {
        return pictures_->fingerprint(progress, stop);
    }
    LabelKind labels() const override { return pictures_->labels(); }
    std::pair<std::int64_t, std::uint64_t> drawn() const override { return pictures_->drawn(); }
    std::vector<std::string> only() const override { return pictures_->only(); }
    std::optional<double> floor_nats_per_byte() const override { return pictures_->floor_nats_per_byte(); }
    std::optional<double> log_probability(std::string_view document) const override {
        return pictures_->log_probability(document);
    }

  private:
    /// A document without its pixels.
    struct Kept {
        std::string text, source;
        std::optional<Label> label;
        std::int64_t row = 0;
    };
    using Sink = std::function<bool(const Document&)>;
    Status read(const Sink& sink, const ProgressFn& progress, std::stop_token stop, ReadReport& report) const override;
    Status read_kept(const Sink& sink, const ProgressFn& progress, const std::stop_token& stop) const;
    /// False where it cannot be kept: then nothing of it is.
    bool keep(PictureWriter& writer, const Document& document) const;

    std::unique_ptr<Dataset> pictures_;
    fs::path folder_;
    FolderGuard guard_;
    FreeBytes free_;
    // Filled by the first reading that comes to the end.
    mutable std::vector<Kept> kept_;
    mutable PictureStore store_;
    mutable ReadReport report_;
    mutable bool whole_ = false;
};

}  // namespace gw
