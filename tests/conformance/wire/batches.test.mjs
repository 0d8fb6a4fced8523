// [fault-119] Batches: answered as an array in 2025-03-26, refused everywhere else.
import { equal, idea, none, skip } from '../support/idea.mjs';
import { fixture } from '../support/places.mjs';
import * as schemas from '../support/schemas.mjs';
import { misanswered, unclean, Wire } from '../support/wire.mjs';

idea(async () => {
    const wire = new Wire([fixture, 'serve']);
    await wire.initialize('2025-03-26');
    const batch = [wire.make('ping'), { jsonrpc: '2.0', method: 'notifications/progress' }, wire.make('tools/call', { name: 'add', arguments: { a: 1, b: 2 } }),
                   wire.make('no/such'), wire.make('tools/call', { name: 'chatter', arguments: { text: 'hm' } })];
    let before = wire.lines.length;
    wire.send(batch);
    const answers = await wire.line_after(before);
    equal(answers.map(a => a.id).sort(), batch.map(m => m.id).filter(id => id !== undefined), 'one array, an answer for each request');
    const of = m => answers.find(a => a.id === m.id);
    equal(of(batch[0]).result, {}, 'ping in a batch');
    equal(of(batch[2]).result.content[0].text, '3', 'a call in a batch');
    equal(of(batch[3]).error.code, -32601, 'an error in a batch');

    before = wire.lines.length;
    wire.send([{ jsonrpc: '2.0', method: 'notifications/progress' }, { jsonrpc: '2.0', method: 'notifications/initialized' }]);
    equal((await wire.request('ping')).result, {}, 'the message after a batch of notifications is answered');
    equal(wire.lines.length, before + 1, 'a batch of notifications is not');

    for (const [line, code] of [['[]', -32600], ['[{"jsonrpc":"2.0","id":800,"method":"ping"}', -32700], ['[] []', -32700]]) {
        before = wire.lines.length;
        wire.write(line + '\n');
        const answer = await wire.line_after(before);
        equal([answer.error?.code, answer.id], [code, null], `${line}: ${code}, no array`);
    }
    before = wire.lines.length;
    wire.write('[1, {"jsonrpc":"2.0","id":801,"method":"ping"}, []]\n');
    wire.sent.push({ id: 801, method: 'ping' });
    equal((await wire.line_after(before)).map(a => a.error?.code ?? a.result), [-32600, {}, -32600], 'wrong messages in a batch are answered in place');
    equal((await wire.end()).code, 0, 'exit 0');
    none([...unclean(wire), ...misanswered(wire)], 'clean frames');
    if (schemas.there) none(schemas.invalid(wire), 'valid by the schema of 2025-03-26');
    else skip('validation by the published schemas: the shared folder is not here');

    for (const version of ['2024-11-05', '2025-06-18', '2025-11-25']) {
        const other = new Wire([fixture, 'serve']);
        await other.initialize(version);
        before = other.lines.length;
        other.write('[{"jsonrpc":"2.0","id":800,"method":"ping"}]\n');
        const answer = await other.line_after(before);
        equal([answer.error?.code, answer.id], [-32600, null], `${version}: a batch is refused`);
        await other.end();
        none(unclean(other), `${version}: clean frames`);
    }
});
