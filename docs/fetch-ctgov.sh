#!/bin/sh
# SPDX-License-Identifier: MIT
# Fetches studies from ClinicalTrials.gov, page by page, into a folder.
#
#   usage: sh fetch-ctgov.sh FOLDER [DAY]
#
# FOLDER becomes what the registry has: all studies, or with DAY (2026-11-22) those whose last update was posted on that day or
# later. It is replaced when every page is there and the pages hold as many different studies as the registry says that there
# are; until then it stays as it was, and the pages wait in FOLDER.part. A run that was interrupted is continued by the next
# one, if it asks for the same and the registry's data are still the same; otherwise that one starts anew.
#
# FOLDER/.version: the day and time of the registry's data, and what was asked for.
# Exit code: 0 FOLDER is new; 1 the registry did not give everything; 2 usage; 3 something could not be written; 75 another run
# works on FOLDER. With any but 0, FOLDER is as it was.
#
# Needs curl, jq and flock. Settings, all optional: CTGOV_URL, CTGOV_PAGE_SIZE, CTGOV_RETRIES, CTGOV_SECONDS (for one page).
set -u
url=${CTGOV_URL:-https://clinicaltrials.gov/api/v2}
size=${CTGOV_PAGE_SIZE:-1000}
retries=${CTGOV_RETRIES:-5}
seconds=${CTGOV_SECONDS:-600}

end() {
    code=$1
    shift
    echo "fetch-ctgov.sh: $*" >&2
    exit "$code"
}

# get FILE ADDRESS FILTER [CURL'S OPTIONS...]: the answer as FILE, there only if it is whole and jq's FILTER finds in it what it asks
# for, which is then in .told. curl itself repeats what the registry is too busy for (HTTP 408, 429, 5xx; it waits as long as the
# registry says); a connection that breaks, and an answer that is cut off, are tried again here.
get() {
    file=$1 address=$2 filter=$3
    shift 3
    for try in 1 2 3; do
        curl -sS -f -G --compressed --retry "$retries" --retry-connrefused --connect-timeout 60 --max-time "$seconds" \
            -o "$file.part" "$@" "$address"
        code=$?
        [ "$code" -ne 0 ] || ! jq -r "$filter" "$file.part" > "$part/.told" || { mv "$file.part" "$file" || exit 3; return; }
        rm -f "$file.part"
        case $code in
        0) echo "fetch-ctgov.sh: $address: cut off, or not what was asked for (try $try)" >&2 ;;
        22) return 1 ;; # the registry refuses, or was busy all the time
        23) end 3 "$file: cannot be written" ;;
        esac
        [ "$try" -eq 3 ] || sleep "$try"
    done
    return 1
}

# The day and time of the registry's data.
data_version() {
    get "$part/.now" "$url/version" '.dataTimestamp // error("no dataTimestamp")' || end 1 "$url/version: no answer; $folder is as it was"
    cat "$part/.told"
}

# Of a page: the token of the next one, how many studies there are in all, and the ids of those that are here.
on_page='.nextPageToken // "", .totalCount // "", (.studies[] | .protocolSection.identificationModule.nctId // error("no id"))'

# page NUMBER TOKEN: one page, unless a run before this one has it
page() {
    file=$part/$1.json
    [ ! -f "$file" ] || ! jq -r "$on_page" "$file" > "$part/.told" 2> /dev/null || return 0
    number=$1 token=$2
    set -- -d "pageSize=$size"
    [ -z "$day" ] || set -- "$@" --data-urlencode "filter.advanced=AREA[LastUpdatePostDate]RANGE[$day,MAX]"
    [ -n "$token" ] || set -- "$@" -d countTotal=true
    [ -z "$token" ] || set -- "$@" --data-urlencode "pageToken=$token"
    get "$file" "$url/studies" "$on_page" "$@" || end 1 "page $number did not come; $folder is as it was"
}

# All pages: each names the next one. Afterwards .ids has the studies, and `total` how many the registry says that there are.
pages() {
    n=1 next=
    : > "$part/.ids" && : > "$part/.tokens" || exit 3
    while :; do
        page "$(printf %05d "$n")" "$next"
        next=$(sed -n 1p "$part/.told")
        [ "$n" -gt 1 ] || total=$(sed -n 2p "$part/.told")
        sed 1,2d "$part/.told" >> "$part/.ids" || exit 3
        [ -n "$next" ] || return 0
        ! grep -qxF -e "$next" "$part/.tokens" || start_anew "page $n names a page that was there before"
        echo "$next" >> "$part/.tokens" || exit 3
        n=$((n + 1))
    done
}

# start_anew WHY: what is there is no use to the next run
start_anew() {
    rm -rf "$part"
    end 1 "$1; $folder is as it was, the next run starts anew"
}

folder=${1:-} day=${2:-}
[ $# -ge 1 ] && [ $# -le 2 ] && [ -n "$folder" ] || end 2 "usage: sh fetch-ctgov.sh FOLDER [DAY]"
case $day in
'' | [12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]) ;;
*) end 2 "not a day: '$day' (such as 2026-11-22)" ;;
esac
for program in curl jq flock; do
    command -v "$program" > /dev/null || end 2 "needs $program, which is not there"
done
folder=${folder%/}
part=$folder.part

(: > "$folder.lock") 2> /dev/null || end 3 "$folder.lock: cannot be written"
exec 9> "$folder.lock"
flock -n 9 || end 75 "another run works on $folder"
[ -d "$folder" ] || [ ! -d "$folder.old" ] || mv "$folder.old" "$folder" || exit 3
mkdir -p "$part" || exit 3

before=$(data_version) || exit
asked="$before${day:+ from $day}, pages of $size"
if [ "$(cat "$part/.version" 2> /dev/null)" != "$asked" ]; then
    rm -rf "$part" && mkdir "$part" && echo "$asked" > "$part/.version" || exit 3
fi
pages
now=$(data_version) || exit
[ "$now" = "$before" ] || start_anew "the registry's data changed meanwhile, from $before to $now"
here=$(($(sort -u "$part/.ids" | wc -l)))
[ "$here" = "$total" ] || start_anew "the registry says ${total:-not how many} studies, the pages have $here: a page was lost"

rm -f "$part/.now" "$part/.told" "$part/.ids" "$part/.tokens"
sync # a power cut must not leave names without their contents
rm -rf "$folder.old" || exit 3
[ ! -d "$folder" ] || mv "$folder" "$folder.old" || exit 3
mv "$part" "$folder" && rm -rf "$folder.old" || exit 3
