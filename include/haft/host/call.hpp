// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_CALL_HPP
#define HAFT_HOST_CALL_HPP

/// The command `call`: calls a tool for a person at a terminal.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/host/arguments.hpp>
#include <haft/host/call_display.hpp>
#include <haft/host/interrupt.hpp>
#include <haft/host/line_source.hpp>
#include <haft/host/pretty.hpp>
#include <haft/host/program.hpp>
#include <haft/host/save_block.hpp>
#include <haft/host/terminal_asker.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/content.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

namespace haft::inline v0::host {

namespace detail {

/// Prints a result: the value, then what is attached in words, or where it was saved.
HAFT_COLD inline int give(const program& p, const result_writer& result, std::string text, std::string_view folder,
                          std::string_view name) {
    const bool is_text = result.form() == result_form::text;
    if (result.form() == result_form::json && p.out.colour) text = pretty_json(text, p.out);
    if (is_text && text.ends_with('\n')) text.pop_back();
    bool anything = is_text || result.form() == result_form::json;
    std::size_t files = 0;
    for (const content_block& block : result.attachments()) {
        append_all(text, {anything ? "\n" : "", block_words(block)});
        anything = true;
        if (folder.empty()) continue;
        const haft::result<std::string> file = save_block(block, folder, name, files + 1);
        if (!file) return p.fail(file.error().message);
        if (file->empty()) continue;
        ++files;
        append_all(text, {" ", *file});
    }
    return anything ? p.print(text) : exit_ok;
}

}  // namespace detail

struct call_request {
    std::string_view name = {};
    std::string_view arguments = {};  ///< a JSON object; `-`: read from standard input
    std::string_view folder = {};     ///< images and other files go there; "": they are told of in words
    bool lenient = false;             ///< `"3"` will do for 3
};

/// Calls a tool and prints its result.
HAFT_COLD inline int call(const program& p, const call_request& what) {
    call_options how = p.options.call;
    if (what.lenient) how.mode = read_mode::lenient;
    const tool* const t = p.names().find(what.name);
    if (!t) return p.not_served(what.name);
    std::string_view arguments = what.arguments;
    std::string read;
    if (arguments == "-") {
        char part[4096];
        while (const std::size_t n = std::fread(part, 1, sizeof part, stdin)) read.append(part, n);
        arguments = read;
    }
    std::string text;
    std::vector<note> notes;
    call_display display(p.err);
    stop_on_interrupt stop;
    plain_lines lines(stderr);
    terminal_asker person(lines, p.err, stderr, [&] { display.clear(); });
    how.notes = &notes;
    how.listener = &display;
    how.stop = stop_token(stop);
    if (!how.asker && lines.is_person() && ::isatty(STDERR_FILENO) == 1) how.asker = &person;
    result_writer writer(text, p.json ? string_results::as_json : string_results::as_text, how);
    call_context context{t->name, how};
    t->run(arguments, context, writer);
    display.clear();
    for (const note& n : notes) p.say(p.err.warn("Note: "), n.text());
    if (writer.failed()) return p.fail(writer.error());
    if (p.json && writer.attachments().empty()) return p.print(writer.form() == result_form::none ? "null" : text);
    return detail::give(p, writer, std::move(text), what.folder, t->name);
}

/// `call [--lenient] [--save FOLDER] NAME JSON|-`
HAFT_COLD inline int call(const program& p, words options) {
    call_request what;
    const char* folder = "";
    std::size_t given = 0;  // of the two that are no options
    for (std::size_t i = 0; i < options.size(); ++i) {
        if (options[i] == "--lenient") what.lenient = true;
        else if (options.option(i, "--save", folder)) {
            if (!folder) return p.wrong("--save wants a folder");
            what.folder = folder;
        } else if (options[i].starts_with("--"))
            return p.wrong_word("call does not know ", options[i], {"--lenient", "--save"});
        else (given++ ? what.arguments : what.name) = options[i];
    }
    if (given != 2)
        return p.wrong("call wants a tool's name and one JSON object (in quotes), or - to read it from standard input");
    return call(p, what);
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_CALL_HPP
