import type { RedisServer } from '../fixtures/redis-server'
import type { ReplicaSet } from '../fixtures/replica-set'
import type { createTcpProxy } from '../fixtures/tcp-proxy'
import type { MongoKind } from './infrastructure'
import type { Random } from './random'
import type { FaultWorld, WorldOptions } from './world'

/** Where a fault happens: everything that can be hurt, while people write. */
export type Stage = {
  world: FaultWorld
  random: Random
  mongo: ReplicaSet
  redis: RedisServer | undefined
  databaseWire: Awaited<ReturnType<typeof createTcpProxy>> | undefined
  /** People have written long enough. */
  enough: Promise<unknown>
}

/** One way to try to lose a word; docs/fault-tests.md lists them. */
export type Scenario = {
  name: string
  /** F1 … F22 */
  fault: string
  mongo?: MongoKind
  redis?: boolean
  nodes?: 1 | 2
  /** The server reaches the database over a wire that can be cut. */
  onDatabaseWire?: boolean
  world?(random: Random): Partial<WorldOptions>
  /** Why this machine cannot do it, if it cannot. */
  unable?(): Promise<string | undefined>
  /**
   * Hurt it, and heal what does not heal by itself.
   *
   * @returns false if it turned out that nothing was hurt
   */
  inject(stage: Stage): Promise<boolean | undefined>
  /** When nobody writes any more. */
  afterwards?(stage: Stage): Promise<void>
}
