// [fault-76] [fault-141] Standard input and output are the protocol's alone, whatever tools and their child processes do with them.
import { spawnSync } from 'node:child_process';
import { check, contains, equal, idea, none } from '../support/idea.mjs';
import { fixture } from '../support/places.mjs';
import { misanswered, unclean, Wire } from '../support/wire.mjs';

const calls = 50;

idea(async () => {
    const wire = new Wire([fixture, 'serve']);
    await wire.initialize();
    const requests = [];
    for (let i = 0; i < calls; i++) {
        requests.push(wire.make('tools/call', { name: 'chatter', arguments: { text: `t${i}` } }));
        requests.push(wire.make('tools/call', { name: 'add', arguments: { a: i, b: i } }));
        if (i % 10 === 0) requests.push(wire.make('tools/call', { name: 'nosy' }));
    }
    wire.send(...requests);
    const answers = await Promise.all(requests.map(m => wire.answer(m.id)));
    const chatter = answers.filter((_, i) => requests[i].params.name === 'chatter');
    none(chatter.filter((a, i) => a.result.content[0].text !== `t${i}`), `${calls} calls of a tool that prints, each with its own result`);
    none(answers.filter((a, i) => requests[i].params.name === 'add' && a.result.structuredContent.result !== 2 * requests[i].params.arguments.a),
         `${calls} calls between them`);
    equal(answers.filter((_, i) => requests[i].params.name === 'nosy').map(a => a.result.structuredContent.result), [0, 0, 0, 0, 0],
          'a tool that reads standard input, with messages waiting there: finds none, takes none');
    equal((await wire.call('child_of_a_broken_pipe')).result.structuredContent.result, 141, 'a child process dies of SIGPIPE as it should');
    equal((await wire.end()).code, 0, 'exit 0');
    none([...unclean(wire), ...misanswered(wire)], `${wire.lines.length} clean frames, one answer each`);
    for (const part of ['printf t7', 'cout t7', 'cout, not flushed', 'half a line {', 'a child process', 'a child in the background'])
        contains(wire.stderr, part, `what was printed is on standard error: ${part}`);

    // With no standard error there is nowhere to print to; the stream has to stay clean all the same.
    const mute = new Wire(['sh', '-c', 'exec "$0" serve 2>&-', fixture]);
    await mute.initialize();
    equal((await mute.call('chatter', { text: 'mute' })).result?.content?.[0]?.text, 'mute', 'a call without standard error');
    equal((await mute.end()).code, 0, 'exit 0 without standard error');
    none([...unclean(mute), ...misanswered(mute)], 'clean frames without standard error');

    const closed = spawnSync('sh', ['-c', 'exec "$0" serve <&-', fixture], { timeout: 10_000 });
    equal([closed.status, closed.stdout.length], [1, 0], 'no standard input at all: exit 1, no output');
    const full = spawnSync('sh', ['-c', 'echo \'{"jsonrpc":"2.0","id":1,"method":"ping"}\' | "$0" serve >/dev/full', fixture], { timeout: 10_000 });
    check(full.status !== null, 'standard output that takes nothing: the server ends');
});
