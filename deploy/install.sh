#!/usr/bin/env bash
# Installs or upgrades chitieu from this bundle, without a network. Needs Python 3.11, 3.12 or 3.13 and nothing else.
#
#   PREFIX/releases/ID/   one virtual environment for each version; PREFIX/current names the one in use
#   PREFIX/backups/       the home as it was before each upgrade; PREFIX/saved names the last one
#   PREFIX/bin/chitieu    the command, which knows the home
set -euo pipefail

usage() {
    cat <<'END'
Cài đặt hoặc nâng cấp chitieu, không cần mạng.

  ./install.sh [--prefix DIR] [--home DIR] [--python FILE] [--service] [--no-samples] [--no-backup]
  ./install.sh --check                kiểm tra bộ cài nguyên vẹn rồi thôi
  ./install.sh --rollback [...]       trở lại phiên bản trước và dữ liệu trước khi nâng cấp

  --prefix DIR    nơi đặt chương trình   (root: /opt/chitieu; người khác: ~/.local/share/chitieu)
  --home DIR      nơi đặt dữ liệu        (root: /var/lib/chitieu/home; người khác: ~/.chitieu)
  --python FILE   Python để dùng         (mặc định: tìm trên PATH)
  --service       lập tài khoản chitieu và dịch vụ systemd (cần root)
  --no-samples    không nạp kho văn bản mẫu vào dữ liệu mới
  --no-backup     không sao lưu trước khi nâng cấp (khi cơ sở dữ liệu ở máy chủ PostgreSQL và đã tự sao lưu)
END
}

say() { printf '%s\n' "$*"; }
fail() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }
misused() { printf 'install.sh: %s; xem: ./install.sh --help\n' "$*" >&2; exit 2; }

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
account=chitieu
prefix='' home='' python='' service='' samples=yes backup=yes action=install

while [ $# -gt 0 ]; do
    case $1 in
        --prefix|--home|--python)
            [ -n "${2:-}" ] || misused "$1 cần một giá trị"
            printf -v "${1#--}" '%s' "$2"
            shift ;;
        --service) service=yes ;;
        --no-samples) samples='' ;;
        --no-backup) backup='' ;;
        --check) action=check ;;
        --rollback) action=rollback ;;
        -h|--help) usage; exit 0 ;;
        *) misused "không có tùy chọn $1" ;;
    esac
    shift
done

if [ "$(id -u)" = 0 ]; then
    prefix=${prefix:-/opt/chitieu} home=${home:-/var/lib/chitieu/home}
else
    [ -z "$service" ] || fail "--service cần quyền root; hãy chạy bằng sudo"
    prefix=${prefix:-$HOME/.local/share/chitieu} home=${home:-$HOME/.chitieu}
fi
[ "$action" = check ] || mkdir -p "$prefix" || fail "$prefix: không tạo được; hãy chọn --prefix khác"
absolute() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$PWD" "$1" ;; esac; }
prefix=$(absolute "$prefix") home=$(absolute "$home")

# Settings of the person who installs must not reach pip or Python.
unset PYTHONPATH PYTHONHOME CHITIEU_HOME "${!PIP_@}"
export PIP_CONFIG_FILE=/dev/null PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONNOUSERSITE=1 PYTHONUTF8=1

find_python() {
    local name found wanted
    wanted=$(sed -n '/"pythons"/,/]/p' "$here/bundle.json" | grep -o '3\.[0-9]*' | tr '\n' ' ')
    for name in ${python:+"$python"} python3.13 python3.12 python3.11 python3; do
        found=$("$name" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true)
        if [ -n "$found" ] && [[ " $wanted" == *" $found "* ]]; then
            command -v "$name"
            return
        fi
        [ -z "$python" ] || break
    done
    fail "không có Python phù hợp${python:+ ở $python}; bộ cài này dùng Python ${wanted% }"
}

# Every file of the bundle is what it was when the bundle was made, and none was added among the wheels.
verify() {
    "$python" -I - "$here" <<'END' || exit 1
import hashlib, pathlib, sys
root = pathlib.Path(sys.argv[1])
def stop(what):
    sys.exit(f"install.sh: {what}; bộ cài không nguyên vẹn, hãy chép lại")
try:
    lines = (root / "SHA256SUMS").read_text("utf-8").splitlines()
except OSError:
    stop("thiếu SHA256SUMS")
listed = {}
for line in lines:
    digest, _, name = line.partition("  ")
    listed[name] = digest
for name, digest in listed.items():
    try:
        data = (root / name).read_bytes()
    except OSError:
        stop(f"thiếu {name}")
    if hashlib.sha256(data).hexdigest() != digest:
        stop(f"{name} đã bị thay đổi")
for path in (root / "wheels").iterdir():
    if f"wheels/{path.name}" not in listed:
        stop(f"thừa wheels/{path.name}")
END
}

