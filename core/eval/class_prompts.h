#pragma once
#include <memory>
#include <vector>

#include "data/batch_source.h"
#include "tokenize/tokenizer.h"

namespace gw {

/// What each class is asked for by: captions that name their own class are templates, and into each the name of every
/// class is put, so that classes differ by their names alone (an ensemble of prompts: Radford et al. 2021,
/// arXiv:2103.00020, section 3.1.4, with templates from the data). Rows hold the template's picture as well.
struct ClassPrompts {
    std::vector<Example> examples;      ///< of the class whose name was put in
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
