// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Streamable HTTP of 2026-07-28: every POST stands for itself. Clients share few servers, so that one of them sees what
// a busy one sees: strange ids, many requests at once, a subscription beside them. Two things take another server:
// an id that is in use, and the second round of a call, whose state may not hang on a connection.
import { Answer, answerKeys, isRequest, progressKey, refuse, requestKeys } from './bridge_http.mjs';

const versionKey = 'io.modelcontextprotocol/protocolVersion';
const capabilitiesKey = 'io.modelcontextprotocol/clientCapabilities';
const subscriptionKey = 'io.modelcontextprotocol/subscriptionId';

export const modernVersionOf = (body) => body?.params?._meta?.[versionKey];

// Statuses that the specification wants for an error of the server; every other error is an ordinary answer.
const statuses = new Map([[-32700, 400], [-32600, 400], [-32601, 404], [-32020, 400], [-32021, 400], [-32022, 400]]);

function statusOf(message, body) {
    const code = message.error?.code;
    const meta = body.params?._meta;
    if (code === -32602 && (meta?.[versionKey] === undefined || meta?.[capabilitiesKey] === undefined))
        return 400;
    return statuses.get(code) ?? 200;
}

// A header's value as the body would have it; undefined where it is not allowed in a header at all.
function decoded(value) {
    if (value === undefined || !/^[\x20-\x7e\t]*$/.test(value))
        return undefined;
    const [, base64] = /^=\?base64\?(.*)\?=$/.exec(value) ?? [];
    if (base64 === undefined)
        return value;
    const bytes = Buffer.from(base64, 'base64');
    return bytes.toString('base64') === base64 ? bytes.toString('utf8') : undefined;
}

const nameOf = {
    'tools/call': ({ name }) => name,
    'prompts/get': ({ name }) => name,
    'resources/read': ({ uri }) => uri,
};

// What headers and body say must be the same, for those on the way that read headers only. What the body lacks is the
// server's to refuse.
export function headerMismatch(headers, body) {
    const version = headers['mcp-protocol-version'];
    if (version === undefined)
        return 'MCP-Protocol-Version is missing';
    const claimed = modernVersionOf(body);
    if (claimed !== undefined && version !== claimed)
        return 'MCP-Protocol-Version is not the version in the body';
    if (headers['mcp-method'] !== body.method)
        return 'Mcp-Method is not the method in the body';
    const name = nameOf[body.method]?.(body.params ?? {});
    if (name !== undefined && decoded(headers['mcp-name']) !== name)
        return 'Mcp-Name is not the name in the body';
    return undefined;
}

class Connection {
    #peer;
    #complain;
    #answers = new Set();
    #withdrawn = new Set(); // ids whose answer may still be on its way, never used again here

    constructor(peer, complain) {
        this.#peer = peer;
        this.#complain = complain;
        peer.on('message', (message, text) => this.#take(message, text));
        peer.on('gone', () => this.#answers.forEach((answer) => answer.abandon()));
    }

    has(key) {
        return this.#withdrawn.has(key) || [...this.#answers].some(({ waits }) => waits.has(key));
    }

    ask(response, body, text) {
        const begin = (message) => ({ status: statusOf(message, body) });
        // Nobody listens any more: on stdio that is said in words.
        const answer = new Answer(response, body, begin, () => {
            this.#answers.delete(answer);
            this.#withdrawn.add(requestKeys(body)[0]);
            this.#peer.send(JSON.stringify({
                jsonrpc: '2.0', method: 'notifications/cancelled',
                params: { requestId: body.id, reason: 'the client closed the stream' } }));
        });
        this.#answers.add(answer);
        this.#peer.send(text);
    }

    tell(text) {
        this.#peer.send(text);
    }

    close() {
        return this.#peer.close();
    }

    #take(message, text) {
        const [answered] = answerKeys(message);
        const answer = answered === undefined ? this.#about(message) : this.#find(({ waits }) => waits.has(answered));
        if (answer) {
            answer.take(message, text);
            if (answer.waits.size === 0)
                this.#answers.delete(answer);
        } else if (!this.#withdrawn.has(answered ?? this.#subscriptionOf(message))) {
            this.#complain(`it belongs to no open request: ${text.slice(0, 200)}`);
        }
    }

    // Which request a notification belongs to. A request of the server is forbidden: the newest call shows it to its
    // client.
    #about(message) {
        const subscription = this.#subscriptionOf(message);
        if (subscription !== undefined)
            return this.#find(({ waits }) => waits.has(subscription));
        if (message.method === 'notifications/progress')
            return this.#find(({ tokens }) => tokens.has(progressKey(message)));
        if (message.method === 'notifications/message' || isRequest(message))
            return [...this.#answers].at(-1);
        return undefined;
    }

    #subscriptionOf(message) {
        const id = message.params?._meta?.[subscriptionKey];
        return id === undefined ? undefined : JSON.stringify(id);
    }

    #find(fits) {
        return [...this.#answers].find(fits);
    }
}

export class ModernSide {
    #start;
    #complain;
    #connections = [];

    // start(): a new Peer.
    constructor(start, complain) {
        this.#start = start;
        this.#complain = complain;
    }

    post(request, response, body, text) {
        if (Array.isArray(body) || typeof body.method !== 'string') {
            refuse(response, 400, -32600, 'the body is not one request or notification');
            return;
        }
        if (!isRequest(body)) {
            this.#connection(0).tell(text);
            response.writeHead(202).end();
            return;
        }
        const mismatch = headerMismatch(request.headers, body);
        if (mismatch) {
            refuse(response, 400, -32020, mismatch, body.id);
            return;
        }
        const isNextRound = body.params?.requestState !== undefined || body.params?.inputResponses !== undefined;
        const [key] = requestKeys(body);
        let index = isNextRound ? 1 : 0;
        while (this.#connection(index).has(key))
            ++index;
        this.#connection(index).ask(response, body, text);
    }

    async close() {
        await Promise.all(this.#connections.map((connection) => connection?.close()));
    }

    #connection(index) {
        return this.#connections[index] ??= new Connection(this.#newPeer(index), this.#complain);
    }

    #newPeer(index) {
        const peer = this.#start();
        peer.on('gone', () => { delete this.#connections[index]; });
        return peer;
    }
}
