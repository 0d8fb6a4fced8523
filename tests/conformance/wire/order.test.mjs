// [fault-130] Answers go out as soon as they are there: not behind the calls that came after.
import { check, equal, idea, none } from '../support/idea.mjs';
import { fixture } from '../support/places.mjs';
import { misanswered, unclean, Wire } from '../support/wire.mjs';

idea(async () => {
    const wire = new Wire([fixture, 'serve']);
    await wire.initialize();
    const first = wire.make('tools/call', { name: 'echo', arguments: { text: 'quick' } });
    const slow = [1500, 700, 700].map(ms => wire.make('tools/call', { name: 'slow', arguments: { ms } }));
    const since = Date.now();
    const answered = m => wire.received.some(r => r.id === m.id);
    wire.send(first, ...slow);
    await wire.answer(first.id);
    check(!answered(slow[0]), 'the answer before a slow call does not wait for it');
    await wire.answer(slow[0].id);
    check(!answered(slow[2]), 'the first slow call is answered before the last has run');
    await wire.answer(slow[2].id);
    check(Date.now() - since >= 2900, 'calls run one after the other', `${Date.now() - since} ms`);

    // Many calls at once and a reader that is not there for a while: the server waits, and loses nothing.
    const many = Array.from({ length: 300 }, (_, i) => wire.make('tools/call', { name: 'big', arguments: { bytes: 20_000 + i } }));
    wire.child.stdout.pause();
    wire.send(...many);
    await new Promise(resolve => setTimeout(resolve, 300));
    wire.child.stdout.resume();
    const answers = await Promise.all(many.map(m => wire.answer(m.id)));
    none(answers.filter((a, i) => a.result.content[0].text.length !== 20_000 + i), '300 answers of 20 kB to a reader that comes late');

    // Input that ends behind calls: all of them are answered first.
    const last = Array.from({ length: 20 }, (_, i) => wire.make('tools/call', { name: 'slow', arguments: { ms: i } }));
    wire.send(...last);
    equal((await wire.end()).code, 0, 'exit 0 at the end of the input, after the calls before it');
    none([...unclean(wire), ...misanswered(wire)], `${wire.lines.length} clean frames, one answer each`);
});
