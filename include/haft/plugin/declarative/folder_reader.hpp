// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_DECLARATIVE_FOLDER_READER_HPP
#define HAFT_PLUGIN_DECLARATIVE_FOLDER_READER_HPP

/// Reads the files of a plugin's folder and keeps everything that is wrong with them, each with its place.

#include <haft/config/configuration.hpp>
#include <haft/config/load_file.hpp>
#include <haft/config/read_section.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/read_file.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/os/shown_path.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// One file, read and not understood yet.
struct declared_file {
    std::string stem;  ///< its name without the folder and `.toml`
    configuration what = {};
};

class folder_reader {
public:
    explicit folder_reader(std::filesystem::path folder) : folder_(std::move(folder)) {}

    const std::filesystem::path& folder() const noexcept { return folder_; }
    const std::vector<fault>& mistakes() const noexcept { return mistakes_; }
    std::size_t more_mistakes() const noexcept { return more_; }
    std::vector<error>& warnings() noexcept { return warnings_; }

    /// The `*.toml` and `*.json` of a folder within, by name. Names that begin with `_` or `.` are skipped without a word; of others
    /// one is told that nobody reads them.
    HAFT_COLD std::vector<declared_file> files_in(std::string_view name) {
        std::vector<declared_file> out;
        for (const std::string& one : names_in(name)) {
            const std::filesystem::path file = folder_ / std::string(name) / one;
            if (!one.ends_with(".toml") && !one.ends_with(".json")) {
                warn(shown(file), "is neither *.toml nor *.json; nobody reads it");
                continue;
            }
            if (auto read = this->read(file)) out.push_back({one.substr(0, one.size() - 5), std::move(*read)});
        }
        return out;
    }

    /// A text of a folder within.
    struct text_file {
        std::string stem;  ///< its name without what stands behind the last dot
        std::string path;  ///< within the plugin's folder
        std::string text;
    };
    /// All of them, whatever their names end in; those that begin with `_` or `.` are skipped.
    HAFT_COLD std::vector<text_file> texts_in(std::string_view name) {
        std::vector<text_file> out;
        for (const std::string& one : names_in(name)) {
            std::string path = concat({name, "/", one});
            std::string text = this->text(path);
            out.push_back({one.substr(0, one.rfind('.')), std::move(path), std::move(text)});
        }
        return out;
    }

    /// `name.toml`, else `name.json`, of the folder itself; nothing if there is neither, or what there is can't be read.
    HAFT_COLD std::optional<declared_file> find(std::string_view name) {
        std::error_code problem;
        for (const std::string_view ending : {".toml", ".json"}) {
            const std::filesystem::path file = folder_ / concat({name, ending});
            if (!std::filesystem::exists(file, problem)) continue;
            auto read = this->read(file);
            if (!read) return std::nullopt;
            return declared_file{std::string(name), std::move(*read)};
        }
        return std::nullopt;
    }

    /// The whole of a file as a struct; nothing if it is none. Its mistakes are kept. If they are keys that there are not, the struct is
    /// that of the other keys, so that what is wrong with these is told, too.
    template <class T>
    std::optional<T> as(const declared_file& file) {
        result<T> out = file.what.read<T>("");
        if (!out) {
            const configuration others = without_unknown_keys(file.what, out.error());
            take(std::move(out.error()), file);
            out = others.read<T>("");
        }
        if (!out) return std::nullopt;
        return std::move(*out);
    }

    /// A text file beside the manifest; "" if there is none.
    HAFT_COLD std::string text(std::string_view name) {
        const std::filesystem::path file = folder_ / std::string(name);
        std::error_code problem;
        std::string out, why;
        if (!std::filesystem::exists(file, problem)) return {};
        if (!read_file(file, most_text, out, why)) add(concat({shown(file), ": ", why})), out.clear();
        return out;
    }

