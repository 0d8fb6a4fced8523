// Whether a process is there, by /proc.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

/** What tells a process from a later one with the same number, or undefined if there is none. `state` is as in ps. */
export function process_of(pid) {
    try {
        const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
        const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
        return { state: fields[0], parent: Number(fields[1]), started: fields[19] };
    } catch {
        return undefined;
    }
}

/** Waits for the end of a process. How many milliseconds it took, or undefined if it runs still. A process that has ended
 *  and that process 1 has not yet collected has ended: how soon that does so is the machine's affair (see collected). */
export async function gone(pid, started, within_ms) {
    for (const since = Date.now(); ; await new Promise(resolve => setTimeout(resolve, 5))) {
        const now = process_of(pid);
        if (!now || now.started !== started || (now.state === 'Z' && now.parent === 1)) return Date.now() - since;
        if (Date.now() - since > within_ms) return undefined;
    }
}

/** Waits until nothing is left of a process, not even a zombie. */
export async function collected(pid, started, within_ms) {
    for (const since = Date.now(); process_of(pid)?.started === started; await new Promise(resolve => setTimeout(resolve, 50)))
        if (Date.now() - since > within_ms) return false;
    return true;
}

/** Whether process 1 collects orphans here at all; in a container it may be a program that does not. */
export async function orphans_are_collected() {
    const pid = Number(spawnSync('sh', ['-c', 'sleep 0.2 >/dev/null 2>&1 & echo $!'], { encoding: 'utf8' }).stdout);
    return collected(pid, process_of(pid)?.started, 10_000);
}
