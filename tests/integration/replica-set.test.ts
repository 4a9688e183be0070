import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { assertReplicaSet } from '../../server/adapters/embedded-mongo'
import { findMongod } from '../../server/adapters/mongod/binary'
import { choosePort } from '../../server/adapters/mongod/process'
import { readConfig } from '../../server/config'

let folder: string
let standalone: ChildProcess
let port: number

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinward-standalone-'))
  const { database } = readConfig({ ...process.env, MONGODB_URI: '', DATA_DIR: folder })
  if (database.kind !== 'embedded') throw new Error('an embedded database was expected')
  const { path } = await findMongod({ ...database, searchPath: process.env.PATH })
  port = await choosePort(undefined)
  const args = ['--dbpath', folder, '--port', String(port), '--bind_ip', '127.0.0.1']
  standalone = spawn(path, [...args, '--nounixsocket'], { stdio: 'ignore' })
})

afterAll(async () => {
  standalone.kill('SIGKILL')
  await once(standalone, 'exit')
  await rm(folder, { recursive: true, force: true })
})

describe('assertReplicaSet', () => {
  it('accepts a replica set', async () => {
    await expect(assertAt(inject('mongoUri'))).resolves.toBeUndefined()
  })

  it('refuses a standalone with the reason', async () => {
    await expect(assertAt(`mongodb://127.0.0.1:${port}`)).rejects.toThrow(
      /^MONGODB_URI names a standalone MongoDB, which has no transactions: /,
    )
  })
})

async function assertAt(uri: string) {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 10_000 })
  try {
    await assertReplicaSet(client.db())
  } finally {
    await client.close()
  }
}
