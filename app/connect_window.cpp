// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/connect_window.h"

#include "app/connect/connect_text.h"
#include "app/display_text.h"
#include "app/plain_label.h"
#include "app/state_icon.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QEvent>
#include <QFontDatabase>
#include <QHeaderView>
#include <QSyntaxHighlighter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace client_config;

namespace {

constexpr int clientRole = Qt::UserRole;
constexpr qsizetype sentenceLimit = 600; // characters; paths are in them

// Lines that come and go, told apart by more than their colour: they begin with "+" and "-".
class PreviewColours : public QSyntaxHighlighter
{
public:
    explicit PreviewColours(QPlainTextEdit *edit)
        : QSyntaxHighlighter(edit->document())
        , m_edit(edit)
    {
    }

protected:
    void highlightBlock(const QString &text) override
    {
        const QPalette palette = m_edit->palette();
        const bool isDark = palette.color(QPalette::Base).lightness() < 128;
        if (text.startsWith(u'+'))
            setFormat(0, int(text.size()),
                      isDark ? QColor(0x7e, 0xd4, 0x8c) : QColor(0, 0x6b, 0x2a));
        else if (text.startsWith(u'-'))
            setFormat(0, int(text.size()),
                      isDark ? QColor(0xff, 0x9a, 0x94) : QColor(0xa6, 0x1b, 0x1b));
        else if (text.startsWith(u'@'))
            setFormat(0, int(text.size()), palette.color(QPalette::PlaceholderText));
    }

private:
    QPlainTextEdit *m_edit;
};

QString shownLines(const QString &text)
{
    QStringList lines = text.split(u'\n');
    for (QString &line : lines)
        line = display_text::shown(line.replace(u'\t', u"    "_s), display_text::pathLimit);
    return lines.join(u'\n');
}

QString shownSentence(const QString &text)
{
    return display_text::shown(text, sentenceLimit);
}

bool isTicked(const ClientState &state)
{
    return state.kind == ClientState::Kind::Connected;
}

} // namespace

ConnectWindow::ConnectWindow(ClientConnections *connections)
    : m_connections(connections)
    , m_lead(plainLabel(this))
    , m_clients(new QTreeWidget(this))
    , m_missing(plainLabel(this))
    , m_detailsName(plainLabel(this, tr("&What changes")))
    , m_details(new QPlainTextEdit(this))
    , m_told(plainLabel(this))
    , m_apply(new QPushButton(tr("&Apply"), this))
    , m_undo(new QPushButton(tr("&Undo"), this))
{
    setWindowTitle(tr("Graph Valet: Connect AI clients"));
    setWindowIcon(state_icon::forProgram());
    m_lead->setText(tr("Tick the AI clients that may start Graph Valet. What each of them may use "
                       "you are asked later."));
    m_clients->setAccessibleName(tr("AI clients on this computer"));
    m_clients->setHeaderLabels({tr("AI client"), tr("State")});
    m_clients->setRootIsDecorated(false);
    m_clients->setTextElideMode(Qt::ElideMiddle);
    m_clients->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_missing->setAccessibleName(tr("Not found"));
    m_missing->setForegroundRole(QPalette::PlaceholderText);
    m_detailsName->setBuddy(m_details);
    m_details->setAccessibleName(tr("What changes"));
    m_details->setReadOnly(true);
    m_details->setTabChangesFocus(true);
    m_details->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    new PreviewColours(m_details);
    m_told->setAccessibleName(tr("What was done"));
    m_told->hide();
    m_apply->setDefault(true);
    m_undo->setAutoDefault(false);
    m_undo->setToolTip(tr("Puts the file of the selected AI client back as it was before."));

    auto *box = new QDialogButtonBox(QDialogButtonBox::Close, this);
    box->button(QDialogButtonBox::Close)->setAutoDefault(false);
    box->addButton(m_apply, QDialogButtonBox::ActionRole);
    box->addButton(m_undo, QDialogButtonBox::ActionRole);
    auto *all = new QVBoxLayout(this);
    all->addWidget(m_lead);
    all->addWidget(m_clients, 3);
    all->addWidget(m_missing);
    all->addWidget(m_detailsName);
    all->addWidget(m_details, 2);
    all->addWidget(m_told);
    all->addWidget(box);

    connect(box, &QDialogButtonBox::rejected, this, &QWidget::close);
    connect(m_clients, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem *row) {
        if (!m_isLoading)
            planRow(row);
    });
    connect(m_clients, &QTreeWidget::currentItemChanged, this, &ConnectWindow::showDetails);
    connect(m_apply, &QPushButton::clicked, this, &ConnectWindow::apply);
    connect(m_undo, &QPushButton::clicked, this, &ConnectWindow::undo);
    load();
    resize(sizeHint().expandedTo({640, 560}));
}

void ConnectWindow::present()
{
    if (!isVisible()) {
        m_plans.clear();
        m_refusals.clear();
        m_told->hide();
        load();
    }
    show();
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
}

bool ConnectWindow::event(QEvent *event)
{
    if (event->type() == QEvent::WindowActivate && isVisible())
        load();
    return QDialog::event(event);
}

