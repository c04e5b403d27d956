// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mcp/graph/graph_budget.h"

#include <QRandomGenerator>
#include <QStringList>

#include <algorithm>
#include <array>
#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace mcp {
namespace {

struct Service
{
    QLatin1StringView name;
    int places; // calls at one time that it serves
};

constexpr int noLimit = std::numeric_limits<int>::max();
// https://learn.microsoft.com/graph/throttling-limits: "4 concurrent requests" for an app and a
// mailbox, "5 concurrent requests" for an app and a user of OneNote. The others count in time.
constexpr Service outlook{"outlook"_L1, 4};
constexpr Service oneNote{"onenote"_L1, 5};
constexpr Service files{"files"_L1, noLimit};
constexpr Service teams{"teams"_L1, noLimit};
constexpr Service planner{"planner"_L1, noLimit};
constexpr Service search{"search"_L1, noLimit};
constexpr Service directory{"directory"_L1, noLimit};

struct Segment
{
    QLatin1StringView name;
    const Service *service;
};

constexpr std::array segments{
    Segment{"messages"_L1, &outlook},
    Segment{"mailFolders"_L1, &outlook},
    Segment{"mailboxSettings"_L1, &outlook},
    Segment{"calendar"_L1, &outlook},
    Segment{"calendars"_L1, &outlook},
    Segment{"calendarGroups"_L1, &outlook},
    Segment{"calendarView"_L1, &outlook},
    Segment{"events"_L1, &outlook},
    Segment{"contacts"_L1, &outlook},
    Segment{"contactFolders"_L1, &outlook},
    Segment{"findMeetingTimes"_L1, &outlook},
    Segment{"outlook"_L1, &outlook},
    Segment{"people"_L1, &outlook},
    Segment{"todo"_L1, &outlook},
    Segment{"onenote"_L1, &oneNote},
    Segment{"drive"_L1, &files},
    Segment{"drives"_L1, &files},
    Segment{"sites"_L1, &files},
    Segment{"shares"_L1, &files},
    Segment{"chats"_L1, &teams},
    Segment{"teams"_L1, &teams},
    Segment{"joinedTeams"_L1, &teams},
    Segment{"presence"_L1, &teams},
    Segment{"planner"_L1, &planner},
    Segment{"search"_L1, &search},
};

const Service &serviceOf(const QString &path)
{
    // /v1.0/me/messages, /v1.0/users/{id}/messages, /v1.0/drives/{id}: one of the first four.
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts).mid(1, 3);
    // Chats have messages too: the first one that says something decides.
    for (const QString &part : parts) {
        const auto found = std::find_if(segments.begin(), segments.end(),
                                        [&](const Segment &one) { return one.name == part; });
        if (found != segments.end())
            return *found->service;
    }
    return directory;
}

} // namespace

GraphBudget::GraphBudget(const std::function<double()> &random, QObject *parent)
    : QObject(parent)
    , m_random(random)
{
    if (!m_random)
        m_random = [] { return QRandomGenerator::global()->generateDouble(); };
}

GraphBudget::~GraphBudget() = default;

QString GraphBudget::laneOf(const QString &principal, const QString &path)
{
    return serviceOf(path).name + u' ' + principal;
}

int GraphBudget::placesOf(const QString &lane)
{
    for (const Service *service : {&outlook, &oneNote}) {
        if (lane.startsWith(service->name + u' '))
            return service->places;
    }
    return noLimit;
}

void GraphBudget::pause(const QString &lane, std::chrono::milliseconds wait)
{
    auto &entry = m_lanes[lane];
    if (!entry)
        entry = std::make_shared<Lane>();
    entry->isRecovering = true;
    const QDeadlineTimer until(std::min<std::chrono::milliseconds>(wait, longestPause),
                               Qt::PreciseTimer);
    if (entry->pausedUntil.hasExpired() || entry->pausedUntil < until)
        entry->pausedUntil = until;
    if (entry->next)
        entry->next->stop();
    advance(lane);
}

