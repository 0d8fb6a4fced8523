// A client that is killed leaves no server behind: nothing was asked.
import { check, equal, idea, none, skip } from '../support/idea.mjs';
import { kill_clients } from '../support/killing.mjs';
import { fixture } from '../support/places.mjs';
import { orphans_are_collected } from '../support/processes.mjs';

idea(async () => {
    const { problems, zombies, count, most_ms } = await kill_clients([fixture, 'serve'], 'idle', { times: 20, within_ms: 2000 });
    equal(count, 20, '20 clients killed while nothing goes on');
    none(problems, 'each server process ended');
    if (zombies.length && !(await orphans_are_collected())) skip('zombies: process 1 collects none here');
    else none(zombies, 'and none is a zombie');
    check(most_ms < 2000, `the last after ${most_ms} ms`);
});
