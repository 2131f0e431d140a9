import { cpuSecondsOfTree, pidListeningOn } from './processes.js';
import type { Broker } from './broker.js';
import type { Postgres } from './postgres.js';

/** The broker and the database that all contenders share. */
export interface Servers {
  readonly broker: Broker;
  readonly postgres: Postgres;
  /** undefined when it doesn't run on this machine or can't be seen; then its CPU time isn't reported. */
  readonly brokerPid: number | undefined;
  readonly postgresPid: number | undefined;
}

/** CPU seconds since each process started; undefined for one that can't be seen. */
export interface CpuSeconds {
  readonly process: number | undefined;
  readonly kafka: number | undefined;
  readonly postgres: number | undefined;
}

/** Finds the processes of both servers by their ports. */
export function locate(broker: Broker, postgres: Postgres): Servers {
  return {
    broker,
    postgres,
    brokerPid: pidListeningOn(broker.port),
    postgresPid: pidListeningOn(postgres.port),
  };
}

/** CPU seconds of a contender's process and of both servers, now. */
export function cpuNow(servers: Servers, contenderPid: number): CpuSeconds {
  return {
    process: cpuSecondsOfTree(contenderPid),
    kafka: servers.brokerPid === undefined ? undefined : cpuSecondsOfTree(servers.brokerPid),
    postgres: servers.postgresPid === undefined ? undefined : cpuSecondsOfTree(servers.postgresPid),
  };
}

/** What was used between two readings, divided by a number of records when one is given. */
export function cpuBetween(from: CpuSeconds, to: CpuSeconds, records = 1): CpuSeconds {
  const used = (key: keyof CpuSeconds): number | undefined => {
    const [start, end] = [from[key], to[key]];
    return start === undefined || end === undefined ? undefined : (end - start) / records;
  };
  return {
    process: used('process'),
    kafka: used('kafka'),
    postgres: used('postgres'),
  };
}

/** Seconds as microseconds. */
export function inMicroseconds(cpu: CpuSeconds): CpuSeconds {
  const convert = (seconds: number | undefined): number | undefined =>
    seconds === undefined ? undefined : seconds * 1e6;
  return { process: convert(cpu.process), kafka: convert(cpu.kafka), postgres: convert(cpu.postgres) };
}
