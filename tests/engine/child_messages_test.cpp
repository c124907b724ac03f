#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "schema/typed.h"
#include "store/stored_json.h"
#include "train/host/run_host.h"
#include "train/message/message_json.h"
#include "workspace/child/child_protocol.h"
#include "workspace/record/journal.h"

namespace gw {
namespace {

/// As it comes out at the other end.
Json sent(const Json& json) {
    const auto there = child::parsed(schema::json_line(json));
    return there ? *there : Json();
}

std::vector<Message> one_of_each() {
    RunFacts facts;
    facts.parameters = 7;
    facts.steps_per_epoch = 1.0 / 3;
    facts.floor_loss = 0.1;
    facts.classes = {"a", "é"};
    facts.input = {{"tokens", 3}};
    facts.read = {{"delimiter", ","}};
    facts.language_model = true;
    CheckpointSaved saved;
    saved.step = 12;
    saved.path = "/somewhere/step-00000012";
    saved.bytes = 1ULL << 40;
    saved.stall = 0.25;
    saved.validation_loss = 2.5;
    saved.best = true;
    saved.removed = {"/somewhere/step-00000002"};
    return {MetricRow{3, 0.1, 30, {{intern("train/loss"), 0.1 + 0.2}, {intern("train/grad_norm"), 5e-324}}},
            Progress{"evaluating", 1.0 / 3, "part 1"},
            SampleText{4, "Once", " upon\n\"a\" time"},
            saved,
            Event{5, "warning", "100 % of it"},
            facts,
            Histogram{6, "weights", "tokens.weight", -1.5, 2.5, {1, 2, 3}}};
}

TEST(ChildMessages, ComeThroughAsTheyWere) {
    const auto all = one_of_each();
    ASSERT_EQ(all.size(), std::variant_size_v<Message>);
    for (const Message& message : all) {
        const Json json = to_json(message);
        const auto back = message_of(sent(json));
        ASSERT_TRUE(back.has_value()) << json;
        EXPECT_EQ(back->index(), message.index());
        EXPECT_EQ(to_json(*back), json);
    }
    const auto row = std::get<MetricRow>(*message_of(sent(to_json(all[0]))));
    EXPECT_EQ(row.points[0].value, 0.1 + 0.2);
    EXPECT_EQ(row.points[0].metric.data(), intern("train/loss").data());
    EXPECT_EQ(row.points[1].value, 5e-324);
    const auto facts = std::get<RunFacts>(*message_of(sent(to_json(all[5]))));
    EXPECT_EQ(facts.floor_loss, 0.1);
    EXPECT_FALSE(facts.floor_nats_per_byte.has_value());
    EXPECT_EQ(facts.classes, (std::vector<std::string>{"a", "é"}));
}

TEST(ChildMessages, EveryFactIsSentStoredAndAskedForItsForm) {
    const Json stored = facts_json(RunFacts());
    const Json sent_facts = to_json(Message(RunFacts())).at("of");
    for (const auto& [name, value] : sent_facts.items()) EXPECT_TRUE(stored.contains(name)) << name;
    for (const auto& [name, value] : stored.items()) {
        EXPECT_TRUE(sent_facts.contains(name) || name == "program_version") << name;
        if (name == "read" || name == "leaks") continue;  // read by functions of their own that take anything
        // No fact is a list of lists.
        EXPECT_FALSE(sound_facts({{name, Json::array({Json::array()})}}).contains(name)) << name;
    }
}

TEST(ChildMessages, NumbersThatJsonCannotHoldComeThrough) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const MetricRow row{1, 1, 1, {{intern("a"), NAN}, {intern("b"), infinity}, {intern("c"), -infinity}}};
    const auto back = std::get<MetricRow>(*message_of(sent(to_json(Message(row)))));
    EXPECT_TRUE(std::isnan(back.points[0].value));
    EXPECT_EQ(back.points[1].value, infinity);
    EXPECT_EQ(back.points[2].value, -infinity);
}

TEST(ChildMessages, OutcomesAndRequestsComeThrough) {
    for (const Outcome& outcome :
         {Outcome{}, Outcome{Outcome::End::stopped, {}},
          Outcome{Outcome::End::failed, Error{Error::Code::diverged, "It diverged", "Lower the rate", {"step 3"}}}}) {
        const auto back = outcome_of(sent(to_json(outcome)));
        ASSERT_TRUE(back.has_value());
        EXPECT_EQ(to_json(*back), to_json(outcome));
    }
    LaunchRequest request;
    request.spec = {{"training", {{"budget", 3}}}};
    request.name = "one";
    request.extend = {{"lr", 0.1}};
    request.stop_at = 77;
    request.passed_over = {"step-00000001 is damaged"};
    request.train_alone = true;
    const Json greeting = child::greeting(&request);
    const auto back = child::launch_of(sent(greeting));
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(child::greeting(&*back), greeting);
    EXPECT_FALSE(child::launch_of(child::greeting(nullptr)).has_value());
    const auto standing = child::standing_of(sent(child::hello({"id", "name", Json::object(), Knobs{0.5}, true, 2})));
    ASSERT_TRUE(standing);
    EXPECT_EQ(standing.value().knobs.rate_scale, 0.5);
    EXPECT_EQ(standing.value().watchers, 2);
    EXPECT_FALSE(child::standing_of(sent(child::refusal({Error::Code::io, "No", "", {}}))));
}

/// Every part of a message in turn is taken away or replaced by something else.
TEST(ChildMessages, WhatIsNoneIsNone) {
    for (const Message& message : one_of_each()) {
        const Json whole = to_json(message);
        for (const auto& [key, value] : whole["of"].items()) {
            Json less = whole;
            less["of"].erase(key);
            EXPECT_FALSE(message_of(less).has_value()) << less;
            // What is JSON itself may be anything.
            if (key == "input" || key == "read" || key == "leaks") continue;
            for (const Json& other : {Json(Json::object()), Json(Json::array({Json::array()}))}) {
                Json changed = whole;
                changed["of"][key] = other;
                EXPECT_FALSE(message_of(changed).has_value()) << changed;
            }
        }
    }
    for (const Json& none : {Json(), Json(1), Json("row"), Json::array({1}), Json{{"is", "row"}}, Json{{"of", 1}},
                             Json{{"is", 3}, {"of", Json::object()}}, Json{{"is", "song"}, {"of", Json::object()}}}) {
        EXPECT_FALSE(message_of(none).has_value()) << none;
        EXPECT_FALSE(outcome_of(none).has_value()) << none;
        EXPECT_FALSE(error_of(none).has_value()) << none;
        EXPECT_FALSE(child::launch_of(none).has_value()) << none;
        if (none.is_object()) {
            EXPECT_FALSE(child::standing_of(none)) << none;
        }
    }
    EXPECT_FALSE(child::parsed(std::string(300000, '[')).has_value());
    EXPECT_FALSE(child::parsed("{\"a\":" + std::string(300000, '[')).has_value());
    EXPECT_FALSE(child::parsed("[1]").has_value());
    EXPECT_FALSE(child::parsed("").has_value());
}

/// A job may throw anything: it ends the run and never the program.
TEST(Hosts, WhateverAJobThrowsEndsItsRunAlone) {
    const std::pair<RunJob, Error::Code> jobs[] = {
        {[](RunPort&) -> Outcome { throw 7; }, Error::Code::internal},
        {[](RunPort&) -> Outcome { throw std::string("no error"); }, Error::Code::internal},
        {[](RunPort&) -> Outcome { throw std::out_of_range("beyond"); }, Error::Code::internal},
        {[](RunPort&) -> Outcome { throw std::bad_alloc(); }, Error::Code::out_of_memory},
        {[](RunPort&) -> Outcome {
             throw Failure({Error::Code::bad_data, "Bad", "", {}});
         },
         Error::Code::bad_data}};
    for (const auto& [job, code] : jobs) {
        const auto host = make_thread_host();
        Outcome ended;
        host->start(job, {nullptr, [&](const Outcome& outcome) { ended = outcome; }});
        host->wait();
        EXPECT_EQ(ended.end, Outcome::End::failed);
        ASSERT_TRUE(ended.error.has_value());
        EXPECT_EQ(ended.error->code, code);
        EXPECT_FALSE(ended.error->message.empty());
    }
}

TEST(Hosts, SettlingIsAskedOfWhoeverListens) {
    const auto host = make_thread_host();
    Status settled;
    const Error full{Error::Code::io, "The disk is full", "", {}};
    host->start(
        [&](RunPort& port) {
            settled = port.settle();
            return Outcome{};
        },
        {nullptr, nullptr, [&] { return Status(full); }});
    host->wait();
    ASSERT_FALSE(settled);
    EXPECT_EQ(settled.error().message, full.message);
}

}  // namespace
}  // namespace gw
