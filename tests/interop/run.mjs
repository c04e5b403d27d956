// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One sandbox tenant, one tray, one sign-in for all clients of others, with the environment that clients really pass on;
// then the official suite against the server with test tools. Started by run.sh:
//   node run.mjs FOLDER-OF-THE-PROGRAMS GRAPH-VALET-CONFORMANCE
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import readline from 'node:readline';
import { promisify } from 'node:util';
import { bridgeSelfTest } from './bridge_selftest.mjs';
import { allClients } from './clients.mjs';
import { conformance } from './conformance.mjs';
import { lintRelay } from './lint_relay.mjs';
import { lintSelfTest } from './lint_tools_selftest.mjs';

const run = promisify(execFile);
const [, , bin, conformanceServer] = process.argv;
const here = import.meta.dirname;
const valet = path.join(bin, 'graph-valet');
const relayOf = (profile) => ({ command: valet, args: ['--profile', profile, 'stdio'], env: minimalEnvironment });

// Whatever happens here, nothing is left running.
const children = [];
process.on('exit', () => children.forEach((child) => child.kill()));
function start(program, args, options) {
    const child = spawn(program, args, options);
    child.on('error', (error) => console.log(`${program}: ${error.message}`));
    children.push(child);
    return child;
}

// Their environment has no GRAPH_VALET_ variable and no session bus: see the TypeScript SDK's getDefaultEnvironment.
const minimalEnvironment = Object.fromEntries(['HOME', 'LOGNAME', 'PATH', 'SHELL', 'TERM', 'USER']
    .filter((name) => process.env[name] !== undefined).map((name) => [name, process.env[name]]));

async function startSandbox() {
    const child = start(path.join(bin, 'graph-valet-sandbox'), ['--auto'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await Promise.race([
        once(readline.createInterface({ input: child.stdout }), 'line'),
        once(child, 'exit').then(() => { throw new Error('the sandbox ended at its start'); }),
    ]);
    return JSON.parse(line);
}

async function signIn(tenant) {
    const browser = path.join(process.env.HOME, 'browser');
    const log = `${browser}.log`;
    const page = path.join(here, 'browser.mjs');
    await writeFile(browser, `#!/bin/sh\nexec "${process.execPath}" "${page}" "$@" >"${log}" 2>&1\n`);
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
    start(path.join(bin, 'graph-valet-tray'), ['--background'], { env, stdio: 'ignore' });
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

let failed = 0;
async function step(name, work) {
    try {
        const note = await work();
        console.log(`passed: ${name}${note === undefined ? '' : `: ${note}`}`);
    } catch (error) {
        ++failed;
        console.log(`failed: ${name}: ${error.stack}${error.stdout ?? ''}${error.stderr ?? ''}`);
    }
}

async function clientsOfOthers() {
    const tenant = await startSandbox();
    await signIn(tenant);
    const graph = await truth(tenant);
    const before = await ledger(tenant);
    const relay = relayOf('interop');
    for (const [name, use] of Object.entries(allClients(relay, 'interop')))
        await step(name, () => use(graph));
    await step('linter of tools, against bad ones', async () => `${lintSelfTest()} caught`);
    await step('linter of tools, against ours', async () => `${await lintRelay(relay)} tools in every revision`);
    await step('one sign-in for all', async () => {
        const after = await ledger(tenant);
        assert.equal(after.authorize, 1, 'all clients share one sign-in');
        // Looking for the truth may itself have broken a rule of the sandbox; no client may add to it.
        assert.deepEqual(after.violations, before.violations);
    });
    await run(valet, ['--profile', 'interop', 'sign-out'], { timeout: 30_000 });
    await run(valet, ['--profile', 'interop', 'quit'], { timeout: 30_000 });
}

// The suite wants tools, prompts and questions to the person that we do not offer: a program of our tests has them, on
// the real socket and session. It stands where a tray would, so the real relay finds it.
async function officialSuite() {
    await step('conformance bridge, against bad clients and servers', bridgeSelfTest);
    if (!existsSync(conformanceServer)) {
        console.log(`skipped: conformance: ${path.basename(conformanceServer)} is not built`);
        return;
    }
    const child = start(conformanceServer, ['--profile', 'conformance'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(child, 'exit').then(([code, signal]) => signal ?? code);
    await Promise.race([
        once(readline.createInterface({ input: child.stdout }), 'line'),
        ended.then((how) => { throw new Error(`${conformanceServer} ended at its start with ${how}`); }),
    ]);
    failed += await conformance(relayOf('conformance'));
    await step('conformance, end of the server', async () => {
        const early = child.exitCode ?? child.signalCode;
        // Without it the relay has started a real tray in its place.
        if (early !== null)
            await run(valet, ['--profile', 'conformance', 'quit'], { timeout: 30_000 });
        assert.equal(early, null, 'it ended before it was told to');
        child.stdin.end();
        assert.equal(await ended, 0);
    });
}

for (const part of [clientsOfOthers, officialSuite]) {
    try {
        await part();
    } catch (error) {
        ++failed;
        console.log(`failed: interop: ${error.stack}${error.stdout ?? ''}${error.stderr ?? ''}`);
    }
}
process.exit(failed ? 1 : 0);
