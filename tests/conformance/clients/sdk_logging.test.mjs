// [EX-10] Log messages of tools reach the SDKs' handlers, from the level on that the client sets.
import { equal, idea, none } from '../support/idea.mjs';
import { fixture } from '../support/places.mjs';
import { connect, sdks } from '../support/sdks.mjs';

idea(async () => {
    for (const sdk of sdks) {
        for (const words of [['serve'], ['--threads', '1000']]) {
            const c = await connect(sdk, [fixture, ...words]);
            let heard = [];
            c.on_log(params => heard.push(params));
            const talk = async text => {
                heard = [];
                await c.call('talk', { text });
                await c.client.ping();
                return heard;
            };
            equal(await talk('a'), [{ level: 'info', logger: 'talk', data: 'info a' }, { level: 'error', logger: 'talk', data: 'error a' }],
                  `${sdk.name}, ${words[0]}: from info on by default`);
            await c.client.setLoggingLevel('debug');
            equal((await talk('b\n"')).map(p => [p.level, p.data]), [['debug', 'debug b\n"'], ['info', 'info b\n"'], ['error', 'error b\n"']],
                  `${sdk.name}, ${words[0]}: all of them after setLoggingLevel(debug)`);
            await c.client.setLoggingLevel('critical');
            equal(await talk('c'), [], `${sdk.name}, ${words[0]}: none after setLoggingLevel(critical)`);
            none(c.errors, `${sdk.name}, ${words[0]}: nothing that the SDK did not expect`);
            await c.close();
        }
    }
});
