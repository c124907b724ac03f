#include "ui/widgets/dialogs/settings_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/page.h"
#include "ui/shell/host_setting.h"
#include "ui/shell/theme.h"
#include "ui/texts/language.h"
#include "ui/texts/text.h"
#include "ui/widgets/dialogs/cost_dialog.h"

namespace gw::ui {

namespace {

constexpr int wholeWidth = 660, settingWidth = 200;

QString themeId(Theme::Mode mode) {
    return mode == Theme::Mode::light  ? QStringLiteral("light")
           : mode == Theme::Mode::dark ? QStringLiteral("dark")
                                       : QStringLiteral("system");
}

}  // namespace

SettingsDialog::SettingsDialog(Workbench& workbench, QWidget* parent) : QDialog(parent), workbench_(workbench) {
    setWindowTitle(tr("Settings of the program"));
    setMinimumWidth(wholeWidth);
    askFolder = [this] {
        return QFileDialog::getExistingDirectory(this, tr("Open a workspace"),
                                                 qs(workbench_.workspace().root().parent_path().string()));
    };
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(16);
    grid_ = new QGridLayout;
    grid_->setHorizontalSpacing(12);
    grid_->setVerticalSpacing(8);
    grid_->setColumnStretch(1, 1);
    column->addLayout(grid_);
    addWorkspace();
    addTraining();
    addCost();
    addLooks();
    addRemembered();
    column->addStretch(1);
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&workbench_.session(), &RunSession::stateChanged, this, &SettingsDialog::showState);
    showState();
    // Lines that are wrapped are higher than the layout takes them for before it knows its width.
    resize(wholeWidth, std::max(sizeHint().height(), column->totalHeightForWidth(wholeWidth)));
}

void SettingsDialog::addSection(const QString& title) {
    const int row = grid_->rowCount();
    QLabel* heading = label(title, "section");
    heading->setContentsMargins(0, row > 1 ? 10 : 0, 0, 0);
    grid_->addWidget(heading, row, 0, 1, 2);
}

void SettingsDialog::addRow(const QString& name, QWidget* field, QLayout* beside) {
    const int row = grid_->rowCount();
    auto* its = label(name);
    its->setBuddy(field);
    field->setAccessibleName(name);
    grid_->addWidget(its, row, 0, Qt::AlignRight | Qt::AlignVCenter);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(field, qobject_cast<QLineEdit*>(field) ? 1 : 0);
    beside ? line->addLayout(beside) : line->addStretch(1);
    grid_->addLayout(line, row, 1);
}

void SettingsDialog::addNote(QLabel* note) {
    note->setWordWrap(true);
    grid_->addWidget(note, grid_->rowCount(), 1);
}

QComboBox* SettingsDialog::addChoice(const QString& name, const char* id,
                                     const QList<std::pair<QString, QString>>& choices) {
    auto* box = new QComboBox;
    box->setObjectName(QString::fromLatin1(id));
    box->setMinimumWidth(settingWidth);
    for (const auto& [value, title] : choices) box->addItem(title, value);
    addRow(name, box);
    return box;
}

void SettingsDialog::addWorkspace() {
    addSection(tr("Workspace"));
    const QString root = qs(workbench_.workspace().root().string());
    auto* path = new QLineEdit(root);
    path->setObjectName(QStringLiteral("settings.workspace"));
    path->setReadOnly(true);
    path->setToolTip(root);
    auto* beside = new QHBoxLayout;
    beside->setSpacing(8);
    auto button = [&](const QString& text, const char* id) {
        auto* made = new QPushButton(text);
        made->setObjectName(QString::fromLatin1(id));
        beside->addWidget(made);
        return made;
    };
    other_ = button(tr("Open another…"), "settings.open");
    usual_ = button(tr("Usual folder"), "settings.usual");
    addRow(tr("Folder"), path, beside);
    connect(other_, &QPushButton::clicked, this, [this] {
        const QString folder = askFolder();
        if (folder.isEmpty()) return;
        accept();
        Q_EMIT workspaceWanted(folder);
    });
    connect(usual_, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT workspaceWanted(qs(Workspace::default_root().string()));
    });
    addNote(label(tr("Runs, their history and their checkpoints lie there. The next start opens the same folder; an "
                     "empty folder becomes a new workspace."),
                  "muted"));
    addNote(busy_ = label({}, "warning"));
}

