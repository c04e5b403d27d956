// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/activity_window.h"

#include "app/activity_text.h"
#include "app/display_text.h"
#include "app/plain_label.h"
#include "app/state_icon.h"

#include <QClipboard>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QScrollBar>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

using Outcome = ActivityEntry::Outcome;

constexpr int markedChoice = -2; // beside the outcomes
enum class Since { Ever, Hour, Today, Week };

// In the session's zone.
qint64 momentOf(Since since)
{
    const QDateTime now = QDateTime::currentDateTime();
    switch (since) {
    case Since::Ever: return 0;
    case Since::Hour: return now.addSecs(-3600).toMSecsSinceEpoch();
    case Since::Today: return now.date().startOfDay().toMSecsSinceEpoch();
    case Since::Week: return now.date().addDays(-6).startOfDay().toMSecsSinceEpoch();
    }
    return 0;
}

QString number(qint64 count)
{
    return QLocale().toString(count);
}

// The choice stays where it was; what is no choice any more is the first one.
void refill(QComboBox *choice, const QStringList &labels, const QStringList &values)
{
    const QSignalBlocker blocker(choice);
    const QVariant current = choice->currentData();
    while (choice->count() > 1)
        choice->removeItem(choice->count() - 1);
    for (qsizetype i = 0; i < values.size(); ++i) {
        choice->addItem(labels.at(i), values.at(i));
        choice->setItemData(choice->count() - 1,
                            display_text::forToolTip(values.at(i), display_text::pathLimit),
                            Qt::ToolTipRole);
    }
    choice->setCurrentIndex(std::max(choice->findData(current), 0));
}

} // namespace

ActivityWindow::ActivityWindow(Valet *valet, ActivityLog *log)
    : m_valet(valet)
    , m_store(log)
    , m_model(&m_store)
    , m_text(new QLineEdit(this))
    , m_group(makeChoice(tr("Kind")))
    , m_outcome(makeChoice(tr("Result")))
    , m_client(makeChoice(tr("AI client")))
    , m_account(makeChoice(tr("Account")))
    , m_since(makeChoice(tr("Time")))
    , m_edited(plainLabel(this))
    , m_split(new QSplitter(Qt::Vertical, this))
    , m_pages(new QStackedWidget(this))
    , m_table(new QTableView(this))
    , m_empty(plainLabel(this))
    , m_details(new QPlainTextEdit(this))
    , m_count(plainLabel(this))
    , m_pause(new QPushButton(tr("&Pause"), this))
    , m_copy(new QPushButton(tr("&Copy as report"), this))
    , m_export(new QPushButton(tr("&Export…"), this))
{
    setWindowTitle(tr("Graph Valet: Activity"));
    setWindowIcon(state_icon::forProgram());
    auto *all = new QVBoxLayout(this);
    all->addWidget(makeFilters());
    all->addWidget(m_edited);
    all->addWidget(makeEntries(), 1);
    all->addWidget(makeButtons());
    m_edited->setAccessibleName(tr("Attention"));
    QFont bold = m_edited->font();
    bold.setBold(true);
    m_edited->setFont(bold);

    connect(&m_store, &ActivityStore::olderAdded, this, &ActivityWindow::refresh);
    connect(&m_store, &ActivityStore::newerAdded, this, &ActivityWindow::refresh);
    connect(&m_store, &ActivityStore::loaded, this, &ActivityWindow::refresh);
    connect(&m_store, &ActivityStore::changed, this, [this](qint64 serial) {
        refresh(); // where the filter was about what runs
        const QModelIndex current = m_table->currentIndex();
        if (current.isValid() && m_model.serialAt(current.row()) == serial)
            showDetails();
    });
    connect(&m_model, &ActivityModel::filtered, this, &ActivityWindow::refresh);
    connect(valet, &Valet::changed, this, &ActivityWindow::refreshAccounts);
    refreshAccounts();
    refresh();
    const int letter = fontMetrics().averageCharWidth();
    resize(sizeHint().expandedTo({letter * 172, letter * 105}));
}

QComboBox *ActivityWindow::makeChoice(const QString &name)
{
    auto *choice = new QComboBox(this);
    choice->setAccessibleName(name);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(choice, &QComboBox::currentIndexChanged, this, &ActivityWindow::applyFilter);
    return choice;
}

