// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include <haft/core/nearest.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <stdexcept>

namespace demo {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t largest_file = 4u << 20;
constexpr std::size_t longest_line = 200;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool is_text(std::ifstream& in) {
    std::array<char, 1024> head{};
    in.read(head.data(), head.size());
    const auto end = head.begin() + in.gcount();
    const bool text = std::find(head.begin(), end, '\0') == end;
    in.clear();
    in.seekg(0);
    return text;
}

bool skipped_folder(const fs::path& name) {
    return name.string().starts_with('.') || name == "build" || name == "node_modules";
}

}  // namespace

fs::path files::inside(const std::string& relative) const {
    if (relative.find('\0') != std::string::npos) throw std::invalid_argument("a path holds no zero byte");
    const fs::path path = fs::weakly_canonical(root_ / relative);
    const fs::path seen = path.lexically_relative(root_);
    if (seen.empty() || *seen.begin() == "..")
        throw std::invalid_argument("\"" + relative + "\" leads out of the root folder");
    if (fs::exists(path)) return path;
    std::string message = "there is no \"" + relative + "\"";
    const std::string wanted = path.filename().string();
    haft::nearest_name nearest(wanted);
    std::vector<std::string> names;
    if (fs::is_directory(path.parent_path()))
        for (const auto& entry : fs::directory_iterator(path.parent_path()))
            names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) nearest.consider(name);
    if (!nearest.name().empty())
        message += "; did you mean \"" + (fs::path(relative).parent_path() / nearest.name()).string() + "\"?";
    throw std::invalid_argument(message);
}

std::vector<fs::path> files::collect(const std::string& folder, const std::optional<std::string>& extension) const {
    const fs::path top = inside(folder);
    if (!fs::is_directory(top)) throw std::invalid_argument("\"" + folder + "\" is a file; search wants a folder");
    std::vector<fs::path> found;
    for (auto it = fs::recursive_directory_iterator(top, fs::directory_options::skip_permission_denied);
         it != fs::end(it); ++it) {
        if (it->is_directory()) {
            if (skipped_folder(it->path().filename())) it.disable_recursion_pending();
        } else if (it->is_regular_file() && !it->is_symlink() &&
                   (!extension || it->path().string().ends_with(*extension))) {
            found.push_back(it->path());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

search_result files::search(const search_query& query) const {
    search_result out{};
    const bool ignore = query.letter_case == letter_case::ignore;
    for (const fs::path& path : collect(query.folder, query.extension)) {
        if (fs::file_size(path) > largest_file) continue;
        std::ifstream in(path, std::ios::binary);
        if (!in || !is_text(in)) continue;
        ++out.files_searched;
        std::string line;
        for (int number = 1; std::getline(in, line); ++number) {
            const auto at = std::search(line.begin(), line.end(), query.text.begin(), query.text.end(),
                                        [&](char a, char b) { return ignore ? lower(a) == lower(b) : a == b; });
            if (at == line.end()) continue;
            if (out.matches.size() == static_cast<std::size_t>(query.limit)) {
                out.more = true;
                return out;
            }
            const std::size_t first = std::min(line.find_first_not_of(" \t"), line.size());
            out.matches.push_back({path.lexically_relative(root_).string(), number, line.substr(first, longest_line)});
        }
    }
    return out;
}

std::string files::read(const read_query& query) const {
    const fs::path path = inside(query.file);
    if (!fs::is_regular_file(path))
        throw std::invalid_argument("\"" + query.file + "\" is no file; list_files shows what is in a folder");
    const line_range range = query.lines.value_or(line_range{});
    if (range.last < range.first) throw std::invalid_argument("/lines: last comes before first");
    std::ifstream in(path, std::ios::binary);
    if (!in || !is_text(in)) throw std::invalid_argument("\"" + query.file + "\" can't be read as text");
    std::string out;
    std::string line;
    int number = 1;
    for (; std::getline(in, line); ++number)
        if (number >= range.first && number <= range.last) out += std::to_string(number) + '\t' + line + '\n';
    if (out.empty()) throw std::out_of_range("\"" + query.file + "\" has " + std::to_string(number - 1) + " lines");
    return out;
}

std::vector<file_entry> files::list(const list_query& query) const {
    std::vector<file_entry> out;
    for (const fs::path& path : collect(query.folder, query.extension))
        out.push_back({path.lexically_relative(root_).string(), static_cast<std::size_t>(fs::file_size(path))});
    return out;
}

}  // namespace demo
