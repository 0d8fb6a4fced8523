// A small MCP server that is right, or wrong in the way that its argument says. It proves that the checks can fail.
import fs from 'node:fs';

const fault = process.argv[2] ?? 'none';
const is = name => fault === name;
const text_schema = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'], additionalProperties: false };
const result_schema = { type: 'object', properties: { result: { type: 'integer' } }, required: ['result'], additionalProperties: false };
const tools = [
    { name: 'echo', description: 'Give the text back', inputSchema: is('bare true in a schema') ? { type: 'object', properties: { text: true } } : text_schema },
    { name: 'answer', description: 'A number', inputSchema: { type: 'object' }, outputSchema: result_schema },
    { name: 'slow', description: 'Sleep', inputSchema: { type: 'object' }, outputSchema: result_schema },
];
if (is('a tool without a schema')) delete tools[1].inputSchema;
if (is('a key that the revision does not know')) tools[1].parameters = {};

const write = text => fs.writeSync(1, text);
let revision;
let calls = 0;
let kept;  // a request that waits for the next one, to be mixed up with it

function tool_result(params) {
    if (params.name === 'echo') {
        const text = params.arguments.text;
        return { content: [{ type: 'text', text }], isError: false };
    }
    const result = is('structured content of another type') ? 'seven' : 7;
    return { content: [{ type: 'text', text: String(result) }], structuredContent: { result }, isError: false };
}

function list(cursor) {
    const size = 1;
    const begin = cursor === undefined ? 0 : Number(cursor);
    if (is('pages without an end') && begin >= 1) return { tools: tools.slice(1, 2), nextCursor: '1' };
    const step = is('a page left out') ? 2 : size;
    const end = begin + step;
    return { tools: tools.slice(begin, begin + size), ...(end < tools.length && { nextCursor: String(end) }) };
}

function answer({ id, method, params }) {
    switch (method) {
        case 'initialize':
            revision = is('another revision') ? '2024-11-05' : params.protocolVersion;
            return { protocolVersion: revision, capabilities: { tools: {} }, serverInfo: { name: 'small', version: '1' } };
        case 'ping': return {};
        case 'tools/list': return list(params?.cursor);
        case 'tools/call': return tool_result(params);
        default: return undefined;
    }
}

function handle(message) {
    if (message.id === undefined) {
        if (is('notifications answered')) write(JSON.stringify({ jsonrpc: '2.0', id: 12345, result: {} }) + '\n');
        return;
    }
    if (is('answers mixed up') && message.method === 'tools/call') {
        if (!kept) return void (kept = message);
        [kept.id, message.id] = [message.id, kept.id];
        const first = kept;
        kept = undefined;
        send(first);
    }
    send(message);
}

function send(message) {
    const result = answer(message);
    let frame = JSON.stringify({ jsonrpc: is('no jsonrpc') ? undefined : '2.0', id: message.id,
                                 ...(result === undefined ? { error: { code: -32601, message: 'no such method' } } : { result }) });
    if (message.method === 'tools/call') {
        calls++;
        if (is('prints')) write('debug: a tool was called\n');
        if (is('prints without a line end')) write('debug ');
        if (is('prints a frame')) write('{"level":"debug"}\n');
        if (is('frames over two lines')) frame = JSON.stringify(JSON.parse(frame), null, 1);
        if (is('batches')) frame = `[${frame}]`;
        if (is('answers a call twice')) write(frame + '\n');
        if (is('swallows a call') && calls === 2) return;
        if (is('not UTF-8')) return void fs.writeSync(1, Buffer.concat([Buffer.from(frame.replace(/}$/, ',"x":"')), Buffer.from([0xff]), Buffer.from('"}\n')]));
    }
    write(frame + '\n');
    if (is('progress behind the answer') && message.params?._meta)
        write(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: message.params._meta.progressToken, progress: 1 } }) + '\n');
}

let input = '';
process.stdin.on('data', bytes => {
    input += bytes;
    for (let end; (end = input.indexOf('\n')) >= 0; ) {
        const line = input.slice(0, end);
        input = input.slice(end + 1);
        handle(JSON.parse(line));
    }
});
process.stdin.on('end', () => {
    if (is('prints at the end')) write('bye');
    if (is('another exit code')) process.exit(3);
    if (is('stays')) setInterval(() => {}, 1000);
});
