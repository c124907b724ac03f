#include "ui/widgets/run/embedding_panel.h"

#include <QVBoxLayout>
#include <algorithm>

#include "study/independent.h"
#include "ui/background.h"
#include "ui/page.h"
#include "ui/shell/theme.h"
#include "ui/texts/text.h"
#include "ui/texts/unit_text.h"
#include "ui/widgets/run/picture_strip.h"
#include "ui/widgets/small_choice.h"
#include "workspace/models/model_choice.h"

namespace gw::ui {

namespace {

constexpr int thumbnailSide = 112;                    // px
const QString outlying = QStringLiteral("outliers");  // a choice of colours beside the methods of clusters

/// Magnified by a whole factor, so that the pixels of a small picture stay crisp.
QPixmap thumbnail(const PictureCopy& picture) {
    const QImage image = imageOf(picture);
    if (image.isNull()) return {};
    const int longest = std::max(image.width(), image.height()), factor = std::max(1, thumbnailSide / longest);
    return QPixmap::fromImage(
        longest > thumbnailSide
            ? image.scaled(thumbnailSide, thumbnailSide, Qt::KeepAspectRatio, Qt::SmoothTransformation)
            : image.scaled(image.size() * factor, Qt::KeepAspectRatio, Qt::FastTransformation));
}

/// Whether each row of its data is one thing, such as a picture or a row of a table, and no text.
bool hasValues(const Json& spec) {
    return spec.is_object() && unitOfSpec(spec) != Unit::tokens;
}

/// Whether its data has rows: such, or labelled texts.
bool hasRows(const Json& spec) {
    return hasValues(spec) || (spec.is_object() && isLabelled(spec.value("dataset", Json())));
}

}  // namespace

EmbeddingPanel::EmbeddingPanel(Workbench& workbench, QWidget* parent) : QWidget(parent), workbench_(workbench) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    bar_ = new ReadingBar(tr("Stop reading or placing the rows"));
    part_ = smallChoice(tr("Part of the data"), {});
    part_->addItem(tr("Validation"), QStringLiteral("validation"));
    part_->addItem(tr("Test"), QStringLiteral("test"));
    part_->addItem(tr("Training"), QStringLiteral("train"));
    bar_->add(part_);
    features_ =
        smallChoice(tr("Features"), {},
                    tr("What tells the rows apart: what the model has learnt of them, or their own values, such "
                       "as pixels. What the second shows already, the model need not have learnt"));
    features_->addItem(tr("What the model sees"), false);
    features_->addItem(tr("The data itself"), true);
    bar_->add(features_);
    components_ =
        bar_->addButton(tr("PCA"), tr("Place the rows by the two directions in which their features differ most"));
    independence_ = bar_->addButton(tr("ICA"), tr("Place the rows by the two of their independent components that "
                                                  "are the least like a bell curve"));
    neighbours_ =
        bar_->addButton(tr("t-SNE"), tr("Place the rows so that those with like features lie near one another; takes "
                                        "seconds, with many rows a minute"));
    colour_ =
        smallChoice(tr("Colour of the dots"), {},
                    tr("Clusters are found by the features alone, without the labels: where both agree, the model "
                       "has learnt by itself what tells the classes apart"));
    colour_->addItem(tr("By label"), QString());
    colour_->addItem(tr("By cluster (k-means)"), QStringLiteral("kmeans"));
    colour_->addItem(tr("By cluster (mixture)"), QStringLiteral("mixture"));
    colour_->addItem(tr("By cluster (Ward)"), QStringLiteral("ward"));
    colour_->addItem(tr("By cluster (average linkage)"), QStringLiteral("average"));
    colour_->addItem(tr("Rows that stand apart"), outlying);
    bar_->add(colour_);
    column->addWidget(bar_);
    scatter_ = new PointScatter;
    scatter_->setAccessibleName(
        tr("Features of the rows as dots: the arrow keys go from dot to dot, Page Up and Page Down from row to row"));
    column->addWidget(scatter_, 1);
    beside_ = new QWidget;
    auto* line = new QHBoxLayout(beside_);
    line->setContentsMargins(0, 0, 0, 0);
    picture_ = new QLabel;
    picture_->setAccessibleName(tr("Picture of the dot"));
    picture_->setFixedSize(thumbnailSide, thumbnailSide);
    picture_->setAlignment(Qt::AlignCenter);
    line->addWidget(picture_);
    details_ = new QTextBrowser;
    details_->setAccessibleName(tr("Row of the dot"));
    details_->setFrameShape(QFrame::NoFrame);
    details_->setFixedHeight(thumbnailSide);
    line->addWidget(details_, 1);
    column->addWidget(beside_);
    column->addStretch(0);  // where no dots are shown the words stand at the top
    connect(part_, &QComboBox::currentIndexChanged, this, &EmbeddingPanel::readAgain);
    connect(features_, &QComboBox::currentIndexChanged, this, &EmbeddingPanel::readAgain);
    connect(colour_, &QComboBox::currentIndexChanged, this, &EmbeddingPanel::colourAnew);
    connect(components_, &QPushButton::clicked, this, &EmbeddingPanel::showComponents);
    connect(independence_, &QPushButton::clicked, this, &EmbeddingPanel::placeByIndependence);
    connect(neighbours_, &QPushButton::clicked, this, &EmbeddingPanel::placeByNeighbours);
    connect(scatter_, &PointScatter::currentChanged, this, &EmbeddingPanel::showRow);
    connect(&Theme::instance(), &Theme::changed, this, [this] { showRow(scatter_->current()); });
    forget();
}

