// The checks that go through the official clients, applied to a small server that is right and then wrong in one way at
// a time.
import { check, equal, idea, none, rejects } from '../support/idea.mjs';
import { list_tools, call_tool } from '../support/inspector.mjs';
import { kill_clients } from '../support/killing.mjs';
import { broken_server } from '../support/places.mjs';
import { all_at_once, connect, sdks, walk } from '../support/sdks.mjs';

idea(async () => {
    for (const sdk of sdks) {
        const slow = await connect(sdk, [...broken_server, 'progress behind the answer']);
        await slow.call_with('echo', { text: 'a' }, { onprogress: () => {} });
        await slow.client.ping();
        equal(slow.late.map(p => p.progress), [1], `${sdk.name}: progress behind its answer is seen`);
        await slow.close();
        const right = await connect(sdk, [...broken_server, 'none']);
        const { names, problems } = await walk(right, 1);
        equal([names, problems], [['echo', 'answer', 'slow'], []], `${sdk.name}: a server that is right has its pages in order`);
        none(await all_at_once(right, 100), `${sdk.name}: and each call its own answer`);
        equal((await right.call('answer', {})).structuredContent, { result: 7 }, `${sdk.name}: and structured content`);
        none(right.errors, `${sdk.name}: and no error in the stream`);
        await right.close();

        const endless = await connect(sdk, [...broken_server, 'pages without an end']);
        check((await walk(endless, 1)).problems.length > 0, `${sdk.name}: pages without an end are found`);
        await endless.close();
        const mixed = await connect(sdk, [...broken_server, 'answers mixed up']);
        check((await all_at_once(mixed, 100)).length > 0, `${sdk.name}: answers mixed up are found`);
        await mixed.close();
        const prints = await connect(sdk, [...broken_server, 'prints a frame']);
        await prints.call('echo', { text: 'a' });
        await prints.client.ping();
        check(prints.errors.length > 0, `${sdk.name}: what a server prints is found`);
        await prints.close();
        const lies = await connect(sdk, [...broken_server, 'structured content of another type']);
        // The older SDK knows the output schemas of the last page that it listed, the newer one of its own walk.
        await (sdk === sdks[0] ? lies.page('1') : lies.client.listTools());
        await rejects(lies.call('answer', {}), /[Ss]tructured content/, `${sdk.name}: structured content of another type is found`);
        await lies.close();
    }

    equal((await list_tools([...broken_server, 'none'], {}, '--strict')).code, 0, 'Inspector: --strict passes a server that is right');
    equal((await list_tools([...broken_server, 'bare true in a schema'], {}, '--strict')).code, 6, 'Inspector: --strict finds a schema that is not portable');
    check((await call_tool([...broken_server, 'structured content of another type'], 'answer', {})).code !== 0, 'Inspector: structured content of another type is found');

    none((await kill_clients([...broken_server, 'none'], 'idle', { times: 2, within_ms: 2000 })).problems, 'a server that ends with its client');
    equal((await kill_clients([...broken_server, 'stays'], 'idle', { times: 2, within_ms: 1000 })).problems.length, 2, 'a server that stays is found');
});
