// SPDX-License-Identifier: BSL-1.0
// The official SDK's server, v2, which speaks 2026-07-28, with the same tool: over HTTP if there is a port, else over stdio. Arguments: the
// folder of its packages, the port.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(`${process.argv[2]}/package.json`);
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { McpServer, createMcpHandler } = await load('@modelcontextprotocol/server');
const { z } = await load('zod');

function make() {
  const server = new McpServer({ name: 'typescript-sdk', version: '2' });
  server.registerTool('echo', { description: 'Gives the text back', inputSchema: z.object({ text: z.string() }) },
    async ({ text }) => ({ content: [{ type: 'text', text }] }));
  return server;
}
if (process.argv[3]) {
  const { serve } = await load('@hono/node-server');
  const handler = createMcpHandler(make);
  serve({ fetch: (request) => handler.fetch(request), port: Number(process.argv[3]), hostname: '127.0.0.1' });
} else {
  const { serveStdio } = await load('@modelcontextprotocol/server/stdio');
  await serveStdio(make);
}
