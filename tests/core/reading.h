#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/prepare.h"
#include "data/preview.h"
#include "scratch.h"

namespace gw::test {

/// Files in a scratch folder, read as datasets.
class Reading : public testing::Test {
  protected:
    std::string file(const std::string& name, const std::string& bytes) {
        fs::create_directories((folder_ / name).parent_path());
        write_file_atomic(folder_ / name, bytes).or_throw();
        return (folder_ / name).string();
    }
    static Json section(const std::string& kind, Json settings) {
        settings["kind"] = kind;
        const DatasetKind* it = find_kind(datasets(), kind);
        const schema::Problems problems = it->check(settings, "dataset");
        EXPECT_TRUE(problems.empty()) << problems.front().message;
        return it->complete(settings);
    }
    /// "text|label" of each document.
    static Result<std::vector<std::string>> rows(const Json& whole, ReadReport* report = nullptr) {
        std::vector<std::string> out;
        if (report) *report = {};
        const Status status = find_kind(datasets(), whole.at("kind"))
                                  ->build(whole)
                                  ->visit(
                                      [&](const Document& document) {
                                          std::string row(document.text);
                                          if (document.label) {
                                              for (const std::string& name : document.label->classes) row += "|" + name;
                                              if (document.label->classes.empty())
                                                  row += "|" + Json(document.label->value).dump();
                                          }
                                          out.push_back(row);
                                          return true;
                                      },
                                      {}, {}, report);
        if (!status) return status.error();
        return out;
    }
    static std::vector<std::string> labelled(const Json& settings, ReadReport* report = nullptr) {
        return rows(section("labelled_text", settings), report).or_throw();
    }
    static std::vector<std::string> plain(const Json& settings, ReadReport* report = nullptr) {
        return rows(section("text_files", settings), report).or_throw();
    }
    static std::string complaint(const std::string& kind, const Json& settings) {
        const auto result = rows(section(kind, settings));
        return result ? "no error: " + Json(result.value()).dump().substr(0, 300) : to_text(result.error());
    }
    static std::string complaint(const Json& settings) { return complaint("labelled_text", settings); }
    PrepareRequest ask(const Json& dataset, Json split) const {
        return {dataset,
                find_kind(splits(), split.at("kind"))->complete(split),
                {{"kind", "bytes"}},
                std::nullopt,
                false,
                folder_ / "cache",
                {},
                {}};
    }
    Scratch folder_;
};
using Rows = std::vector<std::string>;

/// `count` texts of two classes, "soup 3 was warm|pos".
inline std::vector<std::pair<std::string, std::string>> soups(int count) {
    std::vector<std::pair<std::string, std::string>> out;
    for (int i = 0; i < count; ++i)
        out.emplace_back("soup " + std::to_string(i) + (i % 2 ? " was warm" : " was cold"), i % 2 ? "pos" : "neg");
    return out;
}
/// The same as a table.
inline std::string soup_table(int count, const std::string& separator, const std::string& head = "",
                              bool label_first = false) {
    std::string out = head.empty() ? "" : head + "\n";
    for (const auto& [text, label] : soups(count))
        out += (label_first ? label + separator + text : text + separator + label) + "\n";
    return out;
}

}  // namespace gw::test
