#pragma once
#include <functional>
#include <stop_token>

#include "data/curation/step.h"
#include "data/text/table_files.h"
#include "data/text/text_files.h"
#include "util/hash.h"

namespace gw {

/// The documents of a curation as the files have them, read as training reads them but for three things: what is not
/// UTF-8 is handed out as it stands, JSON lines and files that cannot be read are passed over and told (a row of a
/// table with another number of cells, and a broken JSON array, are errors), and so are documents of more than
/// `longest` bytes, so that memory stays bounded. Archives, binary files and text in UTF-16 are passed over too.
class CurationSource {
  public:
    static constexpr std::size_t longest = std::size_t{64} << 20;

    struct Row {
        std::string_view text;  ///< LF line ends; may be no UTF-8
        TextPlace place;
        const Json* object = nullptr;                     ///< of JSON rows; bytes that were no UTF-8 are U+FFFD in it
        const std::vector<std::string>* names = nullptr;  ///< of tables: the columns
        const std::vector<std::string>* cells = nullptr;
        std::size_t text_column = 0;
    };
    using Sink = std::function<Status(const Row&)>;

    /// Lists the files. Errors: what list_files() finds, files of several forms, none that can be read.
    static Result<CurationSource> open(const TextFilesConfig& config, ReadReport& report, std::stop_token stop = {});

    /// Hands out all documents in their order until the sink gives an error, which is returned.
    Status read(const Sink& sink, const ProgressFn& progress, std::stop_token stop, ReadReport& report);

    const FileList& files() const { return list_; }
    const TextFilesConfig& config() const { return config_; }
    std::string place_name(const TextPlace& place) const;
    /// Behind read(): SHA-256 over the names, sizes and contents of all files that were read, and their bytes.
    std::string hash() { return hash_.finish(); }
    std::uint64_t bytes() const { return bytes_; }

  private:
    Status read_file_rows(std::size_t file, std::string_view bytes, const Sink& sink, std::stop_token stop,
                          ReadReport& report);
    Status read_plain_rows(std::size_t file, std::string_view bytes, const Sink& sink, std::stop_token stop,
                           ReadReport& report);
    Status read_json_lines(std::size_t file, std::string_view bytes, const Sink& sink, std::stop_token stop,
                           ReadReport& report);
    Status read_json_row(std::size_t file, const Json& row, std::int64_t number, bool marked, const Sink& sink,
                         ReadReport& report);
    Status read_table_rows(std::size_t file, std::string_view bytes, const Sink& sink, ReadReport& report);
    TextFilesConfig config_;
    FileList list_;
    TableFiles tables_;
    Sha256 hash_;
    std::uint64_t bytes_ = 0;
    std::string first_keys_;  ///< of a row that lacks the field with the text
};

}  // namespace gw
