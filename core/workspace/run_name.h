#pragma once
#include "store/store.h"

namespace gw {

/// What the data of a spec is called by: the name of its file or folder, or the folder's where the file is called like
/// any other ("shakespeare/input.txt", "books/train.tsv"); the kind's name for data that is made.
std::string data_name(const Json& spec);

/// A name by which a run can be told from others: its data, the size of its backbone, and what differs from the recipe
/// or the defaults that are nearest to it, such as "shakespeare 2×64 · lr 3e-3 · seed 2". The settings of the paths
/// `telling` (those of a sweep) are said in any case.
std::string name_from_spec(const Json& spec, const std::vector<std::string>& telling = {});

/// The same for a run that begins from a checkpoint: "quick start -> books, lora".
std::string name_from_parent(const std::string& parent, const Json& spec);

/// The name itself where no run of the history has it. Else it says also what of `spec`, where that is given, differs
/// from the run of that name ("shakespeare 2×64 · every 50"), and bears the first number that is free where even that
/// is taken: "shakespeare 2×64 (2)".
std::string unused_name(const Store& store, const std::string& name, const Json& spec = {});

/// The name of a run whose settings became others (it is trained longer): a name that was made of them is made anew, in
/// another what it says of length and learning rate is put right. What a person called it stays.
std::string name_after_change(const Store& store, const std::string& name, const Json& before, const Json& after);

/// Names for files as short as tells them apart: the stem, with as many folders before it as are needed ("books/train",
/// "dvd/train").
std::vector<std::string> telling_names(const std::vector<fs::path>& files);

}  // namespace gw
