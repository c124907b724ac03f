#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "util/files.h"

namespace gw {

/// One tensor in memory: row-major, little-endian, dense.
struct TensorView {
    std::string name;
    std::string dtype;                ///< "F64", "F32", "BF16", "F16", "I64", "I32", "U8" or "BOOL"
    std::vector<std::int64_t> shape;  ///< empty for a scalar
    const void* data = nullptr;
    std::uint64_t bytes = 0;
};

using TensorMetadata = std::map<std::string, std::string>;

/// Bytes of one value; 0 for a dtype that is not known here.
std::uint64_t dtype_bytes(std::string_view dtype);

/// Size of the file that write_safetensors would make, header included.
std::uint64_t safetensors_bytes(const std::vector<TensorView>& tensors, const TensorMetadata& metadata = {});

/// Writes the format of https://huggingface.co/docs/safetensors: eight bytes with the header's length, a JSON header
/// padded with spaces to eight bytes, then the data without gaps, wide values first so that each tensor is aligned.
/// Streams from the given memory and syncs. A failure leaves a part of the file behind: write into a folder that is put
/// in place only when whole (CheckpointWriter).
Status write_safetensors(const fs::path& path, const std::vector<TensorView>& tensors,
                         const TensorMetadata& metadata = {});

/// A memory-mapped safetensors file, checked before anything of it is used: the header's length and JSON, each dtype
/// and shape against its bytes, and that the tensors fill the data without gap or overlap.
class SafetensorsFile {
  public:
    static Result<SafetensorsFile> open(const fs::path& path);
    /// In the order of their data; the pointers live as long as this object.
    const std::vector<TensorView>& tensors() const { return tensors_; }
    /// Null when there is none of that name.
    const TensorView* find(std::string_view name) const;
    const TensorMetadata& metadata() const { return metadata_; }
    /// An error when a page of it could not be read, or it was written to meanwhile: asked by who has copied tensors.
    Status intact() const { return file_.intact(); }

  private:
    MappedFile file_;
    std::vector<TensorView> tensors_;
    TensorMetadata metadata_;
};

}  // namespace gw
