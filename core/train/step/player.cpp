#include "train/step/player.h"

#include <spdlog/spdlog.h>

#include "spec/settings.h"

namespace gw {

namespace {

const Json& own_or(const Json& own, const Json& of_the_run) {
    return own.is_null() ? of_the_run : own;
}

Player make_player(const PlayerRole& role, ParameterBank& bank, const Json& spec) {
    const Json& optimizer = own_or(role.optimizer, spec.at("optimizer"));
    const Json& schedule = own_or(role.schedule, spec.at("schedule"));
    Player player;
    player.name = role.name;
    player.bank = &bank;
    player.optimizer = find_kind(optimizers(), optimizer.at("kind"))->build(optimizer, bank);
    player.schedule = find_kind(schedules(), schedule.at("kind"))->build(schedule);
    player.peak_lr = optimizer.at("lr").get<double>();
    player.turns = role.turns;
    player.regularisation = Regularisation(settings_of<RegularisationSettings>(spec, "regularisation"));
    if (auto rule = make_averaging(spec.value("averaging", Json())))
        player.average = std::make_unique<AveragedWeights>(bank, std::move(rule));
    return player;
}

}  // namespace

double Player::lr(std::int64_t step, double expected) const {
    return lr(ScheduleStand{static_cast<double>(step), expected, std::nullopt});
}

double Player::lr(const ScheduleStand& at) const {
    return at.peak.value_or(peak_lr) * schedule->factor(at.step, at.steps);
}

std::string Player::figure(const std::string& what) const {
    return "train/" + (name.empty() ? what : name + "_" + what);
}

std::vector<Player> make_players(const Json& spec, Model& model) {
    const std::vector<PlayerRole> roles = model.objective->players();
    const std::vector<ParameterBank*> banks = model.banks();
    std::vector<Player> players;
    for (std::size_t i = 0; i < banks.size(); ++i) {
        players.push_back(make_player(roles.empty() ? PlayerRole{} : roles[i], *banks[i], spec));
        if (i == 0) players.front().name.clear();  // its figures are the run's
    }
    return players;
}

std::vector<Optimized> optimized(const std::vector<Player>& players) {
    std::vector<Optimized> out;
    for (const Player& player : players)
        out.push_back(
            {player.bank, player.optimizer.get(), player.average ? player.average->aside() : torch::Tensor()});
    return out;
}

void AveragesInPlace::exchange() {
    for (Player& player : players_)
        if (player.average) player.average->exchange();
}

AveragesInPlace::~AveragesInPlace() {
    try {
        exchange();
    } catch (const std::exception& problem) {
        // A device that is lost fails in the next step as well, which ends the run with its cause.
        spdlog::error("The trained weights could not be put back in the place of their average: {}", problem.what());
    }
}

void begin_averages(std::vector<Player>& players) {
    for (Player& player : players)
        if (player.average) player.average->begin_here();
}

Json averages_of(const std::vector<Player>& players) {
    Json out = Json::array();
    for (const Player& player : players)
        if (player.average) out.push_back(player.average->taken());
    return out.empty() ? Json() : out;
}

void set_averages(std::vector<Player>& players, const Json& state) {
    std::size_t at = 0;
    for (Player& player : players)
        if (player.average) player.average->set_taken(state.at(at++).get<std::int64_t>());
}

Json updates_of(const std::vector<Player>& players) {
    if (players.size() == 1) return players.front().optimizer->updates();
    Json out = Json::array();
    for (const Player& player : players) out.push_back(player.optimizer->updates());
    return out;
}

void set_updates(std::vector<Player>& players, const Json& state) {
    for (std::size_t i = 0; i < players.size(); ++i)
        players[i].optimizer->set_updates((state.is_array() ? state.at(i) : state).get<std::int64_t>());
}

}  // namespace gw
