// [fault-116] [fault-118] [fault-121] [fault-122] [fault-125] Messages that are wrong: what they are answered, and that the next message works.
import { contains, equal, idea, none, skip } from '../support/idea.mjs';
import { fixture } from '../support/places.mjs';
import * as schemas from '../support/schemas.mjs';
import { misanswered, unclean, Wire } from '../support/wire.mjs';

const deep = '['.repeat(5000) + ']'.repeat(5000);
const lines = [  // what is sent; the error's code and id
    ['garbage', -32700, null],
    ['{"jsonrpc":"2.0","id":901,"method":"ping"', -32700, null],
    ['{"jsonrpc":"2.0","id":902,"method":"ping"} x', -32700, null],
    ['{"jsonrpc":"2.0","id":903,"method":"p\xff\xfeing"}', -32700, null],
    ['\ufeff{"jsonrpc":"2.0","id":904,"method":"ping"}', -32700, null],
    ['{"jsonrpc":"2.0","id":905,"method":"tools/call","params":{"name":"echo","arguments":' + deep + '}}', -32600, 905],
    ['"ping"', -32600, null],
    ['[]', -32600, null],
    ['[{"jsonrpc":"2.0","id":906,"method":"ping"}]', -32600, null],  // no batches in 2025-11-25
    ['{}', -32600, null],
    ['{"jsonrpc":"1.0","id":907,"method":"ping"}', -32600, 907],
    ['{"id":908,"method":"ping"}', -32600, 908],
    ['{"jsonrpc":"2.0","id":909}', -32600, 909],
    ['{"jsonrpc":"2.0","id":910,"method":7}', -32600, 910],
    ['{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600, null],
    ['{"jsonrpc":"2.0","id":1.5,"method":"ping"}', -32600, null],
    ['{"jsonrpc":"2.0","id":{"a":1},"method":"ping"}', -32600, null],
    ['{"jsonrpc":"2.0","id":911,"method":"tools/list","params":[]}', -32602, 911],
    ['{"jsonrpc":"2.0","id":912,"method":"tools/list","params":{"cursor":"forged"}}', -32602, 912],
    ['{"jsonrpc":"2.0","id":913,"method":"tools/list","params":{"cursor":7}}', -32602, 913],
    ['{"jsonrpc":"2.0","id":914,"method":"tools/list","params":{"cursor":""}}', -32602, 914],
    ['{"jsonrpc":"2.0","id":915,"method":"resources/list"}', -32601, 915],
    ['{"jsonrpc":"2.0","id":"s","method":"no/such"}', -32601, 's'],
    ['{"jsonrpc":"2.0","id":916,"method":"server/discover","params":{}}', -32602, 916],
    ['{"jsonrpc":"2.0","id":917,"method":"rpc.\\u0000\\"\\n"}', -32601, 917],
    ['{"jsonrpc":"2.0","id":918,"method":"tools/call"}', -32602, 918],
    ['{"jsonrpc":"2.0","id":919,"method":"tools/call","params":{"name":7}}', -32602, 919],
    ['{"jsonrpc":"2.0","id":920,"method":"tools/call","params":{"name":"ecko","arguments":{}}}', -32602, 920],
    ['{"jsonrpc":"2.0","id":921,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}', -32600, 921],
];

idea(async () => {
    const wire = new Wire([fixture, 'serve']);
    for (const method of ['tools/list', 'tools/call', 'no/such']) {
        const early = await wire.request(method, { name: 'echo' });
        equal(early.error?.code, -32600, `${method} before initialize: -32600`);
    }
    equal((await wire.request('ping')).result, {}, 'ping before initialize is answered');
    equal((await wire.request('initialize', { capabilities: {} })).error?.code, -32602, 'initialize without a version: -32602');
    await wire.initialize();

    for (const [line, code, id] of lines) {
        const before = wire.lines.length;
        wire.write(Buffer.from(line + '\n', line.includes('\xff') ? 'latin1' : 'utf8'));
        const answer = await wire.line_after(before);
        equal([answer.error?.code, answer.id], [code, id], `${line.slice(0, 90)}: ${code}`);
        wire.sent.push({ id, method: 'raw' });
        equal((await wire.request('ping')).result, {}, '      and the next message is answered');
    }
    contains(wire.received.find(m => m.id === 920)?.error?.message, 'did you mean "echo"?', 'an unknown tool: the nearest name');

    // Ids come back as they were.
    for (const id of [0, -1, 9007199254740991, '', 'a"\\\n\u2028', '5']) {
        wire.send({ jsonrpc: '2.0', id, method: 'ping' });
        equal((await wire.answer(id)).result, {}, `id ${JSON.stringify(id)}`);
    }
    equal((await wire.end()).code, 0, 'exit 0');
    none(unclean(wire), `${wire.lines.length} clean frames`);
    wire.sent = wire.sent.filter(m => m.id !== null);
    none(misanswered(wire), 'one answer each');
    if (schemas.there) none(schemas.invalid(wire), 'valid by the schema');
    else skip('validation by the published schemas: the shared folder is not here');
});
