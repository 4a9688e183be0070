import { startEmbeddedMongo } from '../../server/adapters/embedded-mongo'
import { readConfig } from '../../server/config'

/**
 * A small app that owns an embedded database, for tests that kill it: takes DATA_DIR from its
 * environment, prints `{ pid, uri }` of its mongod as a line of JSON once that serves.
 */
const { database } = readConfig({ ...process.env, MONGODB_URI: '' })
if (database.kind !== 'embedded') throw new Error('an embedded database was expected')
const { pid, uri } = await startEmbeddedMongo({
  ...database,
  binary: undefined,
  searchPath: process.env.PATH,
})
console.log(JSON.stringify({ pid, uri }))
setInterval(() => {}, 1_000)
