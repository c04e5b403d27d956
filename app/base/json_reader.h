// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Typed reads out of a QJsonObject. The first problem wins and carries its path
// ("result.top is not an integer"); absent, null and wrong type are three different things.

#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <optional>

class JsonReader
{
public:
    // path: what the object is called in a complaint, for example "params".
    explicit JsonReader(QJsonObject object, QString path = {});

    bool has(QLatin1StringView key) const;

    // Required: a complaint when absent, null or of another type; the value is then empty or 0.
    QString string(QLatin1StringView key);
    qint64 integer(QLatin1StringView key);
    bool boolean(QLatin1StringView key);
    QJsonObject object(QLatin1StringView key);

    // Optional: nullopt when absent or null; a complaint when of another type.
    std::optional<QString> optionalString(QLatin1StringView key);
    std::optional<qint64> optionalInteger(QLatin1StringView key);
    std::optional<bool> optionalBoolean(QLatin1StringView key);
    std::optional<QJsonObject> optionalObject(QLatin1StringView key);

    bool ok() const { return m_problem.isEmpty(); }
    // One English sentence without a full stop; empty when ok().
    const QString &problem() const { return m_problem; }

private:
    std::optional<QJsonValue> read(QLatin1StringView key, bool required, QJsonValue::Type type,
                                   QLatin1StringView typeName);
    void complain(QLatin1StringView key, const QString &what);

    QJsonObject m_object;
    QString m_path;
    QString m_problem;
};
