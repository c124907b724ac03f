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
        const std::string line = "'" + (program_folder() / "../bin/groundwork-cli").string() + "' --workspace '" + (folder_ / "workspace").string() + "' " + arguments +
                                 " >'" + (folder_ / "out").string() + "' 2>'" + (folder_ / "err").string() + "'";
        const int status = std::system(line.c_str());
        return {WEXITSTATUS(status), read_file(folder_ / "out").or_throw(), read_file(folder_ / "err").or_throw()};
    }
    std::string file(const std::string& name, const std::string& text) const {
        write_file_atomic(folder_ / name, text).or_throw();
        return (folder_ / name).string();
    }
    std::string tiny() const {
        return file("tiny.json", R"({"dataset": {"kind": "storybook", "stories": 300}, "split": {"kind": "by_document", "validation": 0.1},
            "tokenizer": {"kind": "bytes"}, "backbone": {"kind": "transformer", "layers": 1, "width": 16, "heads": 2, "context": 16},
            "training": {"budget": 20, "micro_batch": 4, "precision": "fp32", "device": "cpu", "threads": 1},
            "evaluation": {"every": 10, "tokens": 500, "whole_at_end": false}, "saving": {"every": 10}, "sampling": {"every": 0, "tokens": 5}})");
    }
    Scratch folder_;
};

}  // namespace gw
