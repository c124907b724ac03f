#include "ui/pages/datasets_page.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMessageBox>
#include <QMimeData>
#include <QScrollArea>

#include "spec/run_spec.h"
#include "ui/background.h"
#include "ui/forms/section_form.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/widgets/curation/curation_view.h"
#include "ui/widgets/curation/step_list.h"

namespace gw::ui {

namespace {

const Family& dataFamily() {
    static const Family family{"data", curation_data_sheet().card.title, "", {&curation_data_sheet()}, /*single=*/true};
    return family;
}

constexpr std::size_t shownSamples = 12;

}  // namespace

DatasetsPage::DatasetsPage(Workbench& workbench, QWidget* parent) : Page(workbench, tr("Datasets"), parent) {
    setAcceptDrops(true);
    askFolder = [this] {
        return QFileDialog::getSaveFileName(this, tr("Folder of the curated dataset"), QStringLiteral("curated"), {},
                                            nullptr, QFileDialog::DontConfirmOverwrite);
    };
    askReplace = [this](const QString& folder) {
        return QMessageBox::question(this, tr("Datasets"),
                                     tr("%1 holds an earlier result. Write it anew?").arg(folder)) == QMessageBox::Yes;
    };
    makeTitleRow();
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(makeContent());
    content()->addWidget(area, 1);
    constexpr int delay = 600;  // ms after the last edit
    timer_.setSingleShot(true);
    timer_.setInterval(delay);
    connect(&timer_, &QTimer::timeout, this, &DatasetsPage::look);
    connect(data_, &SectionForm::edited, this, [this] {
        written_ = nullptr;
        counts_->clear();
        stop_.request_stop();
        timer_.start();
        showState();
    });
    connect(steps_, &StepList::edited, this, [this] {
        written_ = nullptr;
        if (working_ && counting_) stop_.request_stop();
        counts_->clear();
        showState();
    });
    steps_->setSteps(preset_steps(curation_presets().front()));
    showState();
}

void DatasetsPage::makeTitleRow() {
    auto button = [&](const QString& text, const QString& tip, const char* name, auto act) {
        auto* made = new QPushButton(text);
        made->setToolTip(tip);
        made->setObjectName(QLatin1String(name));
        connect(made, &QPushButton::clicked, this, act);
        titleRow()->addWidget(made);
        return made;
    };
    start_ = button(tr("Start a run with it"), tr("Set up a run that learns from the dataset that was written"),
                    "datasets.start", [this] {
                        this->workbench().newRun({{"dataset", written_}});
                    });
    preview_ = button(tr("Preview counts"), tr("Take the text through all steps and write nothing"), "datasets.preview",
                      [this] { previewCounts(); });
    write_ =
        button(tr("Write dataset…"), tr("Take the text through all steps and write what is left into a new folder"),
               "datasets.write", [this] { write(); });
    write_->setProperty("primary", true);
}

QWidget* DatasetsPage::makeContent() {
    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    constexpr int gap = 12;
    column->setContentsMargins(0, 0, gap, 0);
    column->setSpacing(gap);
    data_ = new SectionForm(dataFamily());
    data_->setSection(curation_data_sheet().complete(Json::object()));
    column->addWidget(data_);
    auto* row = new QHBoxLayout;
    look_ = new QPushButton(tr("Look at it"));
    look_->setToolTip(tr("Read through the text: how much there is, in which scripts, and how much of it twice"));
    look_->setObjectName(QStringLiteral("datasets.look"));
    connect(look_, &QPushButton::clicked, this, &DatasetsPage::look);
    cancel_ = new QPushButton(tr("Cancel"));
    cancel_->setObjectName(QStringLiteral("datasets.cancel"));
    connect(cancel_, &QPushButton::clicked, this, [this] { stop_.request_stop(); });
    bar_ = new QProgressBar;
    constexpr int whole = 100, barWidth = 160;
    bar_->setRange(0, whole);
    bar_->setTextVisible(false);
    bar_->setFixedWidth(barWidth);
    bar_->setAccessibleName(tr("How far the reading is"));
    state_ = label({});
    state_->setObjectName(QStringLiteral("datasets.state"));
    state_->setWordWrap(true);
    row->addWidget(look_);
    row->addWidget(cancel_);
    row->addWidget(bar_);
    row->addWidget(state_, 1);
    column->addLayout(row);
    overview_ = new CurationView(/*steps=*/false);
    column->addWidget(overview_);
    column->addWidget(label(tr("Curation"), "section"));
    steps_ = new StepList;
    column->addWidget(steps_);
    counts_ = new CurationView(/*steps=*/true);
    column->addWidget(counts_);
    column->addStretch(1);
    return inside;
}

QStringList DatasetsPage::shortcuts() const {
    return {tr("Ctrl+Enter\tWrite the curated dataset; files and folders can be dropped onto the page")};
}

void DatasetsPage::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void DatasetsPage::dropEvent(QDropEvent* event) {
    Json paths = data_->section().value("paths", Json::array());
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile()) paths.push_back(ss(url.toLocalFile()));
    if (FieldEditor* editor = data_->editor("paths")) editor->change(paths);
    event->acceptProposedAction();
}

