// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_SECRET_HPP
#define HAFT_CORE_SECRET_HPP

/// Which values are never shown: by the names of their keys. [fault 111]

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// Whether a key names a secret: one of its words, in any case, is or ends in key, keys, token, secret, password, passphrase,
/// passwd, credential(s), authorization or auth. `api_key`, `OPENAI_API_KEY`, `apiKey`, `clientsecret` do; `keyboard` and
/// `max_tokens` do not.
HAFT_COLD inline bool names_a_secret(std::string_view key) {
    const auto secret = [](std::string_view word) {
        for (const std::string_view whole : {"key", "keys", "auth", "pwd"})
            if (word == whole) return true;
        for (const std::string_view end : {"apikey", "accesskey", "privatekey", "token", "secret", "secrets", "password",
                                           "passwords", "passphrase", "passwd", "credential", "credentials",
                                           "authorization"})
            if (word.ends_with(end)) return true;
        return false;
    };
    std::string word;
    for (std::size_t i = 0; i <= key.size(); ++i) {
        const char c = i < key.size() ? key[i] : '_';
        const char small_c = lower(c);
        const bool letter = (small_c >= 'a' && small_c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
        const bool begins = c != small_c && i > 0 && key[i - 1] == lower(key[i - 1]);  // apiKey
        if (!letter || begins) {
            if (secret(word)) return true;
            word.clear();
        }
        if (letter) word += small_c;
    }
    return false;
}

/// Whether a JSON pointer leads through a key that names a secret.
HAFT_COLD inline bool leads_to_a_secret(std::string_view pointer) {
    for (std::size_t at = 0; at < pointer.size();) {
        std::size_t end = pointer.find('/', at + 1);
        if (end == std::string_view::npos) end = pointer.size();
        if (names_a_secret(pointer.substr(at + 1, end - at - 1))) return true;
        at = end;
    }
    return false;
}

/// What stands in place of a secret.
inline constexpr std::string_view hidden_value = "(hidden)";

}  // namespace haft::inline v0

#endif  // HAFT_CORE_SECRET_HPP
