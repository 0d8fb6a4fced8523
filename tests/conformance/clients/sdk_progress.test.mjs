// [EX-10] [fault-79] Progress reaches the SDKs' callbacks while the tool runs, and none comes after the answer.
import { check, equal, idea, none } from '../support/idea.mjs';
import { broken_server, fixture } from '../support/places.mjs';
import { connect, sdks } from '../support/sdks.mjs';

/** The steps that a call told, each with the time before the answer at which it came. */
async function told(connection, tool, args) {
    const heard = [];
    const result = await connection.call_with(tool, args, { onprogress: p => heard.push({ ...p, at: performance.now() }) });
    const end = performance.now();
    await connection.client.ping();  // what came late is here now
    return { result, heard: heard.map(({ at, ...p }) => p), ahead: heard.map(h => end - h.at) };
}

idea(async () => {
    for (const sdk of sdks) {
        for (const [name, words] of [['inside poll', ['serve']], ['on a thread', ['--threads', '1000']]]) {
            const c = await connect(sdk, [fixture, ...words]);
            const { result, heard, ahead } = await told(c, 'steps', { count: 40 });
            equal(result.structuredContent, { result: 40 }, `${sdk.name}, ${name}: the result`);
            none(heard.filter(p => p.total !== 40 || p.message !== `step ${p.progress}`), `${sdk.name}, ${name}: ${heard.length} steps, each with its words`);
            check(heard.every((p, i) => i === 0 || p.progress > heard[i - 1].progress), `${sdk.name}, ${name}: the number grows`, heard);
            // A thread may take several steps between two polls; then the last of them is told.
            check(heard.length === 40 || (words[0] !== 'serve' && heard.length > 5), `${sdk.name}, ${name}: all of them`, heard.length);
            check(ahead[0] > 100, `${sdk.name}, ${name}: the first came while the tool ran, ${Math.round(ahead[0])} ms ahead of the answer`);
            equal(heard.at(-1)?.progress, 40, `${sdk.name}, ${name}: and the last step`);
            const both = await Promise.all([told(c, 'steps', { count: 5 }), told(c, 'steps', { count: 7 })]);
            equal(both.map(b => [b.heard.at(-1)?.total, new Set(b.heard.map(h => h.total)).size]), [[5, 1], [7, 1]], `${sdk.name}, ${name}: two calls at once, each its own`);
            equal((await c.call('steps', { count: 2 })).structuredContent, { result: 2 }, `${sdk.name}, ${name}: nobody who listens`);
            none(c.late, `${sdk.name}, ${name}: none behind its answer`);
            none(c.errors, `${sdk.name}, ${name}: nothing that the SDK did not expect`);
            await c.close();
        }
        const silent = await connect(sdk, [...broken_server, 'none']);
        equal((await told(silent, 'echo', { text: 'a' })).heard, [], `${sdk.name}: control: a server that tells nothing`);
        await silent.close();
    }
});
