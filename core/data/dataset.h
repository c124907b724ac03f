#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "data/batch.h"
#include "data/images/picture.h"
#include "data/labels.h"
#include "data/read_report.h"
#include "schema/kind.h"
#include "tokenize/tokenizer.h"

namespace gw {

/// One point in time of a series.
struct SeriesRow {
    std::span<const double> values;  ///< one a column
    const std::vector<std::string>* columns = nullptr;
    std::string_view time = {};  ///< as it is written; empty where the table has none
    /// As many as values: 1 where none stood in the file and one was filled in. Empty where all stood there.
    std::span<const std::uint8_t> filled = {};
};
/// "2024-01-01  load 1.5  price 3", for people.
std::string text_of(const SeriesRow& row);

/// A column of a table as its cells are meant.
struct TableColumn {
    std::string name;
    std::vector<std::string> categories;  ///< of words: all that the data has, in alphabetical order
    bool dates = false;                   ///< of numbers that are days since 1970, UTC
    bool operator==(const TableColumn&) const = default;
};
/// One row of a table.
struct TableValues {
    std::span<const double> values;  ///< one a column: a number, or of words the place in `categories`; NaN = missing
    const std::vector<TableColumn>* columns = nullptr;
};
/// "age 63  sex female  weight ?", for people.
std::string text_of(const TableValues& row);

/// How a series is cut into windows: so many rows that are looked back at, and so many that are forecast from them.
/// With a horizon of 0 a window ends with each row that has a label, which is said of it.
struct SeriesWindows {
    std::int64_t look_back = 0, horizon = 0;
    std::int64_t stride = 1;         ///< rows from one to the next
    std::int64_t whole_batches = 0;  ///< held-out windows that fill no batch of so many are left out; 0 = none
};

/// What data without text offers, so that there is nothing for a tokenizer to cut.
inline constexpr const char* rows_without_text = "rows without text";
/// What a split offers whose parts are stretches of the data in its order.
inline constexpr const char* parts_in_order = "parts in the order of the data";

/// One text, picture, row of a series or of a table, valid only during the visit that hands it out.
struct Document {
    std::string_view
        text;  ///< well-formed UTF-8, line ends as LF, no byte order mark; of a picture its caption, if it has one
    std::string_view source;       ///< the file's path below the folder that holds all files, or the generator's name
    std::int64_t index = 0;        ///< position in the dataset, from 0
    const Label* label = nullptr;  ///< of labelled data, else null
    std::int64_t row = 0;          ///< row of its file that it begins on, from 1; 0 where rows mean nothing
    const Picture* picture = nullptr;    ///< of pictures, else null
    const SeriesRow* series = nullptr;   ///< of series, else null; it has no text
    const TableValues* table = nullptr;  ///< of tables, likewise
    /// Whether it is one thing, which no split can cut.
    bool is_one_thing() const { return picture || series || table; }
    /// What a split measures it by: a text can be cut at any byte, a picture or a row is one thing.
    std::uint64_t size() const { return is_one_thing() ? 1 : text.size(); }
};

/// A document in words: its text, or the values of its row.
std::string text_of(const Document& document);
/// The place of a document for an error: its file and row, or its number where it has no row.
std::vector<std::string> where(const Document& document);

/// A sequence of documents, always in the same order. Never called in the window's thread.
class Dataset {
  public:
    virtual ~Dataset() = default;
    /// Calls `sink` for each document until it returns false. Errors name file and row or byte offset.
    /// `report`, where given, is filled as reading goes on.
    Status visit(const std::function<bool(const Document&)>& sink, const ProgressFn& progress, std::stop_token stop,
                 ReadReport* report = nullptr) const {
        ReadReport unread;
        return read(sink, progress, stop, report ? *report : unread);
    }
    /// SHA-256 over the content and the settings that shape it: the same fingerprint means the same documents.
    virtual Result<std::string> fingerprint(const ProgressFn& progress, std::stop_token stop) const = 0;
    /// What its documents are labelled with.
    virtual LabelKind labels() const { return LabelKind::none; }
    /// How many labelled examples of the training part are to be learnt from (0 = all), and the seed that draws them.
    virtual std::pair<std::int64_t, std::uint64_t> drawn() const { return {0, 0}; }
    /// The classes that are kept, in the order of their numbers; empty = all. Of LabelKind::one_class.
    virtual std::vector<std::string> only() const { return {}; }
    /// Of tables: whether numbers are brought to mean 0 and variance 1 by the training part, or seen as they are.
    virtual bool standardises() const { return true; }
    /// Of series: how they are cut; without rows of others.
    virtual SeriesWindows windows() const { return {}; }
    /// For data of a known source: its entropy in nats per byte of text, the loss that no model can beat in
    /// expectation.
    virtual std::optional<double> floor_nats_per_byte() const { return std::nullopt; }
    /// For data of a known source: ln of the probability of one document, or nothing if the source cannot write it.
    virtual std::optional<double> log_probability(std::string_view document) const {
        (void)document;
        return std::nullopt;
    }

  protected:
    virtual Status read(const std::function<bool(const Document&)>& sink, const ProgressFn& progress,
                        std::stop_token stop, ReadReport& report) const = 0;
};

struct DatasetKind : Kind<std::unique_ptr<Dataset>> {
    /// Of pictures: what its rows are taken for before anything is read, for estimates; exact where the settings say
    /// it.
    std::function<InputFacts(const Json&)> expects = [](const Json&) { return InputFacts{}; };
    /// Whether that holds of whatever is read.
    std::function<bool(const Json&)> expects_exactly = [](const Json&) { return false; };
    bool pictures = false;  ///< hands out pictures, and needs no tokenizer
    bool series = false;    ///< hands out rows of series, likewise
    bool table = false;     ///< hands out rows of tables, likewise
    bool decodes = false;   ///< and unpacks each from its file, which takes longer than all that is done with it
    /// What building one of these settings (clean) would have to wait for, with progress and to be stopped: it is
    /// remembered, and what depends on it is answered at once from then on. Errors: cancelled.
    std::function<Status(const Json&, const ProgressFn&, std::stop_token)> look_first =
        [](const Json&, const ProgressFn&, std::stop_token) { return Status(); };
    /// Why the files that a section names are plainly of another form than its settings say, as they are where the
    /// settings were made for other files; looks at their beginnings. What a reader says of itself need not be asked.
    std::function<Status(const Json&)> fits_files = [](const Json&) { return Status(); };
    /// How a section reads its files, for a person: "plain text, each line a document". Unset: by format and columns.
    std::function<std::string(const Json&)> reading;
    /// Whether a section names so few documents that a part of them drawn at random might come out empty. Lists files
    /// and reads none.
    std::function<bool(const Json&)> has_few_documents = [](const Json&) { return false; };
};

/// All dataset kinds, in the order people see them.
std::span<const DatasetKind> datasets();

/// The dataset of a section of a spec that may come from anywhere. Errors: of no known kind, settings that are not
/// sound.
Result<std::unique_ptr<Dataset>> make_dataset(const Json& section);

}  // namespace gw
