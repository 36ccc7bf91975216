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
# A registry without a single study is not believed. With DAY it may be that nothing was updated, unless FOLDER has something since
# the same day.
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

is_day() {
    case $1 in [12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]) ;; *) return 1 ;; esac
}

# told FILE FILTER: what jq's FILTER finds in an answer, in .told. An answer is one value of JSON; no bytes at all are none.
told() {
    jq -rs "if length == 1 then .[0] else error(\"\\(length) answers\") end | $2" "$1" > "$part/.told"
}

# get FILE ADDRESS FILTER [CURL'S OPTIONS...]: the answer as FILE, there only if it is whole and FILTER finds in it what it asks
# for (see told). curl itself repeats what the registry is too busy for (HTTP 408, 429, 5xx; it waits as long as the
# registry says); a connection that breaks, and an answer that is cut off, are tried again here.
get() {
    file=$1 address=$2 filter=$3
    shift 3
    for try in 1 2 3; do
        curl -sS -f -G --compressed --retry "$retries" --retry-connrefused --connect-timeout 60 --max-time "$seconds" \
            -o "$file.part" "$@" "$address"
        code=$?
        [ "$code" -ne 0 ] || ! told "$file.part" "$filter" || { mv "$file.part" "$file" || exit 3; return; }
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
    get "$part/.now" "$url/version" '.dataTimestamp | if type == "string" and . != "" then . else error("no dataTimestamp") end' ||
        end 1 "$url/version: no answer; $folder is as it was"
    cat "$part/.told"
}

# Of a page: the token of the next one, how many studies there are in all (the first page says it), and the ids of those that are here.
on_page='if (.studies | type) != "array" then error("no studies") else . end
    | (.nextPageToken // "" | if type == "string" and (contains("\n") | not) then . else error("no token") end),
      (.totalCount // "" | tostring),
      (.studies[] | .protocolSection.identificationModule.nctId // error("no id"))'

# page NUMBER TOKEN LEFT: one page, unless a run before this one has it. It has some study, unless there are none LEFT.
page() {
    file=$part/$1.json
    filter="if .studies == [] and $3 > 0 then error(\"no study in it\") else . end | $on_page"
    [ ! -f "$file" ] || ! told "$file" "$filter" 2> /dev/null || return 0
    number=$1 token=$2
    set -- -d "pageSize=$size"
    [ -z "$day" ] || set -- "$@" --data-urlencode "filter.advanced=AREA[LastUpdatePostDate]RANGE[$day,MAX]"
    [ -n "$token" ] || set -- "$@" -d countTotal=true
    [ -z "$token" ] || set -- "$@" --data-urlencode "pageToken=$token"
    get "$file" "$url/studies" "$filter" "$@" || end 1 "page $number did not come; $folder is as it was"
}

# Since a day there may be no study; but not if there were some since that day already.
may_be_none() {
    [ -n "$day" ] || return 1
    ! grep -q " from $day, " "$folder/.version" 2> /dev/null || ! jq -e '.studies != []' "$folder/00001.json" > /dev/null 2>&1
}

# All pages: each names the next one. Afterwards .ids has the studies, and `total` how many the registry says that there are.
pages() {
    n=1 next='' left=1
    ! may_be_none || left=.totalCount
    : > "$part/.ids" && : > "$part/.tokens" || exit 3
    while :; do
        page "$(printf %05d "$n")" "$next" "$left"
        next=$(sed -n 1p "$part/.told")
        [ "$n" -gt 1 ] || total=$(sed -n 2p "$part/.told")
        case $total in '' | *[!0-9]*) start_anew "the registry says not how many studies there are" ;; esac
        sed 1,2d "$part/.told" >> "$part/.ids" || exit 3
        left=$((total - $(wc -l < "$part/.ids")))
        [ -n "$next" ] || return 0
        [ "$left" -ge 0 ] && [ "$(wc -l < "$part/.told")" -gt 2 ] || start_anew "the registry says $total studies, and has pages without end"
        ! grep -qxF -e "$next" "$part/.tokens" || start_anew "page $n names a page that was there before"
        printf '%s\n' "$next" >> "$part/.tokens" || exit 3
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
[ -z "$day" ] || is_day "$day" || end 2 "not a day: '$day' (such as 2026-11-22)"
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
is_day "${before%%T*}" || end 1 "$url/version: '$before' is no day and time; $folder is as it was"
asked="$before${day:+ from $day}, pages of $size"
if [ "$(cat "$part/.version" 2> /dev/null)" != "$asked" ]; then
    rm -rf "$part" && mkdir "$part" && printf '%s\n' "$asked" > "$part/.version" || exit 3
fi
pages
now=$(data_version) || exit
[ "$now" = "$before" ] || start_anew "the registry's data changed meanwhile, from $before to $now"
here=$(($(sort -u "$part/.ids" | wc -l)))
[ "$here" = "$total" ] || start_anew "the registry says $total studies, the pages have $here: a page was lost"

rm -f "$part/.now" "$part/.told" "$part/.ids" "$part/.tokens"
sync # a power cut must not leave names without their contents
rm -rf "$folder.old" || exit 3
[ ! -d "$folder" ] || mv "$folder" "$folder.old" || exit 3
mv "$part" "$folder" && rm -rf "$folder.old" || exit 3
