#include "fuzz/dataset_input.h"

/// Archives of pictures.
GW_FUZZ(archive) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    const char* name = input.starts_with("PK") ? "x.zip" : input.starts_with("\x1f\x8b") ? "x.tar.gz" : "x.tar";
    fuzz::read_dataset("image_folder", {{"height", 4}, {"width", 4}, {"unreadable", "skip"}},
                       {folder.put(name, input)});
}
