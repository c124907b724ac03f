#pragma once
#include <map>

#include "data/file_list.h"
#include "data/read_report.h"

namespace gw {

/// The binary files of CIFAR-10 (rows of a label and 3,072 values) or CIFAR-100 (a coarse and a fine label before
/// them), those for training first. Source: Krizhevsky, www.cs.toronto.edu/~kriz/cifar.html, "Binary version".
struct CifarFiles {
    static constexpr std::int64_t side = 32;
    static constexpr std::size_t picture_bytes = 3 * side * side;
    static constexpr std::size_t row_ten = picture_bytes + 1, row_hundred = picture_bytes + 2;

    FileList files;
    std::map<std::string, std::string> names;  ///< content of the files with names of classes, by their names
    bool hundred = false;                      ///< CIFAR-100

    /// Files end with .bin; which of the two it is shows by their sizes, else by their names. What else is there is
    /// passed over. Errors: none there, both together, a size that is no multiple of a row.
    static Result<CifarFiles> list(const std::vector<std::string>& paths, ReadReport& report);
    std::size_t row_bytes() const { return hundred ? row_hundred : row_ten; }
    std::size_t classes(bool coarse) const { return !hundred ? 10 : coarse ? 20 : 100; }
    const char* names_file(bool coarse) const {
        return !hundred ? "batches.meta.txt" : coarse ? "coarse_label_names.txt" : "fine_label_names.txt";
    }
    /// In the order of their numbers; empty = there is no file of names.
    std::vector<std::string> class_names(bool coarse) const;
    /// That a file of so many bytes ends within a row.
    Error broken_off(std::size_t file, std::size_t size) const;
};

}  // namespace gw