QWidget *ActivityWindow::makeFilters()
{
    m_text->setPlaceholderText(tr("Search"));
    m_text->setAccessibleName(tr("Search the activity"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaxLength(200);
    connect(m_text, &QLineEdit::textChanged, this, &ActivityWindow::applyFilter);
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_text, [this] {
        m_text->setFocus(Qt::ShortcutFocusReason);
        m_text->selectAll();
    });
    connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this,
            &QWidget::close);

    const std::initializer_list<QComboBox *> choices{m_group, m_outcome, m_client, m_account,
                                                     m_since};
    for (QComboBox *choice : choices)
        choice->blockSignals(true);
    using Group = ActivityModel::Group;
    m_group->addItem(tr("Everything"), int(Group::Everything));
    m_group->addItem(tr("Calls"), int(Group::Calls));
    m_group->addItem(tr("Grants and refusals"), int(Group::Grants));
    m_group->addItem(tr("Sign-ins"), int(Group::SignIns));
    m_outcome->addItem(tr("Any result"), -1);
    for (const Outcome outcome :
         {Outcome::Running, Outcome::Ok, Outcome::Refused, Outcome::Failed, Outcome::Cancelled})
        m_outcome->addItem(activity_text::outcome(outcome), int(outcome));
    m_outcome->addItem(tr("Edited entries"), markedChoice);
    m_client->addItem(tr("All AI clients"));
    m_account->addItem(tr("All accounts"));
    m_since->addItem(tr("Any time"), int(Since::Ever));
    m_since->addItem(tr("Last hour"), int(Since::Hour));
    m_since->addItem(tr("Today"), int(Since::Today));
    m_since->addItem(tr("Last 7 days"), int(Since::Week));
    for (QComboBox *choice : choices)
        choice->blockSignals(false);

    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text, 1);
    for (QComboBox *choice : choices)
        layout->addWidget(choice);
    return row;
}

QWidget *ActivityWindow::makeEntries()
{
    setUpTable();
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setAccessibleName(tr("Activity"));
    m_empty->setMargin(24);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    m_details->setReadOnly(true);
    m_details->setAccessibleName(tr("Details"));
    m_details->setPlaceholderText(tr("Choose an entry to see all of it."));
    m_details->setTabChangesFocus(true);
    m_split->addWidget(m_pages);
    m_split->addWidget(m_details);
    m_details->hide(); // until there is something to choose
    m_split->setStretchFactor(0, 1);
    m_split->setCollapsible(0, false);
    return m_split;
}

void ActivityWindow::setUpTable()
{
    m_table->setModel(&m_model);
    m_table->setAccessibleName(tr("Activity"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setCornerButtonEnabled(false);
    // Nothing looks at the contents of 100,000 rows for their sizes.
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setStretchLastSection(false);
    sizeColumns();
    header->setSectionResizeMode(ActivityModel::What, QHeaderView::Stretch);

    auto *copy = new QShortcut(QKeySequence::Copy, m_table);
    copy->setContext(Qt::WidgetShortcut);
    connect(copy, &QShortcut::activated, this, &ActivityWindow::copyReport);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ActivityWindow::showDetails);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &ActivityWindow::showDetails);
    connect(
        &m_model, &QAbstractItemModel::rowsInserted, this,
        [this](const QModelIndex &, int first, int last) { holdPlace(first, last - first + 1); });
}

void ActivityWindow::sizeColumns()
{
    // What columns mostly hold; the words get the rest.
    const ActivityEntry widest{
        .time = QDateTime(QDate(2028, 12, 28), QTime(20, 58, 58)).toMSecsSinceEpoch()};
    const std::array<QString, ActivityModel::columns> samples{activity_text::time(widest),
                                                              u"Claude Code (claude)"_s,
                                                              u"SearchMicrosoft365"_s,
                                                              QString(),
                                                              u"Failed: ErrorItemNotFo"_s,
                                                              u"Duration"_s,
                                                              u"1023.9 KiB"_s};
    const int margin = fontMetrics().averageCharWidth() * 3;
    for (int column = 0; column < ActivityModel::columns; ++column) {
        const QString &sample = samples.at(size_t(column));
        m_table->setColumnWidth(column, fontMetrics().horizontalAdvance(sample) + margin);
    }
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
}

