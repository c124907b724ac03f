#include <sentencepiece_processor.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "tokenize/helper_protocol.h"
#include "tokenizer/frames.h"
#include "util/base64.h"

namespace gw::helper {

namespace {

enum PieceType { normal = 1, unknown = 2, control = 3, user_defined = 4, unused = 5, byte = 6 };

PieceType type_of(const sentencepiece::SentencePieceProcessor& model, int id) {
    if (model.IsUnknown(id)) return unknown;
    if (model.IsControl(id)) return control;
    if (model.IsUnused(id)) return unused;
    if (model.IsByte(id)) return byte;
    return normal;
}

nlohmann::json describe(const sentencepiece::SentencePieceProcessor& model) {
    nlohmann::json pieces = nlohmann::json::array(), types = nlohmann::json::array();
    for (int id = 0; id < model.GetPieceSize(); ++id) {
        pieces.push_back(to_base64(model.IdToPiece(id)));
        types.push_back(static_cast<int>(type_of(model, id)));
    }
    std::vector<std::string> first;
    const bool prefix = model.Encode("a", &first).ok() && !first.empty() &&
                        first.front().compare(0, space_mark.size(), space_mark) == 0;
    return {{"pieces", pieces}, {"types", types}, {"prefix", prefix}};
}

/// SentencePiece writes a space as U+2581 and so cannot tell that character from a space; its three bytes are written
/// as byte pieces.
class Encoder {
  public:
    explicit Encoder(const sentencepiece::SentencePieceProcessor& model) : model_(model) {
        for (const char c : space_mark) {
            static constexpr char digits[] = "0123456789ABCDEF";
            const auto value = static_cast<unsigned char>(c);
            const int id = model.PieceToId(std::string("<0x") + digits[value >> 4] + digits[value & 15] + ">");
            mark_ids_.push_back(model.IsByte(id) ? id : model.unk_id());
        }
        if (!model.IsByte(mark_ids_.front())) mark_ids_.resize(1);
    }
    std::vector<int> operator()(std::string_view text) const {
        std::vector<int> ids;
        for (;;) {
            const std::size_t at = text.find(space_mark);
            std::vector<int> part;
            if (const auto status = model_.Encode({text.data(), std::min(at, text.size())}, &part); !status.ok())
                throw std::runtime_error(status.ToString());
            ids.insert(ids.end(), part.begin(), part.end());
            if (at == std::string_view::npos) return ids;
            ids.insert(ids.end(), mark_ids_.begin(), mark_ids_.end());
            text.remove_prefix(at + space_mark.size());
        }
    }

  private:
    const sentencepiece::SentencePieceProcessor& model_;
    std::vector<int> mark_ids_;
};

}  // namespace

int serve() {
    const auto bytes = read_frame();
    if (!bytes) return 1;
    sentencepiece::SentencePieceProcessor model;
    const auto loaded = model.LoadFromSerializedProto(*bytes);
    std::string out;
    if (!loaded.ok() || model.GetPieceSize() == 0) {
        put_frame(out, nlohmann::json{{"error", loaded.ok() ? "it holds no pieces" : loaded.ToString()}}.dump());
        write_out(out);
        return 1;
    }
    put_frame(out, describe(model).dump());
    write_out(out);
    const Encoder encode(model);
    while (const auto frame = read_frame()) {
        std::string_view left = *frame, text;
        std::string lists;
        while (take_frame(left, text)) {
            std::string ids;
            for (const int id : encode(text)) put_number(ids, static_cast<std::uint32_t>(id));
            put_frame(lists, ids);
        }
        out.clear();
        put_frame(out, lists);
        write_out(out);
    }
    return 0;
}

}  // namespace gw::helper
