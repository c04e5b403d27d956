// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// When somebody is busy, as getSchedule tells it; subjects and places are not read. Pure.
// https://learn.microsoft.com/graph/api/resources/scheduleinformation

#pragma once

#include "mcp/tools/working_hours.h"

#include <QJsonObject>

namespace mcp {

enum class Busyness { Busy, Tentative, OutOfOffice, WorkingElsewhere, Unknown };

// "out of office"
QString busyWord(Busyness busyness);

struct BusyTime
{
    TimeSpan span; // UTC
    Busyness busyness = Busyness::Busy;

    bool operator==(const BusyTime &) const = default;
};

constexpr int slotMinutes = 30; // of availabilityView

struct Schedule
{
    QString address;
    // Why nothing is known: Graph's code, "ErrorMailRecipientNotFound". Empty: it is known.
    QString problem = {};
    QList<BusyTime> times = {}; // in order; what touches or overlaps and is alike is one
    std::optional<WorkingHours> hours = {};

    // begin: of what was asked for, which is where availabilityView begins.
    static Schedule of(const QJsonObject &scheduleInformation, const QDateTime &begin);
    // No such mailbox in the organisation.
    bool isNobody() const;
};

} // namespace mcp
