// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window that shows what AI clients did and what happened to the accounts: rows that come as
// they happen, a filter, all that is known of one, a way to take it along. It reads the files when
// it is made and forgets them when it goes.

#pragma once

#include "app/activity_model.h"
#include "app/activity_report.h"
#include "app/valet.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QWidget>

class ActivityWindow : public QWidget
{
    Q_OBJECT
public:
    // Both outlive the window.
    ActivityWindow(Valet *valet, ActivityLog *log);

    // Shows it, or brings it to the front.
    void present();

Q_SIGNALS:
    // It is hidden, and nothing is being exported any more.
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeFilters();
    QWidget *makeEntries();
    QWidget *makeButtons();
    QComboBox *makeChoice(const QString &name);
    void setUpTable();
    void sizeColumns();
    void refreshClients();
    void refreshAccounts();
    void applyFilter();
    void refresh();
    void showDetails();
    // Rows that come in above leave what is looked at where it is.
    void holdPlace(int first, int count);
    // What is selected, else everything that is shown; newest first.
    std::vector<qint64> chosen() const;
    void copyReport();
    void askWhereToExport();
    void exportTo(const QString &path);
    QString emptyText() const;
    QString countText() const;

    Valet *m_valet;
    ActivityStore m_store;
    ActivityModel m_model;
    QLineEdit *m_text;
    QComboBox *m_group;
    QComboBox *m_outcome;
    QComboBox *m_client;
    QComboBox *m_account;
    QComboBox *m_since;
    QLabel *m_edited;
    QSplitter *m_split;
    QStackedWidget *m_pages;
    QTableView *m_table;
    QLabel *m_empty;
    QPlainTextEdit *m_details;
    QLabel *m_count;
    QPushButton *m_pause;
    QPushButton *m_copy;
    QPushButton *m_export;
    QString m_told; // of the last copy or export
    QStringList m_programs; // what the choices were made of
    QStringList m_principals;
    size_t m_commonsSeen = 0;
    int m_exports = 0; // under way
};
