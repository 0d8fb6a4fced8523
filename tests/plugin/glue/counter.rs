// SPDX-License-Identifier: BSL-1.0
//! A plugin in Rust: abi.h written by hand, no crates. Nothing unwinds out of it.
use std::ffi::c_void;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicU64, Ordering};

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Text {
    data: *const u8,
    size: usize,
}
impl Text {
    fn of(text: &str) -> Text {
        Text { data: text.as_ptr(), size: text.len() }
    }
    unsafe fn as_str<'a>(self) -> &'a str {
        if self.size == 0 {
            return "";
        }
        std::str::from_utf8(std::slice::from_raw_parts(self.data, self.size)).unwrap_or("")
    }
}

type Give = extern "C" fn(*mut Answer, Text);
#[repr(C)]
pub struct Answer {
    size: usize,
    host: *mut c_void,
    text: Give,
    json: Give,
    block: Give,
    fail: Give,
    fail_json: Give,
}

#[repr(C)]
pub struct Call {
    size: usize,
    host: *const c_void,
    kind: Text,
    name: Text,
    arguments: Text,
    id: Text,
    stop_requested: extern "C" fn(*const Call) -> i32,
    progress: extern "C" fn(*const Call, f64, f64, Text),
    log: extern "C" fn(*const Call, i32, Text),
}

#[repr(C)]
pub struct Host {
    size: usize,
    abi_major: u32,
    abi_minor: u32,
}

#[repr(C)]
pub struct Plugin {
    size: usize,
    abi_major: u32,
    abi_minor: u32,
    state: *mut c_void,
    setup: extern "C" fn(*mut c_void, Text, *mut Answer) -> i32,
    teardown: Option<extern "C" fn(*mut c_void)>,
    describe: extern "C" fn(*mut c_void, *mut Answer) -> i32,
    call: extern "C" fn(*mut c_void, *const Call, *mut Answer) -> i32,
    initialize: Option<extern "C" fn(*mut c_void, Text, *mut Answer) -> i32>,
    shutdown: Option<extern "C" fn(*mut c_void)>,
    extension: Option<extern "C" fn(*mut c_void, Text) -> *const c_void>,
}
unsafe impl Sync for Plugin {}

// --- the note

const JSON: &[u8] = br#"{"name":"counter","version":"0.3.0","description":"Counts, in Rust","license":"BSL-1.0","built_with":"rustc"}"#;
const SIZE: usize = (JSON.len() + 3) / 4 * 4;
#[repr(C, align(4))]
pub struct Note {
    owner_size: u32,
    size: u32,
    kind: u32,
    owner: [u8; 8],
    abi_major: u32,
    abi_minor: u32,
    json: [u8; SIZE],
}
const fn padded() -> [u8; SIZE] {
    let mut out = [0; SIZE];
    let mut i = 0;
    while i < JSON.len() {
        out[i] = JSON[i];
        i += 1;
    }
    out
}
#[used]
#[link_section = ".note.haft"]
static NOTE: Note = Note {
    owner_size: 5,
    size: 8 + JSON.len() as u32,
    kind: 1,
    owner: *b"haft\0\0\0\0",
    abi_major: 1,
    abi_minor: 0,
    json: padded(),
};

// --- the plugin

static CALLS: AtomicU64 = AtomicU64::new(0);

/// Runs one of the functions; a panic is its failure.
fn answer(to: *mut Answer, run: impl FnOnce(&mut Answer) -> Result<(), String>) -> i32 {
    let done = catch_unwind(AssertUnwindSafe(|| run(unsafe { &mut *to })));
    let why = match done {
        Ok(Ok(())) => return 0,
        Ok(Err(why)) => why,
        Err(panic) => match panic.downcast_ref::<&str>() {
            Some(text) => text.to_string(),
            None => "it panicked".to_string(),
        },
    };
    unsafe { ((*to).fail)(to, Text::of(&why)) };
    1
}

extern "C" fn setup(_: *mut c_void, config: Text, to: *mut Answer) -> i32 {
    answer(to, |_| {
        std::panic::set_hook(Box::new(|_| {})); // the host is told, and nobody else
        CALLS.store(0, Ordering::SeqCst);
        if unsafe { config.as_str() }.contains("\"fails\":true") {
            return Err("told to fail".to_string());
        }
        Ok(())
    })
}

extern "C" fn describe(_: *mut c_void, to: *mut Answer) -> i32 {
    answer(to, |a| {
        (a.json)(a, Text::of(r#"{"tools":[
            {"name":"count","description":"Counts its calls","inputSchema":{"type":"object","properties":{}},"effect":"additive"},
            {"name":"echo","description":"Gives its arguments","inputSchema":{"type":"object"},"hints":["thread-safe"]},
            {"name":"panic","description":"Panics","inputSchema":{"type":"object"}}],
            "hooks":[{"name":"loud","point":"turn_pre"}]}"#));
        Ok(())
    })
}

extern "C" fn call(_: *mut c_void, call: *const Call, to: *mut Answer) -> i32 {
    answer(to, |a| {
        let c = unsafe { &*call };
        let (kind, name) = unsafe { (c.kind.as_str(), c.name.as_str()) };
        match (kind, name) {
            ("tool", "count") => {
                let n = CALLS.fetch_add(1, Ordering::SeqCst) + 1;
                (c.progress)(c, 1.0, 1.0, Text::of("counted"));
                (a.json)(a, Text::of(&n.to_string()));
                Ok(())
            }
            ("tool", "echo") => {
                if (c.stop_requested)(c) != 0 {
                    return Err("stopped".to_string());
                }
                (a.text)(a, c.arguments);
                Ok(())
            }
            ("tool", "panic") => panic!("out of tea"),
            ("hook", "loud") => {
                (a.json)(a, Text::of(r#"{"replace":"LOUD"}"#));
                Ok(())
            }
            _ => Err(format!("there is no {kind} {name}")),
        }
    })
}

static PLUGIN: Plugin = Plugin {
    size: std::mem::size_of::<Plugin>(),
    abi_major: 1,
    abi_minor: 0,
    state: std::ptr::null_mut(),
    setup,
    teardown: None,
    describe,
    call,
    initialize: None,
    shutdown: None,
    extension: None,
};

#[no_mangle]
pub extern "C" fn haft_plugin_v1(host: *const Host) -> *const Plugin {
    if host.is_null() || unsafe { (*host).abi_major } != 1 {
        return std::ptr::null();
    }
    &PLUGIN
}
