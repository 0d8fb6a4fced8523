// The suite finds what is missing: without one of its tools the server does not pass.
import { check, equal, idea } from '../support/idea.mjs';
import { run, scored, serve, shortfalls } from '../support/suite.mjs';

idea(async () => {
    for (const [revision, tool, scenario] of [['2025-11-25', 'test_image_content', 'tools-call-image'],
        ['2025-11-25', 'test_error_handling', 'tools-call-error'],
        ['2026-07-28', 'test_input_required_result_sampling', 'input-required-result-basic-sampling']]) {
        const server = await serve(tool);
        const { code, text, found } = run(server.url, '--scenario', scenario, '--spec-version', revision);
        await server.end();
        const counted = found[scenario] ?? { passed: Number(/Passed: (\d+)/.exec(text)?.[1] ?? 0), failed: Number(/(\d+) failed/.exec(text)?.[1] ?? 0) };
        console.log(`${revision} without ${tool}: exit ${code}, ${counted.passed} passed, ${counted.failed} failed`);
        const least = { [scenario]: scored[revision][scenario] };
        check(code !== 0 || shortfalls({ [scenario]: counted }, least).length > 0, `${revision}: ${scenario} misses ${tool}`);
        equal(shortfalls({}, least).length, 1, 'a scenario that did not run is a shortfall');
    }
});
