// SPDX-License-Identifier: BSL-1.0
// haft's reading of JSON against nlohmann's, on generated documents, whole and damaged: both accept or both refuse, and
// what they read is the same, but for the differences that are named here. The seed is fixed; every run is the same.
#include <haft/json/nlohmann_value_json.hpp>
#include <haft/json/skip_unique.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// splitmix64: the same numbers everywhere, which the standard's distributions do not promise.
class numbers {
public:
    explicit numbers(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
    bool one_in(std::size_t n) { return below(n) == 0; }
    template <std::size_t N>
    std::string_view pick(const std::string_view (&from)[N]) {
        return from[below(N)];
    }

private:
    std::uint64_t state_;
};

/// Documents by the grammar, with a taste for its corners.
class generator {
public:
    explicit generator(std::uint64_t seed) : random_(seed) {}

    std::string document() {
        std::string out;
        if (random_.one_in(60)) out += "\xEF\xBB\xBF";
        blanks(out);
        const std::size_t around = random_.one_in(40) ? 58 + random_.below(12) : 0;
        for (std::size_t i = 0; i < around; ++i) out += i % 3 ? "[" : "{\"a\":";
        value(out, 0);
        for (std::size_t i = around; i-- > 0;) out += i % 3 ? ']' : '}';
        blanks(out);
        if (random_.one_in(60)) out += '\0', out += random_.one_in(2) ? "x" : "";
        return out;
    }

    void damage(std::string& text) {
        static constexpr std::string_view bits[] = {"{",
                                                    "}",
                                                    "[",
                                                    "]",
                                                    ",",
                                                    ":",
                                                    "\"",
                                                    "\\",
                                                    "0",
                                                    "1",
                                                    "-",
                                                    "+",
                                                    ".",
                                                    "e",
                                                    "E",
                                                    "t",
                                                    "null",
                                                    "true",
                                                    "//",
                                                    "/**/",
                                                    "'",
                                                    "\n",
                                                    "\t",
                                                    " ",
                                                    "\x01",
                                                    "\x7F",
                                                    "\xC3",
                                                    "\xA9",
                                                    "\xED\xA0\x80",
                                                    "\\u",
                                                    "\\ud800",
                                                    "\\udc00",
                                                    "NaN",
                                                    "1e999",
                                                    "é",
                                                    "\v",
                                                    ",,",
                                                    "[1,]",
                                                    "{\"a\"",
                                                    "00",
                                                    "0x1",
                                                    "\xFF",
                                                    "\\u0000",
                                                    "Infinity",
                                                    "\xEF\xBB\xBF"};
        for (std::size_t edits = 1 + random_.below(2); edits > 0; --edits) {
            // One after the other: the order in which arguments are evaluated is the compiler's.
            const std::size_t at = random_.below(text.size() + 1);
            const std::size_t to = random_.below(text.size() + 1);
            const std::size_t few = 1 + random_.below(3);
            const std::string_view bit = random_.pick(bits);
            switch (random_.below(6)) {
                case 0: text.resize(at); break;
                case 1: text.insert(at, bit); break;
                case 2: text.replace(at, few, bit); break;
                case 3: text.erase(at, few); break;
                case 4: text.insert(to, text.substr(at, 2 * few)); break;
                default:
                    if (at < text.size()) text[at] = static_cast<char>(random_.below(256));
            }
        }
    }

private:
    void blanks(std::string& out) {
        static constexpr std::string_view some[] = {"", "", "", "", " ", "\n", "\t", "\r\n", "  "};
        out += random_.pick(some);
    }

    void value(std::string& out, unsigned depth) {
        switch (random_.below(depth < 5 ? 9 : 6)) {
            case 0: out += random_.one_in(2) ? "true" : "false"; break;
            case 1: out += "null"; break;
            case 2:
            case 3: number(out); break;
            case 4:
            case 5: string(out); break;
            case 6: array(out, depth); break;
            default: object(out, depth);
        }
    }

    void array(std::string& out, unsigned depth) {
        out += '[';
        for (std::size_t i = 0, n = random_.below(4); i < n; ++i) {
            if (i) out += ',';
            blanks(out);
            value(out, depth + 1);
            blanks(out);
        }
        out += ']';
    }

