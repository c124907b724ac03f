#include "train/message/message_json.h"

#include <cmath>
#include <limits>

namespace gw {

namespace message_parts {
namespace {

/// Thrown by the readers below where a part is not what it must be; caught where the whole is read.
struct NoMessage {};

Json number(double value) {
    if (std::isfinite(value)) return value;
    return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
}
Json number(const std::optional<double>& value) {
    return value ? number(*value) : Json();
}

const Json& part(const Json& json, const char* key) {
    if (!json.is_object()) throw NoMessage();
    const auto it = json.find(key);
    if (it == json.end()) throw NoMessage();
    return *it;
}
double real(const Json& json) {
    if (json.is_number()) return json.get<double>();
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (json == "nan") return std::numeric_limits<double>::quiet_NaN();
    if (json == "inf") return infinity;
    if (json == "-inf") return -infinity;
    throw NoMessage();
}
std::optional<double> real_or_none(const Json& json) {
    return json.is_null() ? std::nullopt : std::optional(real(json));
}

void read(const Json& json, double& into) {
    into = real(json);
}
void read(const Json& json, std::optional<double>& into) {
    into = real_or_none(json);
}
void read(const Json& json, std::int64_t& into) {
    if (!json.is_number_integer()) throw NoMessage();
    into = json.get<std::int64_t>();
}
void read(const Json& json, std::uint64_t& into) {
    if (!json.is_number_integer()) throw NoMessage();
    into = json.get<std::uint64_t>();
}
void read(const Json& json, int& into) {
    std::int64_t wide = 0;
    read(json, wide);
    if (wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max()) throw NoMessage();
    into = static_cast<int>(wide);
}
void read(const Json& json, bool& into) {
    if (!json.is_boolean()) throw NoMessage();
    into = json.get<bool>();
}
void read(const Json& json, std::string& into) {
    if (!json.is_string()) throw NoMessage();
    into = json.get<std::string>();
}
void read(const Json& json, Json& into) {
    into = json;
}
template <class T>
void read(const Json& json, std::vector<T>& into) {
    if (!json.is_array()) throw NoMessage();
    into.clear();
    for (const Json& one : json) read(one, into.emplace_back());
}

template <class T>
Json written(const T& value) {
    return value;
}
Json written(double value) {
    return number(value);
}
Json written(const std::optional<double>& value) {
    return number(value);
}

/// Both ways in one list of members, so that none is sent and not read.
class Writing {
  public:
    template <class T>
    void operator()(const char* key, const T& value) {
        out[key] = written(value);
    }
    Json out = Json::object();
};
class Reading {
  public:
    explicit Reading(const Json& json) : json_(json) {}
    template <class T>
    void operator()(const char* key, T& value) {
        read(part(json_, key), value);
    }

