#pragma once
#include <optional>
#include <stop_token>

#include "data/class_names.h"
#include "data/dataset.h"
#include "data/text/table_files.h"

namespace gw {

/// One reading of the files of a labelled dataset: what was settled for all of them, and what was seen so far.
struct LabelledReading {
    LabelledReading(const std::function<bool(const Document&)>& to, ReadReport& into, std::stop_token stopped,
                    LabelKind labels)
        : sink(to), report(into), stop(std::move(stopped)), kind(labels) {}

    const std::function<bool(const Document&)>& sink;
    ReadReport& report;
    std::stop_token stop;
    LabelKind kind;
    std::string text_wish, label_wish, set_separator;  ///< as the settings of the dataset have them
    std::string file;                                  ///< at hand
    bool more = true;
    ClassNames classes{};
    TableFiles tables{};
    std::int64_t unlabelled = 0;  ///< rows with a text but no label
    FilePlace first_unlabelled{};

    /// Chooses the fields of text and label by the first rows of all files.
    Status settle_keys(const FileList& list);

    Status read_rows_of_table(std::string_view bytes);
    Status read_objects(std::string_view bytes);
    Status read_words(std::string_view bytes);

    /// Notes that a plainer reader would have read otherwise (ReadReport::reading).
    void read_as(const std::string& what);
    bool give(std::string_view text, const Label& label, std::int64_t row);

  private:
    bool whole(bool has_text, bool has_label, std::int64_t row);
    Status set_label(Label& label, const std::string& cell, std::int64_t row, const std::string& where, bool comma);
    std::string text_key_, label_key_;                            ///< of JSON rows
    std::optional<FilePlace> decimal_comma_{}, decimal_point_{};  ///< first of each among the labels
};

}  // namespace gw
