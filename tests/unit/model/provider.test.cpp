// SPDX-License-Identifier: BSL-1.0
// Providers as data, and where their keys come from.
#include <haft/model/key.hpp>
#include <haft/model/model_set.hpp>
#include <haft/model/provider.hpp>
#include <haft/registry/registry.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <support/scripted_model.hpp>
#include <unistd.h>

namespace {

haft::provider my_llm() {
    return {.name = "my_llm",
            .api_key_env = "MY_LLM_API_KEY",
            .base_url = "https://api.example.com/v1",
            .models = {{.id = "my_llm/fast", .provider = "unknown", .context = 128'000},
                       {.id = "good", .supports_tools = false}}};
}
std::shared_ptr<haft::model> made(const haft::provider& by, const haft::model_info& info) {
    return std::make_shared<haft_test::scripted_model>(
        std::deque<haft::result<haft::model_reply>>{haft_test::says(by.base_url)}, info);
}

/// A file of keys with those permissions.
struct key_file {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("haft_key_file" + std::to_string(::getpid()));
    explicit key_file(const std::string& text, std::filesystem::perms who = std::filesystem::perms::owner_read |
                                                                            std::filesystem::perms::owner_write) {
        std::ofstream(path) << text;
        std::filesystem::permissions(path, who);
    }
    key_file(const key_file&) = delete;
    key_file& operator=(const key_file&) = delete;
    ~key_file() { std::filesystem::remove(path); }
    std::string name() const { return path.string(); }
};

std::string key_or_error(const haft::key_sources& from) {
    const auto key = haft::find_key(from);
    return key ? key->reveal() : key.error().text();
}

}  // namespace

TEST_CASE("A provider's models are found as <provider>/<model>, as gptme's plugins write them", "[MP-03]") {
    haft::kinds all;
    const auto added = haft::add_provider(all, my_llm());
    const auto& providers = all.get<haft::registry_of<haft::provider>>();
    const auto fast = haft::find_provided(providers, "my_llm/fast");
    REQUIRE(fast);
    CHECK(fast->by->base_url == "https://api.example.com/v1");
    CHECK(fast->by->api_key_env == "MY_LLM_API_KEY");
    CHECK(fast->info.id == "my_llm/fast");
    CHECK(fast->info.provider == "my_llm");
    CHECK(fast->info.context == 128'000);
    CHECK(fast->by->own_name(fast->info.id) == "fast");
    CHECK_FALSE(haft::find_provided(providers, "my_llm/good")->info.supports_tools);
    CHECK(haft::find_provided(providers, "my_llm")->info.id == "my_llm/fast");
    CHECK(haft::find_provided(providers, "my_llm/god").error().text() ==
          "provider \"my_llm\" has no model \"god\"; did you mean \"my_llm/good\"?; it has fast, good [haft-E0282]");
    CHECK(haft::find_provided(providers, "my_lm/fast").error().text() ==
          "no provider is named \"my_lm\"; did you mean \"my_llm\"?; there are my_llm [haft-E0282]");
}

TEST_CASE("A provider without a list of models serves any, of no owner: the entries of old", "[MP-03]") {
    haft::kinds all;
    const auto added = haft::add_provider(all, {.name = "local", .base_url = "http://localhost:8080/v1"});
    const auto& providers = all.get<haft::registry_of<haft::provider>>();
    const auto any = haft::find_provided(providers, "local/org/some-model");
    REQUIRE(any);
    CHECK(any->info.id == "local/org/some-model");
    CHECK(any->by->own_name(any->info.id) == "org/some-model");
    CHECK(haft::find_provided(providers, "local").error().text() ==
          "provider \"local\" lists no models; name one as \"local/model\" [haft-E0282]");
}

TEST_CASE("An owner brings a provider and its models; of two providers of one name the first is found", "[MP-03]") {
    haft::registry r;
    haft::owner o;
    o.name = "plugin";
    o.parts = {haft::provider_part(my_llm(), made, {.aliases = {"mine"}})};
    REQUIRE(r.add(o));
    REQUIRE(r.expose("plugin"));
    haft::model_set& models = r.get<haft::model_set>();
    const auto fast = models.get("my_llm/fast");
    REQUIRE(fast);
    CHECK((*fast)->ask({})->reply.text == "https://api.example.com/v1");
    CHECK(models.all().size() == 2);
    CHECK(models.all()[0].owner == "plugin");
    CHECK(haft::find_provided(r.get<haft::registry_of<haft::provider>>(), "mine/good")->info.id == "my_llm/good");
    haft::provider second = my_llm();
    second.base_url = "https://elsewhere.example";
    const auto legacy = haft::add_provider(r.all_kinds(), second, made);
    CHECK(legacy);
    CHECK((*models.get("my_llm/fast"))->ask({}).error().code ==
          haft::errc::model_failed);  // the same one, its script at its end
    REQUIRE(r.unexpose("plugin"));
    CHECK(models.all().empty());
    CHECK(haft::find_provided(r.get<haft::registry_of<haft::provider>>(), "my_llm")->by->base_url ==
          "https://elsewhere.example");
}

TEST_CASE("A key that is given beats one that is kept, which beats that of the environment", "[MP-03]") {
    const key_file file(R"({"mine": "kept-key", "broken": 7})");
    ::setenv("HAFT_TEST_KEY", "environment-key", 1);
    haft::key_sources from{haft::secret("given-key"), "mine", file.name(), "HAFT_TEST_KEY"};
    CHECK(key_or_error(from) == "given-key");
    from.given = {};
    CHECK(key_or_error(from) == "kept-key");
    from.alias = "other";
    CHECK(key_or_error(from) == "environment-key");
    from.file = "no/such/file";
    CHECK(key_or_error(from) == "environment-key");
    ::unsetenv("HAFT_TEST_KEY");
    CHECK(key_or_error(from) ==
          "there is no key; keep one under \"other\" in \"no/such/file\"; set the environment variable HAFT_TEST_KEY "
          "[haft-E0322]");
    from.alias = "broken";
    from.file = file.name();
    CHECK(key_or_error(from) ==
          "the file of keys \"" + file.name() + "\" has a key \"broken\" that is no text [haft-E0322]");
}

TEST_CASE("A file of keys that others can read or change is refused", "[MP-03]") {
    using std::filesystem::perms;
    for (const perms who : {perms::group_read, perms::others_read, perms::others_write}) {
        const key_file file(R"({"mine": "kept-key"})", perms::owner_read | perms::owner_write | who);
        CHECK(key_or_error({{}, "mine", file.name(), ""}) ==
              "the file of keys \"" + file.name() + "\" can be read or changed by others; run: chmod 600 " +
                  file.name() + " [haft-E0322]");
    }
}

TEST_CASE("No error quotes a key", "[MP-03]") {
    const key_file file(R"({"mine": "kept-key", )");
    const std::string told = key_or_error({{}, "mine", file.name(), ""});
    CHECK(told ==
          "the file of keys \"" + file.name() + "\" is no JSON object of names and keys (byte 21) [haft-E0322]");
    const std::string with_line = key_or_error({haft::secret("secret-key\nX-Evil: 1"), "", "", ""});
    CHECK(with_line.find("secret-key") == std::string::npos);
    CHECK(with_line.find("[haft-E0322]") != std::string::npos);

    const haft::secret key("sk-0123456789");
    CHECK(key.hidden_in("a sk-0123456789, sk-0123456789") == "a [key], [key]");
    CHECK(key.hidden_in("cut: sk-01234...") == "cut: [key]...");
    CHECK(key.hidden_in("sk- is no key") == "sk- is no key");
    CHECK(haft::secret("ab").hidden_in("cabd") == "c[key]d");
    CHECK(haft::secret().hidden_in("text") == "text");
}
