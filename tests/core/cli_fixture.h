#pragma once
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>

#include "schema/field.h"
#include "scratch.h"
#include "util/text.h"

namespace gw {

struct Said {
    int code = -1;
    std::string out, err;
    Json last() const {
        const auto lines = split(std::string(trim(out)), '\n');
        return Json::parse(lines.back(), nullptr, /*allow_exceptions=*/false);
    }
};

/// groundwork-cli as a script calls it.
class CliTest : public testing::Test {
  protected:
    Said cli(const std::string& arguments) const {
        const std::string line = "'" + (program_folder() / "../bin/groundwork-cli").string() + "' --workspace '" +
                                 (folder_ / "workspace").string() + "' " + arguments + " >'" +
                                 (folder_ / "out").string() + "' 2>'" + (folder_ / "err").string() + "'";
        const int status = std::system(line.c_str());
        return {WEXITSTATUS(status), read_file(folder_ / "out").or_throw(), read_file(folder_ / "err").or_throw()};
    }
    std::string file(const std::string& name, const std::string& text) const {
        write_file_atomic(folder_ / name, text).or_throw();
        return (folder_ / name).string();
    }
    std::string tiny() const {
        return file(
            "tiny.json",
            R"({"dataset": {"kind": "storybook", "stories": 300}, "split": {"kind": "by_document", "validation": 0.1},
            "tokenizer": {"kind": "bytes"},
            "backbone": {"kind": "transformer", "layers": 1, "width": 16, "heads": 2, "context": 16},
            "training": {"budget": 20, "micro_batch": 4, "precision": "fp32", "device": "cpu", "threads": 1},
            "evaluation": {"every": 10, "tokens": 500, "whole_at_end": false}, "saving": {"every": 10},
            "sampling": {"every": 0, "tokens": 5}})");
    }
    /// A labelled spec that is trained in a moment, on 60 texts of two classes.
    std::string labelled() const {
        std::string rows = "text,label\n";
        for (int i = 0; i < 60; ++i)
            rows += "soup " + std::to_string(i) + (i % 2 ? " was warm,pos\n" : " was cold,neg\n");
        const std::string data = file("clean.csv", rows);
        return file("labelled.json", R"({"dataset": {"kind": "labelled_text", "paths": [")" + data +
                                         R"("]}, "split": {"kind": "stratified", "validation": 0.2},
            "tokenizer": {"kind": "characters"},
            "backbone": {"kind": "transformer", "layers": 1, "width": 16, "heads": 2, "context": 48},
            "objective": {"kind": "classification"}, "optimizer": {"kind": "adamw", "lr": 0.003},
            "training": {"budget": 10, "budget_unit": "steps", "micro_batch": 8, "precision": "fp32", "device": "cpu",
            "threads": 1},
            "evaluation": {"every": 5}, "saving": {"every": 0}, "sampling": {"every": 0, "tokens": 5},
            "monitoring": {"layers_every": 0, "energy": false}})");
    }
    /// A language model of text files: `dataset` is the rest of that section.
    std::string texts(const std::string& name, const std::string& path, const std::string& dataset,
                      const std::string& split) const {
        return file(name, R"({"dataset": {"kind": "text_files", "paths": [")" + path + "\"]" + dataset +
                              R"(}, "split": )" + split + R"(,
            "tokenizer": {"kind": "characters"},
            "backbone": {"kind": "transformer", "layers": 1, "width": 16, "heads": 2, "context": 16},
            "training": {"budget": 20, "micro_batch": 4, "precision": "fp32", "device": "cpu", "threads": 1},
            "evaluation": {"every": 10}, "saving": {"every": 0}, "sampling": {"every": 0, "tokens": 5},
            "monitoring": {"layers_every": 0, "energy": false}})");
    }
    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    std::string content(const std::string& name) const { return read_file(folder_ / name).or_throw(); }
    /// The same within the scratch folder, as somebody calls it who stands there.
    Said here(const std::string& arguments) const {
        const fs::path before = fs::current_path();
        fs::current_path(folder_.path());
        const Said said = cli(arguments);
        fs::current_path(before);
        return said;
    }
    Scratch folder_;
};

}  // namespace gw
