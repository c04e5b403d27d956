// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/doctor_window.h"

#include "app/plain_label.h"
#include "app/state_icon.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using doctor::Check;
using doctor::Outcome;

namespace {

constexpr int indexRole = Qt::UserRole;

// What the person should look at first.
int urgency(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Failed: return 3;
    case Outcome::Warning: return 2;
    case Outcome::Ok: return 1;
    case Outcome::Skipped: return 0;
    }
    return 0;
}

QLabel *selectable(QLabel *label)
{
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QLabel *heading(QWidget *parent, const QString &text)
{
    QLabel *label = plainLabel(parent, text);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    return label;
}

} // namespace

DoctorWindow::DoctorWindow(Valet *valet)
    : m_valet(valet)
    , m_summary(plainLabel(this))
    , m_progress(new QProgressBar(this))
    , m_checks(new QTreeWidget(this))
    , m_finding(selectable(plainLabel(this)))
    , m_adviceHeading(heading(this, tr("What to do")))
    , m_advice(selectable(plainLabel(this)))
    , m_factsHeading(heading(this, tr("Details for whoever helps you")))
    , m_facts(new QPlainTextEdit(this))
    , m_again(new QPushButton(tr("Check &again"), this))
    , m_copy(new QPushButton(tr("Copy &report"), this))
    , m_withNames(new QCheckBox(tr("With &names"), this))
    , m_note(
          plainLabel(this,
                     tr("The report holds versions, addresses, folders and the programs that "
                        "use Graph Valet; no token, and nothing of your mail or files. Your name "
                        "and your home folder are left out, unless you tick \"With names\".")))
{
    setWindowTitle(tr("Graph Valet: Check for problems"));
    setWindowIcon(state_icon::forProgram());
    QFont large = m_summary->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.25);
    m_summary->setFont(large);
    m_summary->setAccessibleName(tr("Result"));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    QSizePolicy keepsItsPlace = m_progress->sizePolicy();
    keepsItsPlace.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(keepsItsPlace);
    m_progress->setAccessibleName(tr("Checking"));
    m_note->setAccessibleName(tr("What the report holds"));

    m_checks->setAccessibleName(tr("Checks"));
    m_checks->setHeaderLabels({tr("Check"), tr("Result")});
    m_checks->setRootIsDecorated(false);
    m_checks->setIconSize({20, 20});
    m_checks->setUniformRowHeights(true);
    m_checks->header()->setStretchLastSection(false);
    m_checks->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_checks->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);

    auto *split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(m_checks);
    split->addWidget(makeDetails());
    split->setChildrenCollapsible(false);
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);

    auto *box = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_again);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_withNames);
    buttons->addStretch();
    buttons->addWidget(box);
    for (QPushButton *button : {m_again, m_copy, box->button(QDialogButtonBox::Close)})
        button->setAutoDefault(false);
    auto *all = new QVBoxLayout(this);
    all->addWidget(m_summary);
    all->addWidget(m_progress);
    all->addWidget(split, 1);
    all->addWidget(m_note);
    all->addLayout(buttons);

    connect(m_checks, &QTreeWidget::currentItemChanged, this, &DoctorWindow::showSelected);
    connect(m_again, &QPushButton::clicked, this, &DoctorWindow::examine);
    connect(m_copy, &QPushButton::clicked, this, &DoctorWindow::copy);
    connect(box, &QDialogButtonBox::rejected, this, &DoctorWindow::reject);
    showSelected();
    resize(sizeHint().expandedTo({760, 520}));
    split->setSizes({300, 440});
}

DoctorWindow::~DoctorWindow()
{
    stop();
}

