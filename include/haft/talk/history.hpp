// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TALK_HISTORY_HPP
#define HAFT_TALK_HISTORY_HPP

/// A talk as JSON text and back, so that another process can go on with it. [EX-08]

#include <haft/core/base64.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/reader.hpp>
#include <haft/json/string_text.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>
#include <haft/schema/words.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/content.hpp>
#include <haft/tool/message.hpp>
#include <haft/tool/tool_call.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace haft::inline v0 {

namespace detail {

// What stands in the text. The reader of arguments reads it, so it is strict, and tells every fault with its place.
enum class stored_kind : unsigned char { text, image, audio, resource, resource_link };
struct stored_block {
    stored_kind type = stored_kind::text;
    std::optional<std::string> text;
    std::optional<std::string> data;  // base64
    std::optional<std::string> mime_type;
    std::optional<std::string> uri;
    std::optional<std::string> name;
    std::optional<std::string> description;
};
struct stored_call {
    std::string id;
    std::string name;
    std::string arguments;
};
struct stored_answer {
    std::string id;
    std::string name;
    std::string text;
    bool is_error = false;
    bool is_json = false;
    std::optional<std::vector<stored_block>> blocks;
};
enum class stored_role : unsigned char { system, user, assistant, tool };
struct stored_message {
    stored_role role;
    std::string text;
    std::optional<std::vector<stored_block>> attachments;
    std::optional<std::vector<stored_call>> calls;
    std::optional<std::vector<stored_answer>> answers;
};
struct stored_history {
    int haft_history;
    std::vector<stored_message> messages;
    static constexpr std::array haft_fields{field{"haft_history", "version of this format", minimum(1), maximum(1)}};
};

class history_writer {
public:
    HAFT_COLD explicit history_writer(const std::vector<message>& history) {
        out_ = R"({"haft_history":1,"messages":[)";
        list(history, [&](const message& m) { put(m); });
        out_ += "]}";
    }
    std::string take() { return std::move(out_); }

private:
    template <class T, class Put>
    void list(const std::vector<T>& all, Put one) {
        for (const T& t : all) {
            if (&t != all.data()) out_ += ',';
            one(t);
        }
    }
    void member(std::string_view key, std::string_view text) {
        append_all(out_, {out_.back() == '{' ? "\"" : ",\"", key, "\":", json::string_text(text)});
    }
    template <class T, class Put>
    void member(std::string_view key, const std::vector<T>& all, Put one) {
        if (all.empty()) return;
        append_all(out_, {",\"", key, "\":["});
        list(all, one);
        out_ += ']';
    }
    HAFT_COLD void put(const message& m) {
        constexpr std::string_view roles[] = {"system", "user", "assistant", "tool"};
        out_ += '{';
        member("role", roles[static_cast<std::size_t>(m.role)]);
        member("text", m.text);
        member("attachments", m.attachments, [&](const content_block& b) { put(b); });
        member("calls", m.calls, [&](const tool_call& c) {
            out_ += '{';
            member("id", c.id);
            member("name", c.name);
            member("arguments", c.arguments);
            out_ += '}';
        });
        member("answers", m.answers, [&](const tool_answer& a) {
            out_ += '{';
            member("id", a.id);
            member("name", a.name);
            member("text", a.text);
            if (a.is_error) out_ += ",\"is_error\":true";
            if (a.is_json) out_ += ",\"is_json\":true";
            member("blocks", a.blocks, [&](const content_block& b) { put(b); });
            out_ += '}';
        });
        out_ += '}';
    }
    HAFT_COLD void put(const content_block& block) {
        out_ += '{';
        std::visit([&](const auto& b) { put_members(b); }, block);
        out_ += '}';
    }
    void put_members(const std::string& text) {
        member("type", "text");
        member("text", text);
    }
    void put_members(const image& b) { file("image", b.bytes, b.mime_type); }
    void put_members(const audio& b) { file("audio", b.bytes, b.mime_type); }
    void file(std::string_view type, std::string_view bytes, std::string_view mime_type) {
        member("type", type);
        append_bytes(out_, "data", bytes);
        member("mime_type", mime_type);
    }
    void put_members(const resource& b) {
        member("type", "resource");
        member("uri", b.uri);
        if (const auto* text = std::get_if<0>(&b.contents)) member("text", *text);
        else append_bytes(out_, "data", bytes_of(*std::get_if<1>(&b.contents)));
        member("mime_type", b.mime_type);
    }
    void put_members(const resource_link& b) {
        member("type", "resource_link");
        member("uri", b.uri);
        member("name", b.name);
        member("description", b.description);
        member("mime_type", b.mime_type);
    }

    std::string out_;
};

class history_reader {
public:
    HAFT_COLD result<std::vector<message>> read(std::string_view text) {
        const json::read_limits limits{.max_bytes = most_bytes, .max_string_bytes = most_bytes};
        stored_history stored{};
        json::reader in(text, limits);
        if (!in.read_arguments(schema::type_of<stored_history>, &stored)) {
            faults_ = in.take_faults();
            more_ = in.more_faults();
        }
        std::vector<message> out;
        if (faults_.empty()) convert(stored, out);
        if (faults_.empty()) return out;
        error e{errc::bad_history, {}, std::move(faults_), more_};
        e.message = concat({"the history can't be read: ", json::fault_count(e)});
        return e;
    }

private:
    static constexpr std::size_t most_bytes = std::size_t{1} << 30;

