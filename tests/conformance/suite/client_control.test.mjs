// The suite finds what a client lacks, and a list of expected failures that is not true any more.
import fs from 'node:fs';
import path from 'node:path';
import { check, idea, scratch } from '../support/idea.mjs';
import { here } from '../support/places.mjs';
import { run_client } from '../support/suite.mjs';

idea(async () => {
    for (const [revision, scenario] of [['2025-11-25', 'elicitation-sep1034-client-defaults'], ['2026-07-28', 'sep-2322-client-request-state']]) {
        const { code } = run_client('answers', '--scenario', scenario, '--spec-version', revision);
        check(code !== 0, `${revision}: ${scenario} misses the client's answers`, code);
    }
    const list = path.join(scratch(), 'list.yml');
    fs.writeFileSync(list, fs.readFileSync(path.join(here, 'suite', 'client_2025_11_25.yml'), 'utf8') + '  - initialize\n');
    const stale = run_client('', '--requirements', '2025-11-25', '--expected-failures', list);
    check(stale.code !== 0 && /stale/i.test(stale.text), 'a scenario that passes has no place among the expected failures', stale.text.slice(-600));
});
