// [fault-117] Where lines begin and end: bytes that come one by one or all at once, blank lines, CRLF, lines that are too long, an
// end without a line end.
import { check, equal, idea, none } from '../support/idea.mjs';
import { fixture } from '../support/places.mjs';
import { misanswered, unclean, Wire } from '../support/wire.mjs';

const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

idea(async () => {
    const slowly = new Wire([fixture, 'serve']);
    await slowly.initialize();
    const message = slowly.make('tools/call', { name: 'echo', arguments: { text: 'grüße' } });
    slowly.sent.push(message);
    for (const byte of Buffer.from(JSON.stringify(message) + '\n')) {
        slowly.write(Buffer.from([byte]));
        await pause(1);
    }
    equal((await slowly.answer(message.id)).result?.content?.[0]?.text, 'grüße', 'a message that comes byte by byte');

    slowly.write('\n\r\n  \t\n');
    const crlf = slowly.make('ping');
    slowly.sent.push(crlf);
    slowly.write(`  ${JSON.stringify(crlf)} \r\n`);
    equal((await slowly.answer(crlf.id)).result, {}, 'blank lines are passed over; spaces and CRLF around a message are fine');

    const many = Array.from({ length: 500 }, (_, i) => slowly.make('tools/call', { name: 'add', arguments: { a: i, b: 1 } }));
    slowly.send(...many);
    const answers = await Promise.all(many.map(m => slowly.answer(m.id)));
    none(answers.filter((a, i) => a.result.structuredContent.result !== i + 1), '500 messages in one write');
    equal((await slowly.call('big', { bytes: 15_000_000 })).result.content[0].text.length, 15_000_000, 'an answer of 15 MB');
    const long = 'y'.repeat(1 << 20);
    check((await slowly.call('echo', { text: long })).result.content[0].text === long, 'a text of 1 MiB, there and back');
    const too_long = (await slowly.call('echo', { text: long + 'y' })).result;
    equal(too_long.isError, true, 'a text of more than 1 MiB: an error that the model sees');

    const last = slowly.make('ping');
    slowly.sent.push(last);
    slowly.write(JSON.stringify(last));  // no line end
    const how = await slowly.end();
    equal([how.code, slowly.received.at(-1)?.id], [0, last.id], 'a last line without an end is answered, then exit 0');
    none([...unclean(slowly), ...misanswered(slowly)], `${slowly.lines.length} clean frames`);

    for (const [name, start, limit] of [['by default, 16 MiB', ['serve'], 16 << 20], ['--max-frame-bytes 1000', ['--max-frame-bytes', '1000'], 1000]]) {
        const wire = new Wire([fixture, ...start]);
        await wire.initialize();
        // The padding stands beside the arguments, which have a limit of their own.
        const whole = JSON.stringify(wire.make('tools/call', { name: 'echo', _meta: { padding: '' }, arguments: { text: 'fits' } }));
        for (const extra of [1, limit * 3]) {
            const before = wire.lines.length;
            wire.write(whole.replace('""', JSON.stringify('z'.repeat(limit + extra - whole.length))) + '\n');
            const answer = await wire.line_after(before);
            equal([answer.error?.code, answer.id], [-32600, null], `${name}: ${extra} bytes too many are refused, once`);
            equal((await wire.request('ping')).result, {}, `${name}: and the next message works`);
            equal(wire.lines.length, before + 2, `${name}: no other answer`);
        }
        const fits = whole.replace('""', JSON.stringify('z'.repeat(limit - whole.length)));
        const before = wire.lines.length;
        wire.write(fits + '\n');
        equal((await wire.line_after(before)).result?.content?.[0]?.text, 'fits', `${name}: a message of exactly the limit works`);
        equal((await wire.end()).code, 0, `${name}: exit 0`);
        none(unclean(wire), `${name}: clean frames`);
    }
});