void EmbeddingPanel::setRun(const RunRecord& run) {
    const bool other = run.id != run_.id;
    run_ = run;
    if (other) forget();
}

void EmbeddingPanel::forget() {
    bar_->drop();
    embedding_.reset();
    byComponents_.reset();
    byIndependence_.reset();
    byNeighbours_.reset();
    outliers_.reset();
    shown_ = nullptr;
    clusters_.clear();
    readAt_ = -1;
    scatter_->setPoints({}, {}, {});
    bar_->say(hasRows(run_.spec)
                  ? tr("Press PCA to place the rows of a part by what the model has learnt of them.")
                  : tr("A run on pictures, tables, series or labelled texts shows here what it has learnt: its rows as "
                       "dots, those that it takes for alike near one another. This one learns from running "
                       "text, which has no rows."));
    end();
    showRow(-1);
}

void EmbeddingPanel::begin(const QString& what) {
    bar_->begin(what);
    for (QPushButton* one : {components_, independence_, neighbours_}) one->setEnabled(false);
    colour_->setEnabled(false);  // what is shown must not come apart from what is chosen
}

void EmbeddingPanel::end() {
    bar_->end();
    const bool rows = hasRows(run_.spec);
    part_->setEnabled(rows);
    features_->setEnabled(hasValues(run_.spec));
    components_->setEnabled(rows);
    independence_->setEnabled(rows && embedding_);
    neighbours_->setEnabled(rows && embedding_);
    colour_->setEnabled(rows);
    scatter_->setVisible(embedding_ != nullptr);
    beside_->setVisible(embedding_ != nullptr);
}

void EmbeddingPanel::read() {
    if (!embedding_ && !bar_->busy()) readAgain();
}

void EmbeddingPanel::readAgain() {
    if (run_.id.empty() || !hasRows(run_.spec)) return;
    forget();  // a part that was being read is of no use any more
    begin(tr("Reading the data…"));
    readAt_ = run_.steps;
    struct Found {
        std::shared_ptr<const Embedding> embedding;
        Plane plane;
    };
    inBackground(
        this,
        [workspace = workbench_.workspace(), run = run_, part = ss(part_->currentData().toString()),
         raw = features_->isEnabled() && features_->currentData().toBool(), progress = bar_->told(),
         stop = bar_->stop().get_token()]() -> Result<Found> {
            const auto model = model_of_run(workspace, run);
            if (!model) return model.error();
            EmbedRequest request{model.value().checkpoint};
            request.part = part;
            request.raw = raw;
            request.cache = workspace.cache();
            request.progress = progress;
            request.stop = stop;
            auto found = embed(request);
            if (!found) return found.error();
            auto embedding = std::make_shared<const Embedding>(std::move(found).value());
            Plane plane = principal_plane(*embedding);
            return Found{std::move(embedding), std::move(plane)};
        },
        [this, stop = bar_->stop()](Result<Found> found) {
            if (stop != bar_->stop()) return;  // something else was asked for meanwhile
            end();
            if (!found) return bar_->sayWhy(found.error());
            Found it = std::move(found).value();
            showFound(std::move(it.embedding), std::move(it.plane));
        });
}

void EmbeddingPanel::showFound(std::shared_ptr<const Embedding> embedding, Plane plane) {
    embedding_ = std::move(embedding);
    byIndependence_.reset();
    byNeighbours_.reset();
    clusters_.clear();
    outliers_.reset();
    byComponents_ = std::move(plane);
    end();
    drawComponents();
    if (!colour_->currentData().toString().isEmpty()) colourAnew();
}

