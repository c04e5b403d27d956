// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a part of the sample tenant's Graph answers, before it is HTTP.

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace sandbox {

struct GraphAnswer
{
    int status = 200;
    QJsonObject body = {}; // of a success
    QString code = {}; // of an error
    QString message = {};
    QByteArray html = {}; // instead of a body
};

} // namespace sandbox
