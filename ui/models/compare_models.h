#pragma once
#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include "compare/comparison.h"

namespace gw::ui {

/// A sentence of the engine in the language of the window.
QString phraseText(const Phrase& phrase);

/// The runs (or groups) of a comparison beside its plots: shown or not, colour, name, value under the crosshair.
class CompareRunModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { label, value, columns };
    enum Role { numberRole = Qt::UserRole, baselineRole, bandRole };
    struct Row {
        QString label, tip;
        std::int64_t number = 1;
        bool visible = true, baseline = false, band = false;
        double value = 0;  ///< NaN = none
    };
    using QAbstractTableModel::QAbstractTableModel;
    void setRows(std::vector<Row> rows);
    const Row& row(int index) const { return rows_[static_cast<std::size_t>(index)]; }
    /// Values under the crosshair, or of the end; one a row.
    void setValues(const std::vector<double>& values);
    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(rows_.size());
    }
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : columns; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

  Q_SIGNALS:
    void shownChanged(int row, bool shown);

  private:
    std::vector<Row> rows_;
};

/// What came out, a row a run.
class SummaryModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { run, best, last, atEqualX, difference, trained, cost, target, columns };
    using QAbstractTableModel::QAbstractTableModel;
    void setComparison(std::shared_ptr<const Comparison> comparison);
    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() || !comparison_ ? 0 : static_cast<int>(comparison_->runs.size());
    }
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : columns; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    std::shared_ptr<const Comparison> comparison_;
    QStringList labels_;
};

/// Groups of runs that differ only in their seed, and whether their differences are more than noise.
class GroupModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { group, count, mean, deviation, verdict, columns };
    using QAbstractTableModel::QAbstractTableModel;
    void setComparison(std::shared_ptr<const Comparison> comparison);
    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() || !comparison_ ? 0 : static_cast<int>(comparison_->groups.size());
    }
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : columns; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    std::shared_ptr<const Comparison> comparison_;
};

/// The settings of the runs, a column a run; what differs is accented.
class SettingsModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Role { differsRole = Qt::UserRole };
    using QAbstractTableModel::QAbstractTableModel;
    void setComparison(std::shared_ptr<const Comparison> comparison);
    int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() || !comparison_ ? 0 : static_cast<int>(comparison_->settings.size());
    }
    int columnCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() || !comparison_ ? 0 : 1 + static_cast<int>(comparison_->runs.size());
    }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    std::shared_ptr<const Comparison> comparison_;
    QStringList labels_;
};

/// Rows that differ (unless all are wanted) and whose name or a value holds a word.
class SettingsFilter : public QSortFilterProxyModel {
    Q_OBJECT
  public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setOnlyDiffering(bool on);
    void setWord(const QString& word);

  protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

  private:
    bool onlyDiffering_ = true;
    QString word_;
};

}  // namespace gw::ui
