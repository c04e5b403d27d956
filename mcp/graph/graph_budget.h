// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What Microsoft Graph allows this program at one time, shared by all AI clients. Graph counts by
// app, account and service, so a client that asks too much would shut the door on the others:
//
//   call ─► its lane ─┬─ a place is free, and Graph did not ask to wait ─► under way
//   (account, service) └─ else: in line; the client with the fewest calls under way is next, then
//                         whoever came first
//   429 or 503 ─► the whole lane waits for as long as Graph says; then one call after the other,
//                 at distances of chance, so that they do not all come back at once
//
// https://learn.microsoft.com/graph/throttling, https://learn.microsoft.com/graph/throttling-limits

#pragma once

#include <QDeadlineTimer>
#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace mcp {

class GraphTurn;

class GraphBudget : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds longestStep{250}; // between calls after a pause
    // Graph is asked again after that, whatever it said: the day that a broken answer asks for
    // would shut out everybody.
    static constexpr std::chrono::minutes longestPause{5};

    // random: from 0 to 1, for the distances; empty: chance.
    explicit GraphBudget(const std::function<double()> &random = {}, QObject *parent = nullptr);
    ~GraphBudget() override;

    // path: "/v1.0/me/messages". Never empty.
    static QString laneOf(const QString &principal, const QString &path);
    // Calls of this lane that Graph serves at one time.
    static int placesOf(const QString &lane);

    // Graph asked to wait: nobody of this lane goes before. The longest wish counts, up to
    // longestPause.
    void pause(const QString &lane, std::chrono::milliseconds wait);
    // What is left of it; zero: nothing.
    std::chrono::milliseconds pauseOf(const QString &lane) const;

private:
    friend class GraphTurn;

    struct Lane
    {
        QList<const GraphTurn *> underWay;
        bool isRecovering = false; // from a pause, until nobody waits
        QDeadlineTimer pausedUntil;
        QList<GraphTurn *> line;
        QTimer *next = nullptr; // when the first one of the line may go; child of the budget
    };

    void join(GraphTurn *turn);
    void leave(GraphTurn *turn);
    static GraphTurn *takeNext(Lane *lane);
    void advance(const QString &name);
    void dropIfIdle(const QString &name);

    std::function<double()> m_random;
    QHash<QString, std::shared_ptr<Lane>> m_lanes;
};

// A call's place in line, then under way; given up with it. The budget outlives it.
class GraphTurn : public QObject
{
    Q_OBJECT
public:
    // client: whose calls are counted together.
    GraphTurn(GraphBudget *budget, const QString &lane, const QString &client,
              QObject *parent = nullptr);
    ~GraphTurn() override;

    // Emits came() when it is this call's turn, maybe at once.
    void take();
    void giveUp();
    bool isUnderWay() const { return m_isUnderWay; }

Q_SIGNALS:
    void came();

private:
    friend class GraphBudget;

    GraphBudget *m_budget;
    QString m_lane;
    QString m_client;
    bool m_isUnderWay = false;
    bool m_isInLine = false;
};

} // namespace mcp
