// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_RESULT_TAKER_HPP
#define HAFT_PLUGIN_LIBRARY_RESULT_TAKER_HPP

/// Takes what a library gives in one call, as copies: nothing of the library's is kept. [fault 97]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/reader.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/library/host_table.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>
#include <haft/schema/words.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// What fail_json gives.
struct written_fault {
    std::string code = {};
    std::string pointer = {};
    std::string message = {};
    std::string expected = {};
    std::string got = {};
    std::string nearest = {};
    std::uint64_t offset = 0;
    std::string place = {};

    static constexpr std::array haft_fields{
        field{"code", "As E0205", not_required},        field{"pointer", "JSON pointer of the value", not_required},
        field{"message", "One sentence", not_required}, field{"expected", "What would have been right", not_required},
        field{"got", "What came", not_required},        field{"nearest", "Which name was meant", not_required},
        field{"place", "In a file", not_required}};
};
struct written_error {
    std::string code = {};
    std::string message = {};
    std::vector<written_fault> faults = {};
    std::uint32_t more_faults = 0;

    static constexpr std::array haft_fields{field{"code", "As E0209", not_required},
                                            field{"message", "One sentence", not_required},
                                            field{"faults", "What is wrong with the arguments", not_required}};
};

/// `E0205`, `haft-E0205`; `otherwise` if it is none of a time when something runs.
HAFT_COLD inline errc read_code(std::string_view text, errc otherwise) {
    if (text.starts_with("haft-")) text.remove_prefix(5);
    if (text.size() != 5 || !text.starts_with("E0") || text[2] < '2' || text[2] > '9') return otherwise;
    unsigned number = 0;
    for (const char c : text.substr(2)) {
        if (c < '0' || c > '9') return otherwise;
        number = number * 10 + static_cast<unsigned>(c - '0');
    }
    return static_cast<errc>(number);
}

/// What a library says of a failure; of what is no such JSON that is told.
HAFT_COLD inline error read_error(std::string_view text) {
    const json::read_limits limits;
    json::reader in(text, limits, read_mode::lenient);
    written_error read;
    if (!in.read_arguments(schema::type_of<written_error>, &read))
        return {errc::tool_failed, "it failed, and what it says of that is no such JSON as fail_json takes"};
    error out{read_code(read.code, errc::tool_failed), mended(read.message)};
    for (written_fault& f : read.faults)
        out.faults.push_back({read_code(f.code, errc::invalid_arguments), std::move(f.pointer), mended(f.message),
                              mended(f.expected), mended(f.got), mended(f.nearest), static_cast<std::size_t>(f.offset),
                              mended(f.place)});
    out.more_faults = read.more_faults;
    return out;
}

/// One haft_result and what was put into it. For one thread.
class result_taker {
public:
    enum class form : unsigned char { none, text, json };

    /// `most` are the bytes that are taken of one text, and of all blocks together.
    explicit result_taker(std::size_t most_text, std::size_t most_blocks) noexcept
        : most_text_(most_text),
          most_blocks_(most_blocks),
          table_{sizeof(haft_result), this, &on_text, &on_json, &on_block, &on_fail, &on_fail_json} {}
    result_taker(const result_taker&) = delete;
    result_taker& operator=(const result_taker&) = delete;

    haft_result* get() noexcept { return &table_; }

    /// After the function has returned: whether it failed. It did if it says so, or if it said why before it gave anything.
    HAFT_COLD bool failed(int returned) const noexcept {
        return returned != 0 || (has_error_ && !value_first_) || lost_;
    }
    /// Why it failed.
    HAFT_COLD error take_error() {
        if (lost_) return {errc::tool_failed, "there was no memory for what it gave"};
        if (has_error_) return std::move(error_);
        return {errc::tool_failed, "it says that it failed, and not why"};
    }

    form given() const noexcept { return form_; }
    std::string& value() noexcept { return value_; }
    /// Each a JSON text.
    std::vector<std::string>& blocks() noexcept { return blocks_; }
    /// The bytes of a value that was too large to be taken; 0 if there was none.
    std::size_t too_large() const noexcept { return too_large_; }

private:
    /// Nothing may be thrown across the border.
    template <class Do>
    static void guarded(haft_result* result, Do what) noexcept {
        auto& own = *static_cast<result_taker*>(result->host);
        try {
            what(own);
        } catch (...) { own.lost_ = true; }
    }
    HAFT_COLD void take(form as, std::string_view text) {
        if (form_ != form::none || has_error_) return;  // the first counts
        form_ = as;
        value_first_ = true;
        if (text.size() > most_text_) too_large_ = text.size();
        else value_ = text;
    }
    HAFT_COLD void fail(error why) {
        if (!has_error_) error_ = std::move(why), has_error_ = true;
    }
    static void on_text(haft_result* result, haft_text text) noexcept {
        guarded(result, [&](result_taker& own) { own.take(form::text, view_of(text)); });
    }
    static void on_json(haft_result* result, haft_text value) noexcept {
        guarded(result, [&](result_taker& own) { own.take(form::json, view_of(value)); });
    }
    static void on_block(haft_result* result, haft_text block) noexcept {
        guarded(result, [&](result_taker& own) {
            const std::string_view text = view_of(block);
            own.block_bytes_ += text.size();
            if (own.block_bytes_ > own.most_blocks_) own.too_large_ = own.block_bytes_;
            else own.blocks_.emplace_back(text);
        });
    }
    static void on_fail(haft_result* result, haft_text problem) noexcept {
        guarded(result, [&](result_taker& own) { own.fail({errc::tool_failed, mended(view_of(problem))}); });
    }
    static void on_fail_json(haft_result* result, haft_text problem) noexcept {
        guarded(result, [&](result_taker& own) { own.fail(read_error(view_of(problem))); });
    }

    std::size_t most_text_, most_blocks_;
    haft_result table_;
    form form_ = form::none;
    bool value_first_ = false, has_error_ = false, lost_ = false;
    std::string value_;
    std::vector<std::string> blocks_;
    std::size_t block_bytes_ = 0, too_large_ = 0;
    error error_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_RESULT_TAKER_HPP