std::chrono::milliseconds GraphBudget::pauseOf(const QString &lane) const
{
    const auto entry = m_lanes.value(lane);
    return entry ? std::chrono::milliseconds(entry->pausedUntil.remainingTime()) : 0ms;
}

void GraphBudget::join(GraphTurn *turn)
{
    auto &lane = m_lanes[turn->m_lane];
    if (!lane)
        lane = std::make_shared<Lane>();
    lane->line.append(turn);
    turn->m_isInLine = true;
    advance(turn->m_lane);
}

void GraphBudget::leave(GraphTurn *turn)
{
    const auto lane = m_lanes.value(turn->m_lane);
    if (!lane)
        return;
    if (turn->m_isInLine)
        lane->line.removeOne(turn);
    if (turn->m_isUnderWay)
        lane->underWay.removeOne(turn);
    turn->m_isInLine = turn->m_isUnderWay = false;
    advance(turn->m_lane);
    dropIfIdle(turn->m_lane);
}

GraphTurn *GraphBudget::takeNext(Lane *lane)
{
    const auto callsOf = [lane](const GraphTurn *turn) {
        return std::count_if(
            lane->underWay.cbegin(), lane->underWay.cend(),
            [turn](const GraphTurn *other) { return other->m_client == turn->m_client; });
    };
    const auto next = std::min_element(lane->line.cbegin(), lane->line.cend(),
                                       [&](const GraphTurn *one, const GraphTurn *other) {
                                           return callsOf(one) < callsOf(other);
                                       });
    return lane->line.takeAt(std::distance(lane->line.cbegin(), next));
}

void GraphBudget::advance(const QString &name)
{
    const auto lane = m_lanes.value(name);
    const int places = placesOf(name);
    while (!lane->line.isEmpty() && lane->underWay.size() < places) {
        if (lane->next && lane->next->isActive())
            return;
        auto wait = std::chrono::milliseconds(lane->pausedUntil.remainingTime());
        if (wait > 0ms) {
            if (!lane->next) {
                lane->next = new QTimer(this);
                lane->next->setSingleShot(true);
                lane->next->setTimerType(Qt::PreciseTimer);
                connect(lane->next, &QTimer::timeout, this, [this, name] { advance(name); });
            }
            lane->next->start(wait);
            return;
        }
        GraphTurn *turn = takeNext(lane.get());
        turn->m_isInLine = false;
        turn->m_isUnderWay = true;
        lane->underWay.append(turn);
        lane->isRecovering = lane->isRecovering && !lane->line.isEmpty();
        if (lane->isRecovering) {
            const double step = m_random() * double(longestStep.count());
            lane->pausedUntil =
                QDeadlineTimer(std::chrono::milliseconds(qRound64(step)), Qt::PreciseTimer);
        }
        Q_EMIT turn->came(); // may join, leave or pause
    }
}

void GraphBudget::dropIfIdle(const QString &name)
{
    const auto lane = m_lanes.constFind(name);
    if (lane == m_lanes.constEnd() || !(*lane)->underWay.isEmpty() || !(*lane)->line.isEmpty()
        || !(*lane)->pausedUntil.hasExpired())
        return;
    if ((*lane)->next)
        (*lane)->next->deleteLater(); // may be the one that brought us here
    m_lanes.erase(lane);
}

GraphTurn::GraphTurn(GraphBudget *budget, const QString &lane, const QString &client,
                     QObject *parent)
    : QObject(parent)
    , m_budget(budget)
    , m_lane(lane)
    , m_client(client)
{
}

GraphTurn::~GraphTurn()
{
    giveUp();
}

void GraphTurn::take()
{
    if (!m_isInLine && !m_isUnderWay)
        m_budget->join(this);
}

void GraphTurn::giveUp()
{
    if (m_isInLine || m_isUnderWay)
        m_budget->leave(this);
}

} // namespace mcp
