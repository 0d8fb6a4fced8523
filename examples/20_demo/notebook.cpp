// SPDX-License-Identifier: BSL-1.0
#include "notebook.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace demo {

namespace {

constexpr std::array<std::string_view, 3> priority_names{"low", "normal", "high"};

// A line of the file: number, priority, tags and text, separated by tabs.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\') out += "\\\\";
        else if (c == '\n') out += "\\n";
        else if (c == '\t') out += "\\t";
        else if (c == ',') out += "\\c";
        else out += c;
    }
    return out;
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        const char c = text[++i];
        out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'c' ? ',' : c;
    }
    return out;
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, separator);) out.push_back(part);
    return out;
}

}  // namespace

notebook::notebook(std::filesystem::path file) : file_(std::move(file)) {
    std::ifstream in(file_);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        const std::vector<std::string> parts = split(line, '\t');
        const auto name = parts.size() >= 4 ? std::find(priority_names.begin(), priority_names.end(), parts[1])
                                            : priority_names.end();
        if (name == priority_names.end() || parts[0].empty() ||
            parts[0].find_first_not_of("0123456789") != std::string::npos || parts[0].size() > 9)
            throw std::runtime_error(file_.string() + ":" + std::to_string(number) +
                                     ": not a note; expected number, priority, tags and text, separated by tabs");
        note n{std::stoi(parts[0]), unescaped(parts[3]), static_cast<priority>(name - priority_names.begin()), {}};
        for (const std::string& tag : split(parts[2], ',')) n.tags.push_back(unescaped(tag));
        notes_.push_back(std::move(n));
    }
}

note notebook::add(const new_note& words) {
    for (const std::string& tag : words.tags)
        if (tag.empty()) throw std::invalid_argument("/tags: a tag has at least one character");
    const std::lock_guard lock(guard_);
    std::vector<note> next = notes_;
    next.push_back({notes_.empty() ? 1 : notes_.back().number + 1, words.text, words.priority, words.tags});
    save(next);
    notes_ = std::move(next);
    return notes_.back();
}

std::vector<note> notebook::read(const note_query& query) const {
    const std::lock_guard lock(guard_);
    std::vector<note> out;
    for (const note& n : notes_)
        if (!query.tag || std::find(n.tags.begin(), n.tags.end(), *query.tag) != n.tags.end()) out.push_back(n);
    return out;
}

void notebook::erase(const note_number& which) {
    const std::lock_guard lock(guard_);
    std::vector<note> next = notes_;
    if (std::erase_if(next, [&](const note& n) { return n.number == which.number; }) == 0)
        throw std::out_of_range("there is no note " + std::to_string(which.number));
    save(next);
    notes_ = std::move(next);
}

void notebook::save(const std::vector<note>& notes) const {
    const std::filesystem::path fresh = file_.string() + ".new";
    std::ofstream out(fresh, std::ios::trunc);
    for (const note& n : notes) {
        out << n.number << '\t' << priority_names[static_cast<std::size_t>(n.priority)] << '\t';
        for (std::size_t i = 0; i < n.tags.size(); ++i) out << (i ? "," : "") << escaped(n.tags[i]);
        out << '\t' << escaped(n.text) << '\n';
    }
    out.close();
    if (!out) throw std::runtime_error("can't write " + fresh.string());
    std::filesystem::rename(fresh, file_);
}

}  // namespace demo
