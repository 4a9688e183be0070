import { randomUUID } from 'node:crypto'
import { type IndexDescription, type IndexDescriptionInfo, MongoClient } from 'mongodb'
import { inject } from 'vitest'

/** A database that nothing else uses, on the run's replica set; it goes when the run ends. */
export type FreshDatabase = { uri: string; name: string }

export function freshDatabase(): FreshDatabase {
  return databaseIn(inject('mongoUri'))
}

/** The same, outside of tests. */
export function databaseIn(mongoUri: string): FreshDatabase {
  const name = `test_${process.env.VITEST_POOL_ID ?? '0'}_${randomUUID().slice(0, 8)}`
  const uri = new URL(mongoUri)
  uri.pathname = `/${name}`
  return { uri: uri.href, name }
}

/**
 * A database of one's own with the demonstration in it, as the product left it when it had loaded it.
 * Copied with its indexes first: on rows they take longer to build than the demonstration to load.
 */
export async function demoDatabase(): Promise<FreshDatabase> {
  const copy = freshDatabase()
  const client = await new MongoClient(copy.uri).connect()
  try {
    const to = client.db()
    const from = client.db(new URL(inject('demoUri')).pathname.slice(1))
    const names = await from.listCollections({ type: 'collection' }, { nameOnly: true }).toArray()
    await Promise.all(
      names.map(async ({ name }) => {
        const [rows, indexes] = await Promise.all([
          from.collection(name).find().toArray(),
          from.collection(name).indexes(),
        ])
        const own = indexes.filter(({ key }) => !('_id' in key && Object.keys(key).length === 1))
        await to.createCollection(name)
        if (own.length > 0) await to.collection(name).createIndexes(own.map(withoutVersion))
        if (rows.length > 0) await to.collection(name).insertMany(rows)
      }),
    )
    return copy
  } finally {
    await client.close()
  }
}

function withoutVersion({ v: _, key, ...rest }: IndexDescriptionInfo): IndexDescription {
  return { ...rest, key }
}
