#pragma once
#include <stop_token>

#include "data/curation/plan.h"
#include "data/read_report.h"
#include "tokenize/tokenizer.h"
#include "util/files.h"

namespace gw {

struct CurationRequest {
    CurationPlan plan;
    fs::path out;          ///< folder of the result; empty = nothing is written, all is only counted
    bool replace = false;  ///< where it holds the result of another curation
    std::size_t examples = 5, samples = 0;
    ProgressFn progress = {};
    std::stop_token stop = {};
};

/// What a curation did, or would do.
struct CurationReport {
    using Counts = std::vector<std::pair<Phrase, std::int64_t>>;
    struct Example {
        FilePlace place;
        Phrase why;
        std::string text;  ///< the beginning
    };
    struct Step {
        Json section;  ///< with all its settings
        std::int64_t given = 0, given_bytes = 0, changed = 0, dropped = 0, left = 0, left_bytes = 0;
        Counts reasons;  ///< why documents were dropped; a value that differs among them is "…"
        Counts found;    ///< what the step counted by sort
        std::vector<Example> examples;
    };
    /// A document before and after all steps.
    struct Sample {
        FilePlace place;
        std::string before, after;
        std::optional<Phrase> why;  ///< where it was dropped
    };
    ReadReport read;
    std::int64_t documents = 0, bytes = 0, not_utf8 = 0;
    std::vector<std::int64_t> lengths;  ///< documents given with a length in characters of 2^(i-1) to 2^i - 1
    std::vector<Step> steps;
    std::vector<Sample> samples;
    std::uint64_t source_bytes = 0;
    std::string source_sha256;
    // What was written; empty where nothing was.
    fs::path file;
    std::string sha256;
    Json dataset;  ///< section of a spec that reads it

    std::int64_t left() const { return steps.empty() ? documents : steps.back().left; }
    std::int64_t left_bytes() const { return steps.empty() ? bytes : steps.back().left_bytes; }
};

/// Takes all documents through the steps of a plan, one at a time, and writes what stays as a new folder with a file of
/// texts and curation.json beside it. Errors: a plan that is not sound, a folder that may not be written, no document
/// left, text that is not UTF-8 where no step makes UTF-8 of it first; cancelled. Then nothing is written.
Result<CurationReport> curate(const CurationRequest& request);

Json to_json(const CurationReport& report);

}  // namespace gw
