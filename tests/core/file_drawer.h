#pragma once
#include "core/picture_file_bytes.h"
#include "scratch.h"

namespace gw::test {

/// Small data of every form that a kind of dataset may read, a folder each: a kind of files is tried with all of them
/// and must be able to read one. A kind with a form of its own gets a folder here.
class FileDrawer {
  public:
    FileDrawer() {
        std::string table = "text,label,date\n", values = "text,label\n", sets = "text,label\n", rows, words;
        for (int i = 0; i < 40; ++i) {
            const std::string number = std::to_string(i), text = "soup " + number + (i % 2 ? " was warm" : " was cold");
            table += text + (i % 2 ? ",warm," : ",cold,") + "2024-01-" + (i < 9 ? "0" : "") +
                     std::to_string(i % 28 + 1) + "\n";
            values += text + "," + number + ".5\n";
            sets += text + (i % 2 ? ",\"warm,new\"\n" : ",cold\n");
            rows += "{\"text\": \"" + text + "\", \"label\": \"" + (i % 2 ? "warm" : "cold") + "\"}\n";
            words += "the O\nsoup B-FOOD\nwas O\n" + std::string(i % 2 ? "warm" : "cold") + " B-HEAT\n\n";
        }
        put("plain/a.txt", "A first text of a few words.\nIts second line \xE3\x81\xA8\xE6\x9C\x80\xE5\xBE\x8C.\n");
        put("plain/b.txt", "Another text, in a file of its own.\n");
        put("table/a.csv", table);
        put("values/a.csv", values);
        put("sets/a.csv", sets);
        put("rows/a.jsonl", rows);
        put("words/a.conll", words);
        put("folders/warm/a.txt", "it was warm\n");
        put("folders/cold/b.txt", "it was cold\n");
        std::string things = "size,colour,seen,weight,sort\n";
        for (int i = 0; i < 40; ++i)
            things += std::to_string(0.25 * i) + (i % 3 ? ",red," : ",blue,") + "2024-01-" + (i < 9 ? "0" : "") +
                      std::to_string(i % 28 + 1) + (i % 7 ? "," + std::to_string(i * i) + "," : ",,") +
                      (i % 2 ? "warm\n" : "cold\n");
        put("things/a.csv", things);
        std::string series = "time,load,price\n";
        for (int i = 0; i < 900; ++i)
            series += std::to_string(1700000000 + 3600 * i) + "," + std::to_string(i % 24) + "," +
                      std::to_string(0.5 * i) + "\n";
        put("series/a.csv", series);
        std::string pictures{0, 0, 8, 3, 0, 0, 0, 30, 0, 0, 0, 5, 0, 0, 0, 4}, labels{0, 0, 8, 1, 0, 0, 0, 30};
        for (int i = 0; i < 30; ++i) {
            for (int pixel = 0; pixel < 20; ++pixel) pictures += static_cast<char>(i * 7 + pixel);
            labels += static_cast<char>(i % 3);
        }
        put("idx/train-images-idx3-ubyte", pictures);
        put("idx/train-labels-idx1-ubyte", labels);
        std::string captions = "file,caption\n";
        for (int i = 0; i < 24; ++i)
            captions +=
                std::string(i % 2 ? "a.png,a red square" : "b.png,something blue") + " " + std::to_string(i) + "\n";
        put("with_captions/captions.csv", captions);
        put("with_captions/a.png", one_colour_png(8, 200, 10, 20));
        put("with_captions/b.png", one_colour_png(9, 10, 20, 220));
        NamedBytes packed;
        for (int i = 0; i < 20; ++i) {
            const std::string name = (i % 2 ? "warm/" : "cold/") + std::to_string(i) + (i < 16 ? ".png" : ".jpg");
            packed.emplace_back("soups/" + name, i < 16 ? small_png(5 * i) : small_jpeg(5 * i, 6, 5));
            put("pictures/" + name, packed.back().second);
        }
        put("zipped/soups.zip", zip_file(packed));
        std::string in_cifar;
        for (int i = 0; i < 24; ++i) in_cifar += static_cast<char>(i % 10) + painted(32, 32, 7 * i);
        put("cifar/data_batch_1.bin", in_cifar.substr(0, 20 * 3073));
        put("cifar/test_batch.bin", in_cifar.substr(20 * 3073));
    }
    std::vector<fs::path> folders() const {
        std::vector<fs::path> out;
        for (const auto& entry : fs::directory_iterator(folder_.path())) out.push_back(entry.path());
        std::sort(out.begin(), out.end());
        return out;
    }

  private:
    void put(const std::string& name, const std::string& bytes) const {
        fs::create_directories((folder_ / name).parent_path());
        write_file_atomic(folder_ / name, bytes).or_throw();
    }
    Scratch folder_;
};

}  // namespace gw::test
