// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The official conformance suite against a server on stdio, through our bridge. What counts is what the suite wrote down
// for every scenario, not its exit code: it passes scenarios that never ran, and everything that is only a warning.
//   node conformance.mjs COMMAND [ARGUMENT...]       the server to try; prints a line per run
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { startBridge } from './bridge.mjs';

const modules = path.join(import.meta.dirname, 'node_modules');
const patience = 180_000; // milliseconds that one run may take

// scenarios: how many count; a version of the suite that quietly runs fewer is not a success.
const runs = [
    { suite: 'conformance-0.1', select: ['--suite', 'active'], scenarios: 30 },
    { suite: 'conformance-0.2', select: ['--requirements', '2025-11-25'], scenarios: 30 },
    { suite: 'conformance-0.2', select: ['--requirements', '2026-07-28'], scenarios: 37 },
];

// The names under "server:" in the suite's own frozen list. What else a run does is shown but does not count:
// extensions that we do not offer, and what was added after the revision.
function countedBy({ suite, select: [option, revision] }) {
    if (option !== '--requirements')
        return undefined;
    const list = readFileSync(path.join(modules, suite, 'requirements', `${revision}.yaml`), 'utf8');
    const [, names] = /^server:\n((?: +- .*\n)+)/m.exec(list);
    return new Set(names.match(/[\w-]+$/gm));
}

async function runSuite({ suite, select }, url) {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'gv-conformance.'));
    try {
        const child = spawn(process.execPath, [
            path.join(modules, suite, 'dist/index.js'), 'server', '--url', url, ...select, '-o', directory,
        ], { stdio: ['ignore', 'pipe', 'pipe'] });
        let said = '';
        for (const stream of [child.stdout, child.stderr])
            stream.setEncoding('utf8').on('data', (text) => { said += text; });
        const timer = setTimeout(() => child.kill(), patience);
        const [, signal] = await once(child, 'close');
        clearTimeout(timer);
        // server-SCENARIO-TIME/checks.json
        const scenarios = readdirSync(directory, { recursive: true }).filter((name) => path.basename(name) === 'checks.json')
            .map((name) => ({
                name: path.basename(path.dirname(name)).replace(/^server-|-\d{4}-\d\d-\d\dT[\w-]*$/g, ''),
                checks: JSON.parse(readFileSync(path.join(directory, name), 'utf8')),
            }));
        return { scenarios, said: signal ? `${said}\nended by ${signal} after ${patience} ms` : said };
    } finally {
        rmSync(directory, { recursive: true, force: true });
    }
}

const bad = ({ status }) => status === 'FAILURE' || status === 'WARNING';
const good = ({ status }) => status === 'SUCCESS';

// What one run came to: counted scenarios that passed, their checks, and what is to be told of the others.
export function judge(scenarios, counted, expected) {
    const report = { passed: 0, checks: 0, uncounted: [], problems: [] };
    const seen = new Set();
    for (const { name, checks } of scenarios) {
        const lost = checks.filter(bad);
        if (counted && !counted.has(name)) {
            report.uncounted.push(`${name} ${checks.filter(good).length} of ${checks.filter(good).length + lost.length}`);
            continue;
        }
        if (seen.has(name))
            report.problems.push(`${name} ran twice`);
        seen.add(name);
        report.checks += checks.filter(good).length;
        if (lost.length === 0 && checks.some(good))
            ++report.passed;
        else if (lost.length === 0)
            report.problems.push(`${name}: nothing was checked`);
        for (const { id, status, errorMessage } of lost)
            report.problems.push(`${name}: ${status} ${id}: ${errorMessage}`);
    }
    for (const name of counted ?? []) {
        if (!seen.has(name))
            report.problems.push(`${name} did not run`);
    }
    if (report.passed !== expected)
        report.problems.push(`${report.passed} scenarios passed, not ${expected}`);
    return report;
}

// server: { command, args, env }. Prints a line per run; returns how many failed.
export async function conformance(server) {
    let failed = 0;
    for (const run of runs) {
        const { version } = JSON.parse(readFileSync(path.join(modules, run.suite, 'package.json')));
        const title = `conformance ${version}, ${run.select.join(' ').replace(/^--/, '')}`;
        const bridge = await startBridge(server);
        const { scenarios, said } = await runSuite(run, bridge.url);
        await bridge.close();
        const { passed, checks, uncounted, problems } = judge(scenarios, countedBy(run), run.scenarios);
        problems.push(...bridge.complaints.map((text) => `bridge: ${text}`));
        const numbers = `${passed} of ${run.scenarios} scenarios, ${checks} checks`;
        console.log(problems.length === 0 ? `passed: ${title}: ${numbers}` : `failed: ${title}: ${numbers}`);
        for (const line of problems)
            console.log(`    ${line}`);
        if (scenarios.length === 0)
            console.log(said);
        if (uncounted.length > 0)
            console.log(`    not counted: ${uncounted.join(', ')}`);
        failed += problems.length > 0;
    }
    return failed;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const [command, ...args] = process.argv.slice(2);
    process.exit(await conformance({ command, args, env: process.env }) ? 1 : 0);
}