  private:
    const Json& json_;
};

template <class T, class M>
concept is = std::is_same_v<std::remove_const_t<T>, M>;

template <class Visit, is<Progress> M>
void members(Visit& visit, M& m) {
    visit("phase", m.phase);
    visit("fraction", m.fraction);
    visit("detail", m.detail);
}
template <class Visit, is<SampleText> M>
void members(Visit& visit, M& m) {
    visit("step", m.step);
    visit("prompt", m.prompt);
    visit("text", m.text);
}
template <class Visit, is<CheckpointSaved> M>
void members(Visit& visit, M& m) {
    visit("step", m.step);
    visit("tokens", m.tokens);
    visit("path", m.path);
    visit("bytes", m.bytes);
    visit("seconds", m.seconds);
    visit("stall", m.stall);
    visit("validation_loss", m.validation_loss);
    visit("best", m.best);
    visit("removed", m.removed);
    visit("metric", m.metric);
    visit("score", m.score);
}
template <class Visit, is<Event> M>
void members(Visit& visit, M& m) {
    visit("step", m.step);
    visit("kind", m.kind);
    visit("text", m.text);
}
template <class Visit, is<RunFacts> M>
void members(Visit& visit, M& m) {
    visit("parameters", m.parameters);
    visit("backbone_parameters", m.backbone_parameters);
    visit("trainable_parameters", m.trainable_parameters);
    visit("vocabulary", m.vocabulary);
    visit("total_steps", m.total_steps);
    visit("tokens_per_step", m.tokens_per_step);
    visit("steps_per_epoch", m.steps_per_epoch);
    visit("train_tokens", m.train_tokens);
    visit("validation_tokens", m.validation_tokens);
    visit("validation_bytes", m.validation_bytes);
    visit("device", m.device);
    visit("precision", m.precision);
    visit("dataset_hash", m.dataset_hash);
    visit("tokenizer_hash", m.tokenizer_hash);
    visit("libtorch_version", m.libtorch_version);
    visit("threads", m.threads);
    visit("floor_nats_per_byte", m.floor_nats_per_byte);
    visit("floor_loss", m.floor_loss);
    visit("input", m.input);
    visit("flops_per_token", m.flops_per_token);
    visit("clip", m.clip);
    visit("tokens_before", m.tokens_before);
    visit("train_examples", m.train_examples);
    visit("validation_examples", m.validation_examples);
    visit("test_examples", m.test_examples);
    visit("classes", m.classes);
    visit("main_metric", m.main_metric);
    visit("unit", m.unit);
    visit("language_model", m.language_model);
    visit("read", m.read);
    visit("leaks", m.leaks);
}
template <class Visit, is<Histogram> M>
void members(Visit& visit, M& m) {
    visit("step", m.step);
    visit("kind", m.kind);
    visit("name", m.name);
    visit("low", m.low);
    visit("high", m.high);
    visit("counts", m.counts);
}
template <class Visit, is<Error> M>
void members(Visit& visit, M& m) {
    visit("message", m.message);
    visit("hint", m.hint);
    visit("where", m.where);
}
template <class Visit, is<MetricRow> M>
void members(Visit& visit, M& m) {
    visit("step", m.step);
    visit("seconds", m.seconds);
    visit("tokens", m.tokens);
}

Json points_json(const MetricRow& row) {
    Json out = Json::array();
    for (const Point& point : row.points) out.push_back({point.metric, number(point.value)});
    return out;
}
void read_points(const Json& json, MetricRow& row) {
    if (!json.is_array()) throw NoMessage();
    constexpr std::size_t longest_name = 500;  // names are kept for good
    for (const Json& point : json) {
        if (!point.is_array() || point.size() != 2 || !point[0].is_string()) throw NoMessage();
        const auto& name = point[0].get_ref<const std::string&>();
        if (name.size() > longest_name) throw NoMessage();
        row.points.push_back({intern(name), real(point[1])});
    }
}

/// The names of the messages' types, in the order of the variant.
constexpr const char* names[] = {"row", "progress", "sample", "checkpoint", "event", "facts", "histogram"};
static_assert(std::size(names) == std::variant_size_v<Message>);

template <std::size_t i = 0>
Message message_named(const std::string& name, const Json& body) {
    if constexpr (i < std::variant_size_v<Message>) {
        if (name != names[i]) return message_named<i + 1>(name, body);
        std::variant_alternative_t<i, Message> message;
        Reading reading(body);
        members(reading, message);
        if constexpr (std::is_same_v<decltype(message), MetricRow>) read_points(part(body, "points"), message);
        return message;
    } else {
        throw NoMessage();
    }
}

template <class Read>
auto read_whole(const Json& json, Read what) -> std::optional<decltype(what(json))> {
    try {
        return what(json);
    } catch (const NoMessage&) {
        return std::nullopt;
    }
}

constexpr const char* ends[] = {"finished", "stopped", "failed"};
constexpr const char* codes[] = {"bad_spec", "bad_data",    "io",        "out_of_memory",
                                 "diverged", "helper_lost", "cancelled", "internal"};

std::size_t index_in(const Json& json, std::span<const char* const> all) {
    for (std::size_t i = 0; i < all.size(); ++i)
        if (json == all[i]) return i;
    throw NoMessage();
}

Error read_error(const Json& json) {
    Error error;
    Reading reading(json);
    members(reading, error);
    error.code = static_cast<Error::Code>(index_in(part(json, "code"), codes));
    return error;
}

}  // namespace
}  // namespace message_parts

Json to_json(const Message& message) {
    return std::visit(
        [&](const auto& one) -> Json {
            message_parts::Writing writing;
            message_parts::members(writing, one);
            if constexpr (std::is_same_v<std::decay_t<decltype(one)>, MetricRow>)
                writing.out["points"] = message_parts::points_json(one);
            return {{"is", message_parts::names[message.index()]}, {"of", std::move(writing.out)}};
        },
        message);
}

std::optional<Message> message_of(const Json& json) {
    return message_parts::read_whole(json, [](const Json& whole) {
        std::string name;
        message_parts::read(message_parts::part(whole, "is"), name);
        return message_parts::message_named(name, message_parts::part(whole, "of"));
    });
}

Json to_json(const Error& error) {
    message_parts::Writing writing;
    message_parts::members(writing, error);
    writing.out["code"] = message_parts::codes[static_cast<std::size_t>(error.code)];
    return std::move(writing.out);
}

std::optional<Error> error_of(const Json& json) {
    return message_parts::read_whole(json, message_parts::read_error);
}

Json to_json(const Outcome& outcome) {
    return {{"end", message_parts::ends[static_cast<std::size_t>(outcome.end)]},
            {"error", outcome.error ? to_json(*outcome.error) : Json()}};
}

std::optional<Outcome> outcome_of(const Json& json) {
    return message_parts::read_whole(json, [](const Json& whole) {
        Outcome outcome;
        outcome.end =
            static_cast<Outcome::End>(message_parts::index_in(message_parts::part(whole, "end"), message_parts::ends));
        if (const Json& error = message_parts::part(whole, "error"); !error.is_null())
            outcome.error = message_parts::read_error(error);
        return outcome;
    });
}

}  // namespace gw
