import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { MongoClient } from 'mongodb'
import { ROOT } from '../setup/root.js'
import { SetupError } from '../setup/setup-error.js'

const LOOPBACK = '127.0.0.1'

/**
 * The database that the app uses: the one of MONGODB_URI, or the embedded one, whether the app is
 * running or not. Nothing is written to it.
 *
 * @returns {Promise<{ db: import('mongodb').Db, close: () => Promise<void> }>}
 */
export async function openDatabase() {
  const { MONGODB_URI: uri, DATA_DIR: folder } = process.env
  if (uri) return connect(uri)
  const dataDir = resolve(ROOT, folder || '.data')
  if (!existsSync(join(dataDir, 'mongo'))) {
    throw new SetupError(`There is no database in ${dataDir}: set DATA_DIR or MONGODB_URI.`)
  }
  return (await ofRunningApp(dataDir)) ?? started(dataDir)
}

/** @param {string} uri @param {() => Promise<unknown>} [afterwards] */
async function connect(uri, afterwards = async () => {}) {
  const client = new MongoClient(uri, {
    serverSelectionTimeoutMS: 10_000,
    readConcernLevel: 'majority',
    appName: 'twinward-record',
  })
  try {
    await client.connect()
  } catch (error) {
    await client.close()
    await afterwards()
    throw error
  }
  return {
    db: client.db(),
    close: async () => {
      await client.close()
      await afterwards()
    },
  }
}

/** The mongod that an app has started there, if it answers and is that one. @param {string} dataDir */
async function ofRunningApp(dataDir) {
  const port = portIn(join(dataDir, 'mongod.json'))
  if (!port) return null
  const uri = `mongodb://${LOOPBACK}:${port}/twinward?directConnection=true`
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 1_500 })
  try {
    const { parsed } = await client.db('admin').command({ getCmdLineOpts: 1 })
    if (resolve(parsed.storage.dbPath) !== join(dataDir, 'mongo')) return null
    return await connect(uri)
  } catch {
    return null
  } finally {
    await client.close()
  }
}

/** Nobody is there: a mongod for as long as this takes, as the app would start it. @param {string} dataDir */
async function started(dataDir) {
  const { tsImport } = await import('tsx/esm/api').catch(() => {
    throw new SetupError('The app is not running: start it, or run "npm ci --include=dev" first.')
  })
  const { startEmbeddedMongo } = await tsImport(
    '../../server/adapters/embedded-mongo.ts',
    import.meta.url,
  )
  const { readConfig } = await tsImport('../../server/config.ts', import.meta.url)
  const { database } = readConfig({ ...process.env, DATA_DIR: dataDir, MONGODB_URI: '' }, ROOT)
  const embedded = await startEmbeddedMongo({ ...database, progress: console.error })
  return connect(embedded.uri, () => embedded.stop())
}

/** @param {string} path */
function portIn(path) {
  try {
    const { port } = JSON.parse(readFileSync(path, 'utf8'))
    return Number.isInteger(port) ? port : null
  } catch {
    return null
  }
}
