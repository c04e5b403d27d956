// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the loopback reply handler reads: a request is the same however its bytes come in, and what
// is accepted holds what a request may hold; a form survives being encoded again. The judgement of
// the handler itself needs sockets: tst_loopback_reply_handler.

#include "auth/loopback_request.h"
#include "tests/fuzz/fuzz_target.h"

#include <QUrl>

#include <algorithm>

using auth::LoopbackRequest;
using auth::LoopbackRequestParser;
using State = LoopbackRequestParser::State;

namespace {

QByteArray bytesOf(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

void requireSame(const LoopbackRequestParser &one, const LoopbackRequestParser &other)
{
    fuzz::require(one.state() == other.state(), "pieces end in another state");
    fuzz::require(one.refusal() == other.refusal(), "pieces are refused otherwise");
    const LoopbackRequest &left = one.request();
    const LoopbackRequest &right = other.request();
    fuzz::require(left.method == right.method && left.target == right.target
                      && left.headers == right.headers && left.body == right.body,
                  "pieces make another request");
}

// Whatever could end a line or hide in a log.
bool isPlain(const QByteArray &text)
{
    return std::none_of(text.cbegin(), text.cend(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    });
}

void requireSound(const LoopbackRequest &request)
{
    fuzz::require(!request.method.isEmpty() && isPlain(request.method)
                      && !request.method.contains(' '),
                  "the method is no word");
    fuzz::require(!request.target.isEmpty() && isPlain(request.target)
                      && !request.target.contains(' '),
                  "the target is no word");
    for (auto it = request.headers.cbegin(); it != request.headers.cend(); ++it) {
        fuzz::require(!it.key().isEmpty() && it.key() == it.key().toLower() && isPlain(it.key())
                          && !it.key().contains(' '),
                      "a header's name is no word in lower case");
        fuzz::require(isPlain(it.value()), "a header's value holds control characters");
    }
    fuzz::require(!request.headers.contains("transfer-encoding"), "a body in chunks is accepted");
    const QByteArray length = request.headers.value("content-length", QByteArray("0"));
    fuzz::require(request.body.size() == length.toLongLong(), "the body is of another length");
}

void requireFormRoundTrip(const QByteArray &body)
{
    const auto form = auth::decodeForm(body);
    if (!form)
        return;
    QByteArray encoded;
    for (auto it = form->cbegin(); it != form->cend(); ++it) {
        // Without a name or a value there would be no field.
        encoded += (encoded.isEmpty() ? "" : "&") + QUrl::toPercentEncoding(it.key()) + '='
            + QUrl::toPercentEncoding(it.value());
    }
    fuzz::require(auth::decodeForm(encoded) == form, "a form does not survive its encoding",
                  std::string_view(encoded.constData(), std::size_t(encoded.size())));
    fuzz::require(form->size() <= 64, "a form has too many fields");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    LoopbackRequestParser atOnce;
    fuzz::require(atOnce.feed(bytesOf(text)) == atOnce.state(), "feed tells another state");

    LoopbackRequestParser oneByOne;
    for (const char c : text)
        oneByOne.feed(QByteArray(1, c));
    requireSame(atOnce, oneByOne);

    LoopbackRequestParser inPieces;
    fuzz::inPieces(text, 23, [&](std::string_view piece) { inPieces.feed(bytesOf(piece)); });
    requireSame(atOnce, inPieces);

    fuzz::require((atOnce.state() == State::Refused) == (atOnce.refusal() >= 400),
                  "a refusal has no status");
    if (atOnce.state() == State::Complete) {
        requireSound(atOnce.request());
        requireFormRoundTrip(atOnce.request().body);
    }
    requireFormRoundTrip(bytesOf(text));
    return 0;
}
