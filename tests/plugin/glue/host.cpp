// SPDX-License-Identifier: BSL-1.0
// haft_glue_host LIBRARY CONFIG TOOL ARGUMENTS: a host that loads a plugin and calls a tool of it, and needs no library but the C++ one's, so
// that it also runs where another compiler is at home.
#include <haft/plugin/library/library_plugin.hpp>
#include <haft/plugin/plugin_loader.hpp>
#include <haft/registry.hpp>

#include <cstdio>

int main(int argc, char** argv) {
    if (argc != 5) return std::fputs("haft_glue_host LIBRARY CONFIG TOOL ARGUMENTS\n", stderr), 2;
    const auto fail = [](const haft::error& e) { return std::fprintf(stderr, "%s\n", e.text().c_str()), 1; };
    haft::registry registry;
    haft::plugin_loader loader(registry);
    haft::library_options how;
    how.trust.check_owners = false;  // whoever runs a test may not own the files
    haft::result<haft::plugin_entry> entry = haft::library_entry(argv[1], how);
    if (!entry) return fail(entry.error());
    loader.add(std::move(*entry), argv[2]);
    const haft::load_report report = loader.load();
    if (!report.failed.empty()) return fail(report.failed[0]);
    const haft::result<std::string> said = registry.call(argv[3], argv[4]);
    if (!said) return fail(said.error());
    return std::printf("%s\n", said->c_str()) < 0;
}
