// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/json_reader.h"

#include <cmath>

JsonReader::JsonReader(QJsonObject object, QString path)
    : m_object(std::move(object))
    , m_path(std::move(path))
{
}

bool JsonReader::has(QLatin1StringView key) const
{
    return m_object.contains(key);
}

QString JsonReader::string(QLatin1StringView key)
{
    const auto value = read(key, true, QJsonValue::String, QLatin1StringView("a string"));
    return value ? value->toString() : QString();
}

bool JsonReader::boolean(QLatin1StringView key)
{
    const auto value = read(key, true, QJsonValue::Bool, QLatin1StringView("true or false"));
    return value && value->toBool();
}

QJsonObject JsonReader::object(QLatin1StringView key)
{
    const auto value = read(key, true, QJsonValue::Object, QLatin1StringView("an object"));
    return value ? value->toObject() : QJsonObject();
}

qint64 JsonReader::integer(QLatin1StringView key)
{
    if (!has(key) || m_object.value(key).isNull()) {
        read(key, true, QJsonValue::Double, QLatin1StringView("an integer"));
        return 0;
    }
    return optionalInteger(key).value_or(0);
}

std::optional<QString> JsonReader::optionalString(QLatin1StringView key)
{
    const auto value = read(key, false, QJsonValue::String, QLatin1StringView("a string"));
    return value ? std::optional(value->toString()) : std::nullopt;
}

std::optional<qint64> JsonReader::optionalInteger(QLatin1StringView key)
{
    const auto value = read(key, false, QJsonValue::Double, QLatin1StringView("an integer"));
    if (!value)
        return std::nullopt;
    const double number = value->toDouble();
    if (std::floor(number) != number || std::abs(number) > 9.2e18) {
        complain(key, QStringLiteral("is not an integer"));
        return std::nullopt;
    }
    return value->toInteger();
}

std::optional<bool> JsonReader::optionalBoolean(QLatin1StringView key)
{
    const auto value = read(key, false, QJsonValue::Bool, QLatin1StringView("true or false"));
    return value ? std::optional(value->toBool()) : std::nullopt;
}

std::optional<QJsonObject> JsonReader::optionalObject(QLatin1StringView key)
{
    const auto value = read(key, false, QJsonValue::Object, QLatin1StringView("an object"));
    return value ? std::optional(value->toObject()) : std::nullopt;
}

std::optional<QJsonValue> JsonReader::read(QLatin1StringView key, bool required,
                                           QJsonValue::Type type, QLatin1StringView typeName)
{
    const auto found = m_object.constFind(key);
    if (found == m_object.constEnd()) {
        if (required)
            complain(key, QStringLiteral("is missing"));
        return std::nullopt;
    }
    const QJsonValue value = found.value();
    if (value.isNull()) {
        if (required)
            complain(key, QStringLiteral("is null"));
        return std::nullopt;
    }
    if (value.type() != type) {
        complain(key, QLatin1StringView("is not ") + typeName);
        return std::nullopt;
    }
    return value;
}

void JsonReader::complain(QLatin1StringView key, const QString &what)
{
    if (!m_problem.isEmpty())
        return;
    m_problem =
        (m_path.isEmpty() ? QString() : m_path + QLatin1Char('.')) + key + QLatin1Char(' ') + what;
}
