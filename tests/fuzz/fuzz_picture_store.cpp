#include "data/images/picture_store.h"
#include "fuzz/fuzz.h"
#include "fuzz/sealed.h"

GW_FUZZ(picture_store) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    constexpr std::size_t header = 120;
    for (const std::string& bytes : {std::string(input), fuzz::sealed(input, header)}) {
        const auto store = PictureStore::open(folder.put("x.pictures", bytes));
        if (!store) continue;
        std::uint64_t sum = 0;
        for (std::int64_t i = 0; i < store.value().size(); ++i)
            for (const std::uint8_t value : store.value().at(i).pixels) sum += value;
        store.value().require_read();
        for (const double mean : store.value().mean()) fuzz::must(mean >= 0 && mean <= 1);
        for (const double deviation : store.value().deviation()) fuzz::must(deviation >= 0 && deviation <= 1);
        fuzz::keep(sum);
    }
}
