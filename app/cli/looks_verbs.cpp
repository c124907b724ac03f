#include <iostream>
#include <memory>

#include "cli/cli.h"
#include "cli/model_choice.h"
#include "cli/progress_line.h"
#include "study/picture_looks.h"
#include "util/text.h"

namespace gw::cli {

namespace {

struct LooksOptions {
    ModelOption model;
    std::string out;
    bool replace = false, json = false;
};

bool in_colour(const PictureCopy& picture) {
    return picture.channels >= 3;
}

/// As binary PPM, or PGM of what has fewer channels than three; further channels, as of transparency, are left out.
std::string netpbm(const PictureCopy& picture) {
    const std::int64_t plane = picture.height * picture.width, channels = in_colour(picture) ? 3 : 1;
    std::string out = (channels == 3 ? "P6\n" : "P5\n") + std::to_string(picture.width) + " " +
                      std::to_string(picture.height) + "\n255\n";
    for (std::int64_t at = 0; at < plane; ++at)
        for (std::int64_t channel = 0; channel < channels; ++channel)
            out += static_cast<char>(picture.pixels[static_cast<std::size_t>(channel * plane + at)]);
    return out;
}

/// "attention-3-original.ppm", "filters-12.pgm"; rows and numbers from 1.
std::string file_name(LookKind kind, std::size_t row, const LookedPicture& picture) {
    std::string name = look_name(kind);
    if (picture.role != LookedPicture::Role::filter)
        name += "-" + std::to_string(row + 1) + "-" + role_name(picture.role);
    if (picture.number > 0) name += "-" + std::to_string(picture.number);
    return name + (in_colour(picture.picture) ? ".ppm" : ".pgm");
}

template <class Use>
void each_picture(const PictureLooks& looks, const Use& use) {
    for (const Look& look : looks.looks)
        for (std::size_t row = 0; row < look.rows.size(); ++row)
            for (const LookedPicture& picture : look.rows[row].pictures)
                use(picture, file_name(look.kind, row, picture));
}

/// All or, where one may not be written, none.
void write_pictures(const PictureLooks& looks, const fs::path& folder, bool replace) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed)
        throw Failure(Error{Error::Code::io,
                            "The folder cannot be made: " + failed.message(),
                            "Name another one with --out",
                            {"folder " + folder.string()}});
    const Existing existing = replace ? Existing::replace : Existing::refuse;
    each_picture(looks, [&](const LookedPicture&, const std::string& name) {
        may_write_file(folder / name, existing).or_throw();
    });
    std::int64_t count = 0;
    each_picture(looks, [&](const LookedPicture& picture, const std::string& name) {
        write_named_file(folder / name, netpbm(picture.picture), existing).or_throw();
        ++count;
    });
    std::cerr << "Written: " << grouped(count) << " pictures in " << folder.string() << "\n";
}

Json picture_json(const LookedPicture& picture, const std::string& file) {
    Json out = {{"role", role_name(picture.role)},
                {"channels", picture.picture.channels},
                {"height", picture.picture.height},
                {"width", picture.picture.width}};
    if (picture.number > 0) out["number"] = picture.number;
    if (picture.document >= 0) {
        out["document"] = picture.document;
        out["label"] = picture.truth;
    }
    if (picture.role == LookedPicture::Role::neighbour) out["likeness"] = picture.likeness;
    if (!file.empty()) out["file"] = file;
    return out;
}

