import mongoose, { type Connection } from 'mongoose'

// filters are built from parsed values only (strings, never objects from outside)
mongoose.set('strictQuery', 'throw')
mongoose.set('autoIndex', false)
mongoose.set('bufferCommands', false)

/** Connect once per process: majority reads and journalled majority writes everywhere. */
export async function connectMongo(uri: string, dbName?: string): Promise<Connection> {
  await mongoose.connect(uri, {
    ...(dbName ? { dbName } : {}),
    serverSelectionTimeoutMS: 10_000,
    retryWrites: true,
    w: 'majority',
    journal: true,
    readConcernLevel: 'majority',
    appName: 'twinward',
  })
  return mongoose.connection
}

/** Is the database there, within a second? */
export async function isMongoReady(): Promise<boolean> {
  const db = mongoose.connection.db
  if (mongoose.connection.readyState !== 1 || !db) return false
  return db
    .command({ ping: 1 }, { timeoutMS: 1_000 })
    .then(() => true)
    .catch(() => false)
}
