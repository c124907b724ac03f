#include "eval/class_prompts.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "util/text.h"

namespace gw {

namespace {

/// Where `word` stands by itself in a text, both in lower case.
std::optional<std::size_t> place_of(std::string_view word, std::string_view text) {
    auto inside = [&](std::size_t at) {
        const auto c = static_cast<unsigned char>(text[at]);
        return c >= 0x80 || std::isalnum(c) != 0;
    };
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !inside(at - 1)) && (end == text.size() || !inside(end))) return at;
    }
    return std::nullopt;
}

class PromptRows final : public ExampleRows {
  public:
    PromptRows(const ExampleRows& rows, const Example* first, std::vector<std::vector<Token>> prompts, Token padding)
        : rows_(rows), first_(first), prompts_(std::move(prompts)), padding_(padding) {}

    std::int64_t units(const Example& example) const override { return rows_.units(example); }

    HostBatch rows(const std::vector<const Example*>& examples) const override {
        HostBatch out = rows_.rows(examples);
        std::int64_t longest = 1;
        for (const Example* example : examples)
            longest = std::max(longest, static_cast<std::int64_t>(prompt(example).size()));
        HostArray tokens(HostArray::Type::i32, {out.rows, longest});
        auto* at = tokens.values<std::int32_t>();
        std::fill_n(at, tokens.size(), padding_);
        out.lengths.clear();
        for (const Example* example : examples) {
            std::copy(prompt(example).begin(), prompt(example).end(), at);
            at += longest;
            out.lengths.push_back(static_cast<std::int64_t>(prompt(example).size()));
        }
        out.arrays[array::tokens] = std::move(tokens);
        return out;
    }

  private:
    const std::vector<Token>& prompt(const Example* example) const {
        return prompts_[static_cast<std::size_t>(example - first_)];
    }

    const ExampleRows& rows_;
    const Example* first_;
    std::vector<std::vector<Token>> prompts_;
    Token padding_;
};

/// The captions of some examples as text, as far as rows read them.
std::vector<std::string> captions_of(const std::vector<const Example*>& examples, const ExampleRows& rows,
                                     const Tokenizer& tokenizer) {
    std::vector<std::string> out;
    for (const Example* example : examples) {
        const HostBatch one = rows.rows({example});
        const std::int64_t length = one.lengths.empty() ? one.length() : one.lengths.front();
        const auto* ids = one.arrays.at(array::tokens).values<std::int32_t>();
        out.push_back(tokenizer.decode({ids, static_cast<std::size_t>(length)}));
    }
    return out;
}

}  // namespace

Result<ClassPrompts> class_prompts(const ExampleTable& table, const std::vector<const Example*>& templates,
                                   const ExampleRows& rows, const Tokenizer& tokenizer, const PromptLimits& limits) {
    ClassPrompts out;
    const std::size_t classes = table.classes.size();
    if (classes == 0) return out;
    const std::vector<std::string> captions = captions_of(templates, rows, tokenizer);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < captions.size() && texts.size() + classes <= limits.prompts; ++i) {
        if (templates[i]->classes.size() != 1) continue;
        const std::string own = lower_case(table.classes[static_cast<std::size_t>(templates[i]->classes.front())]);
        const auto place = own.empty() ? std::nullopt : place_of(own, lower_case(captions[i]));
        if (!place) continue;
        out.right.push_back(templates[i]->classes.front());
        for (std::size_t name = 0; name < classes; ++name) {
            std::string text = captions[i];
            texts.push_back(text.replace(*place, own.size(), table.classes[name]));
            out.examples.push_back(*templates[i]);
            out.examples.back().classes = {static_cast<std::int32_t>(name)};
        }
    }
    const std::vector<std::string_view> asked(texts.begin(), texts.end());
    std::vector<std::vector<Token>> ids;
    if (Status encoded = tokenizer.encode_each(asked, ids); !encoded) return encoded.error();
    for (std::vector<Token>& prompt : ids) {
        if (prompt.empty()) prompt = {tokenizer.separator()};
        prompt.resize(std::min(prompt.size(), limits.tokens));
    }
    out.rows = std::make_unique<PromptRows>(rows, out.examples.data(), std::move(ids), tokenizer.separator());
    return out;
}

}  // namespace gw
