#include "artifact/run_files.h"

#include <algorithm>

namespace gw::run_files {

fs::path sample_picture(const fs::path& run_folder, std::int64_t step, const std::string& prompt) {
    constexpr std::size_t longest = 32;
    const bool is_word = !prompt.empty() && prompt.size() <= longest &&
                         std::all_of(prompt.begin(), prompt.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (!is_word || step < 0) return {};
    return run_folder / pictures / (std::to_string(step) + "-" + prompt + ".png");
}

}  // namespace gw::run_files
