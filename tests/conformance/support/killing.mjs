// Clients that are killed, and what becomes of their servers.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { here } from './places.mjs';
import { collected, gone, process_of } from './processes.mjs';

/** Starts a client that starts the server, kills it with SIGKILL, and waits for the server's end. Gives the milliseconds
 *  that took and which process it was, or a text if something went wrong. `mode` is what the client does (see support/client_to_kill.mjs). */
export async function kill_a_client(server, mode, sdk, within_ms) {
    const client = spawn(process.execPath, [path.join(here, 'support', 'client_to_kill.mjs'), mode, String(sdk), ...server],
                         { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    client.stderr.on('data', d => (err += d));
    const closed = new Promise(resolve => client.on('close', resolve));
    const ready = await Promise.race([closed.then(() => false), new Promise(resolve => client.stdout.on('data', d => (out += d).includes('\n') && resolve(true)))]);
    if (!ready) return `the client did not start: ${err}`;
    const pid = Number(out);
    const server_process = process_of(pid);
    if (!server_process || server_process.parent !== client.pid) return `no server ${pid} of the client ${client.pid}`;
    client.kill('SIGKILL');
    const ms = await gone(pid, server_process.started, within_ms);
    await closed;
    if (ms !== undefined) return { ms, pid, started: server_process.started };
    const left = process_of(pid);
    process.kill(pid, 'SIGKILL');
    return `the server ${pid} is there ${within_ms} ms after its client was killed, in state ${left?.state}`;
}

/** The same many times, a few at a time, with both SDKs in turn. */
export async function kill_clients(server, mode, { times, within_ms }) {
    const outcomes = [];
    let started = 0;
    await Promise.all(Array.from({ length: 3 }, async () => {
        while (started < times) outcomes.push(await kill_a_client(server, mode, started++ % 2, within_ms));
    }));
    const ended = outcomes.filter(o => typeof o === 'object');
    const problems = outcomes.filter(o => typeof o === 'string');
    const zombies = [];
    for (const { pid, started } of ended) if (!(await collected(pid, started, 10_000))) zombies.push(`the server ${pid} is a zombie`);
    return { problems, zombies, count: outcomes.length, most_ms: Math.max(...ended.map(e => e.ms)) };
}