QWidget *ActivityWindow::makeButtons()
{
    m_count->setAccessibleName(tr("How many"));
    m_pause->setCheckable(true);
    m_pause->setToolTip(tr("Rows stay where they are; new ones come when you go on."));
    auto *close = new QPushButton(tr("C&lose"), this);
    connect(close, &QPushButton::clicked, this, &QWidget::close);
    connect(m_copy, &QPushButton::clicked, this, &ActivityWindow::copyReport);
    connect(m_export, &QPushButton::clicked, this, &ActivityWindow::askWhereToExport);
    connect(m_pause, &QPushButton::toggled, this, [this](bool isPaused) {
        m_model.setPaused(isPaused);
        refresh();
    });
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_count, 1);
    for (QPushButton *button : {m_pause, m_copy, m_export, close})
        layout->addWidget(button);
    return row;
}

void ActivityWindow::present()
{
    show();
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
}

void ActivityWindow::closeEvent(QCloseEvent *event)
{
    QWidget::closeEvent(event);
    hide();
    if (m_exports == 0)
        Q_EMIT closed();
}

void ActivityWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        sizeColumns();
}

void ActivityWindow::refreshClients()
{
    const auto &commons = m_store.commons();
    QStringList programs = m_programs;
    for (; m_commonsSeen < commons.size(); ++m_commonsSeen) {
        const QString &program = commons[m_commonsSeen].program;
        if (!program.isEmpty() && !programs.contains(program))
            programs.append(program);
        const QString &principal = commons[m_commonsSeen].principal;
        if (!principal.isEmpty() && !m_principals.contains(principal))
            m_principals.append(principal);
    }
    if (programs == m_programs)
        return;
    m_programs = programs;
    QStringList names;
    for (const QString &program : std::as_const(m_programs))
        names.append(activity_text::client(program, {}));
    QStringList labels;
    for (qsizetype i = 0; i < names.size(); ++i) {
        labels.append(names.count(names.at(i)) == 1
                          ? names.at(i)
                          : display_text::shown(m_programs.at(i), display_text::nameLimit));
    }
    refill(m_client, labels, m_programs);
}

void ActivityWindow::refreshAccounts()
{
    const Status status = m_valet->status();
    QStringList labels;
    for (const QString &principal : std::as_const(m_principals)) {
        const auto known = std::find_if(
            status.accounts.cbegin(), status.accounts.cend(),
            [&](const AccountStatus &one) { return one.account.principal() == principal; });
        const QString seen = m_store.usernameOf(principal);
        const QString name = known != status.accounts.cend() ? known->account.username
            : seen.isEmpty()                                 ? principal
                                                             : seen;
        labels.append(display_text::shown(name));
    }
    refill(m_account, labels, m_principals);
    m_account->setVisible(m_principals.size() > 1);
}

void ActivityWindow::applyFilter()
{
    const int outcome = m_outcome->currentData().toInt();
    const auto chosenIn = [](const QComboBox *choice) {
        return choice->currentIndex() > 0 ? std::optional(choice->currentData().toString())
                                          : std::nullopt;
    };
    m_told.clear();
    m_model.setFilter({.text = m_text->text().trimmed(),
                       .group = ActivityModel::Group(m_group->currentData().toInt()),
                       .outcome = outcome >= 0 ? std::optional(Outcome(outcome)) : std::nullopt,
                       .program = chosenIn(m_client),
                       .principal = chosenIn(m_account),
                       .onlyMarked = outcome == markedChoice,
                       .since = momentOf(Since(m_since->currentData().toInt()))});
    refresh();
}

void ActivityWindow::refresh()
{
    const auto accounts = m_principals.size();
    refreshClients();
    if (m_principals.size() != accounts)
        refreshAccounts();
    const bool hasRows = m_model.rowCount() > 0;
    m_pages->setCurrentWidget(hasRows ? static_cast<QWidget *>(m_table) : m_empty);
    m_empty->setText(hasRows ? QString() : emptyText());
    if (m_details->isHidden() == hasRows) {
        m_details->setVisible(hasRows);
        const int height = m_split->height();
        m_split->setSizes({height * 7 / 10, height * 3 / 10});
    }
    m_copy->setEnabled(hasRows);
    m_export->setEnabled(hasRows);
    m_edited->setVisible(m_store.marked() > 0);
    m_edited->setText(tr("The files of this log were changed after they were written. Entries that "
                         "are marked: %1. The system's own log has what was written.")
                          .arg(number(m_store.marked())));
    m_count->setText(countText());
}

