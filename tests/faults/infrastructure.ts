import { randomBytes } from 'node:crypto'
import { createGuardedFolder } from '../fixtures/guarded-folder'
import { launchRedis, type RedisServer } from '../fixtures/redis-server'
import { type ReplicaSet, startReplicaSet } from '../fixtures/replica-set'
import { bundleServer } from './server-bundle'
import { ON_A_SMALL_DISK } from './small-disk'

/** `quick` is never hurt; `single` is killed; `trio` elects; the disk of `full` can be filled. */
export type MongoKind = 'quick' | 'single' | 'trio' | 'full'

export type Infrastructure = ReturnType<typeof createInfrastructure>

/**
 * The processes that runs share, started when first needed: a run has a database of its own, and
 * leaves what it hurt whole.
 */
export function createInfrastructure() {
  const stops: (() => Promise<unknown>)[] = []
  const sets = new Map<MongoKind, Promise<ReplicaSet>>()
  let program: Promise<string> | undefined
  let redis: Promise<RedisServer> | undefined

  async function startSet(kind: MongoKind): Promise<ReplicaSet> {
    const set = await startReplicaSet({
      members: kind === 'trio' ? 3 : 1,
      where: kind === 'single' ? 'disk' : 'memory',
      ...(kind === 'full' && ON_A_SMALL_DISK),
    })
    stops.push(() => set.stop())
    return set
  }

  return {
    /** The path of the bundled server. */
    program: () => {
      program ??= createGuardedFolder('faults').then(async (folder) => {
        stops.push(() => folder.remove())
        return bundleServer(folder.path)
      })
      return program
    },
    mongo: (kind: MongoKind) => {
      const set = sets.get(kind) ?? startSet(kind)
      sets.set(kind, set)
      return set
    },
    redis: () => {
      redis ??= launchRedis().then((server) => {
        stops.push(() => server.stop())
        return server
      })
      return redis
    },
    stop: async () => {
      await Promise.all(stops.splice(0).map((stop) => stop()))
    },
  }
}

export const newDatabase = () => `faults_${randomBytes(6).toString('hex')}`
export const newId = () => randomBytes(12).toString('hex')
