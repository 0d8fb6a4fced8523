// SPDX-License-Identifier: BSL-1.0
// The tour, `./scripts/demo.sh`: ordinary C++ that works on real files, offered as tools. Without arguments it shows itself.

#include <haft/haft.hpp>

#include "files.hpp"
#include "notebook.hpp"
#include "query_docs.hpp"
#include "tour.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>

int main(int argc, char** argv) {
    try {
        const demo::files files(".");
        const char* const notes_file = std::getenv("HAFT_DEMO_NOTES");
        demo::notebook notes(notes_file ? notes_file : ".haft-demo-notes.txt");

        const char* const docs_file = std::getenv("HAFT_DEMO_DOCS");
        demo::docs docs(".", docs_file ? docs_file : ".haft-demo-docs.sqlite");

        haft::toolset tools;
        tools.add("search_text",
                  {.description = "Search the files of a folder for a text",
                   .effect = haft::read_only,
                   .hints = haft::closed_world},
                  [&](const demo::search_query& q) { return files.search(q); });
        tools.add("read_lines",
                  {.description = "Read lines of a text file, each with its number",
                   .effect = haft::read_only,
                   .hints = haft::closed_world},
                  [&](const demo::read_query& q) { return files.read(q); });
        tools.add("list_files",
                  {.description = "List the files of a folder with their sizes",
                   .effect = haft::read_only,
                   .hints = haft::closed_world},
                  [&](const demo::list_query& q) { return files.list(q); });
        tools.add("query_docs",
                  {.description =
                       "Query the project's documentation with one SQL SELECT\n\nThe tables are errors(code, title, "
                       "wrong, right, why) and docs(page, heading, text). Full text: SELECT page, heading FROM "
                       "docs WHERE docs MATCH 'locale'.",
                   .effect = haft::read_only,
                   .hints = haft::closed_world},
                  [&](const demo::docs_query& q) { return docs.query(q); });
        tools.add(
            "add_note",
            {.description = "Write a note into the notebook", .effect = haft::additive, .hints = haft::closed_world},
            [&](const demo::new_note& n) { return notes.add(n); });
        tools.add("read_notes",
                  {.description = "Read the notebook", .effect = haft::read_only, .hints = haft::closed_world},
                  [&](const demo::note_query& q) { return notes.read(q); });
        tools.add("delete_note",
                  {.description = "Delete a note for good", .effect = haft::destructive, .hints = haft::closed_world},
                  [&](const demo::note_number& n) { notes.erase(n); });

        if (argc == 1) return demo::tour(tools);
        return haft::run(
            tools, argc, argv,
            {.name = "haft-demo",
             .version = HAFT_VERSION,
             .instructions =
                 "Files of one folder, their documentation as a database, and a notebook. Search before reading."});
    } catch (const std::exception& e) {
        std::fprintf(stderr, "Error: %s\n", e.what());
        return 1;
    }
}