QString ActivityWindow::emptyText() const
{
    if (m_store.isLoading() || m_model.isFiltering())
        return tr("Reading…");
    if (m_store.size() > 0 && m_model.waiting() < m_store.size())
        return tr("Nothing fits this filter.");
    if (m_store.log()->days() == 0) {
        return tr("No activity is kept, as the settings say. What happens while this window is "
                  "open shows here.");
    }
    return tr("Nothing has happened yet. Calls of AI clients, sign-ins and what you allow show "
              "here as they happen.");
}

QString ActivityWindow::countText() const
{
    QStringList parts{
        m_model.rowCount() == m_store.size()
            ? tr("Entries: %1").arg(number(m_store.size()))
            : tr("Entries: %1 of %2").arg(number(m_model.rowCount()), number(m_store.size()))};
    if (m_store.isLoading())
        parts.append(tr("reading older ones…"));
    else if (m_store.hasMore())
        parts.append(tr("older ones are in the files"));
    if (m_pause->isChecked())
        parts.append(tr("paused, %1 new").arg(number(m_model.waiting())));
    if (!m_told.isEmpty())
        parts.append(m_told);
    return parts.join(u" · "_s);
}

void ActivityWindow::showDetails()
{
    const QModelIndex current = m_table->currentIndex();
    QStringList lines;
    if (current.isValid()) {
        const auto details = activity_text::details(m_model.entryAt(current.row()));
        for (const auto &[name, value] : details)
            lines.append(tr("%1: %2").arg(name, value));
    }
    m_details->setPlainText(lines.join(u'\n'));
}

void ActivityWindow::holdPlace(int first, int count)
{
    QScrollBar *bar = m_table->verticalScrollBar();
    if (first > 0 || bar->value() == 0)
        return;
    bar->setMaximum(bar->maximum() + count); // the view counts its rows later
    bar->setValue(bar->value() + count);
}

std::vector<qint64> ActivityWindow::chosen() const
{
    std::vector<qint64> serials;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        serials.push_back(m_model.serialAt(row.row()));
    if (serials.empty())
        return m_model.serials();
    std::sort(serials.begin(), serials.end(), std::greater<qint64>());
    return serials;
}

void ActivityWindow::copyReport()
{
    const std::vector<qint64> serials = chosen();
    if (serials.empty())
        return;
    QGuiApplication::clipboard()->setText(activity_report::text(m_store, serials));
    m_told = tr("%1 copied")
                 .arg(number(std::min(qsizetype(serials.size()), activity_report::mostInReport)));
    refresh();
}

void ActivityWindow::askWhereToExport()
{
    auto *dialog = new QFileDialog(this, tr("Export activity"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString csv = tr("Table (*.csv)");
    const QString json = tr("JSON lines (*.jsonl)");
    dialog->setNameFilters({csv, json});
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->selectFile(u"graph-valet-activity.csv"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, json](const QString &filter) {
        dialog->setDefaultSuffix(filter == json ? u"jsonl"_s : u"csv"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this, &ActivityWindow::exportTo);
    dialog->open();
}

void ActivityWindow::exportTo(const QString &path)
{
    auto *job = new ActivityExport(&m_store, chosen(), path, this);
    ++m_exports;
    connect(job, &ActivityExport::ended, this, [this, path](const Result<int> &entries) {
        --m_exports;
        const QString name = display_text::shown(QDir::toNativeSeparators(path), 60);
        m_told = entries.ok() ? tr("%1 exported to %2").arg(number(*entries), name)
                              : tr("not exported to %1: %2")
                                    .arg(name, display_text::shown(entries.error().detail, 120));
        refresh();
        if (!isVisible() && m_exports == 0)
            Q_EMIT closed();
    });
    job->start();
}
