// One test script is one idea: a row of checks, each printed, and a last line with their counts.
// Exit code 0 all passed, 1 some failed, 77 skipped (CTest's SKIP_RETURN_CODE), 2 wrongly started.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';

export const name = path.basename(path.dirname(process.argv[1])) + '.' + path.basename(process.argv[1], '.test.mjs');

let passed = 0;
let failed = 0;
let skipped = 0;

const shown = value => {
    const text = typeof value === 'string' ? value : JSON.stringify(value) ?? String(value);
    return text.length > 600 ? text.slice(0, 600) + ' …' : text;
};

/** One check. `detail` is shown if it failed. */
export function check(ok, what, detail = '') {
    if (ok) {
        passed++;
        console.log(`ok    ${what}`);
    } else {
        failed++;
        console.log(`FAIL  ${what}${detail === '' ? '' : '\n      ' + shown(detail)}`);
    }
    return ok;
}

export const equal = (actual, expected, what) =>
    check(isDeepStrictEqual(actual, expected), what, `expected ${shown(expected)}\n      got      ${shown(actual)}`);

export const contains = (text, part, what) => check(String(text).includes(part), what, `no ${shown(part)} in ${shown(text)}`);

/** Checks that a list of problems is empty; the first few are shown otherwise. */
export const none = (problems, what) => check(problems.length === 0, what, problems.slice(0, 5).join('\n      '));

export async function rejects(promise, pattern, what) {
    try {
        check(false, what, `no error, but ${shown(await promise)}`);
    } catch (error) {
        const text = `${error} (code ${error?.code})`;
        check(pattern.test(text), what, text);
    }
}

/** Part of an idea that can't be tried here. */
export function skip(why) {
    skipped++;
    console.log(`SKIP  ${why}`);
}

const last_acts = [];
/** Done at the end, come what may. */
export const at_end = act => last_acts.push(act);

/** A folder that is gone at the end. */
export function scratch() {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'haft-conformance-'));
    at_end(() => fs.rmSync(folder, { recursive: true, force: true }));
    return folder;
}

async function finish() {
    for (const act of last_acts.reverse()) await act();
    if (passed + failed === 0 && skipped === 0) check(false, 'something was checked');
    console.log(`${name}: ${passed} checks passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
    process.exit(failed ? 1 : passed ? 0 : 77);
}

/** Runs the script's body; an exception is a failed check. */
export async function idea(body) {
    try {
        await body();
    } catch (error) {
        check(false, 'no exception', error?.stack ?? error);
    }
    await finish();
}

process.on('unhandledRejection', error => check(false, 'no rejection unhandled', error?.stack ?? error));
