#include "cli/model_choice.h"

#include <iostream>

#include "util/text.h"

namespace gw::cli {

void add_model_option(CLI::App& verb, ModelOption& o) {
    verb.add_option("checkpoint", o.text,
                    "A run (id, its beginning, or name): the weights that it stands for; or a checkpoint's folder (./x "
                    "is always a folder)")
        ->required()
        ->type_name("CHECKPOINT");
    CLI::Option* best = verb.add_flag("--best", o.best, "Of a run: the checkpoint of its best evaluation instead");
    verb.add_flag("--newest", o.newest,
                  "Of a run: the last weights that it wrote, even where it went back to better ones")
        ->excludes(best);
}

ChosenModel chosen_model(const Workspace& workspace, const ModelOption& o) {
    const Weights weights = o.best ? Weights::best : o.newest ? Weights::newest : Weights::current;
    ChosenModel model = choose_model(workspace, o.text, weights).or_throw();
    for (const std::string& note : model.notes) std::cerr << "note: " << note << "\n";
    return model;
}

std::string model_text(const ChosenModel& model) {
    std::string out = "step " + grouped(model.step);
    out += model.run ? " of \"" + model.run->name + "\"" : ", " + model.checkpoint.filename().string();
    return out + (model.why == "best"      ? ", its best"
                  : model.why == "resumed" ? ", from which it was taken up again"
                                           : "");
}

Json model_json(const ChosenModel& model) {
    return {{"checkpoint", model.checkpoint.string()},
            {"step", model.step},
            {"run", model.run ? Json(model.run->id) : Json()},
            {"weights", model.why}};
}

}  // namespace gw::cli
