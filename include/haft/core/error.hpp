// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CORE_ERROR_HPP
#define HAFT_CORE_ERROR_HPP

/// What can go wrong at run time: the codes, one fault with its place, and the error that holds every fault of a call.
/// The readers are models and people who will try again, so each fault says what, where, expected, got and how to mend.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// The stable number of a run-time error; `docs/errors/` has a page for each. Numbers are never reused.
enum class errc : unsigned short {
    not_json = 201,            // haft-E0201
    wrong_type = 202,          // haft-E0202
    unknown_parameter = 203,   // haft-E0203
    missing_parameter = 204,   // haft-E0204
    out_of_limits = 205,       // haft-E0205
    duplicate_key = 206,       // haft-E0206
    not_allowed = 207,         // haft-E0207
    too_large = 208,           // haft-E0208
    invalid_arguments = 209,   // haft-E0209: several faults; each has a code of its own
    tool_failed = 210,         // haft-E0210
    unknown_tool = 211,        // haft-E0211
    duplicate_tool = 212,      // haft-E0212
    bad_tool_name = 213,       // haft-E0213
    bad_result = 214,          // haft-E0214
    bad_tool = 215,            // haft-E0215
    names_alike = 216,         // haft-E0216: a warning
    text_changed = 217,        // haft-E0217: a warning
    bad_text = 220,            // haft-E0220: a value that its type's own grammar or rule refuses
    no_alternative = 221,      // haft-E0221
    bad_call_object = 230,     // haft-E0230
    bad_schema = 240,          // haft-E0240
    toolbox_broken = 250,      // haft-E0250
    bad_configuration = 251,   // haft-E0251
    bad_spec = 252,            // haft-E0252
    unknown_class = 253,       // haft-E0253
    duplicate_class = 254,     // haft-E0254
    bad_selection = 260,       // haft-E0260
    bad_transform = 261,       // haft-E0261
    not_approved = 262,        // haft-E0262
    unknown_owner = 270,       // haft-E0270
    duplicate_owner = 271,     // haft-E0271
    bad_owner = 272,           // haft-E0272
    not_available = 273,       // haft-E0273
    owner_failed = 274,        // haft-E0274
    tool_not_served = 275,     // haft-E0275
    unknown_kind = 276,        // haft-E0276
    bad_name = 280,            // haft-E0280
    name_taken = 281,          // haft-E0281
    unknown_name = 282,        // haft-E0282
    hook_failed = 290,         // haft-E0290
    bad_hook = 291,            // haft-E0291
    hook_slow = 292,           // haft-E0292: a warning
    hooks_nested = 293,        // haft-E0293
    bad_wrapper = 294,         // haft-E0294
    unknown_point = 295,       // haft-E0295
    hook_dropped = 296,        // haft-E0296
    hook_hangs = 297,          // haft-E0297
    deprecated_point = 298,    // haft-E0298: a warning
    bad_hook_reply = 299,      // haft-E0299
    bad_command_line = 300,    // haft-E0300
    unknown_command = 301,     // haft-E0301
    ambiguous_command = 302,   // haft-E0302
    bad_command_words = 303,   // haft-E0303
    commands_closed = 304,     // haft-E0304
    duplicate_command = 305,   // haft-E0305
    bad_command = 306,         // haft-E0306
    command_failed = 307,      // haft-E0307
    enricher_failed = 310,     // haft-E0310
    bad_metadata = 311,        // haft-E0311
    bad_enricher = 312,        // haft-E0312
    unread_file = 313,         // haft-E0313
    bad_aliases = 315,         // haft-E0315
    model_cannot = 316,        // haft-E0316: the model does not do what it is asked for
    bad_reply = 317,           // haft-E0317: a model's reply that can't be read
    refused_request = 318,     // haft-E0318: what serves the model answers with an error
    no_connection = 319,       // haft-E0319
    no_answer_in_time = 320,   // haft-E0320
    stopped_request = 321,     // haft-E0321
    bad_key = 322,             // haft-E0322: a key is missing, or may not be used as it is
    bad_request = 323,         // haft-E0323: a request that can't be written
    model_failed = 324,        // haft-E0324: a model or an embedding model broke its contract
    template_failed = 330,     // haft-E0330
    unknown_prefix = 331,      // haft-E0331
    bad_template = 332,        // haft-E0332
    missing_variables = 333,   // haft-E0333
    bad_placeholder = 334,     // haft-E0334
    fragment_failed = 335,     // haft-E0335
    stray_attachment = 336,    // haft-E0336
    bad_attachment = 337,      // haft-E0337
    bad_function = 338,        // haft-E0338
    call_paused = 340,         // haft-E0340
    call_cancelled = 341,      // haft-E0341
    call_vetoed = 342,         // haft-E0342
    call_timed_out = 343,      // haft-E0343
    tool_disabled = 344,       // haft-E0344
    calls_too_deep = 345,      // haft-E0345
    missing_provider = 346,    // haft-E0346
    environment_changed = 347, // haft-E0347: told, the call goes on
    runner_stopped = 348,      // haft-E0348
    still_running = 349,       // haft-E0349
    bad_history = 350,         // haft-E0350
    rate_limited = 351,        // haft-E0351
    call_changed = 352,        // haft-E0352
    callback_failed = 353,     // haft-E0353
    result_changed = 354,      // haft-E0354
    denied_by_policy = 355,    // haft-E0355
    call_skipped = 356,        // haft-E0356
    call_not_fit = 357,        // haft-E0357: a call that breaks the limits of calls
    going_in_circles = 358,    // haft-E0358
    call_too_early = 359,      // haft-E0359: a call that wants another one before it
    retry_asked = 360,         // haft-E0360: the tool asks the model to mend the call and make it again
    retries_spent = 361,       // haft-E0361
    final_failure = 362,       // haft-E0362: no mended call would help
    bad_policy_state = 363,    // haft-E0363
    check_failed = 364,        // haft-E0364
    not_recorded = 365,        // haft-E0365
    bad_recording = 366,       // haft-E0366
    tainted_selection = 367,   // haft-E0367
    approval_demanded = 369,   // haft-E0369: a check wants somebody to agree
    call_not_json = 370,       // haft-E0370
    call_cut_off = 371,        // haft-E0371
    call_too_large = 372,      // haft-E0372
    generation_vetoed = 374,   // haft-E0374
    session_over = 375,        // haft-E0375
    bad_config_text = 376,     // haft-E0376: a file that is neither TOML nor JSON
    unread_config = 377,       // haft-E0377: a file that can't be read as a configuration at all
    bad_section = 378,         // haft-E0378: a section that does not fit its struct
    config_conflict = 379,     // haft-E0379: a table in one layer and something else in another
    bad_include = 380,         // haft-E0380
    bad_substitution = 381,    // haft-E0381: ${NAME} that can't be replaced
    untrusted_config = 382,    // haft-E0382: a file that others can write names plugins
    bad_override = 383,        // haft-E0383: an environment variable or argument that can't be a value
    bad_plugin_list = 384,     // haft-E0384
    config_rejected = 385,     // haft-E0385: a new configuration that a checker refuses; the old one stays
    bad_chat_line = 386,       // haft-E0386: a chat's own command that can't be
    no_endpoint = 387,         // haft-E0387: nobody says where the model is, or who may not says it
    editor_failed = 388,       // haft-E0388
    bad_plugin_name = 410,     // haft-E0410
    plugin_failed = 411,       // haft-E0411: its own code
    duplicate_plugin = 412,    // haft-E0412
    missing_plugin = 413,      // haft-E0413: one that another needs
    plugin_cycle = 414,        // haft-E0414
    host_too_old = 415,        // haft-E0415
    missing_program = 416,     // haft-E0416
    missing_config = 417,      // haft-E0417
    bad_manifest = 418,        // haft-E0418
    unknown_plugin = 419,      // haft-E0419
    bad_plugin_config = 420,   // haft-E0420
    prompt_file = 421,         // haft-E0421: a file of prompts that can't be kept up
    bad_server_config = 422,   // haft-E0422: a section of an MCP server
    server_not_started = 423,  // haft-E0423
    bad_server_message = 424,  // haft-E0424: an MCP server says what no server may say
    server_ended = 425,        // haft-E0425
    server_refused = 426,      // haft-E0426: a server answers a request with an error
    server_silent = 427,       // haft-E0427
    bad_server_tool = 428,     // haft-E0428: a tool of a server that can't be mounted
    server_tool_changed = 429, // haft-E0429: a tool is not what it was when it was agreed to
    untrusted_server = 430,    // haft-E0430: a project that is only visited names a program to be started
    no_common_revision = 431,  // haft-E0431
    call_fate_unknown = 432,   // haft-E0432: nobody knows whether a call was done
    server_not_reached = 433,  // haft-E0433: a call was not begun
    no_worker = 437,           // haft-E0437
    worker_busy = 438,         // haft-E0438
    bus_failed = 439,          // haft-E0439: NATS can't be reached, or not so
    unknown_program = 440,     // haft-E0440
    program_not_run = 441,     // haft-E0441
    file_not_written = 442,    // haft-E0442
    bad_program_tool = 443,    // haft-E0443
    bad_program_argument = 444, // haft-E0444
    program_failed = 445,      // haft-E0445
    program_timed_out = 446,   // haft-E0446
    bad_declaration = 447,     // haft-E0447: a file of a plugin that is a folder
    plugin_not_found = 448,    // haft-E0448
    untrusted_place = 449,     // haft-E0449: a folder that others can write to
    plugin_shadowed = 450,     // haft-E0450: a warning
    unread_place = 451,        // haft-E0451: a warning
    bad_log_setting = 452,     // haft-E0452
    bad_library = 453,         // haft-E0453: a file that is no shared library, or none for this machine
    no_plugin_note = 454,      // haft-E0454
    other_abi = 455,           // haft-E0455
    bad_plugin_note = 456,     // haft-E0456
    untrusted_library = 457,   // haft-E0457: a file that others can write, or put in the place of another
    library_not_read = 458,    // haft-E0458
    library_not_loaded = 459,  // haft-E0459
    missing_entry = 460,       // haft-E0460: a library without haft_plugin_v1
    bad_plugin_table = 461,    // haft-E0461
    bad_plugin_offer = 462,    // haft-E0462: what a library describes itself as
    library_in_use = 463,      // haft-E0463
    plugin_slow = 464,         // haft-E0464: a warning
    plugin_crashed = 465,      // haft-E0465: it was being loaded when the host ended
    library_kept = 466,        // haft-E0466: a warning: a changed file, of which the older state stays loaded
    plugin_unloaded = 467,     // haft-E0467
    cannot_cross = 470,        // haft-E0470: what a plugin has that can't be reached from another module
    bad_hook_data = 471,       // haft-E0471
    bad_library_call = 472,    // haft-E0472: a host asks a plugin for what is not there, or at the wrong time
    not_listening = 490,       // haft-E0490
    bad_http_option = 491,     // haft-E0491
    bad_certificate = 492,     // haft-E0492
    bad_token = 493,           // haft-E0493: a bearer token that can't be used
    input_needed = 473,        // haft-E0473: a tool asked something, and the answer is not there yet
    cannot_ask = 474,          // haft-E0474: nobody is there who could answer
    bad_answer = 475,          // haft-E0475: an answer that does not fit its question
    no_answer = 476,           // haft-E0476: nobody answered in time, or the answer is an error
    resource_not_found = 477,  // haft-E0477
    bad_request_state = 478,   // haft-E0478: a state of a call that is not this server's, or not of this call
    unknown_prompt = 479,      // haft-E0479
};

