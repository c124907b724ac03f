#include "ui/widgets/run/lineage_view.h"

#include <QPainter>
#include <QPainterPath>
#include <functional>

#include "spec/run_spec.h"
#include "ui/background.h"
#include "ui/page.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/metric_text.h"
#include "ui/texts/plain_tip.h"
#include "ui/texts/text.h"
#include "ui/widgets/run_delegates.h"

namespace gw::ui {

namespace {

constexpr int boxWidth = 200, boxHeight = 46, between = 96, below = 12, margin = 12;
/// More would be no picture; the rest is told of in words.
constexpr std::size_t mostShown = 400;

/// Where the boxes lie, and the lines between them.
class Canvas final : public QWidget {
  public:
    const std::vector<LineageNode>* nodes = nullptr;
    const std::vector<QPushButton*>* buttons = nullptr;

  protected:
    void paintEvent(QPaintEvent*) override {
        if (!nodes) return;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setFont(Theme::smallFont());
        for (std::size_t i = 0; i < buttons->size(); ++i) {
            const QPushButton* parent = parentOf(i);
            if (!parent) continue;
            const QRect to = (*buttons)[i]->geometry(), from = parent->geometry();
            const QPointF begin(from.right() + 1, from.center().y() + 0.5), end(to.left(), to.center().y() + 0.5);
            const double middle = (begin.x() + end.x()) / 2;
            QPainterPath path(begin);
            path.cubicTo({middle, begin.y()}, {middle, end.y()}, end);
            painter.setPen(QPen(tokens().lineStrong, 1.5));
            painter.drawPath(path);
            if (!(*nodes)[i].from_step) continue;
            const QString step = countText(*(*nodes)[i].from_step);
            constexpr int gap = 6, sides = 3;
            const QRect size = painter.fontMetrics().boundingRect(step);
            const QRectF place(end.x() - gap - size.width() - 2 * sides, end.y() - size.height() / 2.0,
                               size.width() + 2 * sides, size.height());
            painter.fillRect(place, tokens().window);  // no line runs through the number
            painter.setPen(tokens().muted);
            painter.drawText(place, Qt::AlignCenter, step);
        }
    }

  private:
    const QPushButton* parentOf(std::size_t child) const {
        for (std::size_t i = child; i-- > 0;)
            if ((*nodes)[i].run.id == (*nodes)[child].run.parent) return (*buttons)[i];
        return nullptr;
    }
};

}  // namespace

LineageView::LineageView(Workbench& workbench, QWidget* parent)
    : QScrollArea(parent), workbench_(workbench), canvas_(new Canvas) {
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setWidget(canvas_);
    connect(&Theme::instance(), &Theme::changed, canvas_, qOverload<>(&QWidget::update));
    connect(&workbench_, &Workbench::historyChanged, this, [this] {
        if (isVisible()) setRun(run_);
    });
}

void LineageView::setRun(const std::string& id) {
    run_ = id;
    if (id.empty()) return show({});
    inBackground(
        this,
        [workspace = workbench_.workspace(), id]() -> Result<std::vector<LineageNode>> {
            const auto store = workspace.store(Store::Mode::read_only);
            return store ? family_of(store.value(), id) : Result<std::vector<LineageNode>>(store.error());
        },
        [this, id](Result<std::vector<LineageNode>> found) {
            if (id != run_) return;
            show(found ? std::move(found).value() : std::vector<LineageNode>());
        });
}

QPushButton* LineageView::makeButton(const LineageNode& node) {
    const RunRecord& run = node.run;
    const std::string kind = run.spec.value("objective", Json::object()).value("kind", "");
    const Sheet* objective = find_sheet("objective", kind);
    auto* button = new QPushButton(canvas_);
    button->setProperty("look", QStringLiteral("box"));
    button->setCheckable(true);
    button->setChecked(run.id == run_);
    button->setFixedSize(boxWidth, boxHeight);
    const QString name = qs(run.name), what = objective ? sheetText(objective->card.title) : qs(kind);
    constexpr int sides = 20;
    const QFontMetrics metrics(button->font());
    button->setText(shortName(name, metrics, boxWidth - sides) + QLatin1Char('\n') +
                    metrics.elidedText(!run.score ? what
                                       : main_metric_of(run) == "loss"
                                           ? tr("%1 · loss %2").arg(what, valueText(run.score))
                                           : QStringLiteral("%1 · %2").arg(what, scoreText(run, run.score)),
                                       Qt::ElideRight, boxWidth - sides));
    const QString from =
        node.from_step ? tr("began from step %1").arg(countText(*node.from_step)) : tr("began from scratch");
    button->setToolTip(plainTip(name + QLatin1Char('\n') + from));
    button->setAccessibleName(tr("Run %1, %2").arg(name, from));
    connect(button, &QPushButton::clicked, this, [this, button, id = run.id] {
        button->setChecked(id == run_);  // the mark says whose family this is, not what was pressed
        workbench_.openRun(qs(id));
    });
    return button;
}

void LineageView::show(std::vector<LineageNode> nodes) {
    for (QPushButton* old : buttons_) old->deleteLater();
    buttons_.clear();
    if (nodes.size() > mostShown) nodes.resize(mostShown);
    nodes_ = std::move(nodes);
    for (const LineageNode& node : nodes_) buttons_.push_back(makeButton(node));

    // A run stands beside the middle of its children; those without children stand one below the other.
    std::vector<int> middle(nodes_.size());
    int next = margin;
    int deepest = 0;
    const std::function<std::size_t(std::size_t)> place = [&](std::size_t at) {
        const int generation = nodes_[at].generation;
        deepest = std::max(deepest, generation);
        std::size_t child = at + 1, last = at;
        int first = 0, end = 0;
        while (child < nodes_.size() && nodes_[child].generation > generation) {
            const std::size_t behind = place(child);
            if (last == at) first = middle[child];
            end = middle[child];
            last = child;
            child = behind;
        }
        if (last == at) {
            middle[at] = next + boxHeight / 2;
            next += boxHeight + below;
        } else {
            middle[at] = (first + end) / 2;
        }
        buttons_[at]->move(margin + generation * (boxWidth + between), middle[at] - boxHeight / 2);
        buttons_[at]->show();
        return child;
    };
    if (!nodes_.empty()) place(0);
    auto* canvas = static_cast<Canvas*>(canvas_);
    canvas->nodes = &nodes_;
    canvas->buttons = &buttons_;
    canvas->resize(2 * margin + (deepest + 1) * boxWidth + deepest * between, next + margin);
    canvas->update();
    for (QPushButton* button : buttons_)
        if (button->isChecked()) ensureWidgetVisible(button);
}

}  // namespace gw::ui
