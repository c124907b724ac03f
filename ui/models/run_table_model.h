#pragma once
#include <QAbstractTableModel>
#include <map>
#include <set>
#include <vector>

#include "compare/cost.h"
#include "compare/run_filter.h"
#include "store/notices.h"
#include "store/store.h"
#include "ui/texts/unit_text.h"
#include "util/file_number.h"

namespace gw::ui {

/// A run as the table shows it.
struct RunRow {
    RunRecord record;
    std::vector<double> outline;       ///< of the training loss, for the sparkline
    std::uint64_t disk = 0;            ///< bytes of its checkpoints
    std::vector<Notice> notices = {};  ///< what it told that must be known, the gravest first
    RunCost cost = {};
};

/// What is new in the history since a revision, and which runs there are.
struct RunChanges {
    std::vector<RunRow> changed;
    std::vector<std::string> ids;  ///< of all runs, newest first
    int trashed = 0;               ///< runs in the trash
    FileNumber history;            ///< the file that was read: another one has revisions of its own
    CostRates rates = {};          ///< of RunRow::cost
    std::int64_t since = 0;        ///< what was asked for; 0 where that was another file: `changed` has all runs
    std::map<std::string, std::int64_t> seen =
        {};  ///< by run: how many of the oldest of its notices somebody has looked at
};

/// Reads the runs that changed after `since` (0 = all), from the trash or from outside of it. Call from a background
/// thread.
/// `history`, `rates`: the file that `since` is of, as RunChanges::history, and the rates then; of others all runs are
/// read.
Result<RunChanges> readRunChanges(const fs::path& database, std::int64_t since, bool trash = false,
                                  FileNumber history = {}, const CostRates& rates = {});

/// The history as a table: filtered, sorted and, if wanted, in groups under headings. Updated in place, so that
/// selection and scroll position stay.
class RunTableModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column {
        status,
        name,
        spark,
        objective,
        parameters,
        tokens,
        best,
        started,
        duration,
        cost,
        disk,
        tags,
        columns
    };
    enum Role { outlineRole = Qt::UserRole, idRole, statusRole, headingRole, numberRole, newNoticesRole };
    enum class Group { none, status, objective, backbone, dataset, tag, seeds };
    using QAbstractTableModel::QAbstractTableModel;

    void apply(RunChanges changes);
    void clear();
    std::int64_t revision() const { return revision_; }
    FileNumber history() const { return history_; }
    const CostRates& rates() const { return rates_; }
    /// Runs of the history whose rows are damaged, so that they are in no list.
    int leftOut() const { return leftOut_; }
    void setFilter(gw::RunFilter filter);
    void setGroup(Group group);
    /// Hides or shows the runs below a heading.
    void toggle(int line);
    void sort(int column, Qt::SortOrder order) override;

    bool isHeading(int line) const { return lines_[static_cast<std::size_t>(line)].run == nullptr; }
    /// The run of a line; null for a heading.
    const RunRow* run(int line) const { return lines_[static_cast<std::size_t>(line)].run; }
    const RunRow* find(const std::string& id) const;
    int lineOf(const std::string& id) const;
    int shown() const { return shown_; }
    int total() const { return static_cast<int>(order_.size()); }
    std::vector<const RunRow*> interrupted() const;
    std::vector<RunRecord> records() const;

    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(lines_.size());
    }
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : columns; }
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

  Q_SIGNALS:
    void renamed(const QString& id, const QString& name);

  private:
    struct Line {
        const RunRow* run = nullptr;
        QString heading;
        int count = 0;
        bool operator==(const Line& other) const = default;
    };
    void arrange();
    std::vector<Line> wantedLines();
    QString groupOf(const RunRow& row) const;
    QString seedGroupOf(const RunRow& row);
    QString text(const RunRow& row, int column) const;
    bool before(const RunRow& a, const RunRow& b) const;
    bool hasNewNotices(const RunRow& row) const;
    QString tip(const RunRow& row, int column) const;

    std::map<std::string, RunRow> rows_;
    std::map<std::string, std::int64_t> seen_;  ///< of the notices of a run, the oldest
    std::vector<std::string> order_;            ///< newest first
    std::vector<Line> lines_;
    gw::RunFilter filter_;
    Group group_ = Group::none;
    std::set<QString> folded_;
    int sortColumn_ = started, shown_ = 0;
    Qt::SortOrder sortOrder_ = Qt::DescendingOrder;
    std::int64_t revision_ = 0;
    FileNumber history_;
    CostRates rates_;
    int leftOut_ = 0;
    Counted counted_ = Unit::tokens;
    bool manyTasks_ = false;  ///< the best values are not all of one metric and task
    std::map<std::string, std::pair<std::int64_t, QString>> seedGroups_;  ///< by run: of which revision, and which
};

/// "Running", "Finished": a status for people.
QString statusText(const std::string& status);

}  // namespace gw::ui
