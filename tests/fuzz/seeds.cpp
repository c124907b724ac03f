#include <array>
#include <map>

#include "artifact/safetensors.h"
#include "core/picture_file_bytes.h"
#include "data/examples.h"
#include "data/images/picture_store.h"
#include "data/text/shards.h"
#include "data/value_store.h"
#include "fuzz/fuzz.h"
#include "scratch.h"
#include "util/base64.h"

// Inputs to begin from are made here by the program's own writers and by hand: they are small, whole, and of nobody.
namespace gw::fuzz {

namespace {

using Seeds = std::vector<std::string>;

std::string written(const std::function<Status(const fs::path&)>& write) {
    const Scratch folder;
    write(folder / "seed").or_throw();
    return read_file(folder / "seed").or_throw();
}

Seeds safetensors_seeds() {
    const float weights[6] = {1, 2, 3, 4, 5, 6};
    const std::int64_t step = 7;
    const std::vector<TensorView> tensors{{"a.weight", "F32", {2, 3}, weights, sizeof weights},
                                          {"step", "I64", {}, &step, sizeof step},
                                          {"none", "F32", {0, 4}, nullptr, 0}};
    return {written([&](const fs::path& at) {
                return write_safetensors(at, tensors, {{"format", "pt"}});
            }),
            written([&](const fs::path& at) { return write_safetensors(at, {}); })};
}

std::string series_values() {
    return written([](const fs::path& at) {
        ValueWriter writer = ValueWriter::create(at).or_throw();
        for (const double value : {1.0, -2.5, 1e300})
            if (const Status added = writer.add(std::array{value, 2 * value}); !added) return added;
        return writer.finish();
    });
}

std::string pieces_json(const char* before) {
    Json pieces = Json::array(), types = Json::array();
    const auto add = [&](const std::string& piece, int type) {
        pieces.push_back(to_base64(piece));
        types.push_back(type);
    };
    add("<unk>", 2);
    add("<0xE3>", 6);
    add("\n", 4);
    add("\xe2\x96\x81"
        "a",
        1);
    add("b", 1);
    Json out{{"pieces", pieces}, {"types", types}, {"prefix", true}};
    if (*before) {
        out["kind"] = "sentencepiece";
        out["model"] = to_base64("no model");
    }
    return out.dump();
}

Seeds tokenizer_seeds() {
    return {R"({"kind":"bytes"})", R"({"kind":"characters","alphabet":" abcé日\n"})", R"({"kind":"none"})",
            pieces_json("state")};
}

Seeds shard_seeds() {
    const auto shard = [](Token vocabulary) {
        return written([&](const fs::path& at) {
            ShardWriter writer = ShardWriter::create(at, vocabulary).or_throw();
            writer.count(20, 2);
            if (Status status = writer.add({1, 2, 3, 256, 4, 299, 256}); !status) return status;
            return writer.finish();
        });
    };
    return {shard(300), shard(70000)};
}

Seeds store_seeds() {
    return {written([](const fs::path& at) {
        PictureWriter writer = PictureWriter::create(at).or_throw();
        std::vector<std::uint8_t> pixels{0, 50, 100, 150, 200, 250};
        for (int i = 0; i < 3; ++i) {
            pixels[0] = static_cast<std::uint8_t>(40 * i);
            if (Status status = writer.add({1, 2, 3, pixels}); !status) return status;
        }
        return writer.finish();
    })};
}

Seeds example_seeds() {
    Seeds out;
    for (const LabelKind kind :
         {LabelKind::none, LabelKind::one_class, LabelKind::class_set, LabelKind::number, LabelKind::word_classes}) {
        ExampleTable table{kind, {"cold", "warm"}, {}, {"a.csv"}};
        for (int i = 0; i < 4; ++i) {
            Example example;
            example.start = 5 * i;
            example.length = 4;
            example.file = 0;
            example.file_row = i + 1;
            if (kind == LabelKind::number)
                example.value = i + 0.5;
            else if (kind != LabelKind::none)
                example.classes = {i % 2};
            if (kind == LabelKind::word_classes) example.word_starts = {0};
            table.examples.push_back(example);
        }
        out.push_back(written([&](const fs::path& at) { return write_examples(at, table); }));
    }
    return out;
}

Seeds picture_seeds() {
    return {test::small_png(3), test::one_colour_png(4, 200, 10, 20), test::small_jpeg(9, 6, 5)};
}

Seeds idx_seeds() {
    std::string pictures{0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 2}, labels{0, 0, 8, 1, 0, 0, 0, 3, 0, 2, 1};
    pictures += "abcdefghijkl";
    std::string coloured{0, 0, 8, 4, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 3};
    coloured += "abcdefghj";
    return {pictures, labels, test::gzip_file(pictures), coloured};
}

Seeds cifar_seeds() {
    std::string row(3073, '\5');
    return {row, std::string("\3") + row, std::string("\11\144") + row};
}

Seeds archive_seeds() {
    const test::NamedBytes files{{"soups/warm/a.png", test::one_colour_png(4, 1, 2, 3)},
                                 {"soups/cold/b.png", test::one_colour_png(5, 9, 2, 3)}};
    return {test::zip_file(files), test::tar_of(files), test::gzip_file(test::tar_of(files))};
}

}  // namespace

Seeds seeds_of(const std::string& target) {
    const Seeds table{"text,label\nwarm soup,warm\n\"cold, \"\"old\"\" soup\",cold\nno soup,cold\n",
                      "text\tlabel\nwarm soup\twarm\ncold soup\tcold\n", "sep=;\ntext;label\n1,5;2\nzwei;3\n",
                      "1,2.5,2024-01-31\r\n2,-3,31.01.2026\r\n"};
    const std::map<std::string, std::function<Seeds()>> all{
        {"json",
         [] {
             return Seeds{R"({"a":[1,-2.5e3,"b\u00e9",null,true,{"c":{}}]})", "[]", "1e308"};
         }},
        {"safetensors", safetensors_seeds},
        {"tokenizer", tokenizer_seeds},
        {"pieces",
         [] {
             return Seeds{pieces_json(""), to_base64("some bytes"), std::string("\3\0\0\0abc\0\0\0\0", 11)};
         }},
        {"token_shard", shard_seeds},
        {"picture_store", store_seeds},
        {"examples", example_seeds},
        {"rows",
         [] {
             return Seeds{"{\"text\": \"warm soup\", \"label\": \"warm\"}\n{\"text\": \"cold\", \"label\": \"cold\"}\n",
                          "[{\"text\": \"a\", \"label\": 1},\n {\"text\": \"b\", \"label\": 0.5}]",
                          "{\"data\": {\"text\": \"a\"}, \"tags\": [\"x\", \"y\"]}\n"};
         }},
        {"table", [&] { return table; }},
        {"table_values",
         [] {
             return Seeds{"a,b,c,y\n1,p,2024-01-01,x\n,q,2024-01-02,z\n3.5,p,,x\n", "a;y\n1;2\n?;3\n",
                          "{\"a\": 1, \"y\": true}\n{\"a\": null, \"y\": false}\n", "a=1, a b=p, c=2024-01-01",
                          "a 1  a b q  c ?"};
         }},
        {"series",
         [] {
             return Seeds{"date,load,price\n2024-01-01 00:00,1,2.5\n2024-01-01 01:00,na,-3e2\n2024-01-01 02:00,4,0\n",
                          "1\t2\n3\t4\n", "a;b\n1;\n;2\n", series_values()};
         }},
        {"columns",
         [] {
             return Seeds{"# a comment\nthe O\nsoup B-FOOD\n\n-DOCSTART- O\n\nwas O\nwarm B-HEAT\n",
                          "1\tthe\tthe\tDET\t_\t_\t2\tdet\t_\t_\n2\tsoup\tsoup\tNOUN\t_\t_\t0\troot\t_\t_\n\n"};
         }},
        {"text",
         [] {
             return Seeds{"A line.\nAnother, \xE3\x81\xA8.\r\n", "2026-01-31T12:00:00Z\n1.5e3\n2k\n=1+1\n"};
         }},
        {"curation",
         [] {
             return Seeds{"Write to a@b.org or +1 555 123 4567.\nA line \xE7\x8C\xAB.\r\n\r\nA line \xFF.\n",
                          "{\"text\": \"A text of a row\"}\n{\"text\": \"A text of a row!\", \"n\": 1}\n",
                          "text,label\n\"one, two\",a\nthree,b\n"};
         }},
        {"idx", idx_seeds},
        {"cifar", cifar_seeds},
        {"picture", picture_seeds},
        {"archive", archive_seeds},
        {"captions",
         [] {
             return Seeds{"file,caption\na.png,a red square\nb.png,blue\n",
                          "{\"file\": \"a.png\", \"caption\": \"a red square\"}\n"};
         }},
        {"checkpoint",
         [] {
             return Seeds{
                 R"({"version":1,"sequence":3,"created":"2026-01-31 12:00:00","files":{"state.json":{"bytes":2,"sha256":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"}}})",
                 R"({"name":"step-00000003","sequence":3,"why":"saved"})"};
         }},
        {"spec",
         [] { return Seeds{R"({"schema":1,"backbone":{"kind":"gpt"},"optimizer":{"kind":"adamw","lr":0.001}})"}; }},
        {"letters", [] { return Seeds{R"({"order":"knobs","save":true,"knobs":{"lr":0.1}})"}; }},
    };
    const auto found = all.find(target);
    must(found != all.end());
    return found->second();
}

}  // namespace gw::fuzz
