#include "ui/run_session.h"

#include <algorithm>

#include "ui/text.h"

namespace gw::ui {

namespace {
constexpr int drainInterval = 33;  // ms: about 30 times a second
}

RunSession::RunSession(QObject* parent) : QObject(parent) {
    timer_.setInterval(drainInterval);
    connect(&timer_, &QTimer::timeout, this, &RunSession::drain);
}

RunSession::~RunSession() = default;

Status RunSession::launch(const Workspace& workspace, LaunchRequest request) {
    if (run_)
        return Error{Error::Code::bad_spec,
                     "A run is being trained in this window already: " + run_->name(),
                     "Stop it first, or wait for its end",
                     {}};
    auto run = LiveRun::launch(workspace, std::move(request));
    if (!run) return run.error();
    run_ = std::move(run).value();
    facts_ = {};
    progress_ = {"starting", -1, ""};
    lastRow_ = {};
    clock_.start();
    timeLeft_.begin(run_->spec());
    timeLeft_.setKnobs(run_->knobs());
    checkpointTimer_.invalidate();
    timer_.start();
    Q_EMIT started();
    Q_EMIT stateChanged();
    return {};
}

QString RunSession::id() const {
    return run_ ? qs(run_->id()) : QString();
}
QString RunSession::name() const {
    return run_ ? qs(run_->name()) : QString();
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
    if (!run_) return;
    progress_ = {"stopping", -1, ""};
    run_->stop(saveFirst);
    Q_EMIT stateChanged();
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
    if (std::get_if<CheckpointSaved>(&message)) checkpointTimer_.restart();
    if (const auto* row = std::get_if<MetricRow>(&message)) {
        lastRow_ = *row;
        timeLeft_.note(*row);
    }
}

void RunSession::drain() {
    Delivery delivery;
    run_->drain(delivery);
    for (const Message& message : delivery.messages) note(message);
    // Once, however often the phase changed: small runs evaluate faster than a page can be drawn.
    if (std::any_of(delivery.messages.begin(), delivery.messages.end(),
                    [](const Message& message) { return std::holds_alternative<Progress>(message); }))
        Q_EMIT stateChanged();
    if (!delivery.messages.empty()) Q_EMIT delivered(delivery.messages);
    if (!delivery.ended) return;
    timer_.stop();
    run_.reset();  // its last row is committed by now
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
