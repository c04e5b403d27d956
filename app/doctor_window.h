// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window that checks for problems: one row for each thing that can be in the way, with an icon
// and a word, and beside it what was found, what to do, and facts for whoever helps. It looks once
// when it opens, and again when the person wishes.

#pragma once

#include "app/valet.h"

#include <QCheckBox>
#include <QDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>

class DoctorWindow : public QDialog
{
    Q_OBJECT
public:
    // valet outlives the window.
    explicit DoctorWindow(Valet *valet);
    ~DoctorWindow() override;

    // Shows it, or brings it to the front; looks for problems where it was not open.
    void present();

protected:
    void closeEvent(QCloseEvent *event) override;
    void reject() override;

private:
    QWidget *makeDetails();
    void examine();
    void show(const doctor::Report &report);
    void showSelected();
    void copy();
    void stop();

    Valet *m_valet;
    QLabel *m_summary;
    QProgressBar *m_progress;
    QTreeWidget *m_checks;
    QLabel *m_finding;
    QLabel *m_adviceHeading;
    QLabel *m_advice;
    QLabel *m_factsHeading;
    QPlainTextEdit *m_facts;
    QPushButton *m_again;
    QPushButton *m_copy;
    QCheckBox *m_withNames;
    QLabel *m_note;
    doctor::Report m_report;
    std::unique_ptr<Cancellation> m_underWay;
    int m_looks = 0; // so far; only the last one is heard
};
