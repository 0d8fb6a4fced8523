// SPDX-License-Identifier: BSL-1.0
// The official SDK's server, v1, over HTTP, with the same tool: sessions, answers as JSON, the server of Node. Arguments: the folder of
// its packages, the port.
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(`${process.argv[2]}/package.json`);
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { McpServer } = await load('@modelcontextprotocol/sdk/server/mcp.js');
const { StreamableHTTPServerTransport } = await load('@modelcontextprotocol/sdk/server/streamableHttp.js');
const { z } = await load('zod');

const sessions = new Map();
async function begin() {
  const server = new McpServer({ name: 'typescript-sdk', version: '1' });
  server.registerTool('echo', { description: 'Gives the text back', inputSchema: { text: z.string() } },
    async ({ text }) => ({ content: [{ type: 'text', text }] }));
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID, enableJsonResponse: true, onsessioninitialized: (id) => sessions.set(id, transport) });
  await server.connect(transport);
  return transport;
}
http.createServer(async (request, response) => {
  const known = sessions.get(request.headers['mcp-session-id']);
  await (known ?? await begin()).handleRequest(request, response);
}).listen(Number(process.argv[3]), '127.0.0.1');
