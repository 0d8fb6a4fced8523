// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_OPENAI_CLIENT_HPP
#define HAFT_MODEL_OPENAI_CLIENT_HPP

/// A model behind OpenAI's chat completions, or behind what speaks like them: llama.cpp, Ollama, vLLM, OpenRouter and others. Needs
/// Boost.Asio, Boost.Beast and OpenSSL (haft::http in CMake), and no other header includes it.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/core/text.hpp>
#include <haft/kind/part.hpp>
#include <haft/model/capabilities.hpp>
#include <haft/model/chat_reply.hpp>
#include <haft/model/chat_request.hpp>
#include <haft/model/chat_stream.hpp>
#include <haft/http/connection.hpp>
#include <haft/http/url.hpp>
#include <haft/model/key.hpp>
#include <haft/model/model.hpp>
#include <haft/model/provider.hpp>
#include <haft/version.hpp>

#include <boost/asio/ssl/context.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Where the API is and how to behave there. What an HTTP client must not do it does not: follow a redirect with the key, send a key
/// in the clear, trust a certificate that nobody it knows has signed.
struct openai_options {
    std::string base_url = "https://api.openai.com/v1";
    std::string model = {};          ///< as the provider calls it
    secret api_key = {};             ///< a key that is given; or
    std::string api_key_alias = {};  ///<   the name of one in
    std::string key_file = {};       ///<   this file (see find_key), or
    std::string api_key_env = {};    ///<   in this variable of the environment. Without any of these none is sent
    bool key_over_http = false;      ///< a key may go over plain http to another machine
    std::string ca_file = {};        ///< PEM, of further authorities that are trusted
    /// What the model can do; an empty id is that of `model`.
    model_info info = {.supports_schema = true, .can_stream = true, .attachment_types = {"image/*"}};
    formats::openai::options tools = {};

