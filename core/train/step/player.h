#pragma once
#include <memory>
#include <string>
#include <vector>

#include "adapt/model_state.h"
#include "optim/averaged_weights.h"
#include "optim/optimizer.h"
#include "optim/regularisation.h"
#include "optim/schedule.h"
#include "spec/start.h"

namespace gw {

/// Who is updated in a step: a part of the weights with its optimizer and its schedule. A run whose objective has no
/// players has one, which trains everything.
struct Player {
    std::string name;  ///< empty of the only one
    ParameterBank* bank = nullptr;
    std::unique_ptr<Optimizer> optimizer;
    std::unique_ptr<Schedule> schedule;
    Regularisation regularisation{{}};
    std::unique_ptr<AveragedWeights> average;  ///< null where the weights themselves stand for the run
    double peak_lr = 0;
    std::int64_t turns = 1;  ///< updates a step

    /// The rate at the step after `step` others, of `expected` in all.
    double lr(std::int64_t step, double expected) const;
    double lr(const ScheduleStand& at) const;
    /// How its figures are called in the record: "train/loss", "train/discriminator_loss".
    std::string figure(const std::string& name) const;
};

/// The players of a model in the order of their turns, with new optimizers. `model` must outlive them.
std::vector<Player> make_players(const Json& spec, Model& model);

/// While it lives the averages of those players who have one are in the model, in the place of the weights that are
/// trained. All that looks at a model or saves it does so within one.
class AveragesInPlace {
  public:
    explicit AveragesInPlace(std::vector<Player>& players) : players_(players) { exchange(); }
    AveragesInPlace(const AveragesInPlace&) = delete;
    AveragesInPlace& operator=(const AveragesInPlace&) = delete;
    ~AveragesInPlace();

  private:
    void exchange();
    std::vector<Player>& players_;
};

/// The averages are what the banks hold now.
void begin_averages(std::vector<Player>& players);
/// How many weights each average holds, for a checkpoint's state, and back; null where there is none.
Json averages_of(const std::vector<Player>& players);
void set_averages(std::vector<Player>& players, const Json& state);

/// What a checkpoint keeps of them, apart from the weights.
std::vector<Optimized> optimized(const std::vector<Player>& players);
Json updates_of(const std::vector<Player>& players);
/// `state` as updates_of() gave it; a number alone is that of the only player.
void set_updates(std::vector<Player>& players, const Json& state);

}  // namespace gw