void EmbeddingPanel::showComponents() {
    // A run that is being trained has other weights by now.
    if (!embedding_ || (readAt_ >= 0 && readAt_ != run_.steps)) return readAgain();
    drawComponents();
}

void EmbeddingPanel::drawComponents() {
    constexpr double percent = 100;
    constexpr double most = 0.9;
    QString how = tr("The plane keeps %1 % of what differs.").arg(valueText(percent * byComponents_->explained, 3));
    if (const std::int64_t directions = byComponents_->directions_for(most); directions > 2)
        how += QLatin1Char(' ') + tr("%1 directions keep 90 %.").arg(countText(directions));
    draw(*byComponents_, how);
}

void EmbeddingPanel::placeByNeighbours() {
    place(tr("Placing the rows"), tr("Near rows have like features; how far groups lie apart means little."),
          byNeighbours_, [](const Embedding& embedding, const ProgressFn& progress, std::stop_token stop) {
              return neighbour_plane(embedding, 0, progress, std::move(stop));
          });
}

void EmbeddingPanel::placeByIndependence() {
    place(tr("Placing the rows"), tr("Along each axis the rows differ in a way of its own."), byIndependence_,
          [](const Embedding& embedding, const ProgressFn& progress, std::stop_token stop) {
              return independent_plane(embedding, progress, std::move(stop));
          });
}

/// `into`: where the plane is kept once it is found.
void EmbeddingPanel::place(
    const QString& doing, const QString& how, std::optional<Plane>& into,
    const std::function<Result<Plane>(const Embedding&, const ProgressFn&, std::stop_token)>& find) {
    if (!embedding_ || bar_->busy()) return;
    const auto show = [this, how, &into] {
        const QString doubt = into->settled ? QString() : tr("The search has not come to rest: others may be as good.");
        draw(*into, doubt.isEmpty() ? how : how + QLatin1Char(' ') + doubt);
    };
    if (into) return show();
    begin(doing);
    inBackground(
        this,
        [embedding = embedding_, find, progress = bar_->told(), stop = bar_->stop().get_token()] {
            return find(*embedding, progress, stop);
        },
        [this, show, &into, stop = bar_->stop()](Result<Plane> plane) {
            if (stop != bar_->stop()) return;
            end();
            if (!plane) return bar_->sayWhy(plane.error());
            into = std::move(plane).value();
            show();
        });
}

const Clustering* EmbeddingPanel::clusters() const {
    const auto found = clusters_.find(ss(colour_->currentData().toString()));
    return found == clusters_.end() ? nullptr : &found->second;
}

void EmbeddingPanel::colourAnew() {
    if (!embedding_ || bar_->busy()) return;
    const std::string method = ss(colour_->currentData().toString());
    if (method.empty() || clusters() || outliers()) return drawAgain();
    if (colour_->currentData().toString() == outlying) return findOutliers();
    begin(tr("Sorting the rows into clusters"));
    inBackground(
        this,
        [embedding = embedding_, method, progress = bar_->told(), stop = bar_->stop().get_token()] {
            return cluster(*embedding, {.method = method, .progress = progress, .stop = stop});
        },
        [this, method, stop = bar_->stop()](Result<Clustering> found) {
            if (stop != bar_->stop()) return;
            end();
            if (!found) {
                colour_->setCurrentIndex(0);
                return bar_->sayWhy(found.error());
            }
            clusters_.insert_or_assign(method, std::move(found).value());
            drawAgain();
        });
}

const Outliers* EmbeddingPanel::outliers() const {
    return outliers_ && colour_->currentData().toString() == outlying ? &*outliers_ : nullptr;
}

void EmbeddingPanel::findOutliers() {
    begin(tr("Measuring how far the rows stand apart"));
    inBackground(
        this,
        [embedding = embedding_, progress = bar_->told(), stop = bar_->stop().get_token()] {
            return outliers_of(*embedding, 0, progress, stop);
        },
        [this, stop = bar_->stop()](Result<Outliers> found) {
            if (stop != bar_->stop()) return;
            end();
            if (!found) {
                colour_->setCurrentIndex(0);
                return bar_->sayWhy(found.error());
            }
            outliers_ = std::move(found).value();
            drawAgain();
        });
}

void EmbeddingPanel::draw(const Plane& plane, const QString& how) {
    shown_ = &plane;
    how_ = how;
    drawAgain();
}

