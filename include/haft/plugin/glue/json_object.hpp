// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_GLUE_JSON_OBJECT_HPP
#define HAFT_PLUGIN_GLUE_JSON_OBJECT_HPP

/// JSON objects that cross the border, put together member by member; and errors as such objects.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/json/string_text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0::detail::glue {

/// Writes an object to the end of a text. What is as it would be without the member is left out.
class json_object {
public:
    explicit json_object(std::string& to) : out_(to) { out_ += '{'; }
    json_object(const json_object&) = delete;
    json_object& operator=(const json_object&) = delete;

    /// Begins a member whose value the caller writes.
    HAFT_COLD void key(std::string_view name) {
        append_all(out_, {first_ ? "" : ",", json::string_text(name), ":"});
        first_ = false;
    }
    HAFT_COLD void text(std::string_view name, std::string_view value) {
        if (value.empty()) return;
        key(name);
        out_ += json::string_text(value);
    }
    HAFT_COLD void any_text(std::string_view name, std::string_view value) {
        key(name);
        out_ += json::string_text(value);
    }
    HAFT_COLD void raw(std::string_view name, std::string_view value) {
        if (value.empty()) return;
        key(name);
        out_ += value;
    }
    HAFT_COLD void flag(std::string_view name, bool value, bool otherwise = false) {
        if (value != otherwise) raw(name, value ? "true" : "false");
    }
    HAFT_COLD void number(std::string_view name, long long value, long long otherwise = 0) {
        if (value != otherwise) raw(name, std::to_string(value));
    }
    template <class List>
    HAFT_COLD void texts(std::string_view name, const List& values) {
        if (values.empty()) return;
        key(name);
        bool first = true;
        for (const auto& one : values) {
            append_all(out_, {first ? "[" : ",", json::string_text(one)});
            first = false;
        }
        out_ += ']';
    }
    /// A list of objects, each written by `write(json_object&, one)`.
    template <class List, class Write>
    HAFT_COLD void objects(std::string_view name, const List& values, Write write) {
        if (values.empty()) return;
        key(name);
        bool first = true;
        for (const auto& one : values) {
            out_ += first ? '[' : ',';
            first = false;
            json_object object(out_);
            write(object, one);
            object.end();
        }
        out_ += ']';
    }
    void end() { out_ += '}'; }

private:
    std::string& out_;
    bool first_ = true;
};

/// `E0209`: a code within haft's own texts stands alone.
HAFT_COLD inline std::string bare_code(errc code) { return code_text(code).substr(std::string_view("haft-").size()); }

/// All there is to know of an error, but for the exception that it may hold.
HAFT_COLD inline void write_error(json_object& o, const error& e) {
    o.text("code", bare_code(e.code));
    o.any_text("message", e.message);
    o.objects("faults", e.faults, [](json_object& one, const fault& f) {
        one.text("code", bare_code(f.code));
        one.text("pointer", f.pointer);
        one.text("message", f.message);
        one.text("expected", f.expected);
        one.text("got", f.got);
        one.text("nearest", f.nearest);
        one.number("offset", static_cast<long long>(f.offset));
        one.text("place", f.place);
    });
    o.number("more_faults", static_cast<long long>(e.more_faults));
}
HAFT_COLD inline std::string error_json(const error& e) {
    std::string out;
    json_object o(out);
    write_error(o, e);
    o.end();
    return out;
}

}  // namespace haft::inline v0::detail::glue

#endif  // HAFT_PLUGIN_GLUE_JSON_OBJECT_HPP
