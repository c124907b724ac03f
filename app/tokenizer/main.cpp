// groundwork-tokenizer: SentencePiece in a process of its own, spoken to over pipes (see tokenize/helper_protocol.h).
#include <cstdio>
#include <exception>
#include <string_view>

#include "tokenizer/frames.h"

int main(int argc, char** argv) try {
    const std::string_view verb = argc == 2 ? argv[1] : "";
    if (verb == "train" || verb == "serve") gw::helper::end_with_client();
    if (verb == "train") return gw::helper::train();
    if (verb == "serve") return gw::helper::serve();
    std::fputs(
        "groundwork-tokenizer is a part of Groundwork that the other programs start; use `groundwork-cli tokenizer`.\n",
        stderr);
    return 2;
} catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
}
