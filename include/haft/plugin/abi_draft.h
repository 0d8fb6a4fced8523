// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_ABI_DRAFT_H
#define HAFT_PLUGIN_ABI_DRAFT_H

/// What crosses the border to a plugin that is a shared library, and is not yet settled: it may change from version to version. Got by
/// `extension`, under a name that begins with "draft.". C, as abi.h.

#include <haft/plugin/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Of a host: more of a call. Each function may be null. For use in that call only, on the thread that runs it.
typedef struct haft_draft_call {
    size_t size;
    /// How it is to be made: "" for as usual, or a JSON object; what is not there is as usual.
    /// `{"lenient":true,"unwrap":true,"show_exceptions":false,"max_result_bytes":1048576,"max_attachment_bytes":16777216,
    /// "max_depth":64,"max_bytes":4194304,"max_string_bytes":1048576,"max_items":1000000}`: haft::call_options and its limits.
    /// Valid as long as the call.
    haft_text (*options)(const haft_call* call);
    /// Something in the arguments was converted or dropped: a haft::note.
    void (*note)(const haft_call* call, haft_text pointer, haft_text message);
    /// Asks the person who gave a command. Not 0: yes.
    int (*confirm)(const haft_call* call, haft_text question);
} haft_draft_call;
#define HAFT_DRAFT_CALL_NAME "draft.call"

#ifdef __cplusplus
}
#endif

#endif  // HAFT_PLUGIN_ABI_DRAFT_H
