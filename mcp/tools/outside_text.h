// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Text of others (mails, chats, files) as a model may read it: nothing in it hides, and it stands
// between two marks that whoever wrote it could not know, so that it cannot pass for words of this
// program. Pure, but for the mark.

#pragma once

#include <QString>

namespace mcp {

// One line of at most limit characters; what is longer is cut and says so with "…".
QString outsideLine(const QString &text, qsizetype limit);
// Keeps line breaks, at most one empty line in a row; no other control, and no hidden characters.
QString outsideText(const QString &text);

class OutsideFence
{
public:
    OutsideFence(); // with a mark of its own: 64 random bits
    explicit OutsideFence(const QString &mark); // for tests

    // what: where it comes from, in our words. text: cleaned already.
    QString around(const QString &what, const QString &text) const;

private:
    QString m_mark;
};

} // namespace mcp
