// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_KEY_HPP
#define HAFT_MODEL_KEY_HPP

/// Where the key of a provider comes from, and how it is kept out of texts.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pieces.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// A text that must not be shown. It has no conversion to text but the one that says what it does.
class secret {
public:
    secret() = default;
    explicit secret(std::string text) noexcept : text_(std::move(text)) {}

    const std::string& reveal() const noexcept { return text_; }
    bool empty() const noexcept { return text_.empty(); }
    /// A text of somebody else's, in which the secret may stand, with `[key]` in its places; also where a cut has left only its
    /// first 8 bytes or more of it.
    HAFT_COLD std::string hidden_in(std::string_view text) const {
        const std::size_t least = text_.size() < 8 ? text_.size() : 8;
        if (least == 0) return std::string(text);
        std::string out;
        while (!text.empty()) {
            std::size_t same = 0;
            while (same < text_.size() && same < text.size() && text[same] == text_[same]) ++same;
            if (same >= least) out += "[key]", text.remove_prefix(same);
            else out += text[0], text.remove_prefix(1);
        }
        return out;
    }

private:
    std::string text_;
};

/// Where to look for a key, in this order. What is empty is passed over.
struct key_sources {
    secret given = {};          ///< as somebody gave it for this call
    std::string alias = {};     ///< the name of a key that is kept in the file
    std::string file = {};      ///< a JSON object: `{"openai": "…"}`, which nobody but its owner can read
    std::string variable = {};  ///< of the environment
};

/// Reads one key of a file of keys; an empty one if it holds none of that name, or isn't there. Errors (E0322) never quote what
/// stands in the file: it can't be read, others can read it, it is no JSON object, the key is no text.
HAFT_COLD inline result<secret> read_key(const std::string& file, std::string_view name) {
    const auto refused = [&](std::initializer_list<std::string_view> why) {
        return error{errc::bad_key, concat({"the file of keys ", in_quotes(file), " ", concat(why)})};
    };
    std::error_code failed;
    const std::filesystem::file_status status = std::filesystem::status(file, failed);
    if (status.type() == std::filesystem::file_type::not_found) return secret{};
    using perms = std::filesystem::perms;
    if (!failed && status.permissions() != perms::unknown &&
        (status.permissions() & (perms::group_all | perms::others_all)) != perms::none)
        return refused({"can be read or changed by others; run: chmod 600 ", file});
    std::ifstream in(file, std::ios::binary);
    if (failed || !in) return refused({"can't be read"});
    const std::string text(std::istreambuf_iterator<char>(in), {});
    json::lexer walk(text, json::hard_depth_limit);
    if (walk.peek() != '{' || !walk.skip() || !walk.expect_end())
        return refused({"is no JSON object of names and keys (byte ", decimal(walk.offset()), ")"});
    const std::vector<json::member_piece> members = json::members_of(text);
    const std::string_view value = json::value_of(members, name);
    if (value.empty()) return secret{};
    if (!value.starts_with('"')) return refused({"has a key ", in_quotes(name), " that is no text"});
    return secret{json::string_of(value)};
}

/// The key: the one given, else the one kept under the alias, else that of the environment. An error (E0322) says what may be
/// done when there is none, or when it holds a blank or a line break, which it must not. [MP-03]
HAFT_COLD inline result<secret> find_key(const key_sources& from) {
    secret key = from.given;
    if (key.empty() && !from.alias.empty() && !from.file.empty()) {
        result<secret> kept = read_key(from.file, from.alias);
        if (!kept) return kept;
        key = std::move(*kept);
    }
    if (key.empty() && !from.variable.empty())
        if (const char* const value = std::getenv(from.variable.c_str())) key = secret{value};
    if (key.empty()) {
        error e{errc::bad_key, "there is no key"};
        if (!from.alias.empty() && !from.file.empty())
            append_all(e.message, {"; keep one under ", in_quotes(from.alias), " in ", in_quotes(from.file)});
        if (!from.variable.empty()) append_all(e.message, {"; set the environment variable ", from.variable});
        return e;
    }
    for (const char c : key.reveal())
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F)
            return error{errc::bad_key,
                         "the key holds a blank, a line break or another character that no key has; was it copied "
                         "with the line around it?"};
    return key;
}

}  // namespace haft::inline v0

#endif  // HAFT_MODEL_KEY_HPP