    void object(std::string& out, unsigned depth) {
        static constexpr std::string_view keys[] = {
            "\"a\"", "\"\\u0061\"", "\"b\"", "\"\"",      "\"key\"",     "\"k\\u0065y\"", "\"é\"", "\"\\u00e9\"",
            "\"A\"", "\"a/b\"",     "\"~\"", "\"a\\/b\"", "\"\\u0000\"", "\"aa\"",        "\"c\"", "\"d\""};
        out += '{';
        for (std::size_t i = 0, n = random_.below(4); i < n; ++i) {
            if (i) out += ',';
            blanks(out);
            if (random_.one_in(3)) string(out);
            else out += random_.pick(keys);
            blanks(out);
            out += ':';
            blanks(out);
            value(out, depth + 1);
            blanks(out);
        }
        out += '}';
    }

    void digits(std::string& out, std::size_t most) {
        for (std::size_t n = 1 + random_.below(most); n > 0; --n) out += static_cast<char>('0' + random_.below(10));
    }

    void number(std::string& out) {
        static constexpr std::string_view corners[] = {"0",
                                                       "-0",
                                                       "-0.0",
                                                       "0e9",
                                                       "9223372036854775807",
                                                       "9223372036854775808",
                                                       "-9223372036854775808",
                                                       "-9223372036854775809",
                                                       "18446744073709551615",
                                                       "18446744073709551616",
                                                       "9007199254740993",
                                                       "9007199254740993.0",
                                                       "2.2250738585072011e-308",
                                                       "4.9e-324",
                                                       "2.4703282292062327e-324",
                                                       "2.4703282292062328e-324",
                                                       "1.7976931348623157e308",
                                                       "1.7976931348623158e308",
                                                       "1.7976931348623159e308",
                                                       "1e308",
                                                       "1e309",
                                                       "-1e400",
                                                       "1e-400",
                                                       "0.1",
                                                       "1e22",
                                                       "1e23",
                                                       "123456789012345678901234567890",
                                                       "0.000000000000000000000000000001e30",
                                                       "1E+2",
                                                       "1e-0"};
        if (random_.one_in(3)) {
            out += random_.pick(corners);
            return;
        }
        if (random_.one_in(3)) out += '-';
        if (random_.one_in(5)) out += '0';
        else {
            out += static_cast<char>('1' + random_.below(9));
            if (!random_.one_in(3)) digits(out, random_.one_in(8) ? 30 : 5);
        }
        if (random_.one_in(3)) out += '.', digits(out, random_.one_in(8) ? 30 : 5);
        if (random_.one_in(4)) {
            out += random_.one_in(2) ? 'e' : 'E';
            if (random_.one_in(2)) out += random_.one_in(2) ? '-' : '+';
            digits(out, random_.one_in(12) ? 3 : 2);
        }
    }

    void string(std::string& out) {
        static constexpr std::string_view pieces[] = {"a",
                                                      "b",
                                                      "text",
                                                      " ",
                                                      "é",
                                                      "\xE2\x82\xAC",
                                                      "\xF0\x9F\x98\x80",
                                                      "\xF4\x8F\xBF\xBF",
                                                      "\\n",
                                                      "\\\"",
                                                      "\\\\",
                                                      "\\/",
                                                      "\\b",
                                                      "\\f",
                                                      "\\r",
                                                      "\\t",
                                                      "\x7F",
                                                      "\\u0000",
                                                      "\\u00e9",
                                                      "\\uD83D\\uDE00",
                                                      "\\uFFFF",
                                                      "\\u007f",
                                                      "\xEF\xBF\xBF",
                                                      "12345678"};
        out += '"';
        for (std::size_t n = random_.below(5); n > 0; --n) out += random_.pick(pieces);
        out += '"';
    }

    numbers random_;
};

/// What nlohmann's parser tells of a text without building it: how deep it is, and whether a key stands twice.
class look : public nlohmann::json_sax<nlohmann::json> {
public:
    unsigned depth = 0;
    bool repeated = false;
    bool overflow = false;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return open(); }
    bool key(string_t& text) override {
        repeated = !keys_.back().insert(text).second || repeated;
        return true;
    }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& e) override {
        overflow = e.id == 406;
        return false;
    }

private:
    bool open() {
        keys_.emplace_back();
        if (keys_.size() > depth) depth = static_cast<unsigned>(keys_.size());
        return true;
    }
    bool close() { return keys_.pop_back(), true; }

    std::vector<std::set<std::string>> keys_;
};

