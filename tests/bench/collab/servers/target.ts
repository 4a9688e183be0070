import type { Dialect } from '../clients/dialect'

/** A server under measurement, as clients and meters see it. */
export type Target = {
  name: string
  dialect: Dialect
  /** Says which updates are durable. */
  acknowledges: boolean
  port: number
  /** Its own process. */
  pid: number
  /** Its database's, if it has one. */
  databasePid: number | null
  /** Where SIGUSR1 opens its inspector. */
  inspectPort: number
  /** A discussion, where there are such things. */
  thread: { id: string } | null
  /** What the n-th socket shows at the door; ten sockets are one person. */
  cookieOf(n: number): string
}

/** What a measurement needs to be there before the server starts. */
export type Needs = {
  rooms: number
  sockets: number
  /** First content of every room. */
  seed: Uint8Array
}

/** A server that can be started, killed and started again over the same storage. */
export type Stage = {
  rooms: readonly string[]
  start(): Promise<Target>
  /** SIGKILL to the server; its database lives on. */
  kill(): Promise<void>
  /** SIGTERM, and time to store what it has. */
  stop(): Promise<void>
  /** Ends whatever runs and removes the storage. */
  clear(): Promise<void>
}

export type Contestant = {
  name: string
  prepare(needs: Needs): Promise<Stage>
}
