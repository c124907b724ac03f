#include "data/catalog.h"
#include "data/file_patterns.h"

namespace gw {

namespace {

struct ByFileConfig {
    std::vector<std::string> validation{"*valid*"}, test;
    static constexpr auto fields = std::tuple{
        schema::field<&ByFileConfig::validation>(
            {.key = "validation",
             .label = "Validation files",
             .help = "Patterns of the files kept for validation, such as *valid* or held-out/*; matched against the "
                     "file name and its path below the folder that holds all files.",
             .holds = schema::Holds::lines}),
        schema::field<&ByFileConfig::test>({.key = "test",
                                            .label = "Test files",
                                            .help = "Patterns of the files kept for a last test.",
                                            .holds = schema::Holds::lines}),
    };
    void check(schema::Problems& out, const std::string& at) const {
        if (validation.empty()) out.push_back({at + ".validation", "needs at least one pattern, such as *valid*"});
    }
};

/// The file that a document comes from decides.
class ByFile final : public Split {
  public:
    explicit ByFile(ByFileConfig config) : config_(std::move(config)) {}
    void cut(const Document& document, std::uint64_t, std::uint64_t,
             const std::function<void(Part, std::string_view)>& piece) const override {
        const std::string source(document.source);
        piece(matches_file(config_.validation, source) ? Part::validation
              : matches_file(config_.test, source)     ? Part::test
                                                       : Part::train,
              document.text);
    }

    std::string advice(Part) const override {
        return "Check the patterns of split.validation and split.test against the names of the files";
    }
    bool names_test() const override { return !config_.test.empty(); }

  private:
    ByFileConfig config_;
};

}  // namespace

SplitKind by_file_kind() {
    return kind_of<SplitKind, ByFileConfig>(
        {.id = "by_file",
         .title = "By file",
         .summary = "Named files are kept apart: for datasets that come with their own validation files.",
         .source = ""},
        [](const ByFileConfig& config) -> std::unique_ptr<Split> { return std::make_unique<ByFile>(config); });
}

}  // namespace gw
