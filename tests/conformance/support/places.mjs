// Where the programs and packages are; CTest says it in the environment (tests/conformance/CMakeLists.txt).
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

function told(variable) {
    const value = process.env[variable];
    if (value && fs.existsSync(value)) return value;
    console.error(`${variable} ${value ? `is ${value}, which does not exist` : 'is not set'}; run this by ctest`);
    process.exit(2);
}

export const fixture = told('HAFT_FIXTURE');
export const demo = process.env.HAFT_DEMO ?? '';
/** The command haft, or '': it was not built. */
export const haft = process.env.HAFT_COMMAND ?? '';
export const packages = told('HAFT_PACKAGES');
/** The folder shared among the makers of haft, or '': it holds MCP's schemas and the load generator. */
export const shared = fs.existsSync(process.env.HAFT_SHARED ?? '') ? process.env.HAFT_SHARED : '';

/** require() of the pinned npm packages. */
export const need = createRequire(path.join(packages, 'package.json'));

export const here = path.resolve(import.meta.dirname, '..');
/** A small server in JavaScript that is right, or wrong in the way that it is told. */
export const broken_server = [process.execPath, path.join(here, 'harness', 'broken_server.mjs')];
