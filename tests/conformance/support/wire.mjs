// A client without any SDK: it sends what it is told, keeps every byte that the server wrote, and judges them.
import { spawn } from 'node:child_process';
import { at_end } from './idea.mjs';

const patience = 20_000;

export class Wire {
    sent = [];      // messages, in order
    lines = [];     // raw lines of the server, as bytes
    received = [];  // the same as JSON; undefined where it is none
    stderr = '';
    #rest = Buffer.alloc(0);
    #waiting = [];
    #next_id = 1;

    /** Starts a server: the command and its arguments. */
    constructor(command, options = {}) {
        this.child = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'pipe'], ...options });
        this.child.stdout.on('data', bytes => this.#take(bytes));
        this.child.stderr?.on('data', bytes => {
            this.stderr += bytes;
            this.#wake();
        });
        this.child.stdin.on('error', () => {});  // it has gone; its exit tells
        this.exited = new Promise(resolve => this.child.on('close', (code, signal) => resolve({ code, signal })));
        this.exited.then(() => this.#wake());
        at_end(() => this.child.kill('SIGKILL'));
    }

    get pid() { return this.child.pid; }
    get unfinished_line() { return this.#rest; }

    #take(bytes) {
        this.#rest = Buffer.concat([this.#rest, bytes]);
        for (let end; (end = this.#rest.indexOf(10)) >= 0; this.#rest = this.#rest.subarray(end + 1)) {
            const line = this.#rest.subarray(0, end);
            this.lines.push(line);
            let message;
            try { message = JSON.parse(line.toString()); } catch { /* judged later */ }
            this.received.push(message);
        }
        this.#wake();
    }
    #wake() { for (const waiter of [...this.#waiting]) waiter(); }

    /** Waits until the condition holds; what it gave, or an exception when it takes too long or the server ends first. */
    async until(condition, what, ms = patience) {
        let ended = false;
        this.exited.then(() => (ended = true));
        return new Promise((resolve, reject) => {
            const look = () => {
                const got = condition();
                if (got !== undefined && got !== false) return done(() => resolve(got));
                if (ended) done(() => reject(new Error(`the server ended while waiting for ${what}; stderr: ${this.stderr}`)));
            };
            const done = act => {
                clearTimeout(timer);
                this.#waiting = this.#waiting.filter(w => w !== look);
                act();
            };
            const timer = setTimeout(() => done(() => reject(new Error(`no ${what} within ${ms} ms; lines: ${this.lines.join('\n').slice(-500)}`))), ms);
            this.#waiting.push(look);
            look();
        });
    }

    write(bytes) { this.child.stdin.write(bytes); }
    /** Sends messages, each a line, all at once. */
    send(...messages) {
        this.sent.push(...messages.flat());
        this.write(messages.map(m => JSON.stringify(m) + '\n').join(''));
    }
    /** A request that is not sent yet. */
    make(method, params) { return { jsonrpc: '2.0', id: this.#next_id++, method, ...(params && { params }) }; }
    /** The answer to an id, alone or in a batch. */
    answer(id, ms) { return this.until(() => this.received.flat().find(m => m?.id === id && !m.method), `answer to ${JSON.stringify(id)}`, ms); }
    async request(method, params) {
        const message = this.make(method, params);
        this.send(message);
        return this.answer(message.id);
    }
    call(tool, args) { return this.request('tools/call', { name: tool, ...(args && { arguments: args }) }); }
    notify(method, params) { this.send({ jsonrpc: '2.0', method, ...(params && { params }) }); }
    /** The next line, of whatever kind, after the `count` lines that came before. */
    line_after(count) { return this.until(() => this.received.length > count && { message: this.received[count] }, `line ${count + 1}`).then(x => x.message); }

    async initialize(version = '2025-11-25') {
        const answer = await this.request('initialize', { protocolVersion: version, capabilities: {}, clientInfo: { name: 'wire', version: '1' } });
        this.notify('notifications/initialized');
        this.revision = answer.result?.protocolVersion;
        return answer;
    }

    /** Closes the server's input and waits for its end. */
    async end(ms = patience) {
        const since = Date.now();
        this.child.stdin.end();
        let timer;
        const late = new Promise(resolve => (timer = setTimeout(() => resolve({ code: null, signal: 'still running' }), ms)));
        const how = await Promise.race([this.exited, late]);
        clearTimeout(timer);
        if (how.signal === 'still running') this.child.kill('SIGKILL');
        return { ...how, ms: Date.now() - since };
    }
}

const is_id = id => typeof id === 'string' || Number.isInteger(id);
const has = (object, key) => Object.hasOwn(object, key);

/** What is wrong with one message as JSON-RPC 2.0; '' if nothing. */
function flaw(m) {
    if (m === null || typeof m !== 'object' || Array.isArray(m)) return 'no object';
    if (m.jsonrpc !== '2.0') return 'jsonrpc is not "2.0"';
    if (has(m, 'method')) return typeof m.method === 'string' && (!has(m, 'id') || is_id(m.id)) ? '' : 'a wrong request';
    if (has(m, 'result') === has(m, 'error')) return 'neither or both of result and error';
    if (has(m, 'error') && !(Number.isInteger(m.error?.code) && typeof m.error?.message === 'string')) return 'a wrong error';
    return is_id(m.id) || (m.id === null && has(m, 'error')) ? '' : 'a wrong id';
}

/** Every byte that the server wrote is a frame: a line of UTF-8 that is a JSON-RPC message, or a batch where there are any. */
export function unclean(wire) {
    const problems = [];
    const utf8 = new TextDecoder('utf-8', { fatal: true });
    wire.lines.forEach((line, i) => {
        const about = `line ${i + 1}, ${JSON.stringify(line.toString().slice(0, 100))}: `;
        try { utf8.decode(line); } catch { problems.push(about + 'not UTF-8'); }
        const message = wire.received[i];
        if (message === undefined) return problems.push(about + 'not JSON');
        if (Array.isArray(message)) {
            if (wire.revision !== '2025-03-26') problems.push(about + 'a batch');
            if (message.length === 0) problems.push(about + 'an empty batch');
            return message.map(flaw).filter(Boolean).forEach(f => problems.push(about + f));
        }
        if (flaw(message)) problems.push(about + flaw(message));
    });
    if (wire.unfinished_line.length) problems.push(`after the last line: ${JSON.stringify(wire.unfinished_line.toString().slice(0, 100))}`);
    return problems;
}

/** Every request was answered exactly once, and nothing else was; errors with the id null count apart. */
export function misanswered(wire) {
    const problems = [];
    const open = new Map(wire.sent.filter(m => has(m, 'id') && m.method).map(m => [m.id, 0]));
    for (const m of wire.received.flat()) {
        if (!m || m.method || m.id === null) continue;
        if (!open.has(m.id)) problems.push(`an answer to ${JSON.stringify(m.id)}, which was not asked`);
        else open.set(m.id, open.get(m.id) + 1);
    }
    for (const [id, count] of open) if (count !== 1) problems.push(`${count} answers to ${JSON.stringify(id)}`);
    return problems;
}
