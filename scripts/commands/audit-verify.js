import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openDatabase } from '../record/database.js'
import { verifyDatabase, verifyFile } from '../record/verify.js'
import { SetupError } from '../setup/setup-error.js'

const HEAD = /^(?:(installation|programme|[0-9a-f]{24}):)?(\d{1,12}):([0-9a-f]{64})$/

/**
 * Is the record what it was? Says how far it goes, and the first row that is not right; docs/record.md.
 *
 * @param {string[]} args
 */
export async function auditVerify(args) {
  const { file, head } = readOptions(args)
  const verdict = file === undefined ? await ofDatabase(head.map(readHead)) : ofFile(file)
  for (const [chain, { seq, hash }] of Object.entries(verdict.heads)) {
    console.log(`${chain}:${seq}:${hash}`)
  }
  const waiting = verdict.waiting > 0 ? `, ${verdict.waiting} not sealed yet` : ''
  console.log(
    verdict.broken
      ? `The record is NOT whole. ${capital(verdict.broken)}.`
      : `The record is whole: ${verdict.rows} rows${waiting}.`,
  )
  process.exitCode = verdict.broken ? 1 : 0
}

/** @param {import('../record/verify.js').Witness[]} witnesses */
async function ofDatabase(witnesses) {
  const { db, close } = await openDatabase()
  try {
    return await verifyDatabase(db, witnesses)
  } finally {
    await close()
  }
}

/** @param {string} path */
function ofFile(path) {
  try {
    return verifyFile(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new SetupError(
      `${path} cannot be read: ${error instanceof Error ? error.message : error}`,
    )
  }
}

/** @param {string[]} args */
function readOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: { file: { type: 'string' }, head: { type: 'string', multiple: true, default: [] } },
    })
    return { file: values.file, head: values.head ?? [] }
  } catch {
    throw new SetupError(
      'npm run audit:verify -- [--head <number>:<hash>] [--head <partnership>:<number>:<hash>] [--file record.json]',
    )
  }
}

/** @param {string} text */
function readHead(text) {
  const [, chain = 'installation', seq, hash] = HEAD.exec(text) ?? []
  if (!seq || !hash) {
    throw new SetupError(`--head ${text} is not of the form <number>:<64 hex digits>.`)
  }
  return { chain, seq: Number(seq), hash }
}

/** @param {string} sentence */
function capital(sentence) {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
