// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every client of others does with our relay: lists the tools and calls the first one, lists the resources and
// reads the first one, and compares both with what Graph says itself.
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { Client as ClientV2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = import.meta.dirname;
const tool = 'GetUserDetailsFromGraph';
const uri = 'graph://me';
const pinned = JSON.parse(readFileSync(path.join(here, 'package.json'))).dependencies;

// graph(names): those properties of the person, asked of Graph with the token that the tray was given.
async function checkFacts(facts, graph) {
    assert.equal(facts.displayName, 'Adele Vance');
    const person = await graph(Object.keys(facts));
    for (const [name, value] of Object.entries(facts))
        assert.deepEqual(value, person[name], `${name} is not what Graph said`);
}

async function checkCall(result, graph) {
    assert.ok(!result.isError, JSON.stringify(result.content));
    const facts = result.structuredContent;
    assert.equal(result.content.length, 1);
    assert.deepEqual(JSON.parse(result.content[0].text), facts, 'text and structuredContent differ');
    await checkFacts(facts, graph);
}

function checkResources({ resources }) {
    assert.ok(resources.some((one) => one.uri === uri && one.name && one.description), `${uri} is not listed`);
}

async function checkContents({ contents }, graph) {
    assert.equal(contents.length, 1);
    const [{ uri: read, mimeType, text }] = contents;
    assert.deepEqual([read, mimeType], [uri, 'application/json']);
    await checkFacts(JSON.parse(text), graph);
}

async function withSdk(client, transport, graph, expectedEra) {
    const complaints = [];
    client.onerror = (error) => complaints.push(error.message);
    await client.connect(transport);
    try {
        assert.equal(client.getServerVersion().name, 'graph-valet');
        // Falling back to the older era in silence would hide that the newer one is broken.
        assert.equal(client.getProtocolEra?.(), expectedEra);
        const { tools } = await client.listTools();
        assert.ok(tools.some(({ name, outputSchema }) => name === tool && outputSchema), `${tool} is not listed`);
        await checkCall(await client.callTool({ name: tool, arguments: {} }), graph);
        await checkCall(await client.callTool({ name: tool, arguments: {} }), graph);
        checkResources(await client.listResources());
        await checkContents(await client.readResource({ uri }), graph);
    } finally {
        await client.close();
    }
    assert.deepEqual(complaints, []);
}

async function withInspector({ command, args, env }, era, graph) {
    const inspector = path.join(here, 'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js');
    const ask = async (...words) => {
        const { stdout } = await run(process.execPath, [inspector, '--cli', '--protocol-era', era, '--format', 'json',
            command, ...args, '--method', ...words], { env, timeout: 60_000 });
        return JSON.parse(stdout).result;
    };
    const { tools } = await ask('tools/list', '--strict');
    assert.ok(tools.some(({ name }) => name === tool), `${tool} is not listed`);
    await checkCall(await ask('tools/call', '--tool-name', tool), graph);
    checkResources(await ask('resources/list'));
    await checkContents(await ask('resources/read', '--uri', uri), graph);
}

// The page that shows other programmers what goes over the socket must itself work.
async function withRawClient(profile, graph) {
    const { stdout } = await run(process.execPath, [path.join(here, 'raw_client.mjs'), profile], { timeout: 60_000 });
    const heard = stdout.split('\n').filter((line) => line.startsWith('< ')).map((line) => JSON.parse(line.slice(2)));
    const [hello, discovered, list, call] = heard;
    assert.equal(hello.role, 'mcp');
    assert.deepEqual(discovered.result.supportedVersions, ['2026-07-28']);
    assert.ok(list.result.tools.some(({ name }) => name === tool), `${tool} is not listed`);
    await checkCall(call.result, graph);
    assert.equal(heard.length, 4);
}

const identity = { name: 'interop', version: '1.0.0' };

// relay: { command, args, env }; profile: for the client that needs no relay.
export function allClients(relay, profile) {
    const { command, args } = relay; // the SDK chooses the environment itself
    const clients = {
        [`TypeScript SDK ${pinned['@modelcontextprotocol/sdk']}`]: (graph) =>
            withSdk(new ClientV1(identity), new StdioV1({ command, args }), graph),
    };
    for (const [name, mode] of [['legacy', 'legacy'], ['auto', 'auto'], ['modern', { pin: '2026-07-28' }]]) {
        const era = name === 'legacy' ? 'legacy' : 'modern';
        clients[`TypeScript SDK ${pinned['@modelcontextprotocol/client']}, ${name}`] = (graph) =>
            withSdk(new ClientV2(identity, { versionNegotiation: { mode } }), new StdioV2({ command, args }), graph, era);
        clients[`Inspector ${pinned['@modelcontextprotocol/inspector']}, ${name}`] = (graph) =>
            withInspector(relay, name, graph);
    }
    clients['raw client on the socket'] = (graph) => withRawClient(profile, graph);
    return clients;
}
