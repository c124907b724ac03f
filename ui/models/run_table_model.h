#pragma once
#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <vector>

#include "store/store.h"

namespace gw::ui {

/// A run as the table shows it.
struct RunRow {
    RunRecord record;
    std::vector<double> outline;  ///< of the training loss, for the sparkline
};

/// All runs, or why they cannot be read. Call from a background thread.
Result<std::vector<RunRow>> readRunRows(const fs::path& database);

/// The history as a table; updated in place, so that selection and scroll position stay.
class RunTableModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { status, name, spark, objective, parameters, tokens, best, started, duration, columns };
    enum Role { sortRole = Qt::UserRole, outlineRole, idRole, statusRole, searchRole };
    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<RunRow> rows);
    const RunRow& row(int index) const { return rows_[static_cast<std::size_t>(index)]; }

    int rowCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : columns; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

  Q_SIGNALS:
    void renamed(const QString& id, const QString& name);

  private:
    QString text(const RunRow& row, int column) const;
    QVariant sortKey(const RunRow& row, int column) const;
    std::vector<RunRow> rows_;
};

/// Rows that have all words of the filter in their name, status or kinds.
class RunFilter : public QSortFilterProxyModel {
    Q_OBJECT
  public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setWords(const QString& text);

  protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

  private:
    QStringList words_;
};

/// "Running", "Finished": a status for people.
QString statusText(const std::string& status);
bool isActiveStatus(const std::string& status);

}  // namespace gw::ui
