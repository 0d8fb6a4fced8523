// A client that is killed leaves no server behind: a call runs and others wait.
import { check, equal, idea, none, skip } from '../support/idea.mjs';
import { kill_clients } from '../support/killing.mjs';
import { fixture } from '../support/places.mjs';
import { orphans_are_collected } from '../support/processes.mjs';

idea(async () => {
    const { problems, zombies, count, most_ms } = await kill_clients([fixture, 'serve'], 'busy', { times: 20, within_ms: 2500 });
    equal(count, 20, '20 clients killed in the middle of a call, with seven more waiting: that call ends, the others are not begun');
    none(problems, 'each server process ended');
    if (zombies.length && !(await orphans_are_collected())) skip('zombies: process 1 collects none here');
    else none(zombies, 'and none is a zombie');
    check(most_ms < 2500, `the last after ${most_ms} ms`);
});
