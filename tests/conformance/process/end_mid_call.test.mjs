// [fault-130] The input ends while calls run: without threads they end first, with threads a deadline counts; exit 0.
import { check, equal, idea, none } from '../support/idea.mjs';
import { fixture } from '../support/places.mjs';
import { unclean, Wire } from '../support/wire.mjs';

idea(async () => {
    for (const words of [['serve'], ['--threads', '5000']]) {
        const wire = new Wire([fixture, ...words]);
        await wire.initialize();
        const call = wire.make('tools/call', { name: 'slow', arguments: { ms: 400 } });
        wire.send(call);
        const how = await wire.end();
        equal([how.code, wire.received.at(-1)?.id], [0, call.id], `${words[0]}: a call that runs is answered, then exit 0`);
        check(how.ms < 4000, `${words[0]}: and nobody waits longer`, how.ms);
        none(unclean(wire), `${words[0]}: clean frames`);
    }
    const wire = new Wire([fixture, '--threads', '300']);
    await wire.initialize();
    wire.send(wire.make('tools/call', { name: 'slow', arguments: { ms: 60_000 } }), wire.make('tools/call', { name: 'until_stopped' }));
    const how = await wire.end();
    equal(how.code, 0, 'threads: calls that don\'t end: exit 0 at the deadline');
    check(how.ms >= 250 && how.ms < 5000, `threads: after ${how.ms} ms, with a deadline of 300`);
    equal(wire.received.length, 1, 'threads: without an answer');
    none(unclean(wire), 'threads: clean frames');
});
