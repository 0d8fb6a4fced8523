// The official Inspector, headless: one process for each request.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { scratch } from './idea.mjs';
import { packages } from './places.mjs';

const script = path.join(packages, 'node_modules', '@modelcontextprotocol', 'inspector', 'clients', 'launcher', 'build', 'index.js');
let home;  // it writes there

/** Runs the Inspector on a server's command line. `result` is what the server answered, if it is JSON. */
export async function inspect(server, words, options = {}) {
    home ??= scratch();
    const more = Object.entries(options.env ?? {}).flatMap(([key, value]) => ['-e', `${key}=${value}`]);
    if (options.cwd) more.push('--cwd', options.cwd);
    const child = spawn(process.execPath, [script, '--cli', ...server, ...more, ...words, '--format', 'json', '--connect-timeout', '60000'],
                        { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: home, NO_COLOR: '1' } });
    const out = { stdout: '', stderr: '' };
    child.stdout.on('data', d => (out.stdout += d));
    child.stderr.on('data', d => (out.stderr += d));
    const code = await new Promise(resolve => child.on('close', (exit, signal) => resolve(exit ?? signal)));
    let result;
    try { result = JSON.parse(out.stdout).result; } catch { /* the caller sees stdout */ }
    return { code, result, ...out };
}

export const list_tools = (server, options, ...more) => inspect(server, ['--method', 'tools/list', ...more], options);
export const call_tool = (server, tool, args, options, ...more) =>
    inspect(server, ['--method', 'tools/call', '--tool-name', tool, '--tool-args-json', JSON.stringify(args), ...more], options);
