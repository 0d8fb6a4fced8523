// SPDX-License-Identifier: BSL-1.0
#include <haft/host/command_description.hpp>
#include <haft/host/command_help.hpp>
#include <haft/host/completion_script.hpp>
#include <haft/host/man_page.hpp>
#include <haft/host/terminal.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <support/temporary_folder.hpp>

namespace {

using haft::host::command_description;
using texts = std::vector<std::string>;

/// A program `pot` with a bit of everything.
command_description pot() {
    command_description out{.name = "pot", .about = "Cooks [soup]: it's hot", .details = ".first\n\nA \\ and 'quotes'"};
    out.options = {{.names = {"-C"}, .value = "DIR", .about = "Cook there"},
                   {.names = {"-h", "--help"}, .about = "Help"},
                   {.names = {"--colour"}, .value = "auto|never", .about = "Colour"},
                   {.names = {"--add"}, .value = "THING", .about = "Salt", .repeats = true}};
    command_description stir{.name = "stir", .about = "Stirs"};
    stir.options = {{.names = {"--way"}, .value = "left|right", .about = "Which way"}};
    stir.arguments = {{.names = {"SPOON"}, .value = "TOOL", .about = "With what", .required = true},
                      {.names = {"LIST"}, .value = "FILE", .about = "More", .repeats = true}};
    command_description serve{.name = "serve", .about = "Serves", .details = "Hot."};
    serve.commands = {{.name = "soup", .about = "In bowls"}};
    out.commands = {stir, serve};
    return out;
}

/// What bash offers for words, of which the last is being typed.
std::string completed(const std::string& words) {
    const haft_test::temporary_folder at;
    at.script("bin/pot", "echo ladle; echo spoon\n");
    at.file("one.txt", "");
    at.folder("two");
    at.file("pot.bash", completion_script(pot(), "bash"));
    at.file("try.bash",
            ". ./pot.bash\nPATH=$PWD/bin:$PATH\ncompopt() { :; }\nCOMP_WORDS=(" + words +
                ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_pot\necho \"${COMPREPLY[*]}\" > out.txt\n");
    if (std::system(("cd '" + at.path.string() + "' && bash ./try.bash 2> problems.txt").c_str()) != 0) return "it failed";
    const std::string problems = haft_test::text_of(at.path / "problems.txt");
    return problems.empty() ? haft_test::text_of(at.path / "out.txt") : problems;
}

std::string line_of(std::string_view text, std::string_view part) {
    const std::size_t at = text.find(part);
    if (at == text.npos) return "(none)";
    const std::size_t begin = text.rfind('\n', at) == text.npos ? 0 : text.rfind('\n', at) + 1;
    return std::string(text.substr(begin, text.find('\n', at) - begin));
}

}  // namespace

TEST_CASE("Usage lines and names of options") {
    const command_description all = pot();
    CHECK(all.usage() == "pot [OPTION...] COMMAND");
    CHECK(all.commands[0].usage() == "stir [OPTION...] SPOON [LIST...]");
    CHECK(all.options[0].text() == "-C DIR");
    CHECK(all.options[1].text() == "-h, --help");
    CHECK(all.commands[0].arguments[0].text() == "SPOON");
    CHECK(all.options[2].choices() == texts{"auto", "never"});
    CHECK(all.options[0].choices().empty());
}

TEST_CASE("Help fits the terminal; every command's own options come before those of all") {
    const command_description all = pot();
    CHECK(help_text(all.commands[0], "pot", all.options, {.colour = false, .width = 50}) ==
          "usage: pot stir [OPTION...] SPOON [LIST...]\n"
          "Stirs\n"
          "\n"
          "arguments\n"
          "  SPOON  With what\n"
          "  LIST   More\n"
          "\n"
          "options\n"
          "  --way left|right  Which way\n"
          "\n"
          "options of every command\n"
          "  -C DIR               Cook there\n"
          "  -h, --help           Help\n"
          "  --colour auto|never  Colour\n"
          "  --add THING          Salt");
    command_description wide{.name = "w", .about = "one two three four"};
    wide.options = {{.names = {"--a-very-long-name-of-an-option"}, .value = "X", .about = "does it"}, {.names = {"-x"}, .about = "y"}};
    CHECK(help_text(wide, "", {}, {.colour = false, .width = 10}) ==
          "usage: w [OPTION...]\n"
          "one two\n"
          "three four\n"
          "\n"
          "options\n"
          "  --a-very-long-name-of-an-option X\n"
          "      does it\n"
          "  -x  y");
    CHECK(help_text(all, "", {}, {}).find("\ncommands\n  stir   Stirs\n  serve  Serves\n") != std::string::npos);
}

