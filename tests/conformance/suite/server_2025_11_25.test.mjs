// [IO-05] The official suite, revision 2025-11-25, against haft over HTTP: every scored scenario, with its checks counted.
import { equal, idea, none } from '../support/idea.mjs';
import { run, scored, serve, shortfalls, unscored } from '../support/suite.mjs';

idea(async () => {
    const server = await serve();
    const { code, text, found } = run(server.url, '--requirements', '2025-11-25');
    equal(await server.end(), 0, 'the server ends when it is asked to');
    for (const line of text.split('\n').slice(text.split('\n').findIndex(l => l.startsWith('=== SUMMARY')))) console.log(line);
    equal(code, 0, 'every scored scenario passes');
    none(shortfalls(found, scored['2025-11-25']), `${Object.keys(scored['2025-11-25']).length} scored scenarios, none of them content with less`);
    none(shortfalls(found, unscored['2025-11-25']), 'of those that are not scored, what haft has');
});