room_for() {
    "$python" -I - "$here" "$prefix" <<'END' || exit 1
import pathlib, shutil, sys
needed = 5 * sum(p.stat().st_size for p in pathlib.Path(sys.argv[1], "wheels").iterdir()) // 2
free = shutil.disk_usage(sys.argv[2]).free
if free < needed:
    sys.exit(f"install.sh: {sys.argv[2]}: còn {free >> 20} MB, cần khoảng {needed >> 20} MB; hãy giải phóng ổ đĩa")
END
}

have_systemd() { [ -d /run/systemd/system ] && command -v systemctl >/dev/null; }
serving() { have_systemd && systemctl is-active --quiet chitieu 2>/dev/null; }

# Whatever touches the home runs as the one who owns it, or the service could not write there any more.
owner() { if [ -n "$service" ]; then printf '%s' "$account"; elif [ -e "$home" ]; then stat -c %U "$home"; else id -un; fi; }
as_owner() {
    local who
    who=$(owner)
    if [ "$who" = "$(id -un)" ]; then (cd / && CHITIEU_HOME=$home "$@"); else
        (cd / && exec runuser -u "$who" -- env CHITIEU_HOME="$home" PYTHONUTF8=1 "$@")
    fi
}

point() { ln -sfn "$2" "$prefix/.$1.new" && mv -T "$prefix/.$1.new" "$prefix/$1"; }
release_of() { basename "$(readlink "$prefix/$1" 2>/dev/null)" 2>/dev/null || true; }

unpack() {
    local release=$1
    if [ -e "$release/.complete" ]; then
        say "Phiên bản này đã có ở $release."
        return
    fi
    room_for
    say "Đang cài vào $release ..."
    rm -rf "$release"
    mkdir -p "$prefix/releases"
    "$python" -m venv --without-pip "$release" || fail "$python không lập được môi trường ảo; hãy dùng --python khác"
    "$release/bin/python" -I "$(echo "$here"/wheels/pip-*.whl)/pip" install --quiet --no-index --no-deps \
        --find-links "$here/wheels" --require-hashes --no-warn-script-location -r "$here/requirements.txt" \
        || { rm -rf "$release"; fail "không cài được gói nào đó; xem dòng trên"; }
    "$release/bin/chitieu" --version >/dev/null || { rm -rf "$release"; fail "chương trình không chạy được trên máy này"; }
    cp -R "$here/deploy" "$here/docs" "$here/LICENSES" "$here/LICENSE" "$release/"
    touch "$release/.complete"
}

make_account() {
    [ -n "$service" ] || return 0
    id "$account" >/dev/null 2>&1 \
        || useradd --system --user-group --home-dir /var/lib/chitieu --no-create-home --shell /usr/sbin/nologin "$account"
    install -d -m 0750 -o "$account" -g "$account" /var/lib/chitieu "$home" "$prefix/backups"
    runuser -u "$account" -- "$1/bin/python" -c '' 2>/dev/null \
        || fail "tài khoản $account không chạy được $1/bin/python; hãy dùng Python của hệ điều hành (--python)"
}

# The version in use makes the backup: it is the one that knows the data.
save_home() {
    local old=$1 file
    [ -n "$old" ] || return 0
    if [ -n "$backup" ] && grep -qs '^ *database *=' "$home/config.toml"; then
        fail "dữ liệu ở máy chủ cơ sở dữ liệu; hãy sao lưu bằng công cụ của máy chủ đó rồi chạy lại với --no-backup"
    fi
    [ -n "$backup" ] && [ -e "$home/chitieu.db" ] || return 0
    file=$prefix/backups/$(date +%Y%m%d-%H%M%S)-$old.tar.gz
    [ -d "$prefix/backups" ] || mkdir -m 0700 "$prefix/backups"
    as_owner "$prefix/releases/$old/bin/chitieu" backup "$file" || fail "không sao lưu được dữ liệu; chưa thay đổi gì"
    point saved "backups/$(basename "$file")"
}

# Unpacked beside the backups first: the home is touched only when its replacement is whole.
restore_home() {
    local old=$1 file=$2 fresh=$prefix/backups/restored aside
    rm -rf "$fresh"
    aside=$home.$(date +%Y%m%d-%H%M%S)
    as_owner "$prefix/releases/$old/bin/chitieu" --home "$fresh" restore "$file" \
        || fail "không khôi phục được $file; dữ liệu vẫn như trước"
    if ! mv -T "$home" "$aside" || ! mv -T "$fresh" "$home"; then fail "$home: không đổi chỗ được với $fresh"; fi
    say "Dữ liệu của phiên bản mới được giữ ở $aside."
}

fill_home() {
    [ ! -e "$home/chitieu.db" ] || samples=''
    if [ ! -e "$home/config.toml" ]; then
        as_owner "$prefix/current/bin/chitieu" init ${samples:+--samples} || fail "không lập được dữ liệu ở $home"
    fi
}

# Opening the store migrates it; an index of an older form is built anew.
settle() {
    as_owner "$prefix/current/bin/chitieu" doctor >/dev/null 2>&1 \
        || as_owner "$prefix/current/bin/chitieu" doctor --repair
}

