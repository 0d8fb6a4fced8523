// SPDX-License-Identifier: BSL-1.0
// A filesystem toolbox that is confined to a folder: two of them side by side, each with a configuration and an alias, and a
// person who is asked before anything is written.
#include <haft/std.hpp>
#include <haft/toolbox.hpp>
#include <haft/views.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include <unistd.h>

namespace fs = std::filesystem;

class Files {
public:
    struct config {
        std::string folder;
        bool writable = false;
        static constexpr std::array haft_fields{
            haft::field{"folder", "The folder that nothing leads out of", haft::min_length(1)},
            haft::field{"writable", "Whether files may be written"}};
    };
    struct file {
        std::string path;
        static constexpr std::array haft_fields{haft::field{"path", "Relative to the folder"}};
    };
    struct new_file {
        std::string path, text;
        static constexpr std::array haft_fields{haft::field{"path", "Relative to the folder"}, haft::field{"text"}};
    };

    explicit Files(config c) : config_(std::move(c)) {}
    /// Runs once, before the tools are listed.
    void prepare() {
        if (!fs::is_directory(config_.folder)) throw std::runtime_error("there is no folder " + config_.folder);
    }

    haft::result<std::string> read(const file& f) const {
        const haft::result<fs::path> path = haft::resolve_within(config_.folder, f.path);
        if (!path) return path.error();
        std::ifstream in(*path, std::ios::binary);
        if (!in) return haft::error{haft::errc::tool_failed, "there is no file " + f.path};
        return std::string(std::istreambuf_iterator<char>(in), {});
    }
    haft::result<std::string> write(const new_file& f) {
        if (!config_.writable) return haft::error{haft::errc::tool_failed, "this folder may only be read"};
        const haft::result<fs::path> path = haft::resolve_within(config_.folder, f.path);
        if (!path) return path.error();
        std::ofstream out(*path, std::ios::binary);
        out << f.text;
        if (!out.flush()) return haft::error{haft::errc::tool_failed, "can't write " + f.path};
        return "wrote " + std::to_string(f.text.size()) + " bytes";
    }
    std::vector<std::string> list() const {
        std::vector<std::string> out;
        for (const auto& entry : fs::directory_iterator(config_.folder))
            out.push_back(entry.path().filename().string());
        std::sort(out.begin(), out.end());
        return out;
    }

    static consteval auto haft_toolbox() {
        return haft::toolbox_words(
            haft::about{.description = "The files of one folder", .hints = haft::file_ops},
            haft::method<&Files::read>({.description = "Read a file", .effect = haft::read_only}),
            haft::method<&Files::write>({.description = "Write a file", .effect = haft::destructive}),
            haft::method<&Files::list>({.description = "List the files", .effect = haft::read_only}));
    }

private:
    config config_;
};

namespace {

struct person final : haft::approver {
    haft::approval ask(const haft::tool& wanted, std::string_view arguments) override {
        std::printf("  (somebody is asked: %.*s %.*s)\n", static_cast<int>(wanted.name.size()), wanted.name.data(),
                    static_cast<int>(arguments.size()), arguments.data());
        return {arguments.find("secret") == std::string_view::npos, "keep it to yourself"};
    }
};

void show(const haft::toolset& tools, std::string_view name, std::string_view arguments) {
    person somebody;
    haft::call_options options;
    options.asked = &somebody;
    std::printf("%.*s %.*s\n", static_cast<int>(name.size()), name.data(), static_cast<int>(arguments.size()),
                arguments.data());
    const haft::result<std::string> answer = tools.call(name, arguments, options);
    std::printf("  %s\n", (answer ? *answer : answer.error().text()).c_str());
}

}  // namespace

int main() {
    const fs::path folder = fs::temp_directory_path() / ("haft_files_" + std::to_string(::getpid()));
    fs::create_directories(folder / "src");
    fs::create_directories(folder / "notes");
    std::ofstream(folder / "src/main.c") << "int main(void) { return 0; }\n";

    const std::vector<haft::toolbox_class> classes{haft::toolbox_class_of<Files>()};
    const auto spec = [&](std::string_view sub, std::string_view rest) {
        return "Files(folder=\"" + (folder / sub).string() + "\"" + std::string(rest);
    };
    const haft::result<haft::toolbox> src = haft::instantiate(spec("src", ") as src"), classes);
    const haft::result<haft::toolbox> notes = haft::instantiate(spec("notes", ", writable=true) as notes"), classes);
    const haft::toolset tools =
        haft::toolset{*src, *notes} | haft::views::require_approval(haft::selector{"hint:destructive"});

    for (const haft::tool& t : tools)
        std::printf("%.*s: %.*s%s\n", static_cast<int>(t.name.size()), t.name.data(),
                    static_cast<int>(t.description.size()), t.description.data(),
                    t.needs_approval ? " (needs approval)" : "");
    show(tools, "src.list", "{}");
    show(tools, "src.read", R"({"path":"main.c"})");
    show(tools, "src.read", R"({"path":"../notes/diary"})");
    show(tools, "src.write", R"({"path":"main.c","text":""})");
    show(tools, "notes.write", R"({"path":"todo","text":"sleep"})");
    show(tools, "notes.write", R"({"path":"diary","text":"a secret"})");
    show(tools, "notes.list", "{}");
    const haft::result<haft::toolbox> missing = haft::instantiate("Files('/nowhere') as gone", classes);
    std::printf("%s\n", missing->tools().error().text().c_str());
    fs::remove_all(folder);
}