CurationRequest DatasetsPage::request(std::vector<Json> steps) const {
    CurationRequest out;
    out.plan.data = data_->section();
    out.plan.steps = std::move(steps);
    out.samples = shownSamples;
    return out;
}

void DatasetsPage::look() {
    timer_.stop();
    if (!curation_data_sheet().check(data_->section(), "data").empty()) return showState();
    overview_->clear();
    carryOut(request(preset_steps("overview")), tr("Looking at the text"), overview_);
}

void DatasetsPage::previewCounts() {
    counts_->clear();
    carryOut(request(steps_->steps()), tr("Counting"), counts_);
}

void DatasetsPage::write() {
    const QString folder = askFolder();
    if (folder.isEmpty()) return;
    CurationRequest asked = request(steps_->steps());
    asked.out = ss(folder);
    std::error_code ignored;
    if (fs::exists(asked.out / "curation.json", ignored)) {
        if (!askReplace(folder)) return;
        asked.replace = true;
    }
    counts_->clear();
    carryOut(std::move(asked), tr("Writing"), counts_);
}

void DatasetsPage::carryOut(CurationRequest asked, const QString& doing, CurationView* view) {
    stop_.request_stop();
    stop_ = std::stop_source();
    working_ = true;
    bar_->setValue(0);
    state_->setProperty("look", QVariant());
    state_->setText(doing + QStringLiteral("…"));
    showState();
    const auto tell = [this](const std::string&, double done) {
        if (working_ && done >= 0) bar_->setValue(static_cast<int>(done * bar_->maximum()));
    };
    asked.stop = stop_.get_token();
    asked.progress = progressInWindow(this, stop_.get_token(), tell);
    const bool writes = !asked.out.empty();
    counting_ = view == counts_ && !writes;
    inBackground(
        this, [asked = std::move(asked)] { return curate(asked); },
        // A newer one has a token of its own; what was cancelled by hand is said.
        [this, view, writes, mine = stop_.get_token()](const Result<CurationReport>& report) {
            if (mine != stop_.get_token()) return;
            if (report && !writes && mine.stop_requested())
                return show(Error{Error::Code::cancelled, "Cancelled", "", {}}, view, false);
            show(report, view, writes);
        });
}

void DatasetsPage::show(const Result<CurationReport>& report, CurationView* view, bool written) {
    working_ = false;
    if (!report) {
        state_->setText(report.error().code == Error::Code::cancelled ? tr("Cancelled") : errorText(report.error()));
        return showState();
    }
    state_->clear();
    view->setReport(report.value());
    if (written) {
        written_ = report.value().dataset;
        state_->setText(tr("Written: %1, %2")
                            .arg(plural(report.value().left(), tr("1 document"), tr("%1 documents")),
                                 qs(report.value().file.string())));
    } else if (view == counts_) {
        state_->setText(tr("%1 of %2 documents would be left")
                            .arg(countText(report.value().left()), countText(report.value().documents)));
    }
    showState();
}

void DatasetsPage::showState() {
    const schema::Problems problems = curation_data_sheet().check(data_->section(), "data");
    data_->setProblems(problems);
    const bool may = problems.empty() && steps_->isSound() && !working_;
    look_->setEnabled(problems.empty() && !working_);
    preview_->setEnabled(may);
    write_->setEnabled(may);
    start_->setEnabled(!written_.is_null() && !working_);
    for (QWidget* one : {static_cast<QWidget*>(cancel_), static_cast<QWidget*>(bar_)}) one->setVisible(working_);
    if (state_->text().isEmpty() && !problems.empty())
        state_->setText(tr("Choose text above, or drop files and folders here."));
}

}  // namespace gw::ui