write_command() {
    mkdir -p "$prefix/bin"
    cat > "$prefix/bin/.chitieu.new" <<END
#!/bin/sh
# Written by install.sh. As root it becomes the owner of the data first, so that the service can still write there.
CHITIEU_HOME=\${CHITIEU_HOME:-$home}
export CHITIEU_HOME
owner=\$(stat -c %U "\$CHITIEU_HOME" 2>/dev/null || echo root)
if [ "\$(id -u)" = 0 ] && [ "\$owner" != root ]; then
    exec runuser -u "\$owner" -- env CHITIEU_HOME="\$CHITIEU_HOME" "$prefix/current/bin/chitieu" "\$@"
fi
exec "$prefix/current/bin/chitieu" "\$@"
END
    chmod 0755 "$prefix/bin/.chitieu.new"
    mv "$prefix/bin/.chitieu.new" "$prefix/bin/chitieu"
}

write_service() {
    [ -n "$service" ] || return 0
    local unit=$prefix/chitieu.service
    sed -e "s|@PREFIX@|$prefix|g" -e "s|@HOME@|$home|g" -e "s|@ACCOUNT@|$account|g" \
        "$prefix/current/deploy/chitieu.service" > "$unit"
    if have_systemd; then
        install -m 0644 "$unit" /etc/systemd/system/chitieu.service
        systemctl daemon-reload
        systemctl enable --quiet chitieu
    else
        say "Máy này không chạy systemd; tệp dịch vụ nằm ở $unit."
    fi
}

start_service() { if [ -n "$1" ] && have_systemd; then systemctl restart chitieu; fi; }

tidy() {
    local keep entry
    keep=" $(release_of current) $(release_of previous) "
    for entry in "$prefix"/releases/*/; do
        entry=$(basename "$entry")
        case $keep in *" $entry "*) ;; *) rm -rf "${prefix:?}/releases/$entry" ;; esac
    done
}

advise() {
    local command=$prefix/bin/chitieu
    say ''
    say "Đã cài $("$prefix/current/bin/chitieu" --version) cho $home."
    if [ -n "$service" ] && have_systemd; then
        say "Dịch vụ:    systemctl status chitieu     nhật ký: journalctl -u chitieu"
    else
        say "Chạy:       $command serve"
    fi
    say "Trang hỏi:  http://127.0.0.1:8000   (đổi địa chỉ, cổng: $home/config.toml)"
    say "Thêm:       $command add THƯ-MỤC-VĂN-BẢN"
    say "Kiểm tra:   $command doctor"
    say "Hướng dẫn:  $prefix/current/docs/administration.vi.md"
}

install_bundle() {
    local release old was_serving=''
    release=$(tr -d ' "' < "$here/bundle.json" | sed -n 's/^version:\(.*\),$/\1/p')
    release=$release-$("$python" -I -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest()[:8])' "$here/SHA256SUMS")
    unpack "$prefix/releases/$release"
    make_account "$prefix/releases/$release"
    old=$(release_of current)
    [ "$old" = "$release" ] && old=''
    if serving; then was_serving=yes; fi
    if [ -n "$old" ] && [ -n "$was_serving" ]; then systemctl stop chitieu; fi
    save_home "$old"
    point current "releases/$release"
    fill_home
    settle || give_up "$old" "$was_serving"
    [ -z "$old" ] || point previous "releases/$old"
    write_command
    write_service
    start_service "${service:-$was_serving}"
    tidy
    advise
}

# The old version cannot read data that the new one has migrated, so both go back together.
give_up() {
    local old=$1 saved
    [ -n "$old" ] || fail "dữ liệu ở $home không dùng được; xem dòng trên"
    point current "releases/$old"
    saved=$(readlink "$prefix/saved" 2>/dev/null || true)
    [ -z "$backup" ] || [ -z "$saved" ] || restore_home "$old" "$prefix/$saved"
    start_service "$2"
    fail "dữ liệu không dùng được với phiên bản mới, xem dòng trên; đã trở lại phiên bản cũ"
}

# What was added after the upgrade stays in the folder that is set aside.
roll_back() {
    local old saved was_serving=''
    old=$(release_of previous)
    if [ -z "$old" ] || [ ! -e "$prefix/releases/$old/.complete" ]; then
        fail "$prefix: không còn phiên bản trước để trở lại"
    fi
    saved=$(readlink "$prefix/saved" 2>/dev/null || true)
    if serving; then was_serving=yes; systemctl stop chitieu; fi
    [ -z "$saved" ] || restore_home "$old" "$prefix/$saved"
    point previous "releases/$(release_of current)"
    point current "releases/$old"
    rm -f "$prefix/saved"
    start_service "$was_serving"
    say "Đã trở lại $("$prefix/current/bin/chitieu" --version)${saved:+ và dữ liệu của bản sao lưu $saved}."
}

if [ "$action" != check ] && command -v flock >/dev/null; then
    exec 9> "$prefix/.lock"
    flock -n 9 || fail "$prefix: đang có một lần cài khác; hãy đợi xong"
fi
[ "$action" = rollback ] || python=$(find_python)
case $action in
    check) verify; say "Bộ cài nguyên vẹn." ;;
    rollback) roll_back ;;
    install) verify; install_bundle ;;
esac
