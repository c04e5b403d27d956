// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// LineFramer: the same lines come out however the bytes come in, and they are those of a splitter
// that has all bytes at once.

#include "mcp/protocol/line_framer.h"
#include "tests/fuzz/fuzz_target.h"

#include <vector>

namespace {

// A frame as text: 'L' and the line, or "T" where it was too long.
using Frames = std::vector<QByteArray>;

// The limit that counts until the first frame, and the one after it: a connection starts with that
// of the greeting.
struct Limits
{
    qsizetype first;
    qsizetype later;
};

Frames split(QByteArrayView bytes, Limits limits)
{
    Frames frames;
    while (!bytes.isEmpty()) {
        const qsizetype limit = frames.empty() ? limits.first : limits.later;
        const qsizetype end = bytes.indexOf('\n');
        QByteArrayView line = end < 0 ? bytes : bytes.first(end);
        bytes = end < 0 ? QByteArrayView() : bytes.sliced(end + 1);
        if (line.size() > limit) {
            frames.emplace_back("T");
            continue;
        }
        if (end < 0)
            break; // more of it may come
        if (line.endsWith('\r'))
            line.chop(1);
        if (!line.trimmed().isEmpty())
            frames.emplace_back('L' + line.toByteArray());
    }
    return frames;
}

class Reader
{
public:
    explicit Reader(Limits limits)
        : m_limits(limits)
        , m_framer(limits.first)
    {
    }

    void append(std::string_view bytes)
    {
        m_framer.append(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
    }
    void drain()
    {
        while (const auto frame = m_framer.next()) {
            fuzz::require(frame->tooLong == frame->line.isEmpty(), "a frame is a line or too long");
            frames.emplace_back(frame->tooLong ? QByteArray("T") : 'L' + frame->line);
            m_framer.setLimit(m_limits.later);
        }
    }

    Frames frames;

private:
    Limits m_limits;
    mcp::LineFramer m_framer;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    for (const Limits limits : {Limits{8, 8}, Limits{4, 32}, Limits{32, 4},
                                Limits{4096, mcp::LineFramer::defaultLimit}}) {
        const Frames expected = split(QByteArrayView(text.data(), qsizetype(size)), limits);

        Reader atOnce(limits);
        atOnce.append(text);
        atOnce.drain();
        fuzz::require(atOnce.frames == expected, "all bytes at once give other lines");

        Reader oneByOne(limits);
        for (std::size_t i = 0; i < size; ++i) {
            oneByOne.append(text.substr(i, 1));
            oneByOne.drain();
        }
        fuzz::require(oneByOne.frames == expected, "single bytes give other lines");

        Reader inPieces(limits);
        fuzz::Pieces pauses(text);
        fuzz::inPieces(text, 11, [&](std::string_view piece) {
            inPieces.append(piece);
            if (pauses.next(3) > 1) // else more comes before anybody looks
                inPieces.drain();
        });
        inPieces.drain();
        fuzz::require(inPieces.frames == expected, "pieces give other lines");
    }
    return 0;
}
