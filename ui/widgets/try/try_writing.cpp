#include "ui/widgets/try/try_writing.h"

#include <QLocale>
#include <QVBoxLayout>

#include "study/inference.h"
#include "ui/background.h"
#include "ui/page.h"
#include "ui/shell/theme.h"
#include "ui/texts/message_text.h"
#include "ui/texts/text.h"
#include "ui/widgets/flow_layout.h"

namespace gw::ui {

TryWriting::TryWriting(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    prompt_ = new QPlainTextEdit;
    prompt_->setObjectName(QStringLiteral("try.prompt"));
    prompt_->setAccessibleName(tr("Prompt"));
    prompt_->setTabChangesFocus(true);
    constexpr int promptHeight = 64, writtenHeight = 48;  // of a low window: the settings between them are read whole
    prompt_->setFixedHeight(promptHeight);
    column->addWidget(prompt_);

    settings_ = new QWidget;
    auto* row = new FlowLayout(settings_);
    auto field = [&](const QString& title, const QString& tip, const char* name, auto* box) {
        auto* pair = new QWidget;
        auto* line = new QHBoxLayout(pair);
        line->setContentsMargins(0, 0, 0, 0);
        auto* words = label(title, "muted");
        words->setBuddy(box);
        line->addWidget(words);
        line->addWidget(box);
        box->setLocale(QLocale::c());  // a point in numbers, as everywhere
        box->setObjectName(QLatin1String(name));
        box->setAccessibleName(title);
        box->setToolTip(tip);
        row->addWidget(pair);
        return box;
    };
    temperature_ = field(tr("Temperature"), tr("0 = always the likeliest token; more is freer"), "try.temperature",
                         new QDoubleSpinBox);
    constexpr double hottest = 100, step = 0.1;
    temperature_->setRange(0, hottest);
    temperature_->setSingleStep(step);
    topK_ = field(tr("Top k"), tr("Draw only from the k likeliest tokens; 0 = from all"), "try.topK", new QSpinBox);
    constexpr int mostK = 1000000, longest = 100000;
    topK_->setRange(0, mostK);
    topK_->setSpecialValueText(tr("all"));
    length_ = field(tr("Length"), tr("Longest continuation, in tokens"), "try.length", new QSpinBox);
    length_->setRange(1, longest);
    column->addWidget(settings_);

    auto* buttons = new QHBoxLayout;
    generate_ = new QPushButton;
    generate_->setObjectName(QStringLiteral("try.generate"));
    generate_->setToolTip(tr("Ctrl+Enter"));
    buttons->addWidget(generate_);
    state_ = label({}, "muted");
    state_->setWordWrap(true);
    buttons->addWidget(state_, 1);
    column->addLayout(buttons);
    written_ = new QTextBrowser;
    written_->setFrameShape(QFrame::NoFrame);
    written_->setMinimumHeight(writtenHeight);
    written_->setAccessibleName(tr("What the model wrote"));
    written_->setPlaceholderText(tr("What the model writes appears here, newest first."));
    column->addWidget(written_, 1);
    connect(&Theme::instance(), &Theme::changed, this, &TryWriting::render);
    connect(generate_, &QPushButton::clicked, this, [this] { busy_ ? (void)stop_.request_stop() : generate(); });
}

/// A column squeezes what flows over several lines to one where room is short; what was written can be scrolled
/// instead.
void TryWriting::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    settings_->setMinimumHeight(settings_->layout()->heightForWidth(width()));
}

TryWriting::~TryWriting() {
    stop_.request_stop();
}

