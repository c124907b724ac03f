#include "data/images/cifar_files.h"

#include <algorithm>
#include <array>
#include <optional>

#include "util/text.h"

namespace gw {

namespace {

constexpr std::array cifar_names{"batches.meta.txt", "coarse_label_names.txt", "fine_label_names.txt"};

std::string last_name(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

bool is_for_test(const std::string& path) {
    return lower_case(path).find("test") != std::string::npos;
}

/// Whether a file is of CIFAR-100, by its size, else by its name.
bool is_hundred(std::uintmax_t size, const std::string& name) {
    const bool ten = size % CifarFiles::row_ten == 0, hundred = size % CifarFiles::row_hundred == 0;
    return ten != hundred ? hundred : name == "train.bin" || name == "test.bin";
}

}  // namespace

std::vector<std::string> CifarFiles::class_names(bool coarse) const {
    std::vector<std::string> out;
    const auto found = names.find(names_file(coarse));
    if (found == names.end()) return out;
    for (const std::string& line : split(found->second, '\n')) out.push_back(shown_name(std::string(trim(line))));
    while (!out.empty() && out.back().empty()) out.pop_back();
    return out;
}

Error CifarFiles::broken_off(std::size_t file, std::size_t size) const {
    return {Error::Code::bad_data,
            "This file ends within a row: it has " + grouped(static_cast<std::int64_t>(size)) +
                " bytes, which is no multiple of " + grouped(static_cast<std::int64_t>(row_bytes())),
            "Copy or download the file again, or choose the binary version of the data",
            {"byte " + grouped(static_cast<std::int64_t>(size - size % row_bytes())), "file " + files.shown(file)}};
}

Result<CifarFiles> CifarFiles::list(const std::vector<std::string>& paths, ReadReport& report) {
    auto listed = list_files(paths);
    if (!listed) return listed.error();
    const FileList& all = listed.value();
    all.tell(report);
    std::vector<std::size_t> order;
    std::map<std::string, fs::path> names_at;
    for (std::size_t i = 0; i < all.files.size(); ++i) {
        const std::string name = last_name(all.exact[i]);
        if (lower_case(name).ends_with(".bin"))
            order.push_back(i);
        else if (std::find(cifar_names.begin(), cifar_names.end(), name) != cifar_names.end())
            names_at.try_emplace(name, all.files[i]);
        else
            report.pass_over("a name that is not one of binary CIFAR files", {all.relative[i], 0});
    }
    if (order.empty())
        return Error{Error::Code::bad_data,
                     "There is no binary CIFAR file among these",
                     "Choose data_batch_1.bin to test_batch.bin, or train.bin and test.bin, or their folder",
                     {"file " + all.shown(0), "dataset cifar"}};
    std::stable_partition(order.begin(), order.end(), [&](std::size_t i) { return !is_for_test(all.exact[i]); });
    CifarFiles out;
    for (const std::size_t i : order) {
        std::error_code problem;
        const auto size = fs::file_size(all.files[i], problem);
        const bool hundred = is_hundred(problem ? 0 : size, last_name(all.exact[i]));
        if (out.files.files.empty()) out.hundred = hundred;
        out.files.files.push_back(all.files[i]);
        out.files.exact.push_back(all.exact[i]);
        out.files.relative.push_back(all.relative[i]);
        const std::size_t here = out.files.files.size() - 1;
        if (!problem && size % out.row_bytes() != 0) {
            if (size % (out.hundred ? row_ten : row_hundred) != 0) return out.broken_off(here, size);
            return Error{
                Error::Code::bad_data,
                "This file is of another form than " + out.files.shown(0) + ": one is CIFAR-10, the other CIFAR-100",
                "Name the files of one of them",
                {"file " + out.files.shown(here)}};
        }
    }
    for (const char* name : cifar_names) {
        const fs::path beside = out.files.files.front().parent_path() / name;
        std::error_code ignored;
        if (!names_at.count(name) && fs::is_regular_file(beside, ignored)) names_at.emplace(name, beside);
    }
    for (const auto& [name, path] : names_at) {
        auto content = read_file(path);
        if (!content) return content.error();
        out.names[name] = std::move(content).value();
    }
    return out;
}

}  // namespace gw