Json looks_json(const PictureLooks& looks, const ChosenModel& model, const std::string& folder) {
    Json out = model_json(model);
    out["part"] = "validation";
    out["part_rows"] = looks.part_rows;
    out["compared"] = looks.compared;
    out["looks"] = Json::object();
    out["none"] = Json::object();
    for (const LookKind kind : look_kinds) {
        const Look* look = looks.look(kind);
        if (!look) {
            out["none"][look_name(kind)] = PictureLooks::none_because(kind);
            continue;
        }
        Json rows = Json::array();
        for (std::size_t i = 0; i < look->rows.size(); ++i) {
            const LookRow& row = look->rows[i];
            Json one = {{"pictures", Json::array()}};
            for (const LookedPicture& picture : row.pictures)
                one["pictures"].push_back(picture_json(
                    picture, folder.empty() ? "" : (fs::path(folder) / file_name(kind, i, picture)).string()));
            for (const LookedCaption& caption : row.captions)
                one["captions"].push_back(
                    {{"text", caption.text}, {"likeness", caption.likeness}, {"own", caption.own}});
            for (std::int64_t line = 0; line < row.map_rows; ++line) {
                const auto begin = row.map.begin() + line * row.map_columns;
                one["map"].push_back(std::vector<float>(begin, begin + row.map_columns));
            }
            rows.push_back(std::move(one));
        }
        out["looks"][look_name(kind)] = std::move(rows);
    }
    return out;
}

std::string called(const LookedPicture& picture) {
    return "number " + std::to_string(picture.document) + (picture.truth.empty() ? "" : " (" + picture.truth + ")");
}

void print_look(const Look& look) {
    constexpr int digits = 3;
    const std::vector<LookedPicture>& first = look.rows.front().pictures;
    const auto rows = static_cast<std::int64_t>(look.rows.size());
    std::cout << look_name(look.kind) << ": ";
    if (look.kind == LookKind::filters) {
        std::cout << grouped(static_cast<std::int64_t>(first.size())) << " of " << first.front().picture.height << " x "
                  << first.front().picture.width << " pixels\n";
        return;
    }
    std::cout << grouped(rows) << (rows == 1 ? " picture\n" : " pictures\n");
    for (const LookRow& row : look.rows) {
        if (look.kind == LookKind::captions || look.kind == LookKind::neighbours)
            std::cout << "  " << called(row.pictures.front()) << "\n";
        for (const LookedPicture& picture : row.pictures)
            if (picture.role == LookedPicture::Role::neighbour)
                std::cout << "    " << significant(picture.likeness, digits) << "  " << called(picture) << "\n";
        for (const LookedCaption& caption : row.captions)
            std::cout << "    " << significant(caption.likeness, digits) << "  " << caption.text
                      << (caption.own ? "  (its own)" : "") << "\n";
    }
}

void look(const Cli& cli, const LooksOptions& o) {
    const Workspace workspace = cli.look_workspace();
    const ChosenModel model = chosen_model(workspace, o.model);
    ProgressLine progress;
    LooksRequest request{model.checkpoint, workspace.cache()};
    request.progress = progress.shown();
    auto found = look_at_pictures(request);
    progress.end();
    const PictureLooks looks = std::move(found).or_throw();
    if (!o.out.empty()) write_pictures(looks, absolute_path(o.out), o.replace);
    if (o.json) {
        print_json(looks_json(looks, model, o.out.empty() ? "" : absolute_path(o.out).string()));
        return;
    }
    for (const LookKind kind : look_kinds) {
        if (const Look* one = looks.look(kind))
            print_look(*one);
        else
            std::cout << PictureLooks::none_because(kind) << "\n";
    }
    std::cerr << "On pictures of the validation part, by the weights of " << model_text(model)
              << (o.out.empty() ? "; --out FOLDER writes the pictures" : "") << "\n";
}

}  // namespace

void add_looks_verbs(Cli& cli) {
    auto o = std::make_shared<LooksOptions>();
    CLI::App& verb = cli.verb("looks",
                              "See what a network of pictures has learnt: its first filters, where it looks, what it "
                              "draws again, which pictures or captions it takes for near");
    add_model_option(verb, o->model);
    verb.add_option("--out", o->out, "Write the pictures into this folder, as PPM or PGM files")->type_name("FOLDER");
    add_replace(verb, o->replace);
    verb.add_flag("--json", o->json, "Print one JSON object");
    verb.callback([&cli, o] { look(cli, *o); });
}

}  // namespace gw::cli
