#pragma once
#include <functional>

#include "data/file_list.h"
#include "data/text/table_layout.h"

namespace gw {

/// The tables of a dataset, cut and laid out in one way.
class TableFiles {
  public:
    /// Settles how the files are cut and laid out by the beginnings of all of them, and tells it in `report`.
    static Result<TableFiles> open(const FileList& list, const TableWishes& wishes, char usual, ReadReport& report);

    /// The rows of one file below its header, each as wide as its file. The header's repetitions are passed over.
    /// Errors name the row: one with more or fewer cells than the header (blank cells too many are cut off).
    Status read(std::string_view bytes, const std::string& file, ReadReport& report,
                const std::function<bool(const TableRow&, const TableLayout&)>& sink) const;

    char separator() const { return form_.separator; }

  private:
    TableForm form_;
    TableLayout layout_;
};

}  // namespace gw
