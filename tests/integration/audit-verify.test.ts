import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import mongoose from 'mongoose'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { emptyRecord, recordFacts } from '../fixtures/record'
import { closeAfterFile } from '../setup/closing'
import { createWorld, type World } from '../setup/world'

const Outcome = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() })

let world: World
let folder: string
beforeAll(async () => {
  world = await createWorld()
  folder = await mkdtemp(join(tmpdir(), 'twinward-record-'))
  closeAfterFile(() => rm(folder, { recursive: true, force: true }))
  await emptyRecord()
  await recordFacts(world, 9, (await world.member('coordinator')).userId)
  await world.services.record.sealRecord()
})

/** The command as somebody runs it. */
async function verify(...args: string[]) {
  const { host, port, name } = mongoose.connection
  const env = {
    ...process.env,
    MONGODB_URI: `mongodb://${host}:${port}/${name}?directConnection=true`,
  }
  const command = [join(process.cwd(), 'scripts/audit-verify.js'), ...args]
  const run = promisify(execFile)(process.execPath, command, { env })
  return run.then(
    (said) => ({ code: 0, ...said }),
    (error: unknown) => Outcome.parse(error),
  )
}

describe('npm run audit:verify', () => {
  it('says how far the record goes, holds kept heads against it, and reads exported files', async () => {
    const { code, stdout, stderr } = await verify()
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('The record is whole: 9 rows.')
    const heads = stdout.match(/^\S+:\d+:[0-9a-f]{64}$/gm) ?? []
    expect(heads).toHaveLength(3)
    const kept = heads.flatMap((head) => ['--head', head])
    expect(await verify(...kept)).toMatchObject({ code: 0 })
    const [whole = ''] = heads
    const other = whole.replace(/[0-9a-f]{64}$/, 'f'.repeat(64)).replace('installation:', '')
    const denied = await verify('--head', other)
    expect([denied.code, denied.stdout]).toEqual([1, expect.stringContaining('NOT whole. Row 9')])

    const coordinator = await world.member('coordinator')
    const exported = await world.services.record.exportRecord(
      coordinator,
      world.partnershipId,
      'json',
    )
    let text = ''
    for await (const line of exported.lines) text += line
    const [good, bad] = [join(folder, 'good.json'), join(folder, 'bad.json')]
    await writeFile(good, text)
    await writeFile(bad, text.replace('viewer', 'editor'))
    expect(await verify('--file', good)).toMatchObject({ code: 0 })
    const found = await verify('--file', bad)
    expect([found.code, found.stdout]).toEqual([1, expect.stringContaining('NOT whole. Row 1')])
    // a partnership's own head stands against the database, too
    const head = JSON.parse(text).head
    const own = `${world.partnershipId}:${head.seq}:${head.hash}`
    expect(await verify('--head', own)).toMatchObject({ code: 0 })
  })

  it('names the first row that is not right', async () => {
    await world.db
      .collection('audit_entries')
      .updateOne({ seq: 4 }, { $set: { kind: 'mail:read' } })
    const { code, stdout } = await verify()
    expect(code).toBe(1)
    expect(stdout).toMatch(/NOT whole\. Row 4 \([0-9a-f]{24}\): its hash does not fit/)
  })

  it.each([
    [['--head', 'x'], 'not of the form'],
    [['--other'], 'npm run audit:verify'],
    [['--file', '/nowhere/record.json'], 'cannot be read'],
  ])('answers %o with one sentence', async (args, sentence) => {
    const { code, stdout, stderr } = await verify(...args)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})
