// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_MCP_PINS_HPP
#define HAFT_HOST_MCP_PINS_HPP

/// What somebody has agreed to of one MCP server: its tools as they were when they were first seen, and the command that starts it.
/// [fault 105]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/read_file.hpp>
#include <haft/core/result.hpp>
#include <haft/mcp/client/remote_tool.hpp>
#include <haft/os/private_folder.hpp>
#include <haft/os/write_file.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0::host::detail {

/// A line for each tool: its name, and the three hashes of its print. Tools have legal names, so there is no blank in one. And one for the
/// command: a colon and its hash.
class pin_file {
public:
    pin_file(const std::filesystem::path& folder, std::string_view server)
        : file_(folder.empty() ? folder : folder / concat({folded_plugin_name(server), ".pins"})) {
        read();
    }
    /// What stands there now: somebody may have agreed to something. Without a file what was put stays.
    void read() {
        std::string text, why;
        problem_.clear();
        std::error_code failed;
        if (file_.empty() || std::filesystem::symlink_status(file_, failed).type() == std::filesystem::file_type::not_found) return;
        if (!read_file(file_, most_bytes, text, why)) {
            problem_ = concat({file_.string(), " can't be read: ", why, "; what was agreed to is not known, so nothing is served until it is mended or gone"});
            return;
        }
        known_.clear();
        command_.clear();
        for (std::string_view rest = text; !rest.empty();) {
            const std::size_t end = (std::min)(rest.find('\n'), rest.size());
            std::string_view line = rest.substr(0, end);
            rest.remove_prefix((std::min)(end + 1, rest.size()));
            std::vector<std::string> words;
            while (!line.empty()) {
                const std::size_t blank = (std::min)(line.find(' '), line.size());
                words.emplace_back(line.substr(0, blank));
                line.remove_prefix((std::min)(blank + 1, line.size()));
            }
            if (words.size() == 2 && words[0] == ":") command_ = words[1];
            if (words.size() == 4) known_.insert_or_assign(words[0], mcp::tool_print{words[1], words[2], words[3]});
        }
    }

    /// Why it is not known what was agreed to; "": it is, or nothing was.
    const std::string& problem() const noexcept { return problem_; }

    /// What was agreed to, or nothing.
    const mcp::tool_print* find(const std::string& tool) const {
        const auto at = known_.find(tool);
        return at == known_.end() ? nullptr : &at->second;
    }
    void put(const std::string& tool, mcp::tool_print print) {
        known_.insert_or_assign(tool, std::move(print));
        changed_ = true;
    }
    /// False if nothing was known of it.
    bool forget(const std::string& tool) {
        const bool known = known_.erase(tool) > 0;
        changed_ = changed_ || known;
        return known;
    }
    /// The hash of the command by which it was started; "": it never was.
    const std::string& command() const noexcept { return command_; }
    void put_command(std::string hash) {
        changed_ = changed_ || hash != command_;
        command_ = std::move(hash);
    }
    result<void> save() {
        if (file_.empty() || !changed_ || !problem_.empty()) return {};
        haft::detail::make_private_folder(file_.parent_path());
        std::string text = command_.empty() ? std::string() : concat({": ", command_, "\n"});
        for (const auto& [name, print] : known_)
            append_all(text, {name, " ", print.description, " ", print.input_schema, " ", print.promises, "\n"});
        result<void> written = write_file(file_, text, 0600);
        changed_ = !written;
        return written;
    }
    std::string path() const { return file_.string(); }

private:
    static constexpr std::size_t most_bytes = std::size_t{1} << 22;

    std::filesystem::path file_;
    std::string problem_;
    std::map<std::string, mcp::tool_print> known_;
    std::string command_;
    bool changed_ = false;
};

}  // namespace haft::inline v0::host::detail

#endif  // HAFT_HOST_MCP_PINS_HPP
