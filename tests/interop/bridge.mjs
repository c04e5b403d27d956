// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Offers an MCP server that speaks stdio as Streamable HTTP, to this computer only, in both eras. For the conformance
// suite, which knows no stdio. The bridge does what is HTTP's: origin, headers, statuses, sessions, streams. Messages go
// through byte for byte where HTTP allows it, so that everything else is seen to be the server's own.
//   node bridge.mjs PORT COMMAND [ARGUMENT...]       prints its address
import http from 'node:http';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { refuse } from './bridge_http.mjs';
import { LegacySide, legacyVersions } from './bridge_legacy.mjs';
import { ModernSide, modernVersionOf } from './bridge_modern.mjs';
import { Peer } from './bridge_peer.mjs';

const bodyLimit = 8 * 1024 * 1024;

async function bodyOf(request) {
    const chunks = [];
    let size = 0;
    for await (const chunk of request) {
        size += chunk.length;
        if (size > bodyLimit)
            return undefined;
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
}

function isModern(headers, body) {
    const version = headers['mcp-protocol-version'];
    return modernVersionOf(body) !== undefined || (version !== undefined && !legacyVersions.includes(version));
}

async function post(request, response, sides) {
    const { accept = '', 'content-type': type = '' } = request.headers;
    if (!accept.includes('application/json') || !accept.includes('text/event-stream')) {
        refuse(response, 406, -32600, 'Accept must name application/json and text/event-stream');
        return;
    }
    if (!type.startsWith('application/json')) {
        refuse(response, 415, -32600, 'Content-Type must be application/json');
        return;
    }
    const text = await bodyOf(request);
    if (text === undefined) {
        refuse(response, 413, -32600, 'the body is too long');
        return;
    }
    let body;
    try {
        body = JSON.parse(text);
    } catch {
        refuse(response, 400, -32700, 'the body is not JSON');
        return;
    }
    if (typeof body !== 'object' || body === null) {
        refuse(response, 400, -32600, 'the body is not a message');
        return;
    }
    const side = isModern(request.headers, body) ? sides.modern : sides.legacy;
    // On stdio a message is one line.
    side.post(request, response, body, /[\r\n]/.test(text) ? JSON.stringify(body) : text);
}

// server: { command, args, env }. port 0: any. complaints: what the server did that no client was told.
export async function startBridge(server, port = 0) {
    const complaints = [];
    const complain = (text) => complaints.push(text);
    const start = () => new Peer(server, complain);
    const sides = { legacy: new LegacySide(start, complain), modern: new ModernSide(start, complain) };

    const listener = http.createServer((request, response) => {
        // A web page may make a browser send anything here, but not these two (DNS rebinding).
        const hosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${listener.address().port}`);
        const { host, origin } = request.headers;
        if (!hosts.includes(host) || (origin !== undefined && !hosts.some((name) => origin === `http://${name}`)))
            refuse(response, 403, -32600, 'Host or Origin is not this computer');
        else if (request.url !== '/mcp')
            refuse(response, 404, -32600, 'the endpoint is /mcp');
        else if (request.method === 'POST')
            post(request, response, sides).catch((error) => response.destroy(error));
        else if (request.method === 'GET' && request.headers['mcp-session-id'])
            sides.legacy.get(request, response);
        else if (request.method === 'DELETE' && request.headers['mcp-session-id'])
            sides.legacy.delete(request, response);
        else
            refuse(response, 405, -32600, 'POST only');
    });
    await new Promise((resolve, reject) => listener.once('error', reject).listen(port, '127.0.0.1', resolve));
    return {
        url: `http://127.0.0.1:${listener.address().port}/mcp`,
        complaints,
        async close() {
            listener.close();
            listener.closeAllConnections();
            await Promise.all([sides.legacy.close(), sides.modern.close()]);
        },
    };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const [port, command, ...args] = process.argv.slice(2);
    const bridge = await startBridge({ command, args, env: process.env }, Number(port));
    console.log(bridge.url);
    for (const signal of ['SIGINT', 'SIGTERM']) {
        process.once(signal, async () => {
            await bridge.close();
            bridge.complaints.forEach((text) => console.error(text));
        });
    }
}
