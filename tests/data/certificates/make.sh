#!/bin/sh
# SPDX-FileCopyrightText: 2026 Graph Valet contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Makes the certificates beside this file anew, with OpenSSL 3. Their one private key is public and
# protects nothing.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

openssl ecparam -name prime256v1 -genkey -noout -out server.key
openssl ecparam -name prime256v1 -genkey -noout -out "$work/ca.key" # nobody else signs with it

cat > "$work/ca.cnf" <<'CONFIGURATION'
[ca]
default_ca = this
[this]
dir = WORK
database = WORK/index.txt
serial = WORK/serial
new_certs_dir = WORK
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
organizationName = optional
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[microsoft]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, DNS:login.microsoftonline.com, DNS:graph.microsoft.com, IP:127.0.0.1, IP:::1
[other]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:portal.wifi.example
[req]
distinguished_name = name
[name]
CONFIGURATION
sed -i "s,WORK,$work,g" "$work/ca.cnf"
: > "$work/index.txt"
echo 01 > "$work/serial"

# name, subject, section, first day, last day (UTC)
sign() {
    openssl req -new -key server.key -subj "$2" -config "$work/ca.cnf" -out "$work/request.pem"
    openssl ca -batch -notext -config "$work/ca.cnf" -keyfile "$work/ca.key" -cert ca.pem \
        -extensions "$3" -startdate "$4" -enddate "$5" -in "$work/request.pem" -out "$1.pem"
}
openssl req -new -key "$work/ca.key" -subj "/O=Contoso/CN=Contoso Proxy CA" -config "$work/ca.cnf" \
    -out "$work/request.pem"
openssl ca -batch -notext -selfsign -config "$work/ca.cnf" -keyfile "$work/ca.key" \
    -extensions authority -startdate 20200101000000Z -enddate 21200101000000Z \
    -in "$work/request.pem" -out ca.pem
sign good /CN=login.microsoftonline.com microsoft 20200101000000Z 21200101000000Z
sign expired /CN=login.microsoftonline.com microsoft 20200101000000Z 20210101000000Z
sign other /CN=portal.wifi.example other 20200101000000Z 21200101000000Z