void SettingsDialog::addTraining() {
    addSection(tr("Training"));
    auto* host = addChoice(tr("Runs are trained"), "settings.host",
                           {{QStringLiteral("auto"), tr("Apart if on a GPU")},
                            {QStringLiteral("thread"), tr("Inside this program")},
                            {QStringLiteral("process"), tr("Apart, in a process of their own")}});
    host->setCurrentIndex(static_cast<int>(chosenHost()));
    connect(host, &QComboBox::activated, this, [](int index) { chooseHost(static_cast<HostChoice>(index)); });
    auto* closing = addChoice(tr("When the window is closed"), "settings.closing",
                              {{QStringLiteral("ask"), tr("Ask what becomes of the run")},
                               {QStringLiteral("leave"), tr("Let a run that is trained apart go on")}});
    closing->setCurrentIndex(static_cast<int>(chosenAtClose()));
    connect(closing, &QComboBox::activated, this, [](int index) { chooseAtClose(static_cast<AtClose>(index)); });
    addNote(
        label(tr("Inside this program a run ends with it. Apart, a crash or a lack of memory ends the run alone, and "
                 "a run can go on without the window, which shows it again at its next start. The choice holds for "
                 "runs that begin from now on."),
              "muted"));
}

void SettingsDialog::addCost() {
    auto* cost = new QPushButton(tr("Energy, CO2 and prices…"));
    cost->setObjectName(QStringLiteral("settings.cost"));
    connect(cost, &QPushButton::clicked, this, [this] {
        auto* dialog = new CostDialog(workbench_, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    addRow(tr("Cost of runs"), cost);
}

void SettingsDialog::addLooks() {
    addSection(tr("Window"));
    theme_ = addChoice(tr("Colours"), "settings.theme",
                       {{themeId(Theme::Mode::system), tr("As the system")},
                        {themeId(Theme::Mode::light), tr("Light")},
                        {themeId(Theme::Mode::dark), tr("Dark")}});
    connect(theme_, &QComboBox::activated, this,
            [](int index) { Theme::instance().setMode(static_cast<Theme::Mode>(index)); });
    connect(&Theme::instance(), &Theme::changed, this, &SettingsDialog::showState);
    QList<std::pair<QString, QString>> languages{{QStringLiteral("system"), tr("As the system")}};
    for (const auto& one : Language::all()) languages << one;
    auto* language = addChoice(tr("Language"), "settings.language", languages);
    language->setCurrentIndex(language->findData(Language::instance().chosen()));
    connect(language, &QComboBox::activated, this, [language](int index) {
        if (!Language::instance().set(language->itemData(index).toString()))
            language->setCurrentIndex(language->findData(Language::instance().chosen()));
    });
}

void SettingsDialog::addRemembered() {
    addSection(tr("Remembered between starts"));
    addNote(label(tr("Size and place of the window, the widths of its parts and columns, and the form of New run as it "
                     "was left."),
                  "muted"));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    auto button = [&](const QString& text, const char* id, auto act) {
        auto* made = new QPushButton(text);
        made->setObjectName(QString::fromLatin1(id));
        connect(made, &QPushButton::clicked, this, act);
        row->addWidget(made);
    };
    button(tr("Forget sizes and columns"), "settings.forget", [this] { Q_EMIT layoutForgotten(); });
    button(tr("Show the tour"), "settings.tour", [this] {
        accept();
        Q_EMIT tourWanted();
    });
    row->addStretch(1);
    grid_->addLayout(row, grid_->rowCount(), 1);
}

void SettingsDialog::showState() {
    const bool training = workbench_.session().active();
    const fs::path usual = Workspace::default_root();
    other_->setEnabled(!training);
    usual_->setEnabled(!training && workbench_.workspace().root() != usual);
    usual_->setToolTip(qs(usual.string()));
    busy_->setText(training ? tr("“%1” is being trained: another workspace can be opened when it has ended.")
                                  .arg(workbench_.session().name())
                            : QString());
    busy_->setVisible(training);
    theme_->setCurrentIndex(theme_->findData(themeId(Theme::instance().mode())));
}

}  // namespace gw::ui
