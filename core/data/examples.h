#pragma once
#include <vector>

#include "data/labels.h"
#include "util/files.h"

namespace gw {

/// One labelled text in a token stream, or one picture of a store (`start` is its number), labelled or not.
struct Example {
    std::int64_t start = 0, length = 0;  ///< its tokens, without the separator that closes it
    std::vector<std::int32_t> classes;   ///< its class; its set in rising order; one a word
    double value = 0;
    std::vector<std::int64_t>
        word_starts;            ///< of LabelKind::word_classes: first token of each word, counted from `start`
    std::int64_t picture = -1;  ///< of a picture with its caption: number in the store; `start` is the caption's
    std::int64_t row = 0;       ///< number of the document in its dataset
    std::int32_t file = -1;     ///< in ExampleTable::files; -1 = not known
    std::int64_t file_row = 0;  ///< row of that file, from 1; 0 = not known
};

/// The labelled texts of one part of a dataset, in the order of its stream.
struct ExampleTable {
    LabelKind kind = LabelKind::none;
    std::vector<std::string> classes;
    std::vector<Example> examples;
    std::vector<std::string> files;

    /// The place of an example for an error.
    std::vector<std::string> where(const Example& example) const;
    /// The same in one line.
    std::string place(const Example& example) const;
    std::int64_t size() const { return static_cast<std::int64_t>(examples.size()); }
    LabelFacts facts() const;
    /// `count` examples that a seed draws: of each class about its share, and one at least. All of them when there are
    /// no more.
    ExampleTable drawn(std::int64_t count, std::uint64_t seed) const;
    /// The examples of these classes alone, which are numbered in this order; all of them when none is named. Of
    /// LabelKind::one_class.
    ExampleTable only(const std::vector<std::string>& names) const;
    /// Classes renumbered after `names`; an example of a class that is not among them is an error.
    Status rename(const std::vector<std::string>& names);
};

/// One example a line. Reading gives the kind and classes of the file's first line.
Status write_examples(const fs::path& path, const ExampleTable& table);
Result<ExampleTable> read_examples(const fs::path& path);

/// Whether all of these lie in data of this size, so that they can be looked up without asking again.
bool lie_inside(const ExampleTable& table, std::int64_t tokens, std::int64_t pictures, bool captions);

}  // namespace gw
