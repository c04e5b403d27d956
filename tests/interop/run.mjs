// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One sandbox tenant, one tray, one sign-in; then every client of others lists the tools and calls the first one
// through the real relay, with the environment that clients really pass on. Started by run.sh.
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { Client as ClientV2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import readline from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const bin = process.argv[2];
const here = import.meta.dirname;
const valet = path.join(bin, 'graph-valet');
const relay = { command: valet, args: ['--profile', 'interop', 'stdio'] };
const tool = 'GetUserDetailsFromGraph';
const pinned = JSON.parse(readFileSync(path.join(here, 'package.json'))).dependencies;

// Whatever happens here, nothing is left running.
const children = [];
process.on('exit', () => children.forEach((child) => child.kill()));
function start(program, args, options) {
    const child = spawn(path.join(bin, program), args, options);
    child.on('error', (error) => console.log(`${program}: ${error.message}`));
    children.push(child);
    return child;
}

// Their environment has no GRAPH_VALET_ variable and no session bus: see the TypeScript SDK's getDefaultEnvironment.
const minimalEnvironment = Object.fromEntries(['HOME', 'LOGNAME', 'PATH', 'SHELL', 'TERM', 'USER']
    .filter((name) => process.env[name] !== undefined).map((name) => [name, process.env[name]]));

async function startSandbox() {
    const child = start('graph-valet-sandbox', ['--auto'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await Promise.race([
        once(readline.createInterface({ input: child.stdout }), 'line'),
        once(child, 'exit').then(() => { throw new Error('the sandbox ended at its start'); }),
    ]);
    return JSON.parse(line);
}

async function signIn(tenant) {
    const browser = path.join(process.env.HOME, 'browser');
    const log = `${browser}.log`;
    await writeFile(browser, `#!/bin/sh\nexec "${process.execPath}" "${path.join(here, 'browser.mjs')}" "$@" >"${log}" 2>&1\n`);
    await chmod(browser, 0o700);
    const env = {
        ...process.env, BROWSER: browser, GRAPH_VALET_PROFILE: 'interop', GRAPH_VALET_CLIENT_APPROVAL: 'allow',
        GRAPH_VALET_CLIENT_ID: tenant.clientId, GRAPH_VALET_TENANT_ID: tenant.tenantId,
        GRAPH_VALET_AUTHORITY: tenant.authority, GRAPH_VALET_GRAPH_URL: tenant.graphUrl,
        QT_QPA_PLATFORM: 'offscreen',
    };
    // With no display xdg-open takes $BROWSER, which is ours, and nobody's real desktop is touched.
    delete env.DISPLAY;
    delete env.WAYLAND_DISPLAY;
    delete env.XDG_CURRENT_DESKTOP;
    start('graph-valet-tray', ['--background'], { env, stdio: 'ignore' });
    try {
        await run(valet, ['--profile', 'interop', 'sign-in', '--timeout', '60'], { env, timeout: 90_000 });
    } catch (error) {
        error.stderr += existsSync(log) ? `The browser said: ${readFileSync(log)}` : 'No browser was started.';
        throw error;
    }
}

// Asks Graph itself about the person, with the token that the tray was given.
async function truth(tenant) {
    const { values } = await (await fetch(new URL('/sandbox/secrets', tenant.authority))).json();
    for (const value of values) {
        const ask = (query) => fetch(new URL(`/v1.0/me${query}`, tenant.graphUrl), {
            headers: { Authorization: `Bearer ${value}` } });
        if ((await ask('').catch(() => undefined))?.ok)
            return async (names) => (await ask(`?$select=${names.join(',')}`)).json();
    }
    throw new Error('no token of the sandbox opens /me: nobody is signed in');
}

async function ledger(tenant) {
    return (await fetch(new URL('/sandbox/requests', tenant.authority))).json();
}

async function check(result, graph) {
    assert.ok(!result.isError, JSON.stringify(result.content));
    const facts = result.structuredContent;
    assert.equal(result.content.length, 1);
    assert.deepEqual(JSON.parse(result.content[0].text), facts, 'text and structuredContent differ');
    assert.equal(facts.displayName, 'Adele Vance');
    const person = await graph(Object.keys(facts));
    for (const [name, value] of Object.entries(facts))
        assert.deepEqual(value, person[name], `${name} is not what Graph said`);
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
        await check(await client.callTool({ name: tool, arguments: {} }), graph);
        await check(await client.callTool({ name: tool, arguments: {} }), graph);
    } finally {
        await client.close();
    }
    assert.deepEqual(complaints, []);
}

async function withInspector(era, graph) {
    const inspector = path.join(here, 'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js');
    const ask = async (...words) => {
        const { stdout } = await run(process.execPath,
            [inspector, '--cli', '--protocol-era', era, '--format', 'json', ...words], {
                env: minimalEnvironment, timeout: 60_000 });
        return JSON.parse(stdout).result;
    };
    const server = [relay.command, ...relay.args];
    const { tools } = await ask(...server, '--method', 'tools/list', '--strict');
    assert.ok(tools.some(({ name }) => name === tool), `${tool} is not listed`);
    await check(await ask(...server, '--method', 'tools/call', '--tool-name', tool), graph);
}

const identity = { name: 'interop', version: '1.0.0' };
const clients = {
    [`TypeScript SDK ${pinned['@modelcontextprotocol/sdk']}`]: (graph) =>
        withSdk(new ClientV1(identity), new StdioV1(relay), graph),
};
for (const [name, mode] of [['legacy', 'legacy'], ['auto', 'auto'], ['modern', { pin: '2026-07-28' }]]) {
    const era = name === 'legacy' ? 'legacy' : 'modern';
    clients[`TypeScript SDK ${pinned['@modelcontextprotocol/client']}, ${name}`] = (graph) =>
        withSdk(new ClientV2(identity, { versionNegotiation: { mode } }), new StdioV2(relay), graph, era);
    clients[`Inspector ${pinned['@modelcontextprotocol/inspector']}, ${name}`] = (graph) => withInspector(name, graph);
}

let failed = 0;
try {
    const tenant = await startSandbox();
    await signIn(tenant);
    const graph = await truth(tenant);
    const before = await ledger(tenant);
    for (const [name, use] of Object.entries(clients)) {
        try {
            await use(graph);
            console.log(`passed: ${name}`);
        } catch (error) {
            ++failed;
            console.log(`failed: ${name}: ${error.stack}${error.stdout ?? ''}${error.stderr ?? ''}`);
        }
    }
    try {
        const after = await ledger(tenant);
        assert.equal(after.authorize, 1, 'all clients share one sign-in');
        // Looking for the truth may itself have broken a rule of the sandbox; no client may add to it.
        assert.deepEqual(after.violations, before.violations);
        console.log('passed: one sign-in for all');
    } catch (error) {
        ++failed;
        console.log(`failed: one sign-in for all: ${error.stack}`);
    }
    await run(valet, ['--profile', 'interop', 'sign-out'], { timeout: 30_000 });
    await run(valet, ['--profile', 'interop', 'quit'], { timeout: 30_000 });
} catch (error) {
    ++failed;
    console.log(`failed: interop: ${error.stack}${error.stdout ?? ''}${error.stderr ?? ''}`);
}
process.exit(failed ? 1 : 0);
