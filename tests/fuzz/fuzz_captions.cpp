#include "fuzz/dataset_input.h"

/// A table of pictures and their captions.
GW_FUZZ(captions) {
    using namespace gw;
    static const fuzz::InputFolder folder;
    for (const char* name : {"captions.csv", "captions.jsonl"})
        fuzz::read_dataset("image_text", {{"size", 8}, {"unreadable", "skip"}}, {folder.put(name, input)});
}