    void convert(stored_history& stored, std::vector<message>& out) {
        for (std::size_t i = 0; i < stored.messages.size(); ++i) {
            stored_message& from = stored.messages[i];
            const std::string where = concat({"/messages/", decimal(i)});
            message& m = out.emplace_back();
            m.role = static_cast<role>(from.role);
            m.text = std::move(from.text);
            blocks(from.attachments, concat({where, "/attachments"}), m.attachments);
            if (from.calls && m.role != role::assistant) refuse(concat({where, "/calls"}), "only an assistant calls");
            if (from.calls)
                for (stored_call& c : *from.calls)
                    m.calls.push_back({std::move(c.id), std::move(c.name), std::move(c.arguments)});
            if (from.answers && m.role != role::tool) refuse(concat({where, "/answers"}), "only the role tool answers");
            if (!from.answers) continue;
            for (std::size_t k = 0; k < from.answers->size(); ++k) {
                stored_answer& a = (*from.answers)[k];
                tool_answer& to = m.answers.emplace_back();
                to.id = std::move(a.id);
                to.name = std::move(a.name);
                to.text = std::move(a.text);
                to.is_error = a.is_error;
                to.is_json = a.is_json;
                blocks(a.blocks, concat({where, "/answers/", decimal(k), "/blocks"}), to.blocks);
            }
        }
    }
    void blocks(std::optional<std::vector<stored_block>>& from, const std::string& where, content& out) {
        if (!from) return;
        for (std::size_t i = 0; i < from->size(); ++i) {
            at_ = concat({where, "/", decimal(i)});
            out.push_back(block((*from)[i]));
        }
    }
    content_block block(stored_block& b) {
        switch (b.type) {
            case stored_kind::text: only(b, {&b.text}); return need(b.text, "text");
            case stored_kind::image:
                only(b, {&b.data, &b.mime_type});
                return image{bytes(b), need(b.mime_type, "mime_type")};
            case stored_kind::audio:
                only(b, {&b.data, &b.mime_type});
                return audio{bytes(b), need(b.mime_type, "mime_type")};
            case stored_kind::resource: {
                only(b, {&b.uri, &b.text, &b.data, &b.mime_type});
                resource out{need(b.uri, "uri"), need(b.mime_type, "mime_type"), {}};
                if (!b.data) {
                    out.contents = need(b.text, "text");
                } else {
                    if (b.text) refuse(concat({at_, "/text"}), "a resource is a text or bytes, not both");
                    const std::string all = bytes(b);
                    out.contents = std::vector<unsigned char>(all.begin(), all.end());
                }
                return out;
            }
            case stored_kind::resource_link: break;
        }
        only(b, {&b.uri, &b.name, &b.description, &b.mime_type});
        return resource_link{need(b.uri, "uri"), need(b.name, "name"), need(b.description, "description"),
                             need(b.mime_type, "mime_type")};
    }
    std::string need(std::optional<std::string>& member, std::string_view name) {
        if (member) return std::move(*member);
        refuse(at_, concat({in_quotes(name), " is missing"}), errc::missing_parameter);
        return {};
    }
    std::string bytes(stored_block& b) {
        const std::string text = need(b.data, "data");
        std::string out;
        if (!append_base64_bytes(out, text)) refuse(concat({at_, "/data"}), "expected base64");
        return out;
    }
    void only(const stored_block& b, std::initializer_list<const std::optional<std::string>*> known) {
        const std::pair<const std::optional<std::string>*, std::string_view> all[] = {
            {&b.text, "text"}, {&b.data, "data"}, {&b.mime_type, "mime_type"},
            {&b.uri, "uri"},   {&b.name, "name"}, {&b.description, "description"}};
        for (const auto& [member, name] : all) {
            if (!*member) continue;
            bool is_known = false;
            for (const auto* const k : known) is_known = is_known || k == member;
            if (!is_known)
                refuse(concat({at_, "/", name}), "a block of this type has no such member", errc::unknown_parameter);
        }
    }
    HAFT_COLD void refuse(std::string where, std::string why, errc code = errc::not_allowed) {
        if (faults_.size() == 32) return void(++more_);
        faults_.push_back({.code = code,
                           .pointer = std::move(where),
                           .message = std::move(why),
                           .expected = {},
                           .got = {},
                           .nearest = {}});
    }

    std::vector<fault> faults_;
    std::size_t more_ = 0;
    std::string at_;
};

}  // namespace detail

/// `{"haft_history":1,"messages":[…]}`: everything of a talk. Texts that are no UTF-8 come back with U+FFFD where they are not.
HAFT_COLD inline std::string to_json(const std::vector<message>& history) {
    return detail::history_writer(history).take();
}

/// Reads what to_json has written, and nothing else: every unknown, missing or wrong member is told with its JSON pointer (E0350).
/// Reading takes what calls and answers say as it is: whoever resumes the talk of a file trusts who could write the file.
HAFT_COLD inline result<std::vector<message>> read_history(std::string_view json) {
    return detail::history_reader().read(json);
}

}  // namespace haft::inline v0

#endif  // HAFT_TALK_HISTORY_HPP
