// SPDX-License-Identifier: BSL-1.0
// The bytes are a hand-written schema, a NUL, and a value: compiling and checking them, and a tool made of the schema.
#include <haft/json/document.hpp>
#include <haft/tool.hpp>
#include <haft/written/validate.hpp>
#include <haft/written/written_schema.hpp>
#include <haft/written/written_tool.hpp>

#include "require.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using haft_fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t middle = text.find('\0');
    const std::string_view schema = text.substr(0, middle);
    const std::string_view value = middle == std::string_view::npos ? "{}" : text.substr(middle + 1);
    static_cast<void>(haft::validate(value, schema, haft::validation::basic));

    const auto compiled = haft::written_schema::compile(schema);
    if (!compiled) {
        require(!compiled.error().faults.empty(), "a refusal says why");
        return 0;
    }
    const haft::checked_value strict = compiled->validate(value);
    const haft::checked_value again = compiled->validate(value);
    require(strict.faults.size() == again.faults.size(), "checking has no memory");
    for (const haft::fault& f : strict.faults) require(!f.message.empty(), "a fault has words");
    if (strict.ok())
        require(compiled->validate(value, {}, {.null_is_absence = true}).ok(),
                "to take null for absence refuses nothing");

    haft::toolset tools;
    bool called = false;
    if (!tools.add("t", "Fuzzed", schema, [&](std::string_view) { called = true; })) return 0;
    const bool answered = tools.call("t", value).has_value();
    require(answered == called, "the handler runs exactly with arguments that fit");
    if (strict.ok()) require(called, "arguments that fit the schema reach the handler");
    return 0;
}
