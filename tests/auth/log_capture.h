// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Everything that is logged while it lives, of all categories and levels. One at a time.

#pragma once

#include <QByteArray>
#include <QLoggingCategory>

class LogCapture
{
public:
    LogCapture()
    {
        s_text.clear();
        m_before = qInstallMessageHandler(&LogCapture::take);
        QLoggingCategory::setFilterRules(QStringLiteral("*=true"));
    }
    ~LogCapture()
    {
        QLoggingCategory::setFilterRules({});
        qInstallMessageHandler(m_before);
    }
    Q_DISABLE_COPY_MOVE(LogCapture)

    const QByteArray &text() const { return s_text; }
    bool contains(const QByteArray &part) const { return s_text.contains(part); }

private:
    static void take(QtMsgType, const QMessageLogContext &, const QString &message)
    {
        s_text += message.toUtf8() + '\n';
    }

    static inline QByteArray s_text;
    QtMessageHandler m_before = nullptr;
};
