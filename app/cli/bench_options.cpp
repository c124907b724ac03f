#include "cli/bench_options.h"

#include "spec/run_spec.h"

namespace gw::cli {

namespace {

constexpr std::int64_t plain_vocabulary = 256, plain_batch = 12;

/// The defaults, of the shape that newcomers train on a processor, and without the sharing of weights that a plain
/// program does not have.
Json plain_spec() {
    Json spec = default_spec();
    return set_all_in_spec(spec, {{"backbone.layers", "4"},
                                  {"backbone.width", "128"},
                                  {"backbone.heads", "4"},
                                  {"backbone.context", "64"},
                                  {"backbone.tied", "false"},
                                  {"training.micro_batch", std::to_string(plain_batch)}})
        .or_throw();
}

}  // namespace

void add_bench_shape(CLI::App& verb, BenchShape& shape) {
    add_spec_options(verb, shape.spec);
    constexpr std::int64_t most = 1'000'000'000;
    const auto count = [&](const char* name, std::optional<std::int64_t>& into, const char* help) {
        whole_number(verb.add_option(name, into, help))->check(CLI::Range(std::int64_t{1}, most))->type_name("N");
    };
    count("--layers", shape.layers, "Layers of the model; without settings and recipe 4");
    count("--width", shape.width, "Its width; without settings and recipe 128");
    count("--heads", shape.heads, "Its heads; without settings and recipe 4");
    count("--context", shape.context, "Tokens that it sees; without settings and recipe 64");
    count("--batch", shape.batch, "Rows of a micro-batch; without settings and recipe 12");
    count("--vocabulary", shape.vocabulary,
          "Random tokens of so many ids in the place of data; without settings and recipe 256");
    count("--threads", shape.threads, "Threads; all of the machine otherwise");
    verb.add_option("--precision", shape.precision, "Numbers of the matrix products")
        ->check(CLI::IsMember({"auto", "fp32", "bf16"}));
}

BenchRequest bench_request_of(const BenchShape& shape) {
    BenchRequest request;
    const bool plain = shape.spec.spec.empty() && shape.spec.recipe.empty();
    if (plain && !shape.spec.data.empty())
        throw Failure({Error::Code::bad_spec,
                       "Data is given, but neither settings nor a recipe that says what is trained on it",
                       "Name a recipe with --recipe (`groundwork-cli recipes` lists them)",
                       {"option --data"}});
    Json spec = plain ? plain_spec() : spec_before_options(shape.spec);
    request.vocabulary = plain ? std::optional(shape.vocabulary.value_or(plain_vocabulary)) : shape.vocabulary;
    if (request.vocabulary)
        for (const char* section : {"dataset", "split", "tokenizer"}) spec[section] = default_spec().at(section);
    std::vector<Setting> settings;
    const auto set = [&](const char* path, const std::optional<std::int64_t>& value) {
        if (value) settings.emplace_back(path, std::to_string(*value));
    };
    set("backbone.layers", shape.layers);
    set("backbone.width", shape.width);
    set("backbone.heads", shape.heads);
    set("backbone.context", shape.context);
    set("training.micro_batch", shape.batch);
    set("training.threads", shape.threads);
    if (!shape.precision.empty()) settings.emplace_back("training.precision", shape.precision);
    for (const Setting& setting : assignments(shape.spec.set)) settings.push_back(setting);
    spec = set_all_in_spec(spec, settings, request.vocabulary ? OnceKindsStand() : data_of(shape.spec)).or_throw();
    check_whole(spec);
    request.spec = complete_spec(spec);
    return request;
}

}  // namespace gw::cli
