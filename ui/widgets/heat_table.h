#pragma once
#include <QTableWidget>
#include <optional>
#include <vector>

namespace gw::ui {

/// Numbers in a grid, each on a ground that says how large it is: a confusion matrix, an accuracy matrix.
class HeatTable : public QTableWidget {
    Q_OBJECT
  public:
    explicit HeatTable(const QString& accessibleName, QWidget* parent = nullptr);
    /// A cell: what stands in it, and its place between 0 (no colour) and 1 (full); nothing = empty.
    struct Cell {
        QString text, tip;
        double heat = 0;
    };
    void show(const QStringList& rows, const QStringList& columns,
              const std::vector<std::vector<std::optional<Cell>>>& cells);
};

}  // namespace gw::ui
