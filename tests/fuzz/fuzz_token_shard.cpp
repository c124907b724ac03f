#include "data/text/shards.h"
#include "fuzz/fuzz.h"
#include "fuzz/sealed.h"

GW_FUZZ(token_shard) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    constexpr std::size_t header = 64;
    constexpr Token vocabulary = 300;
    // As it is, and with its sums put right, so that what lies behind them is reached.
    for (const std::string& bytes : {std::string(input), fuzz::sealed(input, header)}) {
        const auto stream = ShardReader::open(folder.put("x.tokens", bytes), vocabulary);
        if (!stream) continue;
        std::vector<Token> ids(static_cast<std::size_t>(stream.value().size()));
        try {
            stream.value().copy(0, stream.value().size(), ids.data());
        } catch (const Failure&) {
            continue;
        }
        for (const Token id : ids) fuzz::must(id >= 0 && id < vocabulary);
    }
}
