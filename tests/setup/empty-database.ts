import mongoose, { type Connection } from 'mongoose'
import { migrate } from '../../models/migrations'
import { connectMongo } from '../../server/adapters/mongo'
import { closeAfterFile } from './closing'
import { freshDatabase } from './database'

/** Indexes take longer to build than most files take to run: each worker builds them once. */
let prepared: { uri: string; collections: ReadonlySet<string> } | undefined
let connecting: Promise<void> | undefined

/** Connects the models, for the tests of this file, to a database with all indexes and no rows. */
export function connectToEmptyDatabase(): Promise<void> {
  connecting ??= connect()
  return connecting
}

async function connect(): Promise<void> {
  closeAfterFile(async () => {
    await mongoose.disconnect()
    connecting = undefined
  })
  const uri = prepared?.uri ?? freshDatabase().uri
  const connection = await connectMongo(uri)
  if (prepared) return empty(connection, prepared.collections)
  await migrate(connection)
  prepared = { uri, collections: new Set(await namesIn(connection)) }
}

/** What an earlier file has left goes: rows, and collections that the migrations did not make. */
async function empty(connection: Connection, kept: ReadonlySet<string>): Promise<void> {
  const names = await namesIn(connection)
  await Promise.all(
    names.map((name) => {
      const collection = connection.collection(name)
      return kept.has(name) ? collection.deleteMany({}) : collection.drop()
    }),
  )
}

async function namesIn(connection: Connection): Promise<string[]> {
  const found = await connection.listCollections()
  return found.map(({ name }) => name)
}
