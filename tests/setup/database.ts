import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'

/** A database that nothing else uses, on the run's replica set; it goes when the run ends. */
export type FreshDatabase = { uri: string; name: string }

export function freshDatabase(): FreshDatabase {
  const name = `test_${process.env.VITEST_POOL_ID ?? '0'}_${randomUUID().slice(0, 8)}`
  const uri = new URL(inject('mongoUri'))
  uri.pathname = `/${name}`
  return { uri: uri.href, name }
}
