#include "artifact/safetensors.h"
#include "fuzz/fuzz.h"

GW_FUZZ(safetensors) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    const auto file = SafetensorsFile::open(folder.put("x.safetensors", input));
    if (!file) return;
    std::uint64_t sum = 0;
    for (const TensorView& tensor : file.value().tensors()) {
        fuzz::must(file.value().find(tensor.name) != nullptr);
        for (std::uint64_t i = 0; i < tensor.bytes; ++i) sum += static_cast<const unsigned char*>(tensor.data)[i];
    }
    fuzz::keep(sum);
    fuzz::must(static_cast<bool>(file.value().intact()));
}