void TryWriting::setRun(const RunRecord& run, bool masked) {
    masked_ = masked;
    settings_->setVisible(!masked);
    if (!busy_) generate_->setText(masked ? tr("Fill in") : tr("Generate"));
    prompt_->setPlaceholderText(masked ? tr("A text with [MASK] where the model is to fill in")
                                       : tr("Beginning of a text for the model to go on from; it may stay empty"));
    if (run.id == run_) return;
    run_ = run.id;
    stop_.request_stop();
    texts_.clear();
    render();
    state_->clear();
    seed_ = 0;
    const Json own = run.spec.is_object() ? run.spec.value("sampling", Json::object()) : Json::object();
    const auto number = [&own](const char* key, double otherwise) {
        return own.contains(key) && own.at(key).is_number() ? own.at(key).get<double>() : otherwise;
    };
    const SamplingOptions usual;
    temperature_->setValue(number("temperature", usual.temperature));
    topK_->setValue(static_cast<int>(number("top_k", static_cast<double>(usual.top_k))));
    length_->setValue(static_cast<int>(number("tokens", static_cast<double>(usual.tokens))));
    topP_ = number("top_p", usual.top_p);
    const Json prompts = own.contains("prompts") ? own.at("prompts") : Json::array();
    prompt_->setPlainText(prompts.is_array() && !prompts.empty() && prompts.front().is_string()
                              ? qs(prompts.front().get<std::string>())
                              : QString());
}

void TryWriting::setCheckpoint(const fs::path& checkpoint, const QString& name) {
    checkpoint_ = checkpoint;
    name_ = name;
    generate_->setEnabled(!checkpoint_.empty() || busy_);
}

void TryWriting::generate() {
    if (checkpoint_.empty() || busy_) return;
    const auto prompt = plain_text(ss(prompt_->toPlainText()));
    if (!prompt) return state_->setText(errorText(prompt.error()));
    if (masked_ && prompt.value().find("[MASK]") == std::string::npos)
        return state_->setText(tr("Write [MASK] where the model is to fill in."));
    busy_ = true;
    stop_ = std::stop_source();
    generate_->setText(tr("Cancel"));
    state_->setText(tr("Loading the model and writing…"));
    SamplingOptions options;
    options.temperature = temperature_->value();
    options.top_k = topK_->value();
    options.top_p = topP_;
    options.tokens = length_->value();
    options.seed = seed_++;
    QString heading = name_;
    if (!masked_)
        heading +=
            QStringLiteral(" · ") + tr("temperature %1, seed %2").arg(valueText(options.temperature)).arg(options.seed);
    inBackground(
        this,
        [checkpoint = checkpoint_, prompt = prompt.value(), options, stop = stop_.get_token()] {
            return sample_checkpoint(checkpoint, prompt, options, stop);
        },
        [this, heading, prompt = qs(prompt.value()), run = run_,
         stop = stop_.get_token()](const Result<std::string>& text) {
            busy_ = false;
            generate_->setText(masked_ ? tr("Fill in") : tr("Generate"));
            generate_->setEnabled(!checkpoint_.empty());
            if (run != run_) return state_->clear();
            if (!text) return state_->setText(errorText(text.error()));
            state_->setText(stop.stop_requested() ? tr("Cancelled; this was written by then.") : QString());
            constexpr std::size_t most = 50;
            if (texts_.size() == most) texts_.erase(texts_.begin());
            texts_.push_back({heading, prompt, qs(text.value())});
            render();
        });
}

void TryWriting::render() {
    QString html;
    for (auto it = texts_.rbegin(); it != texts_.rend(); ++it) {
        const bool continues = !it->prompt.isEmpty() && it->text.startsWith(it->prompt);
        html += QStringLiteral(
                    "<p style='margin:8px 0 2px 0; color:%1; font-size:12px'>%2</p><p style='margin:0 0 8px 0; "
                    "white-space:pre-wrap'><span style='color:%3'>%4</span>%5</p>")
                    .arg(tokens().muted.name(), it->heading.toHtmlEscaped(), tokens().accent.name(),
                         continues ? it->prompt.toHtmlEscaped() : QString(),
                         (continues ? it->text.mid(it->prompt.size()) : it->text).toHtmlEscaped());
    }
    written_->setHtml(html);
}

}  // namespace gw::ui
