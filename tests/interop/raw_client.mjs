// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A whole MCP client on one page: what goes over the local socket of Graph Valet, by example. Who can start a program
// runs "graph-valet stdio" instead: that also starts the tray and outlives its restart.
//   node raw_client.mjs [PROFILE]                    prints every line: "> " to the tray, "< " from it
import { readFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

// 1. The tray leaves a file that names its socket (on Windows, its pipe), in a folder that only this person can enter.
const folders = { darwin: 'Library/Application Support/graph-valet', win32: '.graph-valet' };
const folder = folders[process.platform] ?? '.local/state/graph-valet';
const file = path.join(os.homedir(), folder, process.argv[2] ?? 'default', 'rendezvous.json');
const socket = net.connect(JSON.parse(readFileSync(file, 'utf8')).socket).setEncoding('utf8');

// A message is a line that ends with a line feed. Not readline: it also splits at U+2028, which JSON may hold.
async function* linesOf(stream) {
    let rest = '';
    for await (const text of stream) {
        const lines = (rest + text).split('\n');
        rest = lines.pop();
        yield* lines;
    }
    throw new Error('the tray closed the connection');
}
const lines = linesOf(socket);
function say(message) {
    console.log(`> ${JSON.stringify(message)}`);
    socket.write(`${JSON.stringify(message)}\n`);
}
async function hear() {
    const { value: line } = await lines.next();
    console.log(`< ${line}`);
    return JSON.parse(line);
}

// 2. One line from each side before anything else. An error instead of a role says why we may not come in.
say({ link: 1, version: '1.0.0', role: 'mcp' });
const { error: refusal } = await hear();
if (refusal)
    throw new Error(refusal);

// 3. From here on it is MCP: JSON-RPC. Revision 2026-07-28 has no handshake; each request says all there is to know.
const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {},
    'io.modelcontextprotocol/clientInfo': { name: 'raw-client', version: '1.0.0' } };
let id = 0;
async function ask(method, params) {
    say({ jsonrpc: '2.0', id: ++id, method, params: { ...params, _meta } });
    while ((await hear()).id !== id)
        continue; // notifications may come in between
}
await ask('server/discover');
await ask('tools/list');
// The first call of a program that the tray does not know waits for the person to allow it, 45 seconds at most.
await ask('tools/call', { name: 'GetUserDetailsFromGraph', arguments: {} });
socket.destroy();
