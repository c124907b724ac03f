#include "data/pair_rows.h"

#include <algorithm>

namespace gw {

namespace {

class PairRows final : public ExampleRows {
  public:
    PairRows(const PictureStore& store, const TokenStream& captions, std::int64_t longest, Token padding)
        : store_(store), texts_(text_rows(captions, longest, padding)) {}

    std::int64_t units(const Example&) const override { return 1; }

    HostBatch rows(const std::vector<const Example*>& examples) const override {
        HostBatch out = texts_->rows(examples);
        const Picture& shape = store_.shape();
        HostArray images(HostArray::Type::u8, {out.rows, shape.channels, shape.height, shape.width});
        std::uint8_t* pixels = images.values<std::uint8_t>();
        for (std::size_t row = 0; row < examples.size(); ++row) {
            out.places[row] = examples[row]->picture;
            const Picture picture = store_.at(examples[row]->picture);
            pixels = std::copy(picture.pixels.begin(), picture.pixels.end(), pixels);
        }
        store_.require_read();
        out.arrays.emplace(array::image, std::move(images));
        return out;
    }

  private:
    const PictureStore& store_;
    std::unique_ptr<ExampleRows> texts_;
};

}  // namespace

std::unique_ptr<ExampleRows> pair_rows(const PictureStore& store, const TokenStream& captions, std::int64_t longest,
                                       Token padding) {
    return std::make_unique<PairRows>(store, captions, longest, padding);
}

}  // namespace gw