/// `haft-E0203`
HAFT_COLD inline std::string code_text(errc code) { return concat({"haft-E0", decimal(static_cast<unsigned>(code))}); }

/// One thing that is wrong with the arguments of a call.
struct fault {
    errc code = errc::invalid_arguments;
    std::string pointer;     ///< JSON pointer (RFC 6901) of the value; "" is the arguments object itself
    std::string message;     ///< one sentence, without the code
    std::string expected;    ///< `integer from 1 to 14`; empty where it would say nothing
    std::string got;         ///< the offending value, at most 200 bytes of it, control characters escaped
    std::string nearest;     ///< the name that was probably meant, or empty
    std::size_t offset = 0;  ///< byte in the argument text
    std::string place = {};  ///< of what was written in a file: `haft.toml:3:7`

    /// `/days: expected integer from 1 to 14, got 20 [haft-E0205]`, with the place in front if there is one.
    HAFT_COLD std::string text() const {
        return concat({place, place.empty() ? "" : ": ",
                       !pointer.empty() ? std::string_view(pointer) : place.empty() ? "arguments" : "the top", ": ",
                       message, " [", code_text(code), "]"});
    }
};

/// Something that was converted or dropped in lenient mode.
struct note {
    std::string pointer;  ///< as in `fault`
    std::string message;

    HAFT_COLD std::string text() const {
        return concat({pointer.empty() ? std::string_view("arguments") : pointer, ": ", message});
    }
};

/// Why a call gave no result. `message` is one sentence; `text()` is what a model or a person is shown.
struct error {
    errc code = errc::tool_failed;
    std::string message;
    std::vector<fault> faults = {};      ///< every fault of the arguments, object by object
    std::size_t more_faults = 0;         ///< faults beyond the limit, counted but not described
    std::exception_ptr cause = nullptr;  ///< the exception that the tool threw, if it threw one

    HAFT_COLD std::string text() const {
        if (faults.empty()) return concat({message, " [", code_text(code), "]"});
        std::string out = message;
        for (const fault& f : faults) append_all(out, {"\n- ", f.text()});
        if (more_faults) append_all(out, {"\n- and ", decimal(more_faults), " more"});
        return out;
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_CORE_ERROR_HPP
