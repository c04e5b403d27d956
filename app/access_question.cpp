// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/access_question.h"

#include "app/area_text.h"
#include "app/display_text.h"
#include "app/plain_label.h"
#include "app/state_icon.h"
#include "app/status_text.h"

#include <QCloseEvent>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

AccessQuestion::AccessQuestion(const mcp::AccessRequest &request, const QString &account,
                               bool isSandbox)
    : m_allow(new QPushButton(tr("&Allow"), this))
    , m_deny(new QPushButton(tr("&Deny"), this))
{
    const mcp::ClientIdentity &client = request.client;
    const bool isAboutMore = request.area != mcp::Area::Profile;
    setWindowTitle(request.isNewClient ? tr("Graph Valet: new AI client")
                                       : tr("Graph Valet: an AI client wants more"));
    setWindowIcon(state_icon::forProgram());
    setWindowFlag(Qt::WindowStaysOnTopHint);
    setWindowModality(Qt::NonModal);

    auto *picture = new QLabel(this);
    picture->setPixmap(
        state_icon::forState(auth::AccountSession::State::InteractionRequired).pixmap(48));
    auto *headline =
        plainLabel(this,
                   request.isNewClient ? tr("May this program use your Microsoft account?")
                                       : area_text::question(request.area));
    headline->setObjectName(u"question"_s);
    QFont large = headline->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.15);
    headline->setFont(large);

    auto *facts = new QFormLayout;
    facts->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto addFact = [&](const QString &name, const QString &value, const QString &objectName) {
        auto *label = plainLabel(this, value);
        label->setObjectName(objectName);
        label->setAccessibleName(name);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setMinimumWidth(320);
        facts->addRow(plainLabel(this, name), label);
    };
    const bool isKnown = !client.program.isEmpty();
    addFact(tr("Program"),
            isKnown ? display_text::shown(client.programName())
                    : tr("Unknown: the operating system does not tell"),
            u"program"_s);
    if (isKnown) {
        // Soft breaks let a long path wrap; they are ours, put in after the text was made safe.
        QString path = display_text::shown(client.program, display_text::pathLimit);
        path.replace(u'/', QString(u'/') + QChar(0x200B));
        addFact(tr("File"), path, u"path"_s);
    }
    addFact(tr("Process"), QString::number(client.pid), u"pid"_s);
    if (!client.claimedName.isEmpty()) {
        const QString version = client.claimedVersion.isEmpty()
            ? QString()
            : u' ' + display_text::shown(client.claimedVersion, 40);
        addFact(tr("Calls itself"),
                tr("“%1%2” (its own words, not checked)")
                    .arg(display_text::shown(client.claimedName), version),
                u"claimedName"_s);
    }
    if (request.isNewClient && isAboutMore)
        addFact(tr("Wants to"), area_text::wish(request.area), u"wish"_s);
    if (!account.isEmpty())
        addFact(tr("Account"), display_text::shown(account, 200), u"account"_s);
    if (isSandbox)
        addFact(account.isEmpty() ? tr("Account") : QString(), status_text::sandbox(),
                u"sandbox"_s);

    QString meaning = request.isNewClient && !isAboutMore
        ? tr("If you allow it, this program can read your profile through Graph Valet, today and "
             "later.")
        : request.isNewClient
        ? tr("If you allow it, this program can do that and read your profile through Graph Valet, "
             "today and later.")
        : tr("If you allow it, this program can do so through Graph Valet, today and later.");
    if (isAboutMore)
        meaning += u' ' + tr("Where Microsoft wants your consent too, its page opens next.");
    meaning += u' '
        + tr("It never sees your password or a token. You can change your answer under \"Accounts "
             "and AI clients\".");
    auto *meaningLabel = plainLabel(this, meaning);

    m_allow->setAutoDefault(false);
    m_deny->setDefault(true);
    m_allow->setAccessibleName(tr("Allow this program to use the account"));
    m_deny->setAccessibleName(tr("Deny this program the account"));
    m_allow->setEnabled(false);
    m_deny->setEnabled(false);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_allow);
    buttons->addWidget(m_deny);

    auto *words = new QVBoxLayout;
    words->addWidget(headline);
    words->addLayout(facts);
    words->addWidget(meaningLabel);
    words->addStretch();
    auto *top = new QHBoxLayout;
    top->addWidget(picture, 0, Qt::AlignTop);
    top->addSpacing(8);
    top->addLayout(words, 1);
    auto *all = new QVBoxLayout(this);
    all->addLayout(top, 1);
    all->addLayout(buttons);

    connect(m_allow, &QPushButton::clicked, this, [this] { Q_EMIT answered(true); });
    connect(m_deny, &QPushButton::clicked, this, [this] { Q_EMIT answered(false); });
}

void AccessQuestion::present()
{
    show();
    raise();
    activateWindow();
}

void AccessQuestion::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (!m_isArmed)
        QTimer::singleShot(armingTime, this, &AccessQuestion::arm);
}

void AccessQuestion::arm()
{
    m_isArmed = true;
    m_allow->setEnabled(true);
    m_deny->setEnabled(true);
    m_deny->setFocus();
}

void AccessQuestion::closeEvent(QCloseEvent *event)
{
    // The window's cross and the session's end; the owner deletes the window.
    event->ignore();
    Q_EMIT answered(false);
}

void AccessQuestion::reject()
{
    if (m_isArmed)
        Q_EMIT answered(false);
}