/// Equal in kind, too, and numbers to the bit.
bool same(const nlohmann::json& a, const nlohmann::json& b) {
    if (a.type() != b.type() || a.size() != b.size()) return false;
    if (a.is_number_float())
        return std::bit_cast<std::uint64_t>(a.get<double>()) == std::bit_cast<std::uint64_t>(b.get<double>());
    if (!a.is_structured()) return a == b;
    for (auto i = a.begin(), j = b.begin(); i != a.end(); ++i, ++j) {
        if (a.is_object() && i.key() != j.key()) return false;
        if (!same(*i, *j)) return false;
    }
    return true;
}

enum outcome {
    both_accept,
    both_refuse,
    too_large_for_a_double,  // refused by both
    given_twice,             // nlohmann keeps the last
    too_deep,                // nlohmann has no limit
    byte_order_mark,         // nlohmann reads over one at the beginning
    zero_byte,               // nlohmann takes one behind the value for the end of the text
    unexplained,
    outcomes
};

outcome compare(const std::string& text) {
    using haft::errc;
    const haft::result<nlohmann::json> ours = haft::json::parse_json(text);
    const nlohmann::json theirs = nlohmann::json::parse(text, nullptr, false);

    // The check that builds nothing says what the bridge says, but of numbers.
    haft::json::lexer in(text, 64);
    std::string_view raw;
    haft::json::value_faults found;
    const bool checked = haft::json::skip_unique(in, raw, found) && in.expect_end() && found.empty();
    const auto is_number = [](const haft::fault& f) { return f.code == errc::out_of_limits; };
    const bool only_numbers = !ours && std::count_if(ours.error().faults.begin(), ours.error().faults.end(),
                                                     is_number) == std::ssize(ours.error().faults);
    if (checked != (ours || only_numbers)) return unexplained;

    if (ours) {
        if (theirs.is_discarded() || !same(*ours, theirs)) return unexplained;
        const haft::result<std::string> dumped = haft::json::dump_json(*ours);
        if (!dumped) return unexplained;
        const haft::result<nlohmann::json> again = haft::json::parse_json(*dumped);
        return again && *again == theirs && *haft::json::dump_json(*again) == *dumped ? both_accept : unexplained;
    }
    look seen;
    const bool taken = nlohmann::json::sax_parse(text, &seen);
    if (taken == theirs.is_discarded()) return unexplained;
    if (!taken) return only_numbers ? (seen.overflow ? too_large_for_a_double : unexplained) : both_refuse;
    const haft::fault& first = ours.error().faults.front();
    const haft::fault& last = ours.error().faults.back();
    if (last.code == errc::too_large) return seen.depth > 64 ? too_deep : unexplained;
    if (text.starts_with("\xEF\xBB\xBF")) return first.offset == 0 ? byte_order_mark : unexplained;
    if (last.code == errc::not_json) return text.at(last.offset) == '\0' ? zero_byte : unexplained;
    return first.code == errc::duplicate_key && last.code == errc::duplicate_key && seen.repeated ? given_twice
                                                                                                  : unexplained;
}

}  // namespace

TEST_CASE("haft and nlohmann read generated documents alike, but for the differences that are named") {
    generator make(20261121);
    constexpr std::size_t documents = 300'000;
    std::size_t count[outcomes] = {};
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < documents; ++i) {
        std::string text = make.document();
        if (i % 2) make.damage(text);
        bytes += text.size();
        const outcome o = compare(text);
        if (o == unexplained && count[unexplained] < 5) UNSCOPED_INFO("unexplained: " << text);
        ++count[o];
    }
    std::printf(
        "differential: %zu documents, %zu bytes: both accept %zu, both refuse %zu (and %zu for numbers beyond double); "
        "only "
        "haft refuses: key given twice %zu, too deep %zu, byte order mark %zu, zero byte %zu; unexplained %zu\n",
        documents, bytes, count[both_accept], count[both_refuse], count[too_large_for_a_double], count[given_twice],
        count[too_deep], count[byte_order_mark], count[zero_byte], count[unexplained]);
    CHECK(count[unexplained] == 0);
    CHECK(count[both_accept] > documents / 3);
    CHECK(count[both_refuse] > documents / 5);
    for (const outcome o : {too_large_for_a_double, given_twice, too_deep, byte_order_mark, zero_byte}) {
        CAPTURE(static_cast<int>(o));
        CHECK(count[o] > 500);
    }
}
