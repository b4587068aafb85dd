#!/bin/sh
# Makes the keys and vectors of this directory anew with OpenSSL's command line.
set -eu
cd "$(dirname "$0")"
tmp=$(mktemp -d)
trap 'rm -r "$tmp"' EXIT

base64url() { base64 -w0 | tr '+/' '-_' | tr -d '='; }

for who in ours platform; do
    openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$who.pem"
    openssl pkey -in "$who.pem" -pubout -out "$who-public.pem"
done

# The blocks of 245 bytes of $tmp/plain, encrypted for us, as base64url.
encrypt() {
    rm -f "$tmp"/block.*
    split -b 245 "$tmp/plain" "$tmp/block."
    for block in "$tmp"/block.*; do
        openssl pkeyutl -encrypt -pubin -inkey ours-public.pem \
            -pkeyopt rsa_padding_mode:pkcs1 -in "$block"
    done | base64url
}

# The signature of $1 over the MD5 hex of $tmp/plain, as base64url.
sign() {
    openssl dgst -md5 -r "$tmp/plain" | cut -c1-32 | tr -d '\n' |
        openssl dgst -sha256 -sign "$1.pem" | base64url
}

# A text of $1 bytes in which characters of three bytes lie across the ends of blocks.
text() {
    head -c "$(($1 % 3))" </dev/zero | tr '\0' 'a'
    count=$(($1 / 3))
    while [ "$count" -gt 0 ]; do
        printf '餐'
        count=$((count - 1))
    done
}

{
    printf '['
    comma=''
    for size in 1 244 245 246 490 491 735 1000; do
        text "$size" >"$tmp/plain"
        printf '%s\n  {"bytes": %s, "plain": "%s",\n   "data": "%s",\n' \
            "$comma" "$size" "$(base64url <"$tmp/plain")" "$(encrypt)"
        printf '   "platform_sign": "%s",\n   "our_sign": "%s"}' "$(sign platform)" "$(sign ours)"
        comma=','
    done
    printf '\n]\n'
} >vectors.json

printf '%s' '{"openId":"o-17","expireIn":"1700007200","refreshToken":"r-1","token":"t-1"}' \
    >"$tmp/plain"
printf '{"code":"0","msg":"success","data":"%s","sign":"%s"}\n' "$(encrypt)" "$(sign platform)" \
    >token.json