TEST_CASE("bash completes commands, options, choices, files, folders and tools") {
    if (std::system("command -v bash > /dev/null") != 0) SKIP("there is no bash");
    CHECK(completed("pot ''") == "stir serve\n");
    CHECK(completed("pot s") == "stir serve\n");
    CHECK(completed("pot serve ''") == "soup\n");
    CHECK(completed("pot --c") == "--colour\n");
    CHECK(completed("pot --colour ''") == "auto never\n");
    CHECK(completed("pot stir --way l") == "left\n");
    CHECK(completed("pot stir --colour n") == "never\n");
    CHECK(completed("pot stir --") == "--way --help --colour --add\n");
    CHECK(completed("pot -C t") == "two\n");
    CHECK(completed("pot stir ''") == "ladle spoon\n");
    CHECK(completed("pot -C two stir s") == "spoon\n");    // the option's value is no argument
    CHECK(completed("pot --add serve stir s") == "spoon\n");  // nor a command
    CHECK(completed("pot stir --help s") == "spoon\n");  // a flag is none
    CHECK(completed("pot stir spoon o") == "one.txt\n");
    CHECK(completed("pot stir spoon one.txt o") == "one.txt\n");  // repeats
    CHECK(completed("pot --add ''") == "\n");
    CHECK(completed("pot nowhere ''") == "\n");
}

TEST_CASE("zsh and fish are told the same, in their quotes") {
    const std::string zsh = completion_script(pot(), "zsh");
    CHECK(zsh.starts_with("#compdef pot\n"));
    CHECK(line_of(zsh, "-C[") == "        '-C[Cook there]:DIR:_files -/' \\");
    CHECK(line_of(zsh, "--colour[") == "        '--colour[Colour]:value:(auto never)' \\");
    CHECK(line_of(zsh, "--add[") == "        '*--add[Salt]:THING: ' \\");
    CHECK(line_of(zsh, "'1:SPOON") == "        '1:SPOON:_pot_tools' \\");
    CHECK(line_of(zsh, "LIST") == "        '*:LIST:_files'");
    CHECK(line_of(zsh, "'stir:") == "            'stir:Stirs'");
    CHECK(line_of(zsh, "_pot_serve_soup()") == "_pot_serve_soup() {");
    const std::string fish = completion_script(pot(), "fish");
    CHECK(line_of(fish, "-s C") == "complete -c pot -s C -r -a '(__fish_complete_directories)' -d 'Cook there'");
    CHECK(line_of(fish, "-l way") == "complete -c pot -n '__fish_seen_subcommand_from stir' -l way -r -a 'left right' -d 'Which way'");
    CHECK(line_of(fish, "-a stir") == "complete -c pot -n 'not __fish_seen_subcommand_from stir serve' -a stir -d 'Stirs'");
    CHECK(line_of(fish, "-a soup") ==
          "complete -c pot -n '__fish_seen_subcommand_from serve; and not __fish_seen_subcommand_from soup' -a soup -d 'In bowls'");

    command_description hard{.name = "p"};
    hard.options = {{.names = {"--x"}, .value = "Y", .about = "it's [a] b:c \\"}};
    CHECK(line_of(completion_script(hard, "zsh"), "--x") == R"(        '--x[it'\''s \[a\] b\:c \\]:Y: ')");
    CHECK(line_of(completion_script(hard, "fish"), "--x") == "(none)");
    CHECK(line_of(completion_script(hard, "fish"), "-l x") == R"(complete -c p -l x -r -d 'it\'s [a] b:c \\')");
    CHECK(completion_script(pot(), "csh").empty());
}

TEST_CASE("The manual says it in roff, where text stays text") {
    const std::string page = man_page(pot(), "1.2", {{"FILES", {{".potrc", "What's in it"}}}});
    CHECK(page.starts_with(".TH \"POT\" 1 \"\" \"pot 1.2\"\n.SH NAME\npot \\- Cooks [soup]: it's hot\n.SH SYNOPSIS\n.B pot\n"
                           "[OPTION...] COMMAND\n.SH DESCRIPTION\n\\&.first\n.PP\nA \\e and 'quotes'\n.SH OPTIONS\n"));
    CHECK(page.find(".TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\nHelp\n") != std::string::npos);
    CHECK(page.find(".TP\n\\fB\\-C\\fR \\fIDIR\\fR\nCook there\n") != std::string::npos);
    CHECK(page.find(".SS \"pot stir [OPTION...] SPOON [LIST...]\"\nStirs\n.TP\n\\fBSPOON\\fR\nWith what\n") != std::string::npos);
    CHECK(page.find(".SS \"pot serve COMMAND\"\nServes\n.PP\nHot.\n.SS \"pot serve soup\"\nIn bowls\n") != std::string::npos);
    CHECK(page.ends_with(".SH \"FILES\"\n.TP\n\\fB\\&.potrc\\fR\nWhat's in it"));
    CHECK(haft::host::man_page({.name = "bare", .about = "x"}, "1").find(".B bare\n\n") == std::string::npos);
}
