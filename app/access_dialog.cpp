// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/access_dialog.h"

#include "app/base/log.h"

#include <algorithm>

using namespace Qt::StringLiterals;

AccessDialog::AccessDialog(std::function<bool()> isSandbox,
                           std::function<QString(const QString &)> accountName, QObject *parent)
    : QObject(parent)
    , m_isSandbox(std::move(isSandbox))
    , m_accountName(std::move(accountName))
{
}

AccessDialog::~AccessDialog() = default;

Async<mcp::AccessDecision> AccessDialog::ask(const mcp::AccessRequest &request,
                                             const Cancellation *withdrawn)
{
    if (withdrawn && withdrawn->isCancelled())
        return readyAsync<mcp::AccessDecision>(
            Error{.kind = Error::Kind::Cancelled, .detail = u"withdrawn before it was asked"_s});
    if (m_questions.size() >= queueLimit)
        return readyAsync<mcp::AccessDecision>(
            Error{.kind = Error::Kind::Busy, .detail = u"too many questions wait already"_s});

    const Question question{.number = ++m_lastNumber, .request = request, .answer = {}};
    m_questions.push_back(question);
    if (withdrawn) {
        connect(withdrawn, &Cancellation::cancelled, this,
                [this, number = question.number] { withdraw(number); });
    }
    if (!m_window)
        showNext();
    return question.answer.future();
}

void AccessDialog::showNext()
{
    // We may be inside one of its signals.
    if (m_window) {
        m_window->disconnect(this);
        m_window->hide();
        m_window.release()->deleteLater();
    }
    if (m_questions.empty())
        return;
    m_window = std::make_unique<AccessQuestion>(
        m_questions.front().request, m_accountName(m_questions.front().request.principal),
        m_isSandbox());
    connect(m_window.get(), &AccessQuestion::answered, this, &AccessDialog::answerShown);
    m_window->present();
    Q_EMIT questionShown();
}

void AccessDialog::withdraw(int number)
{
    const auto found = std::find_if(m_questions.begin(), m_questions.end(),
                                    [&](const Question &q) { return q.number == number; });
    if (found == m_questions.end())
        return;
    const bool wasShown = found == m_questions.begin();
    const auto answer = found->answer;
    m_questions.erase(found);
    answer.answer(Error{.kind = Error::Kind::Cancelled, .detail = u"the question was withdrawn"_s});
    if (wasShown)
        showNext();
}

void AccessDialog::answerShown(bool allowed)
{
    const auto decision = allowed ? mcp::AccessDecision::Allowed : mcp::AccessDecision::Denied;
    const mcp::AccessRequest answered = m_questions.front().request;
    const QString &program = answered.client.program;
    qCInfo(lcApp).noquote() << "the person" << (allowed ? "allowed" : "denied") << program
                            << areaWord(answered.area);
    // The answer is about the program: the same question has the same one. A program that the
    // system does not name is asked about each time.
    std::deque<Question> rest;
    bool isFirst = true;
    for (const Question &question : m_questions) {
        const bool isTheSame = !program.isEmpty() && question.request.client.program == program
            && question.request.area == answered.area
            && question.request.isNewClient == answered.isNewClient;
        if (isFirst || isTheSame)
            question.answer.answer(decision);
        else
            rest.push_back(question);
        isFirst = false;
    }
    m_questions = std::move(rest);
    showNext();
}
