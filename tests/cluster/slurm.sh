#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the Slurm recipe of docs/CLUSTER.md on a Slurm of one node, and compares with a single run (see common.sh). The daemons
# (munged, slurmctld, slurmd) are its own, on the loopback interface, with a key and a configuration in the temporary folder.
#
# usage: sh tests/cluster/slurm.sh [TRIALNORM [STUDIES]]
set -eu
. "$(dirname "$0")/common.sh"
need slurmctld slurmctld slurmd slurmd sbatch slurm-client munged munge python3 python3

daemons=
slurm_runs=
no_jobs() {
    jobs=$(timeout 5 squeue --noheader) && [ -z "$jobs" ]
}

# The jobs first: whoever ends slurmd before them leaves their slurmstepd behind.
stop_daemons() {
    if [ -n "$slurm_runs" ]; then
        timeout 5 scancel --quiet --user="$(id -un)" 2> /dev/null || :
        wait_until 20 no_jobs || echo "jobs are left" >&2
    fi
    stop $daemons
}

start_munge() {
    mkdir -m 700 "$work/munge"
    mkdir -m 755 "$work/socket"
    (umask 077 && head -c 1024 /dev/urandom > "$work/munge/key")
    setsid munged --foreground --key-file="$work/munge/key" --socket="$work/socket/munge" --pid-file="$work/munge/pid" \
        --log-file="$work/munge/log" --seed-file="$work/munge/seed" > "$work/munge.out" 2>&1 &
    daemons=$!
    wait_until 10 [ -S "$work/socket/munge" ] || { cat "$work/munge.out" >&2; echo "munged does not start" >&2; exit 1; }
}

configure_slurm() {
    node=$(hostname -s)
    mkdir "$work/state" "$work/spool"
    cat > "$work/slurm.conf" << END
ClusterName=trialnorm
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$work/socket/munge
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=sched_interval=1
NodeName=$node NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=2048
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
    export SLURM_CONF="$work/slurm.conf"
}

node_is_idle() {
    [ "$(sinfo --noheader --format=%T)" = idle ]
}

start_slurm() {
    setsid slurmctld -D > /dev/null 2>&1 &
    daemons="$! $daemons"
    setsid slurmd -D > /dev/null 2>&1 &
    daemons="$! $daemons"
    wait_until 30 node_is_idle || { cat "$work/slurmctld.log" "$work/slurmd.log" >&2; echo "Slurm does not start" >&2; exit 1; }
    slurm_runs=yes
}

begin "${1:-$root/build/trialnorm}" "${2:-4000}"
start_munge
configure_slurm
start_slurm
echo "$(sinfo --version), $(munged --version | head -n 1)"

trialnorm -q -o single.ndjson studies.ndjson
trialnorm -q --unique -o unique.ndjson studies.ndjson
LC_ALL=C sort -o single.sorted single.ndjson
LC_ALL=C sort -o unique.sorted unique.ndjson
whole=$(cpu_seconds trialnorm -q -o /dev/null studies.ndjson)
shard=$(cpu_seconds trialnorm -q --shard 1/8 -o /dev/null studies.ndjson)
echo "CPU seconds: $whole for all, $shard for one shard of 8"

show "mkdir -p parts logs"
mkdir parts/3-of-8.ndjson       # task 3 cannot put its part there
show "sbatch --wait trials.sbatch"
show "sh missing.sh"
show "cat logs/3.txt"
show "sh join-shards.sh"
rmdir parts/3-of-8.ndjson
show 'sbatch --wait --array="$(sh missing.sh)" trials.sbatch'
show "wc -lc parts/*"
show "sh join-shards.sh"
say_same "8 shards, by record_key" trials.ndjson single.sorted

echo "With --unique, and a job that joins:"
sed -i 's/trialnorm -q/trialnorm -q --unique/' trials.sbatch
show "$(grep -o '^sbatch .*join-shards.sh' "$root/docs/CLUSTER.md" | sed 's/^sbatch/sbatch --wait/')"
show "wc -l trials.ndjson"
say_same "8 shards, by record_key" trials.ndjson unique.sorted
expect "tasks that Slurm calls failed" 1 "$(scontrol --oneliner show job | grep -c JobState=FAILED)"
finish
