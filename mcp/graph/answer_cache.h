// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Answers of Graph that may be asked for again soon, by the same client or another one: kept in
// memory for minutes, for one account, and used only after that account's token was had.
//
//   asked again ─┬─ while it is fresh ──► from here
//                └─ later, with an ETag ─► Graph is asked whether it changed; 304 ─► from here

#pragma once

#include <QByteArray>
#include <QCache>
#include <QDeadlineTimer>
#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <optional>

namespace mcp {

struct KeptAnswer
{
    QJsonObject body;
    QByteArray entityTag; // as Graph wrote it; empty: none
    QDeadlineTimer freshUntil;
    qsizetype size = 0; // bytes of it as it came
};

class AnswerCache : public QObject
{
    Q_OBJECT
public:
    static constexpr int sizeLimit = 4 * 1024 * 1024; // bytes of all answers as they came
    static constexpr int answerLimit = 256 * 1024; // bytes of one

    explicit AnswerCache(std::chrono::milliseconds lifetime = std::chrono::minutes(5),
                         QObject *parent = nullptr);

    // key: whose, and all that the answer depends on. nullopt: not kept, or too old.
    std::optional<KeptAnswer> find(const QString &key);
    // Keeps none that is too large, or could never be used again.
    void keep(const QString &key, const KeptAnswer &answer);
    void clear();

private:
    struct Entry
    {
        KeptAnswer answer;
        QDeadlineTimer end;
    };

    void dropOld();

    std::chrono::milliseconds m_lifetime;
    QCache<QString, Entry> m_entries{sizeLimit};
    QTimer m_sweep; // what nobody asks for again goes too
};

} // namespace mcp
