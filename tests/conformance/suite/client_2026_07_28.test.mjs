// [NX-11] The official suite, revision 2026-07-28, and haft's client over HTTP: every scored scenario but auth/*, with its checks counted.
import path from 'node:path';
import { equal, idea, none } from '../support/idea.mjs';
import { here } from '../support/places.mjs';
import { run_client, scored_of_clients, shortfalls } from '../support/suite.mjs';

idea(async () => {
    const { code, text, found } = run_client('', '--requirements', '2026-07-28', '--expected-failures', path.join(here, 'suite', 'client_2026_07_28.yml'));
    for (const line of text.split('\n').slice(text.split('\n').findIndex(l => l.includes('SUITE SUMMARY')))) console.log(line);
    equal(code, 0, 'what fails is what is expected to');
    none(shortfalls(found, scored_of_clients['2026-07-28']), `${Object.keys(scored_of_clients['2026-07-28']).length} scenarios, none of them content with less`);
});
