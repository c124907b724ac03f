#include "fuzz/fuzz.h"
#include "schema/parse_json.h"
#include "tokenize/helper_client.h"
#include "tokenize/helper_protocol.h"
#include "util/base64.h"

/// What comes back from the helper that reads SentencePiece's models: the table of pieces, and frames.
GW_FUZZ(pieces) {
    using namespace gw;
    if (const auto table = piece_table(json_or_null(input))) {
        fuzz::must(table->pieces.size() == table->types.size());
        for (const int type : table->types) fuzz::must(type >= PieceTable::normal && type <= PieceTable::byte);
    }
    if (const auto bytes = from_base64(input)) fuzz::must(bytes->size() <= input.size());
    fuzz::must(from_base64(to_base64(input)) == std::string(input));
    std::string_view left = input, frame;
    while (helper::take_frame(left, frame)) fuzz::must(frame.size() <= input.size());
}
