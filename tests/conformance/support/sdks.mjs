// The official TypeScript SDK in both of its lines, behind one face.
import fs from 'node:fs';
import path from 'node:path';
import { need, packages } from './places.mjs';
import { process_of } from './processes.mjs';

const named = name => {
    const at = path.join(packages, 'node_modules', '@modelcontextprotocol', name, 'package.json');
    return `${name} ${JSON.parse(fs.readFileSync(at)).version}`;
};

const one = {
    name: named('sdk'),
    Client: need('@modelcontextprotocol/sdk/client/index.js').Client,
    Transport: need('@modelcontextprotocol/sdk/client/stdio.js').StdioClientTransport,
    page: (client, cursor) => client.listTools(cursor === undefined ? undefined : { cursor }),
    call_with: (client, params, options) => client.callTool(params, undefined, options),
    on_log: (client, listener) => client.setNotificationHandler(
        need('@modelcontextprotocol/sdk/types.js').LoggingMessageNotificationSchema, n => listener(n.params)),
};
const two = {
    name: named('client'),
    Client: need('@modelcontextprotocol/client').Client,
    Transport: need('@modelcontextprotocol/client/stdio').StdioClientTransport,
    page: (client, cursor) => client.request({ method: 'tools/list', ...(cursor !== undefined && { params: { cursor } }) }),
    call_with: (client, params, options) => client.callTool(params, options),
    on_log: (client, listener) => client.setNotificationHandler('notifications/message', n => listener(n.params)),
};
export const sdks = [one, two];

/** A connected client: `errors` are what the SDK reports of the stream, `version` what was agreed on, `late` the progress that came
 *  behind the answer of its call. (What came right before it, in one read with it, the SDK of line 1 reports as progress that nobody
 *  wants: it takes notifications a microtask later than answers. So these are told by the stream itself.) */
export async function connect(sdk, server, options = {}) {
    const client = new sdk.Client({ name: 'conformance', version: '1' }, { capabilities: {}, ...options });
    const transport = new sdk.Transport({ command: server[0], args: server.slice(1), stderr: 'ignore', maxBufferSize: 64 << 20 });
    const errors = [];
    client.onerror = error => /progress notification for an unknown token/.test(error) || errors.push(String(error));
    let version;
    transport.setProtocolVersion = v => (version = v);
    await client.connect(transport);
    const late = [];
    const answered = new Set();
    const take = transport.onmessage;
    transport.onmessage = (message, ...rest) => {
        if (message.id !== undefined && message.method === undefined) answered.add(message.id);
        // The SDKs take a request's id for its token.
        if (message.method === 'notifications/progress' && answered.has(message.params.progressToken)) late.push(message.params);
        take(message, ...rest);
    };
    const pid = transport.pid;
    return {
        client, errors, late, pid,
        started: process_of(pid)?.started,
        version: client.getNegotiatedProtocolVersion?.() ?? version,
        page: cursor => sdk.page(client, cursor),
        call: (name, args) => client.callTool({ name, arguments: args }),
        /** With the SDK's options: onprogress, signal, timeout. */
        call_with: (name, args, options) => sdk.call_with(client, { name, arguments: args }, options),
        on_log: listener => sdk.on_log(client, listener),
        close: () => client.close(),
    };
}

/** All tools by following the cursors; what is wrong with the pages, if anything. */
export async function walk(connection, page_size) {
    const names = [];
    const problems = [];
    const cursors = new Set();
    for (let cursor, left = 100; left > 0; left--) {
        const { tools, nextCursor } = await connection.page(cursor);
        names.push(...tools.map(t => t.name));
        if (tools.length === 0 || tools.length > page_size) problems.push(`a page of ${tools.length} tools`);
        if (nextCursor === undefined) break;
        if (cursors.has(nextCursor)) {
            problems.push(`the cursor ${nextCursor} a second time`);
            break;
        }
        cursors.add((cursor = nextCursor));
    }
    if (new Set(names).size !== names.length) problems.push(`a tool twice: ${names}`);
    return { names, problems };
}

/** Many calls at once; the answers that are not those of their own call. */
export async function all_at_once(connection, count) {
    const results = await Promise.all(Array.from({ length: count }, (_, i) => connection.call('echo', { text: `call ${i}` })));
    return results.flatMap((r, i) => (r.content[0].text === `call ${i}` ? [] : [`call ${i} was answered ${r.content[0].text}`]));
}