QWidget *DoctorWindow::makeDetails()
{
    auto *details = new QWidget(this);
    m_finding->setAccessibleName(tr("What was found"));
    m_advice->setAccessibleName(tr("What to do"));
    m_facts->setAccessibleName(tr("Details for whoever helps you"));
    m_facts->setReadOnly(true);
    m_facts->setTabChangesFocus(true);
    m_facts->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    auto *layout = new QVBoxLayout(details);
    layout->setContentsMargins(8, 0, 0, 0);
    layout->addWidget(m_finding);
    layout->addWidget(m_adviceHeading);
    layout->addWidget(m_advice);
    layout->addWidget(m_factsHeading);
    layout->addWidget(m_facts, 1);
    layout->addStretch(); // where there are no facts
    return details;
}

void DoctorWindow::present()
{
    const bool wasOpen = isVisible();
    QDialog::show();
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
    if (!wasOpen)
        examine();
}

void DoctorWindow::examine()
{
    stop();
    m_underWay = std::make_unique<Cancellation>();
    m_summary->setText(tr("Looking for problems…"));
    m_progress->show();
    m_again->setEnabled(false);
    m_copy->setEnabled(false);
    m_checks->setFocus();
    whenDone(m_valet->examine(m_underWay.get()), this,
             [this, look = ++m_looks](const Result<doctor::Report> &report) {
                 if (!report.ok() || !m_underWay || look != m_looks) // it was stopped
                     return;
                 m_underWay.reset();
                 show(*report);
             });
}

void DoctorWindow::show(const doctor::Report &report)
{
    const QTreeWidgetItem *before = m_checks->currentItem();
    const int row = before ? before->data(0, indexRole).toInt() : -1;
    const QString selected = row >= 0 ? m_report.checks.at(row).id : QString();
    m_report = report;
    m_summary->setText(doctor::summary(report));
    m_progress->hide();
    m_again->setEnabled(true);
    m_copy->setEnabled(true);
    m_checks->clear();
    QTreeWidgetItem *chosen = nullptr;
    QTreeWidgetItem *worst = nullptr;
    for (qsizetype i = 0; i < report.checks.size(); ++i) {
        const Check &check = report.checks.at(i);
        const QString word = doctor::outcomeText(check.outcome);
        auto *item = new QTreeWidgetItem(m_checks, {check.title, word});
        item->setIcon(1, state_icon::forOutcome(check.outcome));
        item->setData(0, indexRole, int(i));
        item->setData(0, Qt::AccessibleTextRole,
                      u"%1: %2. %3"_s.arg(check.title, word, check.finding));
        if (check.id == selected)
            chosen = item;
        const int other = worst ? worst->data(0, indexRole).toInt() : -1;
        if (other < 0 || urgency(check.outcome) > urgency(report.checks.at(other).outcome))
            worst = item;
    }
    m_checks->setCurrentItem(chosen ? chosen : worst);
    showSelected();
}

void DoctorWindow::showSelected()
{
    const QTreeWidgetItem *item = m_checks->currentItem();
    const Check check = item ? m_report.checks.value(item->data(0, indexRole).toInt()) : Check();
    m_finding->setText(check.finding);
    m_advice->setText(check.advice);
    m_adviceHeading->setVisible(!check.advice.isEmpty());
    m_advice->setVisible(!check.advice.isEmpty());
    QStringList lines;
    for (const doctor::Fact &fact : check.facts)
        lines.append(u"%1: %2"_s.arg(fact.name, fact.value));
    m_facts->setPlainText(lines.join(u'\n'));
    m_factsHeading->setVisible(!lines.isEmpty());
    m_facts->setVisible(!lines.isEmpty());
}

void DoctorWindow::copy()
{
    const auto names = m_withNames->isChecked() ? doctor::Names::Kept : doctor::Names::Shortened;
    QGuiApplication::clipboard()->setText(doctor::toText(m_report, names));
}

void DoctorWindow::stop()
{
    if (m_underWay)
        m_underWay->cancel();
    m_underWay.reset();
}

void DoctorWindow::reject()
{
    stop();
    QDialog::reject();
}

void DoctorWindow::closeEvent(QCloseEvent *event)
{
    stop();
    QDialog::closeEvent(event);
}
