#pragma once
#include <memory>
#include <vector>

#include "data/batch_source.h"
#include "tokenize/tokenizer.h"

namespace gw {

/// A picture's caption with the name of every class in the place of its own: which of them lies nearest to the picture
/// tells its class, asked by its name alone (Radford et al. 2021, arXiv:2103.00020, section 3.1.2, with a template from
/// each picture's caption).
struct ClassPrompts {
    std::vector<Example> examples;      ///< row by row: of each template one for every class, in their order
    std::vector<std::int32_t> right;    ///< of each template, the class that its caption names
    std::unique_ptr<ExampleRows> rows;  ///< of `examples` alone, which must stay where they are
};

struct PromptLimits {
    std::size_t prompts = 1000;  ///< as many whole templates as make so many
    std::size_t tokens = 1;      ///< that are read of a prompt
};

/// From the captions of `templates`, examples of `table` that `rows` reads, which must outlive it. Upper and lower case
/// of ASCII are one. No examples where no caption names its class.
Result<ClassPrompts> class_prompts(const ExampleTable& table, const std::vector<const Example*>& templates,
                                   const ExampleRows& rows, const Tokenizer& tokenizer, const PromptLimits& limits);

}  // namespace gw