void ConnectWindow::load()
{
    const QString current = currentClient();
    const QStringList planned = m_plans.keys();
    m_isLoading = true;
    m_clients->clear();
    m_states.clear();
    QStringList missing;
    const auto states = m_connections->clients();
    for (const ClientState &state : states) {
        if (state.kind == ClientState::Kind::Missing)
            missing.append(state.name);
        else
            addRow(state);
    }
    m_isLoading = false;
    m_missing->setVisible(!missing.isEmpty());
    m_missing->setText(
        m_states.isEmpty()
            ? tr("None of them was found on this computer: %1.").arg(missing.join(u", "_s))
            : tr("Not found on this computer: %1.").arg(missing.join(u", "_s)));
    // What was planned is planned anew: the file may be another one by now.
    m_plans.clear();
    for (int i = 0; i < m_clients->topLevelItemCount(); ++i) {
        QTreeWidgetItem *row = m_clients->topLevelItem(i);
        const QString id = row->data(0, clientRole).toString();
        if (id == current || (i == 0 && current.isEmpty()))
            m_clients->setCurrentItem(row);
        if (planned.contains(id) && m_states.value(id).kind != ClientState::Kind::Problem)
            row->setCheckState(0, isTicked(m_states.value(id)) ? Qt::Unchecked : Qt::Checked);
    }
    showDetails();
}

void ConnectWindow::addRow(const ClientState &state)
{
    m_states.insert(state.id, state);
    auto *row = new QTreeWidgetItem(m_clients, {state.name, shownSentence(brief(state))});
    row->setData(0, clientRole, state.id);
    row->setToolTip(1, display_text::forToolTip(sentence(state), sentenceLimit));
    if (state.kind == ClientState::Kind::Problem)
        row->setFlags(row->flags() & ~Qt::ItemIsUserCheckable); // and no box
    else
        row->setCheckState(0, isTicked(state) ? Qt::Checked : Qt::Unchecked);
}

void ConnectWindow::planRow(QTreeWidgetItem *row)
{
    const QString id = row->data(0, clientRole).toString();
    const bool wantsIt = row->checkState(0) == Qt::Checked;
    m_plans.remove(id);
    m_refusals.remove(id);
    m_told->hide();
    if (wantsIt != isTicked(m_states.value(id))) {
        const auto plan = m_connections->plan(id, wantsIt ? Wish::Connect : Wish::Disconnect);
        if (const auto *problem = problemOf(plan)) {
            m_refusals.insert(id, sentence(*problem));
            m_isLoading = true;
            row->setCheckState(0, wantsIt ? Qt::Unchecked : Qt::Checked);
            m_isLoading = false;
        } else {
            m_plans.insert(id, std::get<ConfigChange>(plan));
        }
    }
    m_clients->setCurrentItem(row);
    showDetails();
}

// The lines of all plans; without any what is known of the selected client.
void ConnectWindow::showDetails()
{
    const ClientState state = m_states.value(currentClient());
    QStringList parts;
    if (const QString refusal = m_refusals.value(state.id); !refusal.isEmpty())
        parts.append(shownSentence(refusal));
    for (const ConfigChange &plan : std::as_const(m_plans))
        parts.append(shownLines(preview(plan)));
    const bool isPreview = !parts.isEmpty();
    if (!isPreview && !state.id.isEmpty()) {
        parts.append(shownSentence(sentence(state)));
        if (state.kind != ClientState::Kind::Problem)
            parts.append(shownSentence(QDir::toNativeSeparators(state.file)));
        if (!state.backup.isEmpty()) {
            parts.append(shownSentence(
                tr("A copy of it as it was: %1").arg(QDir::toNativeSeparators(state.backup))));
        }
    }
    m_detailsName->setText(isPreview ? tr("&What changes") : tr("A&bout %1").arg(state.name));
    m_detailsName->setVisible(!parts.isEmpty());
    m_details->setVisible(!m_states.isEmpty());
    m_details->setLineWrapMode(m_plans.isEmpty() ? QPlainTextEdit::WidgetWidth
                                                 : QPlainTextEdit::NoWrap);
    m_details->setPlainText(parts.join(u'\n'));
    m_apply->setEnabled(!m_plans.isEmpty());
    m_undo->setEnabled(state.canUndo);
}

void ConnectWindow::apply()
{
    QStringList sentences;
    const auto plans = std::exchange(m_plans, {});
    for (const ConfigChange &plan : plans) {
        const auto made = m_connections->make(plan);
        const ClientState state = m_states.value(plan.client);
        const Wish wish = isTicked(state) ? Wish::Disconnect : Wish::Connect;
        if (const auto *problem = problemOf(made)) {
            sentences.append(sentence(*problem));
        } else {
            sentences.append(wish == Wish::Connect ? tr("%1 is connected.").arg(state.name)
                                                   : tr("%1 is disconnected.").arg(state.name));
            sentences.last() += u' ' + nextStep(state.name, state.notices, wish);
        }
    }
    load();
    tell(sentences);
}

void ConnectWindow::undo()
{
    const ClientState state = m_states.value(currentClient());
    const auto problem = m_connections->undo(state.id);
    load();
    tell({problem ? sentence(*problem)
                  : tr("%1 is as it was before.").arg(QDir::toNativeSeparators(state.file))});
}

void ConnectWindow::tell(const QStringList &sentences)
{
    QStringList lines;
    for (const QString &one : sentences)
        lines.append(shownSentence(one));
    m_told->setText(lines.join(u'\n'));
    m_told->show();
}

QString ConnectWindow::currentClient() const
{
    const QTreeWidgetItem *row = m_clients->currentItem();
    return row ? row->data(0, clientRole).toString() : QString();
}