    std::chrono::milliseconds connect_timeout{10'000};   ///< look-up, connection and TLS together
    std::chrono::milliseconds silence_timeout{300'000};  ///< until the next bytes: models think long
    unsigned attempts = 3;                               ///< in all, where the answer is 429 or 5xx
    std::chrono::milliseconds first_wait{500};           ///< before the second attempt, then twice as long each time,
    std::chrono::milliseconds longest_wait{30'000};      ///< but no longer; nor does Retry-After make it longer
    formats::openai::stream_limits limits = {};          ///< of a reply
};

/// Asks over the network. Each request has a connection of its own; many may go on at once, on any threads. A stop is heard within
/// some 10 ms, wherever the request is then.
class openai_client final : public model {
public:
    explicit openai_client(openai_options how) : how_(std::move(how)), tls_(boost::asio::ssl::context::tls_client) {
        if (how_.info.id.empty()) how_.info.id = how_.model;
        boost::system::error_code failed;
        tls_.set_default_verify_paths(failed);
        tls_.set_options(boost::asio::ssl::context::no_tlsv1 | boost::asio::ssl::context::no_tlsv1_1, failed);
        if (!how_.ca_file.empty()) tls_.load_verify_file(how_.ca_file, ca_failed_);
    }
    const model_info& info() const override { return how_.info; }

    /// Errors: E0316 what the model can't do, E0317 a reply that can't be read, E0318 an error of the API (with its status and what it
    /// says), E0319 to E0321 of the network, of time, a stop, E0322 of the key, E0323 of the request. None of them holds the key.
    HAFT_COLD result<model_reply> ask(const model_request& request, model_listener* listener = nullptr) override {
        secret key = how_.api_key;
        try {
            result<model_reply> reply = ask_with(key, request, listener);
            if (!reply) reply.error().message = key.hidden_in(reply.error().message);
            return reply;
        } catch (...) {
            return error{errc::model_failed,
                         concat({"model ", in_quotes(how_.info.id), ": ", key.hidden_in(detail::caught_text())})};
        }
    }

private:
    /// What came of one attempt that may be worth another.
    struct refusal {
        error why;
        bool again = false;
        std::chrono::milliseconds wait{0};  ///< as the server asks; 0: it does not say
    };

    HAFT_COLD result<model_reply> ask_with(secret& key, const model_request& request, model_listener* listener) {
        if (result<void> able = can_be_asked(how_.info, request); !able) return std::move(able.error());
        const result<http_url> url = parse_http_url(how_.base_url);
        if (!url) return url.error();
        if (ca_failed_)
            return error{errc::bad_request,
                         concat({"ca_file ", in_quotes(how_.ca_file), " can't be used: ", ca_failed_.message()})};
        if (result<void> found = find_key_for(*url, key); !found) return std::move(found.error());
        const bool stream = listener && how_.info.can_stream;
        const result<std::string> body =
            formats::openai::write_chat_request(how_.model, request, {.stream = stream, .tools = how_.tools});
        if (!body) return body.error();

        std::chrono::milliseconds wait = how_.first_wait;
        for (unsigned attempt = 1;; ++attempt) {
            refusal refused;
            if (std::optional<result<model_reply>> reply =
                    exchange(*url, key, *body, stream, request.stop, listener, refused))
                return std::move(*reply);
            if (!refused.again || attempt >= how_.attempts) return std::move(refused.why);
            if (refused.wait > how_.longest_wait) {
                append_all(refused.why.message,
                           {"; it asks to wait ", decimal(static_cast<std::uint64_t>(refused.wait.count() / 1000)),
                            " s, which is longer than is allowed here (longest_wait)"});
                return std::move(refused.why);
            }
            if (!sleep((std::max)((std::min)(wait, how_.longest_wait), refused.wait), request.stop))
                return error{errc::stopped_request,
                             concat({"stopped while waiting to try again: ", refused.why.message})};
            wait = (std::min)(wait * 2, how_.longest_wait);
        }
    }

    HAFT_COLD result<void> find_key_for(const http_url& url, secret& key) const {
        if (key.empty() && how_.api_key_env.empty() && how_.api_key_alias.empty())
            return {};  // local servers want none
        result<secret> found = find_key({key, how_.api_key_alias, how_.key_file, how_.api_key_env});
        if (!found) {
            append_all(found.error().message, {" (for ", url.text(), ")"});
            return std::move(found.error());
        }
        key = std::move(*found);
        if (!url.tls && !url.is_loopback() && !how_.key_over_http)
            return error{errc::bad_key,
                         concat({"the key was not sent to ", url.text(),
                                 ", where anybody on the way could read it; use https, or set key_over_http"})};
        return {};
    }

    /// One attempt. None if the answer has a status that tells of a failure: `refused` says which.
    HAFT_COLD std::optional<result<model_reply>> exchange(const http_url& url, const secret& key,
                                                          const std::string& body, bool stream, stop_token stop,
                                                          model_listener* listener, refusal& refused) {
        detail::http_connection connection(url, tls_, lookups_, stop);
        if (result<void> open = connection.open(how_.connect_timeout); !open) return std::move(open.error());
        if (result<void> sent =
                connection.send(http_request(url, key, body, stream), how_.silence_timeout, how_.limits.total_bytes);
            !sent)
            return std::move(sent.error());
        if (connection.status() / 100 != 2) {
            refused = refusal_of(connection, url, key);
            return std::nullopt;
        }
        const bool events = stream || connection.header("Content-Type").starts_with("text/event-stream");
        return events ? read_events(connection, listener) : read_whole(connection, listener);
    }

    HAFT_COLD detail::http_connection::request http_request(const http_url& url, const secret& key,
                                                            const std::string& body, bool stream) const {
        namespace http = boost::beast::http;
        detail::http_connection::request out(http::verb::post, concat({url.path, "/chat/completions"}), 11, body);
        out.set(http::field::host, url.authority());
        out.set(http::field::user_agent, "haft/" HAFT_VERSION);
        out.set(http::field::content_type, "application/json");
        out.set(http::field::accept, stream ? "text/event-stream, application/json" : "application/json");
        out.set(http::field::connection, "close");
        if (!key.empty()) out.set(http::field::authorization, concat({"Bearer ", key.reveal()}));
        out.prepare_payload();
        return out;
    }

    HAFT_COLD static result<model_reply> read_whole(detail::http_connection& connection, model_listener* listener) {
        std::string body;
        for (;;) {
            const result<std::string_view> some = connection.read_some();
            if (!some) return some.error();
            if (some->empty()) break;
            body.append(*some);
        }
        result<model_reply> reply = formats::openai::read_chat_reply(body);
        if (reply && listener && !reply->reply.text.empty()) listener->on_text(reply->reply.text);
        return reply;
    }
    HAFT_COLD result<model_reply> read_events(detail::http_connection& connection, model_listener* listener) const {
        formats::openai::chat_stream reply(how_.limits);
        bool heard = false;
        while (!reply.done()) {
            const result<std::string_view> some = connection.read_some();
            if (!some) return some.error();
            if (some->empty()) break;
            const result<std::string> text = reply.feed(*some);
            if (!text) return text.error();
            if (!text->empty() && listener) heard = true, listener->on_text(*text);
        }
        result<model_reply> whole = reply.finish();
        if (whole && listener && !heard && !whole->reply.text.empty()) listener->on_text(whole->reply.text);
        return whole;
    }

    HAFT_COLD refusal refusal_of(detail::http_connection& connection, const http_url& url, const secret& key) const {
        const unsigned status = connection.status();
        refusal out;
        out.again = status == 429 || status / 100 == 5;
        out.why.code = errc::refused_request;
        out.why.message = concat({url.text(), "/chat/completions answers ", decimal(status), " ", connection.reason()});
        while (out.why.message.ends_with(' ')) out.why.message.pop_back();
        for (const char c : connection.header("Retry-After")) {  // (a date is passed over: our own wait is as good)
            if (c < '0' || c > '9' || out.wait.count() > 1'000'000'000) break;
            out.wait = out.wait * 10 + std::chrono::seconds(c - '0');
        }
        if (status / 100 == 3) {
            append_all(out.why.message, {": it redirects to ", in_quotes(connection.header("Location")),
                                         ", which is not followed; set that as base_url if you trust it"});
            return out;
        }
        std::string body;
        constexpr std::size_t most = 64u << 10;
        while (body.size() < most) {
            const result<std::string_view> some = connection.read_some();
            if (!some || some->empty()) break;  // what has come is told
            body.append(*some);
        }
        if (const std::string told = formats::openai::chat_error_text(key.hidden_in(body)); !told.empty())
            append_all(out.why.message, {": ", told});
        if (status == 401 || status == 403)
            out.why.message += key.empty() ? "; no key was sent" : "; is the key right?";
        if (status == 404)
            append_all(out.why.message, {"; is base_url right, and is there a model ", in_quotes(how_.model), "?"});
        return out;
    }

    /// False if it was stopped.
    static bool sleep(std::chrono::milliseconds long_, stop_token stop) {
        const auto end = std::chrono::steady_clock::now() + long_;
        while (!stop.stop_requested()) {
            const auto left = end - std::chrono::steady_clock::now();
            if (left <= left.zero()) return true;
            std::this_thread::sleep_for((std::min)(left, decltype(left)(std::chrono::milliseconds(10))));
        }
        return false;
    }

    openai_options how_;
    boost::asio::ssl::context tls_;
    boost::system::error_code ca_failed_;
    detail::host_lookups lookups_;
};

/// A client for a model of a provider's: a model_maker for add_provider and provider_part. The places of a key that `defaults` names are
/// those of the key for `defaults.base_url`, and are not looked into for a provider that is elsewhere: it has its own variable, or no
/// key. A provider without a base_url is at that of `defaults`. What the model can do is as the provider says.
HAFT_COLD inline model_maker openai_models(openai_options defaults = {}) {
    return [defaults = std::move(defaults)](const provider& by, const model_info& info) -> std::shared_ptr<model> {
        openai_options how = defaults;
        if (!by.base_url.empty() && by.base_url != defaults.base_url) {
            how.base_url = by.base_url;
            how.api_key = {};
            how.api_key_alias.clear();
            how.api_key_env.clear();
        }
        how.model = by.own_name(info.id);
        if (!by.api_key_env.empty()) how.api_key_env = by.api_key_env;
        how.info = info;
        return std::make_shared<openai_client>(std::move(how));
    };
}

}  // namespace haft::inline v0

#endif  // HAFT_MODEL_OPENAI_CLIENT_HPP
