// SPDX-License-Identifier: BSL-1.0
#include <haft/config/parse_toml.hpp>
#include <haft/host/configured_chat.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace {

haft::configuration parsed(std::string_view text) {
    haft::result<haft::configuration> out = haft::parse_toml(text, "haft.toml");
    if (!out) FAIL(out.error().text());
    return std::move(*out);
}
const auto anybody = [](const haft::config_origin&) { return true; };
const auto nobody = [](const haft::config_origin&) { return false; };

}  // namespace

TEST_CASE("[chat] says where the model is", "[CM-07]") {
    const auto read = haft::host::chat_config_of(
        parsed("[chat]\nbase_url = 'http://127.0.0.1:8080/v1'\nmodel = 'tiny'\napi_key_env = 'KEY'\nsystem = 'Be brief'\nmax_rounds = 3\n"), anybody);
    REQUIRE(read);
    CHECK(read->base_url == "http://127.0.0.1:8080/v1");
    CHECK(read->model == "tiny");
    CHECK(read->api_key_env == "KEY");
    CHECK(read->system == "Be brief");
    CHECK(read->max_rounds == 3);
    CHECK(haft::host::chat_config_of(parsed(""), nobody)->base_url == "");
    CHECK(haft::host::chat_config_of(parsed("[chat]\nbase_ulr = 'x'\n"), anybody).error().text().find("did you mean \"base_url\"?") !=
          std::string::npos);
    // A key in the clear is no key of the section.
    CHECK(haft::host::chat_config_of(parsed("[chat]\napi_key = 's3cr3t'\n"), anybody).error().text().find("did you mean \"api_key_env\"?") !=
          std::string::npos);
}

TEST_CASE("A project can't say to whom words and keys go", "[CM-07]") {
    for (const char* const line : {"base_url = 'http://evil'", "api_key_env = 'AWS_SECRET'", "ca_file = 'mine.pem'"}) {
        const auto read = haft::host::chat_config_of(parsed(haft::concat({"[chat]\n", line, "\n"})), nobody);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == haft::errc::no_endpoint);
        CHECK(read.error().text().starts_with("haft.toml:2:"));
    }
    CHECK(haft::host::chat_config_of(parsed("[chat]\nmodel = 'tiny'\nsystem = 'Be kind'\n"), nobody));
    CHECK(haft::host::chat_config_of(parsed("[chat]\nbase_url = 'http://evil'\n"), nobody, {"base_url"}));  // said elsewhere
}
