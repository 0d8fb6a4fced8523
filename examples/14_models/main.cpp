// SPDX-License-Identifier: BSL-1.0
// llm's model plugins in C++: a model in a sync and an async version under one id, an alias, and a step that runs after all
// registrations. The model is real, if small: a Markov chain that has read one text.
#include <haft/model/adapters.hpp>
#include <haft/model/capabilities.hpp>
#include <haft/model/model_set.hpp>
#include <haft/registry.hpp>

#include <cstdio>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

/// Goes on from the last word of what it is told with the word that most often followed it, until it has been there or knows no more.
class markov : public haft::model {
public:
    explicit markov(const std::string& text) {
        about_.id = "markov";
        about_.supports_tools = false;
        about_.can_stream = true;
        std::istringstream words(text);
        for (std::string before, word; words >> word; before = word)
            if (!before.empty()) ++followers_[before][word];
    }
    const haft::model_info& info() const override { return about_; }

    haft::result<haft::model_reply> ask(const haft::model_request& request, haft::model_listener* listener) override {
        if (request.messages.empty()) return haft::error{haft::errc::model_failed, "there is nothing to go on from"};
        haft::model_reply out;
        out.finish_reason = "stop";
        std::string word = last_word(request.messages.back().text);
        for (std::map<std::string, bool> been; !been[word]; word = next(word)) {
            been[word] = true;
            if (next(word).empty()) break;
            const std::string piece = (out.reply.text.empty() ? "" : " ") + next(word);
            if (listener) listener->on_text(piece);
            out.reply.text += piece;
            ++out.usage.output;
        }
        return out;
    }

private:
    static std::string last_word(const std::string& text) {
        std::istringstream words(text);
        std::string out;
        while (words >> out) {}
        return out;
    }
    /// The most frequent follower, of equal ones the first in the alphabet; "" if there is none.
    std::string next(const std::string& word) const {
        const auto found = followers_.find(word);
        if (found == followers_.end()) return {};
        std::pair<std::string, int> best;
        for (const auto& follower : found->second)
            if (follower.second > best.second) best = follower;
        return best.first;
    }

    haft::model_info about_;
    std::map<std::string, std::map<std::string, int>> followers_;
};

/// What a plugin would be: `register(Markov(), AsyncMarkov(), aliases=("m",))`.
haft::owner markov_plugin(const haft::job_runner& run) {
    const auto sync = std::make_shared<markov>("the cat sat on the mat and the cat ate the fish that lay beside a mat");
    haft::owner out{.name = "markov_plugin", .description = "A Markov chain"};
    out.parts.push_back(haft::model_part(sync, haft::async_from_sync(sync, run), {.aliases = {"m"}}));
    return out;
}

struct printer final : haft::model_listener {
    void on_text(std::string_view piece) override {
        std::printf("%.*s|", static_cast<int>(piece.size()), piece.data());
    }
};
haft::model_request prompt(std::string text) {
    haft::model_request out;
    out.messages.push_back({.text = std::move(text)});
    return out;
}

}  // namespace

int main() {
    std::vector<std::thread> jobs;  // a host with an event loop would have that run them
    haft::registry registry;
    static_cast<void>(
        registry.add(markov_plugin([&](std::function<void()> job) { jobs.emplace_back(std::move(job)); })));
    // llm's `trylast`: it sees what all others have registered, and may change their aliases.
    haft::owner last{.name = "house_rules"};
    last.parts.push_back(haft::alias_part([](std::vector<haft::known_model>& all) {
        for (haft::known_model& one : all) one.aliases.push_back("our-" + one.id);
    }));
    static_cast<void>(registry.add(last));
    registry.expose_all();

    haft::model_set& models = registry.get<haft::model_set>();
    static_cast<void>(models.add_aliases(R"({"default": "our-markov"})", "aliases.json"));
    for (const haft::known_model& one : models.all()) {
        std::printf("%s (%s%s) of %s, also", one.id.c_str(), one.sync ? "sync" : "", one.async ? ", async" : "",
                    one.owner.c_str());
        for (const std::string& alias : one.aliases) std::printf(" %s", alias.c_str());
        std::printf("\n");
    }

    printer out;
    const auto model = models.get("default");
    static_cast<void>((*model)->ask(prompt("Where was the"), &out));
    std::printf("\n");

    std::string answer;
    (*models.get_async("m"))->ask(prompt("What lay beside"), [&](haft::result<haft::model_reply> reply) {
        answer = reply->reply.text;
    });
    for (std::thread& job : jobs) job.join();
    std::printf("async: %s\n", answer.c_str());

    std::printf("%s\n", models.get("markow").error().text().c_str());
    std::printf("%s\n", models.add_aliases(R"({"a": "b", "b": "a"})", "aliases.json").error().text().c_str());
    haft::model_request with_schema = prompt("the");
    with_schema.schema = R"({"type":"object"})";
    std::printf("%s\n", haft::can_be_asked((*model)->info(), with_schema).error().text().c_str());
}
