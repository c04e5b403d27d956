// SPDX-FileCopyrightText: 2026 Graph Valet contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The app registration and its cloud, checked while they are typed, what AI clients can be given,
// and how people sign in and out. Values of the organisation or the environment are shown and
// locked. Nothing is changed before Save.

#pragma once

#include "app/area_picker.h"
#include "app/settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

class SettingsWindow : public QDialog
{
    Q_OBJECT
public:
    // settings outlive the window.
    explicit SettingsWindow(Settings *settings);

    // Shows it with what applies now, or brings it to the front.
    void present();

private:
    struct Field
    {
        QLineEdit *edit = nullptr;
        QLabel *note = nullptr; // what is wrong, or why it is locked
    };
    Field makeField(const QString &name, const QString &example);
    struct Switch
    {
        QCheckBox *box = nullptr;
        QLabel *note = nullptr; // what it means, and why it is locked
        QString meaning = {};
    };
    Switch makeSwitch(const QString &name, const QString &label, const QString &meaning);
    void makeCloud();
    QLabel *makeNote(const QString &name);
    QWidget *makeDownloads();
    void load();
    void loadField(const Field &field, Settings::Key key);
    void loadCloud();
    void loadDownloads();
    void showFolder(const QString &folder);
    void chooseFolder();
    void loadSwitch(const Switch &what, Settings::Key key, bool isOn);
    // Why a value cannot be changed here; empty: it can.
    QString lockedBecause(Settings::Key key) const;
    QString cloudLockedBecause() const;
    Settings::Choice choice() const;
    void check();
    void save();

    Settings *m_settings;
    Field m_clientId;
    Field m_tenant;
    QComboBox *m_cloud;
    QLabel *m_cloudNote;
    AreaPicker *m_areas;
    Switch m_deviceCode;
    Switch m_signOutInBrowser;
    QLabel *m_folderLabel;
    QPushButton *m_chooseFolder;
    QPushButton *m_noFolder;
    QLabel *m_folderNote;
    QString m_folder; // for downloads, as chosen so far
    QLabel *m_problem;
    QPushButton *m_save;
    Settings::Choice m_loaded; // what was there when the window was opened
};
