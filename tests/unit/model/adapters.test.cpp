// SPDX-License-Identifier: BSL-1.0
// A model that is waited for of one that is not, and the other way round.
#include <haft/model/adapters.hpp>

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <support/scripted_model.hpp>

namespace {

using done_function = std::function<void(haft::result<haft::model_reply>)>;

struct async_of final : haft::async_model {
    explicit async_of(std::function<void(haft::model_request, done_function)> how) : run(std::move(how)) {}
    std::function<void(haft::model_request, done_function)> run;
    haft::model_info about{.id = "later"};
    const haft::model_info& info() const override { return about; }
    void ask(haft::model_request request, done_function done) override { run(std::move(request), std::move(done)); }
};
struct throwing final : haft::model {
    haft::model_info about{.id = "thrower"};
    const haft::model_info& info() const override { return about; }
    haft::result<haft::model_reply> ask(const haft::model_request&, haft::model_listener*) override {
        throw std::runtime_error("no mind");
    }
};
struct ear final : haft::model_listener {
    std::string text;
    void on_text(std::string_view piece) override { text += piece; }
};
haft::model_request ask(std::string text) {
    haft::model_request out;
    out.messages = {{.text = std::move(text)}};
    return out;
}

}  // namespace

TEST_CASE("A model that tells when it is done is waited for", "[MP-01]") {
    std::vector<std::thread> threads;
    const auto model =
        haft::sync_from_async(std::make_shared<async_of>([&](haft::model_request request, done_function done) {
            threads.emplace_back([request = std::move(request), done = std::move(done)] {
                done(haft_test::says("heard " + request.messages[0].text));
            });
        }));
    CHECK(model->info().id == "later");
    ear heard;
    const auto reply = model->ask(ask("you"), &heard);
    for (std::thread& t : threads) t.join();
    REQUIRE(reply);
    CHECK(reply->reply.text == "heard you");
    CHECK(heard.text == "heard you");
}

TEST_CASE("One that loses the question, throws or calls twice does not hold up who waits", "[MP-01]") {
    const auto lost = haft::sync_from_async(std::make_shared<async_of>([](haft::model_request, done_function) {}));
    CHECK(lost->ask(ask("x")).error().text() ==
          "model \"later\" gave no reply: the job that should bring it was dropped [haft-E0324]");
    const auto thrower = haft::sync_from_async(
        std::make_shared<async_of>([](haft::model_request, done_function) { throw std::runtime_error("no mind"); }));
    CHECK(thrower->ask(ask("x")).error().text() == "model \"later\" threw: no mind [haft-E0324]");
    const auto twice = haft::sync_from_async(std::make_shared<async_of>([](haft::model_request, done_function done) {
        done(haft_test::says("one"));
        done(haft_test::says("two"));
    }));
    CHECK(twice->ask(ask("x"))->reply.text == "one");
}

TEST_CASE("A model that is waited for is asked on the thread that the host gives", "[MP-01]") {
    std::vector<std::function<void()>> jobs;
    const auto model = haft::async_from_sync(std::make_shared<haft_test::scripted_model>(
                                                 std::deque<haft::result<haft::model_reply>>{haft_test::says("hello")}),
                                             [&](std::function<void()> job) { jobs.push_back(std::move(job)); });
    CHECK(model->info().id == "scripted");
    std::string got;
    std::thread::id on;
    model->ask(ask("hi"),
               [&](haft::result<haft::model_reply> r) { got = r->reply.text, on = std::this_thread::get_id(); });
    CHECK(got.empty());
    REQUIRE(jobs.size() == 1);
    std::thread host(jobs[0]);
    const std::thread::id expected = host.get_id();
    host.join();
    CHECK(got == "hello");
    CHECK(on == expected);
}

TEST_CASE("done is called once, whatever the host's runner and the model do", "[MP-01]") {
    const auto answer = [](std::shared_ptr<haft::model> of, haft::job_runner run) {
        std::vector<std::string> out;
        haft::async_from_sync(std::move(of), std::move(run))->ask(ask("x"), [&](haft::result<haft::model_reply> r) {
            out.push_back(r ? r->reply.text : r.error().message);
        });
        return out;
    };
    using list = std::vector<std::string>;
    const auto scripted = [] {
        return std::make_shared<haft_test::scripted_model>(
            std::deque<haft::result<haft::model_reply>>{haft_test::says("hello"), haft_test::says("again")});
    };
    CHECK(answer(scripted(), [](std::function<void()>) {}) ==
          list{"model \"scripted\" gave no reply: the job that should bring it was dropped"});
    CHECK(answer(scripted(), [](std::function<void()>) { throw std::runtime_error("full"); }) ==
          list{"model \"scripted\" was not asked: full"});
    CHECK(answer(scripted(), [](std::function<void()> job) { job(), job(); }) == list{"hello"});
    CHECK(answer(std::make_shared<throwing>(), [](std::function<void()> job) { job(); }) ==
          list{"model \"thrower\" threw: no mind"});
}
