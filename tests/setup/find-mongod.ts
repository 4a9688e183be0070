import { findMongod } from '../../server/adapters/mongod/binary'
import { readConfig } from '../../server/config'

/** Prints the path of the mongod that tests run on, fetching it if there is none. */
try {
  const { database } = readConfig({
    ...process.env,
    MONGODB_URI: '',
    SESSION_SECRET: '-'.repeat(32),
  })
  if (database.kind !== 'embedded') throw new Error('tests run on a mongod of their own')
  const { path } = await findMongod({
    ...database,
    searchPath: process.env.PATH,
    progress: (line) => console.error(line),
  })
  console.log(path)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
