// SPDX-License-Identifier: BSL-1.0
// The bytes are the arguments of a call, of every tool in turn.
#include <haft/core/text.hpp>

#include "require.hpp"
#include "tools.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

using haft_fuzz::require;

namespace {

bool shows_no_control(std::string_view text) {
    const char* p = text.data();
    const char* const end = p + text.size();
    while (p < end) {
        const std::size_t n = haft::utf8_length(p, end);
        if (n == 0 || (*p >= 0 && *p < ' ') || haft::disguises({p, n})) return false;
        p += n;
    }
    return true;
}

/// What a refusal tells is short, and safe to show to a person or a model.
void judge(const haft::error& e) {
    require(e.code == haft::errc::invalid_arguments, "a call that was not made has faults", e.text());
    require(!e.faults.empty() && e.faults.size() <= 32, "the faults are told, up to a limit", e.text());
    for (const haft::fault& f : e.faults) {
        require(shows_no_control(f.text()), "a fault shows no control character and no disguise", f.text());
        require(f.message.size() < 2000 && f.got.size() < 1000, "a fault echoes a limited part of the input", f.text());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const nlohmann::json value = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    for (const haft::tool& tool : haft_fuzz::tools) {
        // In lenient mode more is read; what is refused is told as well.
        std::vector<haft::note> notes;
        const haft::result<std::string> lenient =
            tool.call(text, {.mode = haft::lenient, .unwrap = true, .notes = &notes});
        if (!lenient) judge(lenient.error());
        for (const haft::note& n : notes)
            require(shows_no_control(n.text()), "a note shows no control character", n.text());

        haft_fuzz::called = false;
        const haft::result<std::string> first = tool.call(text);
        require(lenient.has_value() || !first.has_value(), "lenient reads what strict reads");
        require(haft_fuzz::called == first.has_value(), "called if and only if there is a result");
        if (!first) {
            judge(first.error());
            continue;
        }
        require(value.is_object() || value.is_null(), "called only with a JSON object, or null");
        const haft::result<std::string> second = tool.call(*first);
        require(second.has_value(), "what was given back can be given again", second ? "" : second.error().text());
        require(*first == *second, "what is given back twice is the same", *first + "\n" + *second);
        require(nlohmann::json::accept(*first), "a result is JSON", *first);
    }
    return 0;
}
