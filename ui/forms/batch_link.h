#pragma once
#include <QCheckBox>

#include "ui/forms/field_editor.h"

namespace gw::ui {

/// Keeps the rows of a step while the micro-batch or the accumulation is changed: the other one follows, so that less
/// memory is not another training. A box beside the accumulation parts them.
class BatchLink : public QObject {
    Q_OBJECT
  public:
    BatchLink(FieldEditor* microBatch, FieldEditor* accumulation, QObject* parent);
    /// What stands in the fields now is what a step is to keep.
    void keep();
    QCheckBox& box() { return *box_; }

  private:
    void follow(const FieldEditor* changed, FieldEditor* other);
    FieldEditor *microBatch_, *accumulation_;
    QCheckBox* box_;
    std::int64_t rows_ = 0;  ///< of a step; 0 = the fields hold no numbers
    bool following_ = false;
};

}  // namespace gw::ui
