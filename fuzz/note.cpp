// SPDX-License-Identifier: BSL-1.0
// The bytes are a file that says it is a plugin: its note is read, or refused with words; and what a library says of itself (`describe`).
#include <haft/plugin/library/find_libraries.hpp>

#include "require.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <sys/mman.h>
#include <unistd.h>

using haft_fuzz::require;

namespace {

/// A file without a name, of these bytes.
int file_of(const std::uint8_t* data, std::size_t size) {
    static const int file = ::memfd_create("note", MFD_CLOEXEC);
    require(::ftruncate(file, 0) == 0, "a file can be emptied");
    require(::pwrite(file, data, size, 0) == static_cast<ssize_t>(size), "a file can be written");
    return file;
}

void told(const haft::error& e, const char* by) {
    require(!e.message.empty(), by);
    for (const char c : e.text())
        require(static_cast<unsigned char>(c) >= ' ' || c == '\n', "what is said moves no cursor", e.text());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const haft::result<haft::library_note> note =
        haft::detail::read_library_note(haft::detail::file_bytes(file_of(data, size), size), "fuzz.so");
    if (note) {
        const std::string& name = note->manifest.name;
        require(name.empty() || haft::legal_plugin_name(name), "a note's name is a plugin's", name);
        require(note->abi_major == HAFT_ABI_MAJOR, "another border is refused");
        require(note->config_schema.empty() || haft::json::is_json(note->config_schema), "a schema is JSON", note->config_schema);
    } else {
        told(note.error(), "a note is refused with words");
    }
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const haft::result<haft::detail::written_offer> offer = haft::detail::read_library_json<haft::detail::written_offer>(
        text, true, haft::errc::bad_plugin_offer, "its description");
    if (!offer) told(offer.error(), "a description is refused with words");
    return 0;
}
