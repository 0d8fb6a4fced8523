// The official conformance suite against the server of suite_server.cpp, and what its runs must come to.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { packages } from './places.mjs';

const program = process.env.HAFT_SUITE_SERVER ?? '';
const client = process.env.HAFT_SUITE_CLIENT ?? '';
const suite = path.join(packages, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');

/** So many checks pass at the least: some scenarios are content with a server that has nothing of what they want. */
const both = {
    'completion-complete': 2, 'tools-call-simple-text': 2, 'tools-call-image': 2, 'tools-call-audio': 2, 'tools-call-embedded-resource': 2,
    'tools-call-mixed-content': 2, 'tools-call-error': 2, 'tools-call-with-progress': 2, 'server-sse-multiple-streams': 1, 'resources-list': 2,
    'resources-read-text': 2, 'resources-read-binary': 2, 'resources-templates-read': 2, 'prompts-list': 2, 'prompts-get-simple': 2,
    'prompts-get-with-args': 2, 'prompts-get-embedded-resource': 2, 'prompts-get-with-image': 2, 'dns-rebinding-protection': 2,
};
export const scored = {
    '2025-11-25': {
        ...both, 'server-initialize': 3, 'logging-set-level': 2, ping: 2, 'tools-list': 3, 'tools-call-with-logging': 2, 'tools-call-sampling': 2,
        'tools-call-elicitation': 2, 'elicitation-sep1034-defaults': 6, 'elicitation-sep1330-enums': 6, 'resources-subscribe': 2,
        'resources-unsubscribe': 2,
    },
    '2026-07-28': {
        ...both, 'server-stateless': 30, 'tools-list': 4, 'sep-2164-resource-not-found': 4, caching: 8, 'input-required-result-basic-elicitation': 3,
        'input-required-result-basic-sampling': 3, 'input-required-result-basic-list-roots': 3, 'input-required-result-request-state': 3,
        'input-required-result-multiple-input-requests': 3, 'input-required-result-multi-round': 4, 'input-required-result-missing-input-response': 2,
        'input-required-result-non-tool-request': 3, 'input-required-result-result-type': 2, 'input-required-result-unsupported-methods': 2,
        'input-required-result-tampered-state': 2, 'input-required-result-capability-check': 2, 'input-required-result-ignore-extra-params': 2,
        'input-required-result-validate-input': 3,
    },
};
/** The suite does not count these; haft passes them all the same. (The tasks extension, tasks-*, is not haft's.) */
export const unscored = {
    '2025-11-25': { 'server-session-lifecycle': 3, 'json-schema-2020-12': 8, 'server-sse-polling': 2 },
    '2026-07-28': { 'json-schema-2020-12': 8, 'http-header-validation': 14, 'http-custom-header-server-validation': 10 },
};

/** The same of clients: what haft's client passes. (What is left is auth/*, of which client_REVISION.yml has the list.) */
export const scored_of_clients = {
    '2025-11-25': { initialize: 1, tools_call: 2, 'elicitation-sep1034-client-defaults': 5, 'sse-retry': 3, 'json-schema-2020-12-preservation': 9 },
    '2026-07-28': {
        tools_call: 2, 'request-metadata': 8, 'sep-2322-client-request-state': 6, 'http-standard-headers': 3, 'http-custom-headers': 18,
        'http-invalid-tool-headers': 12, 'json-schema-ref-no-deref': 1, 'json-schema-2020-12-preservation': 9,
    },
};

/** The server on a free port, without one of its tools if that is named. */
export async function serve(without = '') {
    const server = spawn(program, ['0', ...(without ? ['--without', without] : [])], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = readline.createInterface({ input: server.stdout });
    const url = await new Promise((resolve, reject) => {
        lines.once('line', resolve);
        server.once('exit', code => reject(new Error(`the server ended with ${code}`)));
        server.once('error', reject);
    });
    const ended = new Promise(resolve => server.once('exit', (code, signal) => resolve(signal ?? code)));
    return { url, end: () => (server.kill('SIGTERM'), ended) };
}

function run_suite(...words) {
    const home = fs.mkdtempSync(path.join(os.tmpdir(), 'haft-suite-'));
    const done = spawnSync(process.execPath, [suite, ...words],
        { encoding: 'utf8', env: { ...process.env, HOME: home }, cwd: home, timeout: 240_000, maxBuffer: 64 << 20 });
    fs.rmSync(home, { recursive: true, force: true });
    const text = (done.stdout ?? '') + (done.stderr ?? '');
    const found = Object.fromEntries([...text.matchAll(/^\S ([a-z0-9_/-]+): (\d+) passed, (\d+) failed/gm)].map(m => [m[1], { passed: Number(m[2]), failed: Number(m[3]) }]));
    return { code: done.status, text, found };
}

/** Runs the suite against a server. Gives its exit code, its words, and of each scenario how many checks passed and failed. */
export const run = (url, ...options) => run_suite('server', '--url', url, ...options);

/** The same with haft's client, which is started for each scenario. */
export const run_client = (without, ...options) => run_suite('client', '--command', `${client}${without ? ` --without ${without}` : ''}`, ...options);

/** What is wrong with a run, given so many checks of each scenario. */
export function shortfalls(found, least) {
    return Object.entries(least).filter(([name, n]) => !found[name] || found[name].failed > 0 || found[name].passed < n)
        .map(([name, n]) => `${name}: ${found[name] ? `${found[name].passed} passed, ${found[name].failed} failed` : 'did not run'}; ${n} must pass`);
}
