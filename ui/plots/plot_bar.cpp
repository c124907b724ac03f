#include "ui/plots/plot_bar.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QStandardItemModel>
#include <algorithm>

#include "ui/background.h"
#include "ui/plots/linked_plots.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/small_choice.h"

namespace gw::ui {

namespace {
constexpr int rememberAfter = 400;  // ms without another change
}  // namespace

PlotBar::PlotBar(Workbench& workbench, LinkedPlots& plots, QWidget* parent)
    : QWidget(parent), workbench_(workbench), plots_(plots) {
    auto* row = new FlowLayout(this);
    auto choice = [&](const QString& name, const QStringList& items, const QString& tip, auto action) {
        QComboBox* box = smallChoice(name, items, tip);
        row->addWidget(box);
        connect(box, &QComboBox::activated, this, action);
        return box;
    };
    auto toggle = [&](const QString& text, const QString& tip, auto action) {
        auto* made = new QPushButton(text);
        made->setProperty("look", QStringLiteral("small"));
        made->setCheckable(true);
        made->setToolTip(tip);
        row->addWidget(made);
        connect(made, &QPushButton::clicked, this, action);
        return made;
    };
    QStringList axes;
    for (const XName& name : x_names()) axes << axisText(name.kind, Unit::tokens);
    x_ = choice(tr("Across"), axes, tr("What the x axis counts (X)"), [this](int index) { chooseAxis(index); });
    QStringList smooth{tr("No smoothing")};
    for (std::size_t i = 1; i < std::size(windows); ++i) smooth << tr("Mean of %1 steps").arg(windows[i]);
    smoothing_ = choice(tr("Smoothing"), smooth,
                        tr("Moving mean over about so many steps; the raw curve stays behind it ([ and ])"),
                        [this](int index) { plots_.setWindow(windows[index]); });
    row->addGap();
    logY_ = toggle(tr("Log y"), tr("Logarithmic values (L)"), [this](bool on) { plots_.setLogY(on); });
    logX_ = toggle(tr("Log x"), tr("Logarithmic x axis (Shift+L)"), [this](bool on) { plots_.setLogX(on); });
    follow_ = toggle(tr("Follow"), tr("Keep the newest steps in view (F)"), [this](bool on) { plots_.setFollow(on); });
    auto* all = new QPushButton(tr("Show all"));
    all->setProperty("look", QStringLiteral("small"));
    all->setToolTip(tr(
        "The whole run (R or double click). Wheel: zoom along x; Shift and wheel: zoom one plot along y; drag: move"));
    connect(all, &QPushButton::clicked, this, [this] { plots_.showAll(); });
    row->addWidget(all);
    later_.setInterval(rememberAfter);
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, &PlotBar::remember);
    connect(&plots_, &LinkedPlots::viewChanged, this, &PlotBar::noteView);
    showView();
}

PlotBar::~PlotBar() {
    if (!later_.isActive() || workbench_.readOnly()) return;
    // Nobody is left to tell of an error: what is lost is a zoom.
    if (auto store = workbench_.workspace().store()) (void)store.value().set_saved({"view", "run", toJson(view_), ""});
}

void PlotBar::restore() {
    restored_ = true;
    if (auto store = workbench_.workspace().store(Store::Mode::read_only))
        if (const auto views = store.value().saved("view"))
            for (const SavedRecord& saved : views.value())
                if (saved.name == "run") view_ = plotView(saved.body);
    if (std::find(std::begin(windows), std::end(windows), view_.window) == std::end(windows))
        view_.window = PlotView().window;
    restoring_ = true;
    plots_.setX(view_.x);
    plots_.setWindow(view_.window);
    plots_.setLogX(view_.logX);
    plots_.setLogY(view_.logY);
    restoring_ = false;
    showView();
}

void PlotBar::setRun(const RunRecord& run) {
    if (!restored_) restore();
    auto* items = qobject_cast<QStandardItemModel*>(x_->model());
    for (std::size_t i = 0; i < x_names().size(); ++i) {
        const auto at = static_cast<int>(i);
        const std::string why = plots_.scale().why_not(x_names()[i].kind);
        x_->setItemText(at, axisText(x_names()[i].kind, unitOf(run)));
        x_->setItemData(at, why.empty() ? QString() : QCoreApplication::translate("Core", why.c_str()),
                        Qt::ToolTipRole);
        if (items) items->item(at)->setEnabled(why.empty());
    }
    run_ = run.id;
    restoring_ = true;
    if (const auto zoom = view_.zoom(run_); zoom && !plots_.zoom() && !plots_.follow())
        plots_.setZoom(zoom->first, zoom->second);
    restoring_ = false;
    showView();
}

void PlotBar::chooseAxis(int index) {
    plots_.setX(x_names()[static_cast<std::size_t>(index)].kind);
    showView();
}

void PlotBar::showView() {
    for (std::size_t i = 0; i < x_names().size(); ++i)
        if (x_names()[i].kind == plots_.x()) x_->setCurrentIndex(static_cast<int>(i));
    for (std::size_t i = 0; i < std::size(windows); ++i)
        if (windows[i] == plots_.window()) smoothing_->setCurrentIndex(static_cast<int>(i));
    follow_->setChecked(plots_.follow());
    logX_->setChecked(plots_.logX());
    logY_->setChecked(plots_.logY());
}

void PlotBar::noteView() {
    showView();
    if (restoring_ || run_.empty()) return;
    view_.x = plots_.x();
    view_.window = plots_.window();
    view_.logX = plots_.logX();
    view_.logY = plots_.logY();
    view_.setZoom(run_, plots_.zoom());
    later_.start();
}

void PlotBar::remember() {
    if (workbench_.readOnly()) return;
    inBackground(
        this,
        [database = workbench_.workspace().database(), body = toJson(view_)]() -> Status {
            auto store = Store::open(database);
            return store ? store.value().set_saved({"view", "run", body, ""}) : Status(store.error());
        },
        [this](const Status& kept) {
            if (!kept) workbench_.showError(kept.error());
        });
}

bool PlotBar::takesKey(const QKeyEvent& event) {
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier)) return false;
    const bool shift = event.modifiers() & Qt::ShiftModifier;
    const auto smoother = [this](int by) {
        const int to = std::clamp(smoothing_->currentIndex() + by, 0, smoothing_->count() - 1);
        plots_.setWindow(windows[to]);
    };
    switch (event.key()) {
        case Qt::Key_R:
            plots_.showAll();
            break;
        case Qt::Key_F:
            plots_.setFollow(!plots_.follow());
            break;
        case Qt::Key_L:
            shift ? plots_.setLogX(!plots_.logX()) : plots_.setLogY(!plots_.logY());
            break;
        case Qt::Key_X:
            for (int i = 1; i <= x_->count(); ++i) {
                const int next = (x_->currentIndex() + i) % x_->count();
                const XKind kind = x_names()[static_cast<std::size_t>(next)].kind;
                if (!plots_.scale().why_not(kind).empty()) continue;
                plots_.setX(kind);
                break;
            }
            break;
        case Qt::Key_BracketLeft:
            smoother(-1);
            break;
        case Qt::Key_BracketRight:
            smoother(1);
            break;
        default:
            return false;
    }
    showView();
    return true;
}

QStringList PlotBar::shortcuts() {
    return {tr("R\tShow all"), tr("F\tFollow the newest steps"), tr("L, Shift+L\tLogarithmic y, x"), tr("X\tNext axis"),
            tr("[ and ]\tLess or more smoothing")};
}

}  // namespace gw::ui
