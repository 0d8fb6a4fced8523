// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_RESULT_STORE_HPP
#define HAFT_RULES_RESULT_STORE_HPP

/// Where results go that are too long for a model: to a file each, of which it is shown the beginning, or nowhere. [EX-13]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/sha256.hpp>
#include <haft/core/text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace haft::inline v0 {

struct result_store_options {
    std::size_t most_characters = 8000;     ///< a longer result is not shown in full
    std::size_t preview_characters = 2000;  ///< what is shown of it
    std::size_t kept_files = 50;            ///< the oldest go
};

/// A text as a model is shown it.
struct shown_result {
    std::string text;
    std::filesystem::path file = {};  ///< where all of it stands; "" if nowhere
};

namespace detail {

/// The first so many characters.
constexpr std::string_view first_characters(std::string_view text, std::size_t most) noexcept {
    if (text.size() <= most) return text;
    std::size_t n = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0u) != 0x80u && n++ == most) return text.substr(0, i);
    return text;
}

}  // namespace detail

/// The beginning of a long text, and how much is missing; a short one as it is.
HAFT_COLD inline std::string cut_result(std::string_view text, const result_store_options& options = {}) {
    const std::string_view kept = detail::first_characters(text, options.most_characters);
    if (kept.size() == text.size()) return std::string(text);
    const std::size_t all = count_code_points(text);
    return concat({kept, "\n[cut: ", decimal(all - count_code_points(kept)), " of ", decimal(all),
                   " characters are missing; ask for less, such as a part of it or fewer items]"});
}

/// A directory of results. Safe from any thread; of several processes each has one of its own.
class result_store {
public:
    /// The directory is made when the first result is stored, for its owner only (0700); one that is there already and may be read
    /// by others is closed to them.
    explicit result_store(std::filesystem::path directory, result_store_options options = {})
        : directory_(std::move(directory)), options_(options) {}

    /// A short text as it is. Of a longer one the beginning, and the file where all of it stands, whose name depends on the call's id
    /// alone: stored again it is replaced. Where no file can be written the text is cut. [Qanot's]
    HAFT_COLD shown_result show(std::string_view text, std::string_view call_id) {
        if (detail::first_characters(text, options_.most_characters).size() == text.size()) return {std::string(text)};
        result<std::filesystem::path> stored = store(text, call_id);
        if (!stored)
            return {concat({cut_result(text, options_), "\n[it could not be stored: ", stored.error().message, "]"})};
        const std::string_view preview = detail::first_characters(text, options_.preview_characters);
        return {concat({preview, "\n[", decimal(count_code_points(preview)), " of ", decimal(count_code_points(text)),
                        " characters; all of them are in ", stored->string(), "]"}),
                *stored};
    }

    /// The file of a call's result, be it there or not.
    HAFT_COLD std::filesystem::path file_of(std::string_view call_id) const {
        // An id is a provider's text: what is no part of a file's name is left out, and the hash tells two of them apart.
        std::string name;
        for (const char c : call_id.substr(0, 40))
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-')
                name += c;
        append_all(name, {name.empty() ? "result-" : "-", sha256_of(call_id).substr(0, 12), ".txt"});
        return directory_ / name;
    }

private:
    HAFT_COLD result<std::filesystem::path> store(std::string_view text, std::string_view call_id) {
        namespace fs = std::filesystem;
        const std::lock_guard guard(mutex_);
        const auto no = [&](std::string_view what, const std::error_code& why) {
            return error{errc::tool_failed, concat({what, ": ", why.message()})};
        };
        std::error_code failed;
        fs::create_directories(directory_, failed);
        if (failed) return no("the directory can't be made", failed);
        fs::permissions(directory_, fs::perms::owner_all, failed);
        if (failed) return no("the directory can't be closed to others", failed);
        const fs::path file = file_of(call_id);
        fs::path fresh = file;
        fresh += ".part";
        fs::remove(fresh, failed);  // what somebody else may have put there, such as a link
        {
            std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
            out.write(text.data(), static_cast<std::streamsize>(text.size()));
            out.close();
            if (!out) {
                fs::remove(fresh, failed);
                return error{errc::tool_failed, "the file can't be written"};
            }
        }
        fs::permissions(fresh, fs::perms::owner_read | fs::perms::owner_write, failed);
        fs::rename(fresh, file, failed);
        if (failed) return no("the file can't be put in place", failed);
        remove_oldest(file);
        return file;
    }
    /// Those that were written first; of equal times the first by name. Files of others stay.
    HAFT_COLD void remove_oldest(const std::filesystem::path& newest) {
        namespace fs = std::filesystem;
        struct kept {
            fs::file_time_type written;
            fs::path file;
            bool operator<(const kept& other) const {
                return written != other.written ? written < other.written : file < other.file;
            }
        };
        std::vector<kept> all;
        std::error_code failed;
        for (fs::directory_iterator at(directory_, failed), end; !failed && at != end; at.increment(failed)) {
            if (at->path().extension() != ".txt" || at->path() == newest) continue;
            const fs::file_time_type written = fs::last_write_time(at->path(), failed);
            if (!failed) all.push_back({written, at->path()});
            failed.clear();
        }
        if (all.size() + 1 <= options_.kept_files) return;
        std::sort(all.begin(), all.end());
        for (std::size_t i = 0; i < all.size() && all.size() - i + 1 > options_.kept_files; ++i)
            fs::remove(all[i].file, failed);
    }

    const std::filesystem::path directory_;
    const result_store_options options_;
    std::mutex mutex_;
};

}  // namespace haft::inline v0

#endif  // HAFT_RULES_RESULT_STORE_HPP