    /// A mistake at a pointer into a file.
    HAFT_COLD void add(std::string message, std::string pointer = {}, const declared_file* in = nullptr,
                       std::string_view nearest = {}) {
        fault f{errc::bad_declaration, std::move(pointer), std::move(message), {}, {}, std::string(nearest), 0, {}};
        f.place = in ? in->what.origin(f.pointer).text() : folder_.string();
        keep(std::move(f));
    }
    /// Everything that an error says of a file.
    HAFT_COLD void take(error e, const declared_file& of, std::string_view below = {}) {
        more_ += e.more_faults;
        if (e.faults.empty()) return add(std::move(e.message), std::string(below), &of);
        for (fault& f : e.faults) {
            f.pointer = concat({below, f.pointer});
            if (f.place.empty()) f.place = of.what.origin(f.pointer).text();
            keep(std::move(f));
        }
    }
    HAFT_COLD void warn(std::string_view what, std::string_view why) {
        warnings_.push_back({errc::bad_declaration, concat({what, " ", why})});
    }

private:
    /// But those that were meant to say what a program's arguments are: without these every place of one would be a mistake.
    HAFT_COLD static configuration without_unknown_keys(const configuration& of, const error& wrong) {
        nlohmann::json value = of.value();
        for (const fault& f : wrong.faults) {
            if (f.code != errc::unknown_parameter || f.nearest == "parameters" || f.nearest == "input") continue;
            const nlohmann::json::json_pointer at(f.pointer);
            if (value.contains(at)) value.at(at.parent_pointer()).erase(at.back());
        }
        return {std::move(value), of.origins()};
    }

    static constexpr std::size_t most_files = 1000, most_mistakes = 64, most_text = std::size_t{256} << 10;

    /// The names in a folder within, sorted, without those that nobody is to read.
    HAFT_COLD std::vector<std::string> names_in(std::string_view name) {
        namespace fs = std::filesystem;
        const fs::path within = folder_ / std::string(name);
        std::vector<std::string> names;
        std::error_code problem;
        if (!fs::exists(within, problem)) return names;
        if (!fs::is_directory(within, problem)) return warn(shown(within), "is no folder; nobody reads it"), names;
        for (fs::directory_iterator at(within, problem), end; !problem && at != end; at.increment(problem)) {
            if (names.size() == most_files) {
                add(concat({shown(within), " has more than ", decimal(most_files), " files"}));
                break;
            }
            names.push_back(at->path().filename().string());
        }
        if (problem) add(concat({shown(within), " can't be read: ", problem.message()}));
        std::erase_if(names, [](const std::string& one) { return one.starts_with('_') || one.starts_with('.'); });
        std::sort(names.begin(), names.end());
        return names;
    }

    HAFT_COLD std::optional<configuration> read(const std::filesystem::path& file) {
        config_limits limits;
        limits.max_bytes = std::size_t{1} << 20;
        result<configuration> out = load_config_file(file, limits);
        if (out) return std::move(*out);
        more_ += out.error().more_faults;
        if (out.error().faults.empty()) keep_whole(std::move(out.error()), shown(file));
        else
            for (fault& f : out.error().faults) keep(std::move(f));
        return std::nullopt;
    }
    /// Its message begins with the place: `tools/a.toml:3:7: …`.
    HAFT_COLD void keep_whole(error e, const std::string& file) {
        fault f{e.code, {}, std::move(e.message), {}, {}, {}, 0, file};
        if (f.message.starts_with(file + ':')) {
            const std::size_t end = f.message.find(": ", file.size());
            f.place = f.message.substr(0, end);
            f.message.erase(0, end == std::string::npos ? end : end + 2);
        }
        keep(std::move(f));
    }
    void keep(fault f) {
        f.place = shown(f.place);
        if (mistakes_.size() == most_mistakes) ++more_;
        else mistakes_.push_back(std::move(f));
    }

    std::filesystem::path folder_;
    std::vector<fault> mistakes_;
    std::size_t more_ = 0;
    std::vector<error> warnings_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_DECLARATIVE_FOLDER_READER_HPP
