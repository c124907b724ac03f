#include "ui/widgets/run/looks_panel.h"

#include <QCoreApplication>
#include <QVBoxLayout>

#include "ui/background.h"
#include "ui/page.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"
#include "ui/widgets/run/picture_strip.h"
#include "workspace/models/model_choice.h"

namespace gw::ui {

namespace {

bool readsPictures(const Json& spec) {
    return spec.is_object() && specCountsImages(spec);
}

QString lookTitle(LookKind kind) {
    switch (kind) {
        case LookKind::filters:
            return LooksPanel::tr("First filters");
        case LookKind::attention:
            return LooksPanel::tr("Where it looks");
        case LookKind::redrawn:
            return LooksPanel::tr("What it draws again");
        case LookKind::captions:
            return LooksPanel::tr("Nearest captions");
        case LookKind::neighbours:
            break;
    }
    return LooksPanel::tr("Nearest pictures");
}

QString lookMeaning(LookKind kind, const PictureLooks& looks) {
    switch (kind) {
        case LookKind::filters:
            return LooksPanel::tr(
                "What the first convolution answers to, each filter from its least value in black to its greatest in "
                "white. Where it reads neither one channel nor three: the mean of its channels.");
        case LookKind::attention:
            return LooksPanel::tr(
                "Bright where the last layer looks, by the mean over its heads: the brightest patch "
                "is looked at most.");
        case LookKind::redrawn:
            return LooksPanel::tr("What is seen of the picture, what the model draws of it, and the truth.");
        case LookKind::captions:
            return LooksPanel::tr("Captions of %1 held-out pictures by their likeness to the picture, 1 the most.")
                .arg(countText(looks.compared));
        case LookKind::neighbours:
            break;
    }
    return LooksPanel::tr("Of %1 held-out pictures those with the most like features, by their cosine, 1 the most.")
        .arg(countText(looks.compared));
}

QString likenessText(double likeness) {
    constexpr int digits = 2;
    return QString::number(likeness, 'f', digits);
}

PictureStrip::Entry lookEntry(const LookedPicture& picture, LookKind kind) {
    const QString place =
        picture.document < 0 ? QString() : LooksPanel::tr("number %1 of the data").arg(countText(picture.document));
    const QString name = !picture.truth.empty() ? qs(picture.truth) : countText(picture.document);
    QString caption = name;
    switch (picture.role) {
        case LookedPicture::Role::filter:
            caption = countText(picture.number);
            break;
        case LookedPicture::Role::attention:
            caption = LooksPanel::tr("looked at");
            break;
        case LookedPicture::Role::seen:
            caption = LooksPanel::tr("seen");
            break;
        case LookedPicture::Role::filled_in:
            caption = LooksPanel::tr("drawn");
            break;
        case LookedPicture::Role::original:
            if (kind == LookKind::redrawn) caption = LooksPanel::tr("truth");
            break;
        case LookedPicture::Role::neighbour:
            caption = likenessText(picture.likeness) + QStringLiteral(" · ") + name;
            break;
    }
    PictureStrip::Entry entry;
    entry.picture = picture.picture;
    entry.caption = caption;
    entry.tip = place;
    return entry;
}

QLabel* captionLines(const LookRow& row) {
    QStringList lines;
    for (const LookedCaption& caption : row.captions) {
        const QString line = likenessText(caption.likeness) + QStringLiteral("  ") + qs(caption.text).simplified();
        lines << (caption.own ? LooksPanel::tr("%1 (its own)").arg(line) : line);
    }
    QLabel* words = label(lines.join(QLatin1Char('\n')));
    words->setTextFormat(Qt::PlainText);  // whatever stands in the data
    words->setWordWrap(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return words;
}

}  // namespace

LooksPanel::LooksPanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    bar_ = new ReadingBar(tr("Stop looking"));
    again_ = bar_->addButton(tr("Look again"), tr("Look at the weights that the run stands for by now"));
    column->addWidget(bar_);
    area_ = new QScrollArea;
    area_->setWidgetResizable(true);
    area_->setFrameShape(QFrame::NoFrame);
    area_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(area_, 1);
    column->addStretch(0);  // without pictures the words stand at the top
    connect(again_, &QPushButton::clicked, this, &LooksPanel::readAgain);
    forget();
}

void LooksPanel::setRun(const RunRecord& run) {
    const bool other = run.id != run_.id;
    run_ = run;
    if (other) forget();
}

void LooksPanel::forget() {
    bar_->drop();
    looks_.reset();
    clearGroups();
    bar_->say(readsPictures(run_.spec)
                  ? tr("Press Look again to see what the network has learnt of pictures.")
                  : tr("A run on pictures shows here what it has learnt to see: its first filters, where it "
                       "looks, and what it takes for alike. This one reads text. Choose a run on pictures, or "
                       "begin one on the New run page."));
    end();
}

void LooksPanel::clearGroups() {
    auto* inner = new QWidget;
    inner->setObjectName(QStringLiteral("scrolled"));
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    area_->setWidget(inner);  // which deletes what was there
}

void LooksPanel::end() {
    bar_->end();
    again_->setEnabled(readsPictures(run_.spec));
    area_->setVisible(looks_ != nullptr);
}

void LooksPanel::read() {
    if (!looks_ && !bar_->busy()) readAgain();
}

void LooksPanel::readAgain() {
    if (run_.id.empty() || !readsPictures(run_.spec)) return;
    forget();
    bar_->begin(tr("Reading the data…"));
    again_->setEnabled(false);
    using Found = std::shared_ptr<const PictureLooks>;
    inBackground(
        this,
        [workspace = workbench_.workspace(), run = run_, progress = bar_->told(),
         stop = bar_->stop().get_token()]() -> Result<Found> {
            const auto model = model_of_run(workspace, run);
            if (!model) return model.error();
            LooksRequest request{model.value().checkpoint, workspace.cache(), progress, stop};
            auto found = look_at_pictures(request);
            if (!found) return found.error();
            return std::make_shared<const PictureLooks>(std::move(found).value());
        },
        [this, stop = bar_->stop()](Result<Found> found) {
            if (stop != bar_->stop()) return;  // something else was asked for meanwhile
            end();
            if (!found) return bar_->sayWhy(found.error());
            showFound(std::move(found).value());
        });
}

void LooksPanel::showFound(std::shared_ptr<const PictureLooks> looks) {
    looks_ = std::move(looks);
    clearGroups();
    QStringList said{tr("Held-out pictures, by the weights of step %1.").arg(countText(looks_->step))};
    for (const LookKind kind : look_kinds) {
        if (const Look* look = looks_->look(kind))
            addGroup(*look);
        else if (kind == LookKind::filters || kind == LookKind::attention)
            said << QCoreApplication::translate("Core", PictureLooks::none_because(kind).c_str()) + QLatin1Char('.');
    }
    qobject_cast<QVBoxLayout*>(area_->widget()->layout())->addStretch(1);
    bar_->say(said.join(QLatin1Char(' ')));
    end();
}

void LooksPanel::addGroup(const Look& look) {
    auto* column = qobject_cast<QVBoxLayout*>(area_->widget()->layout());
    const QString title = lookTitle(look.kind);
    column->addWidget(label(title, "section"));
    QLabel* meaning = label(lookMeaning(look.kind, *looks_), "muted");
    meaning->setWordWrap(true);
    column->addWidget(meaning);
    for (const LookRow& row : look.rows) {
        const LookedPicture& first = row.pictures.front();
        auto* strip = new PictureStrip(
            first.document < 0 ? title : tr("%1: number %2 of the data").arg(title, countText(first.document)));
        strip->setWhole(true);
        std::vector<PictureStrip::Entry> entries;
        for (const LookedPicture& picture : row.pictures) entries.push_back(lookEntry(picture, look.kind));
        strip->setEntries(entries);
        if (row.captions.empty()) {
            column->addWidget(strip);
            continue;
        }
        strip->setFixedWidth(strip->gridSize().width() + 4 * strip->frameWidth());
        auto* line = new QHBoxLayout;
        line->addWidget(strip, 0, Qt::AlignTop);
        line->addWidget(captionLines(row), 1);
        column->addLayout(line);
    }
}

}  // namespace gw::ui
