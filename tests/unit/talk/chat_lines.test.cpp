// SPDX-License-Identifier: BSL-1.0
#include <haft/talk/chat_lines.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using haft::chat_entry;
using kind = haft::chat_entry::kind;
using texts = std::vector<std::string>;

TEST_CASE("A line is a message, blank lines are nothing", "[CM-07]") {
    haft::chat_lines lines;
    CHECK(lines.take("Hi").what == kind::message);
    CHECK(lines.take("  Hi  ").text == "  Hi  ");
    CHECK(lines.take("").what == kind::more);
    CHECK(lines.take(" \t").what == kind::more);
    CHECK(lines.take("exit the building").what == kind::message);
}

TEST_CASE("exit and quit end a chat", "[CM-07]") {
    haft::chat_lines lines;
    for (const char* const word : {"exit", "quit", " exit ", "!exit", "!quit"}) CHECK(lines.take(word).what == kind::end);
}

TEST_CASE("!multi takes lines until its !end", "[CM-07]") {
    haft::chat_lines lines;
    CHECK(lines.ends_at() == "");
    CHECK(lines.take("!multi").what == kind::more);
    CHECK(lines.ends_at() == "!end");
    for (const char* const line : {"  one", "", "exit", "!edit"}) CHECK(lines.take(line).what == kind::more);
    const chat_entry out = lines.take("!end");
    CHECK(out.what == kind::message);
    CHECK(out.text == "  one\n\nexit\n!edit");
    CHECK(lines.ends_at() == "");

    CHECK(lines.take("!multi  the end").what == kind::more);
    CHECK(lines.ends_at() == "!end the end");
    CHECK(lines.take("!end").what == kind::more);
    CHECK(lines.take("!end the end").text == "!end");

    CHECK(lines.take("!multi").what == kind::more);
    CHECK(lines.take("!end").what == kind::more);  // nothing to say
    static_cast<void>(lines.take("!multi"));
    static_cast<void>(lines.take("dropped"));
    lines.forget();
    CHECK(lines.take("Hi").text == "Hi");
}

TEST_CASE("!edit hands on what stands behind it", "[CM-07]") {
    haft::chat_lines lines;
    const chat_entry out = lines.take("!edit  Dear all, ");
    CHECK(out.what == kind::edit);
    CHECK(out.text == "Dear all,");
    CHECK(lines.whole("by hand\n!fragment a\n\n").text == "by hand");
    CHECK(lines.whole("by hand\n!fragment a\n\n").fragments == texts{"a"});
    CHECK(lines.whole(" \n\n").what == kind::more);
}

TEST_CASE("!fragment names fragments, with or without a text", "[CM-07]") {
    haft::chat_lines lines;
    chat_entry out = lines.take("!fragment notes.txt  docs:a\t");
    CHECK(out.what == kind::message);
    CHECK(out.text == "");
    CHECK(out.fragments == texts{"notes.txt", "docs:a"});
    for (const char* const line : {"!multi", "before", "!fragment a", "!fragmentary", "!fragment b c"}) static_cast<void>(lines.take(line));
    out = lines.take("!end");
    CHECK(out.text == "before\n!fragmentary");
    CHECK(out.fragments == texts{"a", "b", "c"});
    out = lines.take("!fragment");
    CHECK(out.what == kind::wrong);
    CHECK(out.problem.code == haft::errc::bad_chat_line);
    CHECK(out.problem.message == "!fragment wants to know which: a file, or prefix:argument, several with blanks between");
}

TEST_CASE("A command that is nearly one is told, not sent", "[CM-07]") {
    haft::chat_lines lines;
    const chat_entry out = lines.take("!mutli");
    CHECK(out.what == kind::wrong);
    CHECK(out.problem.text() == "the chat has no command \"!mutli\"; did you mean \"!multi\"? [haft-E0386]");
    CHECK(lines.take("!end").problem.text() == "!end ends what !multi begins, and no !multi is open [haft-E0386]");
    for (const char* const said : {"!important: read this", "!= or ==?", "! is a factorial", "!"}) CHECK(lines.take(said).what == kind::message);
}
