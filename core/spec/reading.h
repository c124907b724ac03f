#pragma once
#include <stop_token>

#include "spec/spec_settings.h"
#include "tokenize/tokenizer.h"

namespace gw {

/// A section "dataset" for files of the sort that `own` is of, naming none yet: pictures like pictures and text with
/// labels or without, with their defaults; series and tables as they were read, whose models see the same columns
/// again.
Json files_like(const Json& own, bool labelled);

/// The section "dataset" that reads other files as a run read its own: format, documents, fields, columns and
/// separators. Data of a source without files is followed by plain text, a document a file. `settings`
/// ("dataset.format", ...) are laid over it. Errors: a setting is none of the dataset's; a file is plainly of another
/// form, and no setting says which.
Result<Json> dataset_like(const Json& own, const std::vector<std::string>& paths,
                          const std::vector<Setting>& settings = {});

/// The section "dataset" of a checkpoint with what its reader settled by itself written out, as its state keeps it.
Json dataset_as_read(const Json& dataset, const Json& state);

/// How a section reads, for a person: "plain text, each line a document".
std::string reading_text(const Json& dataset);

/// Why the data of a spec's sections is not that of `hash` any more, which is the dataset_hash that a run or a
/// checkpoint keeps; or success.
Status unchanged(const Json& dataset, const Json& split, const std::string& hash, const ProgressFn& progress,
                 std::stop_token stop);

/// The error of data that has changed since a run was trained on it.
Error dataset_changed(const std::string& remedy);

/// How many documents of the data its split gives to the training part. Reads all of it.
Result<std::int64_t> training_documents(const Json& dataset, const Json& split, const ProgressFn& progress,
                                        std::stop_token stop);

}  // namespace gw
