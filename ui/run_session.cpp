#include "ui/run_session.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "ui/background.h"
#include "ui/shell/host_setting.h"
#include "ui/texts/text.h"

namespace gw::ui {

namespace {
constexpr int drainInterval = 33;  // ms: about 30 times a second

/// Whether it takes a question to the driver, and so a moment, to know.
bool mayUseGpu(const LaunchRequest& request) {
    const Json training = request.spec.is_object() ? request.spec.value("training", Json()) : Json();
    const bool onCpu = training.is_object() && training.value("device", Json()) == "cpu";
    return !onCpu && gpu_driver_is_here();
}
}  // namespace

RunSession::RunSession(QObject* parent) : QObject(parent) {
    timer_.setInterval(drainInterval);
    connect(&timer_, &QTimer::timeout, this, &RunSession::drain);
}

RunSession::~RunSession() = default;

Status RunSession::launch(const Workspace& workspace, LaunchRequest request) {
    if (active())
        return Error{Error::Code::bad_spec,
                     "A run is being trained in this window already: " + ss(name()),
                     "Stop it first, or wait for its end",
                     {}};
    const HostChoice choice = chosenHost();
    if (choice == HostChoice::thread || (choice == HostChoice::automatic && !mayUseGpu(request))) {
        auto run = LiveRun::launch(workspace, std::move(request));
        if (!run) return run.error();
        adopt(std::move(run).value());
        return {};
    }
    starting_ = true;
    startingName_ = request.name.empty() ? tr("A new run") : qs(request.name);
    stopAtStart_.reset();
    facts_ = {};
    lastRow_ = {};
    progress_ = {"starting", -1, ""};
    request.train_alone = true;  // a window that crashes takes nothing along
    inBackground(
        this,
        [workspace, request = std::move(request), choice] {
            const HostKind host = host_for(workspace, request, choice);
            return std::make_shared<Result<std::unique_ptr<LiveRun>>>(LiveRun::launch(workspace, request, host));
        },
        [this](const std::shared_ptr<Result<std::unique_ptr<LiveRun>>>& run) { arrived(std::move(*run)); });
    Q_EMIT stateChanged();
    return {};
}

void RunSession::arrived(Result<std::unique_ptr<LiveRun>> run) {
    starting_ = false;
    if (!run) {
        Q_EMIT couldNotStart(run.error());
        Q_EMIT stateChanged();
        return;
    }
    adopt(std::move(run).value());
    if (const auto saveFirst = std::exchange(stopAtStart_, std::nullopt)) stop(*saveFirst);
}

void RunSession::takeUp(const Workspace& workspace, const std::string& run) {
    if (active() || looking_) return;
    looking_ = true;
    inBackground(
        this,
        [workspace, run] {
            auto found = std::make_shared<std::unique_ptr<LiveRun>>();
            if (!can_attach(workspace, run)) return found;
            if (auto attached = LiveRun::attach(workspace, run, Attach::if_unwatched))
                *found = std::move(attached).value();
            return found;
        },
        [this](const std::shared_ptr<std::unique_ptr<LiveRun>>& found) {
            looking_ = false;
            if (!*found) return;
            // Where another one was started meanwhile this one is left as it was.
            if (!active()) adopt(std::move(*found));
        });
}

void RunSession::adopt(std::unique_ptr<LiveRun> run) {
    run_ = std::move(run);
    silentSeconds_ = 0;
    facts_ = {};
    progress_ = {"starting", -1, ""};
    lastRow_ = {};
    clock_.start();
    timeLeft_.begin(run_->spec());
    timeLeft_.setKnobs(run_->knobs());
    checkpointTimer_.invalidate();
    savedStep_ = -1;
    timer_.start();
    Q_EMIT started();
    Q_EMIT stateChanged();
}

QString RunSession::id() const {
    return run_ ? qs(run_->id()) : QString();
}
QString RunSession::name() const {
    return run_ ? qs(run_->name()) : starting_ ? startingName_ : QString();
}

void RunSession::togglePause() {
    if (!run_) return;
    run_->paused() ? run_->resume() : run_->pause();
    Q_EMIT stateChanged();
}

void RunSession::saveNow() {
    if (run_) run_->save_now();
}

void RunSession::sampleNow() {
    if (run_) run_->sample_now();
}

void RunSession::setKnobs(const Knobs& knobs) {
    if (!run_) return;
    run_->set_knobs(knobs);
    timeLeft_.setKnobs(knobs);
}

void RunSession::stop(bool saveFirst) {
    if (starting_) stopAtStart_ = saveFirst;
    if (!run_) return;
    progress_ = {"stopping", -1, ""};
    run_->stop(saveFirst);
    Q_EMIT stateChanged();
}

void RunSession::endByForce() {
    if (run_) run_->end_by_force();
}

bool RunSession::leave() {
    if (!run_ || !run_->leave()) return false;
    timer_.stop();
    run_.reset();
    silentSeconds_ = 0;
    Q_EMIT stateChanged();
    return true;
}

void RunSession::watchSilence() {
    const double silence = run_->silence();
    const int seconds = silence > longSilence ? static_cast<int>(silence) : 0;
    if (std::exchange(silentSeconds_, seconds) != seconds) Q_EMIT stateChanged();
}

void RunSession::note(const Message& message) {
    if (const auto* facts = std::get_if<RunFacts>(&message)) {
        facts_ = *facts;
        timeLeft_.note(*facts);
    }
    if (const auto* progress = std::get_if<Progress>(&message)) {
        progress_ = *progress;
        timeLeft_.note(*progress, now());
    }
    // One that is told again, since it has become the best or was found at a resume, was not written now.
    if (const auto* saved = std::get_if<CheckpointSaved>(&message);
        saved && saved->seconds > 0 && saved->step != savedStep_) {
        savedStep_ = saved->step;
        checkpointTimer_.restart();
    }
    if (const auto* row = std::get_if<MetricRow>(&message)) {
        lastRow_ = *row;
        timeLeft_.note(*row);
    }
}

void RunSession::drain() {
    Delivery delivery;
    run_->drain(delivery);
    watchSilence();
    for (const Message& message : delivery.messages) note(message);
    // Once, however often the phase changed: small runs evaluate faster than a page can be drawn.
    if (std::any_of(delivery.messages.begin(), delivery.messages.end(),
                    [](const Message& message) { return std::holds_alternative<Progress>(message); }))
        Q_EMIT stateChanged();
    if (!delivery.messages.empty()) Q_EMIT delivered(delivery.messages);
    if (!delivery.ended) return;
    timer_.stop();
    run_.reset();  // its last row is committed by now
    silentSeconds_ = 0;
    Q_EMIT ended(*delivery.ended);
    Q_EMIT stateChanged();
}

double RunSession::now() const {
    constexpr double thousand = 1000;
    return static_cast<double>(clock_.elapsed()) / thousand;
}

double RunSession::fraction() const {
    if (!run_) return -1;
    const double done = timeLeft_.fraction();
    if (done >= 0) return done;
    return progress_.phase == "training" ? progress_.fraction : -1;
}

double RunSession::shownFraction() const {
    const double done = fraction();
    const bool besideSteps = done < 0 || done >= 1;
    return besideSteps && progress_.phase != "training" ? progress_.fraction : done;
}

double RunSession::secondsLeft() const {
    return run_ ? timeLeft_.seconds(now()) : -1;
}

double RunSession::checkpointAge() const {
    return checkpointTimer_.isValid() ? static_cast<double>(checkpointTimer_.elapsed()) / 1000.0 : -1;
}

}  // namespace gw::ui
