// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a browser does on the sandbox's page with --auto: loads it and submits the form it gets to where the form says.
//   node browser.mjs URL
import process from 'node:process';

const text = (html) => html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'").replaceAll('&#x27;', "'").replaceAll('&amp;', '&');
const attribute = (tag, name) => {
    const found = tag.match(new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i'));
    return found ? text(found[1] ?? found[2]) : undefined;
};

let page = new URL(process.argv[2]);
let response = await fetch(page);
let html = '';
for (let submitted = 0; submitted < 3; ++submitted) {
    html = await response.text();
    const form = html.match(/<form\b[^>]*>/i);
    if (!form)
        break;
    const fields = new URLSearchParams();
    for (const input of html.match(/<input\b[^>]*>/gi) ?? [])
        if (attribute(input, 'name') !== undefined)
            fields.append(attribute(input, 'name'), attribute(input, 'value') ?? '');
    page = new URL(attribute(form[0], 'action') ?? '', page);
    response = await fetch(page, { method: 'POST', body: fields });
}
if (!response.ok)
    throw new Error(`${page.origin} answered ${response.status}: ${html}`);
