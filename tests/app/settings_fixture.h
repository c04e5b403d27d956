// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Settings over files of a test and a made-up environment.

#pragma once

#include "app/settings.h"

#include <QTemporaryDir>

#include <memory>
#include <utility>

class SettingsFixture
{
public:
    using Values = QList<std::pair<QString, QString>>;

    Values policy;
    Values environment;
    Values person;

    static QString guid() { return QStringLiteral("11111111-2222-4333-8444-555555555555"); }
    QString personFile() const { return m_folder.filePath(QStringLiteral("person.conf")); }

    std::unique_ptr<Settings> make() const
    {
        QProcessEnvironment variables;
        for (const auto &[name, text] : environment)
            variables.insert(name, text);
        return std::make_unique<Settings>(filled(QStringLiteral("policy.conf"), policy), variables,
                                          filled(QStringLiteral("person.conf"), person));
    }

private:
    std::unique_ptr<QSettings> filled(const QString &name, const Values &values) const
    {
        auto settings = std::make_unique<QSettings>(m_folder.filePath(name), QSettings::IniFormat);
        for (const auto &[key, text] : values)
            settings->setValue(key, text);
        return settings;
    }

    QTemporaryDir m_folder;
};
