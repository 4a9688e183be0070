import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Inspector } from './inspector'
import { CpuMeter } from './processes'
import type { Target } from './servers/target'

const SAMPLE_US = 200

export type Cost = {
  /** CPU of the server, ms. */
  server: number
  /** CPU of its database in the same time, ms. */
  database: number
  /** How long it took, ms. */
  wall: number
}

/** Where to write the V8 profile of our server's part; nothing is profiled without it. */
export type Profiling = { fileOf(target: Target): string | null }

/** What `work` costs the server and its database. */
export async function cost(
  target: Target,
  profiling: Profiling,
  work: () => Promise<void>,
): Promise<Cost> {
  const file = profiling.fileOf(target)
  const inspector = file ? await Inspector.open(target.pid, target.inspectPort) : null
  await inspector?.call('Profiler.enable')
  await inspector?.call('Profiler.setSamplingInterval', { interval: SAMPLE_US })
  await inspector?.call('Profiler.start')

  const database = target.databasePid === null ? [] : [target.databasePid]
  const began = performance.now()
  const meters = { server: new CpuMeter([target.pid]), database: new CpuMeter(database) }
  await work()
  const found = {
    server: meters.server.read([target.pid]),
    database: meters.database.read(database),
    wall: performance.now() - began,
  }
  if (inspector && file) {
    const { profile } = (await inspector.call('Profiler.stop')) as { profile: unknown }
    inspector.close()
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, JSON.stringify(profile))
  }
  return found
}
