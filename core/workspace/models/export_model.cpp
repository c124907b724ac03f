#include "workspace/models/export_model.h"

#include <exception>

#include "adapt/adapters.h"
#include "artifact/checkpoint.h"
#include "util/hash.h"
#include "util/named_file.h"

namespace gw {

namespace {

Status copy_folder(const fs::path& checkpoint, const fs::path& into) {
    if (Status free = may_write_checkpoint(into); !free) return free;
    if (Status whole = verify_checkpoint(checkpoint); !whole) return whole;
    const fs::path place = absolute_path(into), aside = aside_of(place);
    std::error_code problem, ignored;
    fs::create_directories(place.parent_path(), problem);
    if (!problem) fs::copy(checkpoint, aside, fs::copy_options::recursive, problem);
    Status done = problem ? Status(Error{Error::Code::io,
                                         "Cannot write the copy: " + problem.message(),
                                         "Choose a place with enough room that may be written to",
                                         {"folder " + place.string()}})
                          : place_checkpoint(aside, place);
    if (!done) fs::remove_all(aside, ignored);
    return done;
}

}  // namespace

bool has_adapters(const Json& spec) {
    const auto start = spec.find("start");
    return start != spec.end() && start->is_object() && start->value("train", std::string()) == "lora";
}

Status export_model(const fs::path& checkpoint, Export what, const fs::path& into) {
    try {
        switch (what) {
            case Export::merged:
                return merge_checkpoint(checkpoint, into);
            case Export::adapters:
                return export_adapters(checkpoint, into);
            case Export::checkpoint:
                break;
        }
        return copy_folder(checkpoint, into);
    } catch (const Failure& failure) {
        return failure.error();
    } catch (const std::exception& problem) {  // of the engine, above all where memory runs out
        return Error{Error::Code::internal,
                     std::string("The model could not be written: ") + problem.what(),
                     "Close other programs to free memory, then try again",
                     {"checkpoint " + checkpoint.string()}};
    }
}

}  // namespace gw
