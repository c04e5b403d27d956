// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Asks the person whether an AI client may use the account: the AccessPrompt of a process with a
// display. One question is shown at a time; the others wait in a queue. No parent window, no modal
// loop.

#pragma once

#include "app/access_question.h"
#include "mcp/access/access_prompt.h"

#include <QObject>

#include <deque>
#include <functional>
#include <memory>

class AccessDialog : public QObject, public mcp::AccessPrompt
{
    Q_OBJECT
public:
    static constexpr std::size_t queueLimit = 32; // questions, the shown one included

    // isSandbox: said in the window, because then it is not the person's account. accountName: of a
    // principal; empty where there is nothing to say.
    AccessDialog(std::function<bool()> isSandbox,
                 std::function<QString(const QString &)> accountName, QObject *parent = nullptr);
    ~AccessDialog() override;

    // Errors: Cancelled where withdrawn, Busy where the queue is full.
    Async<mcp::AccessDecision> ask(const mcp::AccessRequest &request,
                                   const Cancellation *withdrawn) override;

Q_SIGNALS:
    // A window has come up; the tray says so too.
    void questionShown();

private:
    struct Question
    {
        int number = 0;
        mcp::AccessRequest request;
        Promised<mcp::AccessDecision> answer;
    };
    void showNext();
    void withdraw(int number);
    void answerShown(bool allowed);

    std::function<bool()> m_isSandbox;
    std::function<QString(const QString &)> m_accountName;
    std::deque<Question> m_questions; // the first one is shown
    std::unique_ptr<AccessQuestion> m_window;
    int m_lastNumber = 0;
};
