// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of Settings that keeps the person's answers about AI clients:
//   approvals/<SHA-256 of the path>/program, decision, account, areas/<word>

#include "app/base/log.h"
#include "app/settings.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace {

QLatin1StringView group(bool sandbox)
{
    return sandbox ? "sandboxApprovals"_L1 : "approvals"_L1;
}

QString wordOf(mcp::AccessDecision decision)
{
    return decision == mcp::AccessDecision::Allowed ? u"allow"_s : u"deny"_s;
}

// A damaged word is no answer: the person is asked again.
std::optional<mcp::AccessDecision> decisionOf(const QString &word)
{
    if (word == "allow"_L1)
        return mcp::AccessDecision::Allowed;
    if (word == "deny"_L1)
        return mcp::AccessDecision::Denied;
    return std::nullopt;
}

QString defaultAccountKey(bool sandbox)
{
    return sandbox ? u"sandboxDefaultAccount"_s : u"defaultAccount"_s;
}

} // namespace

// A path has slashes, which QSettings takes for groups.
QString Settings::entryOf(const QString &program, bool sandbox) const
{
    constexpr qsizetype manyPrograms = 256;
    if (m_digests.size() >= manyPrograms && !m_digests.contains(program))
        m_digests.clear();
    QString &digest = m_digests[program];
    if (digest.isEmpty()) {
        const QByteArray bytes =
            QCryptographicHash::hash(program.toUtf8(), QCryptographicHash::Sha256);
        digest = QString::fromLatin1(bytes.toHex());
    }
    return group(sandbox) + u'/' + digest;
}

void Settings::keepPerson()
{
    m_person->sync();
    if (m_person->status() != QSettings::NoError)
        qCWarning(lcApp) << "the answer about a client cannot be kept in" << m_person->fileName();
}

std::optional<QString> Settings::approvalEntry(const QString &program, bool sandbox) const
{
    const QString entry = entryOf(program, sandbox);
    const bool isThere =
        !program.isEmpty() && m_person->value(entry + u"/program"_s).toString() == program;
    return isThere ? std::optional(entry) : std::nullopt;
}

QList<Settings::Approval> Settings::approvals(bool sandbox) const
{
    QStringList programs;
    m_person->beginGroup(group(sandbox));
    for (const QString &digest : m_person->childGroups())
        programs.append(m_person->value(digest + u"/program"_s).toString());
    m_person->endGroup();

    QList<Approval> list;
    for (const QString &program : std::as_const(programs)) {
        if (program.isEmpty())
            continue;
        Approval approval{.program = program,
                          .decision = approvalFor(program, sandbox),
                          .account = accountFor(program, sandbox)};
        for (const mcp::Area area : mcp::allAreas()) {
            if (const auto decision = areaApprovalFor(program, area, sandbox))
                approval.areas.insert(area, *decision);
        }
        list.append(approval);
    }
    return list;
}

std::optional<mcp::AccessDecision> Settings::approvalFor(const QString &program, bool sandbox) const
{
    const auto entry = approvalEntry(program, sandbox);
    return entry ? decisionOf(m_person->value(*entry + u"/decision"_s).toString()) : std::nullopt;
}

void Settings::setApproval(const QString &program, mcp::AccessDecision decision, bool sandbox)
{
    if (program.isEmpty())
        return;
    const QString entry = entryOf(program, sandbox);
    m_person->setValue(entry + u"/program"_s, program);
    m_person->setValue(entry + u"/decision"_s, wordOf(decision));
    keepPerson();
    Q_EMIT approvalsChanged();
}

void Settings::forgetApproval(const QString &program, bool sandbox)
{
    const QString entry = entryOf(program, sandbox);
    if (accountFor(program, sandbox).isEmpty()) {
        m_person->remove(entry);
    } else {
        m_person->remove(entry + u"/decision"_s);
        m_person->remove(entry + u"/areas"_s);
    }
    keepPerson();
    Q_EMIT approvalsChanged();
}

std::optional<mcp::AccessDecision> Settings::areaApprovalFor(const QString &program, mcp::Area area,
                                                             bool sandbox) const
{
    const auto entry = approvalEntry(program, sandbox);
    return entry ? decisionOf(m_person->value(*entry + u"/areas/"_s + areaWord(area)).toString())
                 : std::nullopt;
}

void Settings::setAreaApproval(const QString &program, mcp::Area area, mcp::AccessDecision decision,
                               bool sandbox)
{
    if (program.isEmpty())
        return;
    const QString entry = entryOf(program, sandbox);
    m_person->setValue(entry + u"/program"_s, program);
    m_person->setValue(entry + u"/areas/"_s + areaWord(area), wordOf(decision));
    keepPerson();
    Q_EMIT approvalsChanged();
}

void Settings::forgetAreaApproval(const QString &program, mcp::Area area, bool sandbox)
{
    m_person->remove(entryOf(program, sandbox) + u"/areas/"_s + areaWord(area));
    keepPerson();
    Q_EMIT approvalsChanged();
}

QString Settings::accountFor(const QString &program, bool sandbox) const
{
    const auto entry = approvalEntry(program, sandbox);
    return entry ? m_person->value(*entry + u"/account"_s).toString() : QString();
}

void Settings::setAccountFor(const QString &program, const QString &principal, bool sandbox)
{
    if (program.isEmpty())
        return;
    const QString entry = entryOf(program, sandbox);
    if (principal.isEmpty()) {
        m_person->remove(entry + u"/account"_s);
    } else {
        m_person->setValue(entry + u"/program"_s, program);
        m_person->setValue(entry + u"/account"_s, principal);
    }
    keepPerson();
    Q_EMIT approvalsChanged();
}

QString Settings::pausedUntil() const
{
    return m_person->value(u"pausedUntil"_s).toString();
}

void Settings::setPausedUntil(const QString &text)
{
    if (text.isEmpty())
        m_person->remove(u"pausedUntil"_s);
    else
        m_person->setValue(u"pausedUntil"_s, text);
    keepPerson();
}

QString Settings::defaultAccount(bool sandbox) const
{
    return m_person->value(defaultAccountKey(sandbox)).toString();
}

void Settings::setDefaultAccount(const QString &principal, bool sandbox)
{
    m_person->setValue(defaultAccountKey(sandbox), principal);
    keepPerson();
}
