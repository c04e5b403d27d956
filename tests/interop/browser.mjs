// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a browser does on the sandbox's page with --auto: loads it and submits the form it gets to where the form says.
//   node browser.mjs URL
import http from 'node:http';
import process from 'node:process';
import { text as wholeText } from 'node:stream/consumers';

const text = (html) => html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'").replaceAll('&#x27;', "'").replaceAll('&amp;', '&');
const attribute = (tag, name) => {
    const found = tag.match(new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i'));
    return found ? text(found[1] ?? found[2]) : undefined;
};

// Not fetch: it calls itself a script (Sec-Fetch-Mode: cors), and the loopback page refuses scripts.
async function load(url, form) {
    const request = http.request(url, form === undefined ? {} : {
        method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    const response = await new Promise((resolve, reject) => {
        request.on('response', resolve).on('error', reject).end(form);
    });
    return { ok: response.statusCode === 200, status: response.statusCode, html: await wholeText(response) };
}

let page = new URL(process.argv[2]);
let answer = await load(page);
for (let submitted = 0; submitted < 3; ++submitted) {
    const form = answer.html.match(/<form\b[^>]*>/i);
    if (!form)
        break;
    const fields = new URLSearchParams();
    for (const input of answer.html.match(/<input\b[^>]*>/gi) ?? [])
        if (attribute(input, 'name') !== undefined)
            fields.append(attribute(input, 'name'), attribute(input, 'value') ?? '');
    page = new URL(attribute(form[0], 'action') ?? '', page);
    answer = await load(page, fields.toString());
}
if (!answer.ok)
    throw new Error(`${page.origin} answered ${answer.status}: ${answer.html}`);