void EmbeddingPanel::drawAgain() {
    if (!shown_) return;
    std::vector<int> groups;
    QStringList names;
    QString how = how_;
    if (const Clustering* found = clusters()) {
        groups.assign(found->of.begin(), found->of.end());
        const std::vector<std::int64_t> sizes = found->sizes();
        for (std::size_t i = 0; i < sizes.size(); ++i)
            names << tr("Cluster %1 (%2)").arg(countText(static_cast<std::int64_t>(i) + 1), countText(sizes[i]));
        constexpr int digits = 3;
        how += QLatin1Char(' ') +
               (found->adjusted_rand
                    ? tr("Silhouette %1; against the labels adjusted Rand %2.")
                          .arg(valueText(found->silhouette, digits), valueText(*found->adjusted_rand, digits))
                    : tr("Silhouette %1.").arg(valueText(found->silhouette, digits)));
    } else if (const Outliers* apart = outliers()) {
        for (const double factor : apart->factors) groups.push_back(factor >= Outliers::apart ? 1 : 0);
        const std::int64_t many = apart->count();
        names << tr("Usual (%1)").arg(countText(static_cast<std::int64_t>(groups.size()) - many))
              << tr("Apart (%1)").arg(countText(many));
    } else {
        for (const EmbeddedRow& row : embedding_->rows) groups.push_back(row.group);
        for (const std::string& name : embedding_->groups) names << qs(name);
    }
    scatter_->setPoints(shown_->points, std::move(groups), names);
    const auto rows = static_cast<std::int64_t>(embedding_->rows.size());
    const QString by =
        features_->isEnabled() && features_->currentData().toBool()
            ? tr("%1 of %2 rows, by their own values.").arg(countText(rows), countText(embedding_->part_rows))
            : tr("%1 of %2 rows, by the weights of step %3.")
                  .arg(countText(rows), countText(embedding_->part_rows), countText(embedding_->step));
    bar_->say(by + QLatin1Char(' ') + how);
    showRow(scatter_->current());
}

void EmbeddingPanel::showRow(int at) {
    const bool any = embedding_ && at >= 0 && at < static_cast<int>(embedding_->rows.size());
    const EmbeddedRow row = any ? embedding_->rows[static_cast<std::size_t>(at)] : EmbeddedRow();
    const bool ofPictures = embedding_ && !embedding_->rows.empty() && embedding_->rows.front().picture;
    picture_->setVisible(ofPictures);
    picture_->setPixmap(row.picture ? thumbnail(*row.picture) : QPixmap());
    picture_->setAccessibleDescription(qs(row.truth));
    if (!any) {
        details_->setHtml(QStringLiteral("<p style='color:%1'>%2</p>")
                              .arg(tokens().muted.name(),
                                   tr("Point at a dot, or go from dot to dot with the arrow keys, to see its row.")));
        return scatter_->setAccessibleDescription({});
    }
    QStringList lines;
    if (!row.truth.empty()) lines << QStringLiteral("<b>%1</b>").arg(qs(row.truth).toHtmlEscaped());
    if (!row.said.empty())
        lines << QStringLiteral("<span style='color:%1'>%2%3</span>")
                     .arg((row.wrong ? tokens().bad : tokens().muted).name(),
                          embedding_->kind == LabelKind::number ? QString()
                          : row.wrong                           ? QStringLiteral("✗ ")
                                                                : QStringLiteral("✓ "),
                          tr("said: %1").arg(qs(row.said).toHtmlEscaped()));
    if (const Clustering* found = clusters())
        lines << tr("Cluster %1").arg(countText(found->of[static_cast<std::size_t>(at)] + 1));
    if (const Outliers* apart = outliers())
        lines << tr("%1 times as thinly surrounded as its neighbours")
                     .arg(valueText(apart->factors[static_cast<std::size_t>(at)], 3));
    if (!row.text.empty()) lines << qs(row.text).simplified().toHtmlEscaped();
    const QString place = row.file_row > 0 && !row.file.empty()
                              ? tr("row %1 of %2").arg(countText(row.file_row), qs(row.file))
                              : tr("number %1 of the data").arg(countText(row.document));
    lines << QStringLiteral("<span style='color:%1'>%2</span>").arg(tokens().muted.name(), place.toHtmlEscaped());
    details_->setHtml(lines.join(QStringLiteral("<br>")));
    scatter_->setAccessibleDescription(details_->toPlainText());
}

}  // namespace gw::ui
