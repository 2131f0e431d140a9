import { readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';

/** Clock ticks per second of /proc times; 100 on every Linux there is. */
const TICKS_PER_SECOND = 100;

/** Fields of /proc/<pid>/stat after the command's name, as numbered from there. */
const PARENT = 1;
const USER_TICKS = 11;
const SYSTEM_TICKS = 12;
const REAPED_USER_TICKS = 13;
const REAPED_SYSTEM_TICKS = 14;

/** CPU seconds, user and system, of a process with all its threads; of one that is gone 0. */
export function cpuSeconds(pid: number): number {
  const fields = stat(pid);
  return fields === undefined ? 0 : (ticks(fields, USER_TICKS) + ticks(fields, SYSTEM_TICKS)) / TICKS_PER_SECOND;
}

/**
 * CPU seconds of a process and its children, those that have ended included: Postgres' backends come and go, and
 * what they used is added to the postmaster when it reaps them.
 */
export function cpuSecondsOfTree(pid: number): number {
  const own = stat(pid);
  if (own === undefined) return 0;
  const reaped = (ticks(own, REAPED_USER_TICKS) + ticks(own, REAPED_SYSTEM_TICKS)) / TICKS_PER_SECOND;
  const children = processIds().filter((child) => {
    const fields = stat(child);
    return fields !== undefined && Number(fields[PARENT]) === pid;
  });
  return children.reduce((sum, child) => sum + cpuSeconds(child), cpuSeconds(pid) + reaped);
}

/** Largest resident memory that the process ever had, in bytes; undefined when it is gone. */
export function peakMemoryBytes(pid: number): number | undefined {
  const status = read(`/proc/${pid}/status`);
  const kibibytes = status === undefined ? undefined : /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/** The local process that listens on a TCP port; undefined when it runs elsewhere or can't be seen. */
export function pidListeningOn(port: number): number | undefined {
  const inodes = new Set([...listeningInodes('/proc/net/tcp', port), ...listeningInodes('/proc/net/tcp6', port)]);
  if (inodes.size === 0) return undefined;
  const owners = processIds().filter((pid) =>
    openFiles(pid).some((target) => inodes.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? '')),
  );
  // Postgres' children inherit the listening socket; the parent is the smallest of them unless numbers wrapped.
  return owners.find((pid) => !owners.includes(Number(stat(pid)?.[PARENT]))) ?? owners[0];
}

/** Bytes of the log segments of a topic that a local broker holds open; undefined when there are none to be seen. */
export function topicLogBytes(brokerPid: number, topic: string): number | undefined {
  const folder = new RegExp(`/${topic.replace(/[.]/g, '\\.')}-\\d+/\\d+\\.log$`);
  const segments = new Set(openFiles(brokerPid).filter((target) => folder.test(target)));
  if (segments.size === 0) return undefined;
  return [...segments].reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}

/** First group of the pattern in the path of a file that the process has open. */
export function openFileMatch(pid: number, pattern: RegExp): string | undefined {
  return openFiles(pid)
    .map((path) => pattern.exec(path)?.[1])
    .find((match) => match !== undefined);
}

function listeningInodes(file: string, port: number): string[] {
  const LISTEN = '0A';
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return (read(file) ?? '')
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${wanted}`) && fields[3] === LISTEN)
    .map((fields) => fields[9] ?? '');
}

function openFiles(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

function processIds(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** The fields behind the command's name, which may itself contain blanks and parentheses. */
function stat(pid: number): string[] | undefined {
  const text = read(`/proc/${pid}/stat`);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}

function ticks(fields: readonly string[], index: number): number {
  return Number(fields[index] ?? 0);
}

/** A file's text; undefined when it is not there: the process ended, or this is not Linux. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
