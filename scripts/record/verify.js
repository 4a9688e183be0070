import { Chain } from './chain.js'

/**
 * @typedef {{ chain: string, seq: number, hash: string }} Witness a head that was exported or printed
 * @typedef {{ rows: number, waiting: number, heads: Record<string, import('./chain.js').Head>,
 *   broken: string | null }} Verdict
 */

const INSTALLATION = 'installation'
/** How often what is sealed meanwhile is read on before the head is taken for cut off. */
const ROUNDS = 5

/**
 * Reads every sealed row once, in its order, and holds it against both of its chains, the heads that
 * are kept apart, and the heads that somebody has kept elsewhere. Rows are not kept: memory stays flat.
 *
 * @param {import('mongodb').Db} db
 * @param {readonly Witness[]} [witnesses]
 * @returns {Promise<Verdict>}
 */
export async function verifyDatabase(db, witnesses = []) {
  const entries = db.collection('audit_entries')
  const seals = db.collection('audit_seals')
  const whole = new Chain()
  /** @type {Map<string, Chain>} */
  const parts = new Map()
  /** @param {string | null} broken */
  const verdict = async (broken) => ({
    rows: whole.head.seq,
    waiting: await entries.countDocuments({ seq: null }),
    heads: Object.fromEntries(
      [[INSTALLATION, whole], ...parts].map(([id, { head }]) => [id, head]),
    ),
    broken,
  })

  for (let round = 0; ; round++) {
    const rows = entries.find(
      { seq: { $gt: whole.head.seq } },
      { sort: { seq: 1 }, batchSize: 1000 },
    )
    for await (const row of rows) {
      const content = contentOf(row)
      const part = parts.get(partOf(content)) ?? new Chain()
      parts.set(partOf(content), part)
      const wrong =
        whole.add(row.seq, row.hash, content) ?? part.add(row.ownSeq, row.ownHash, content)
      if (wrong) return verdict(`row ${row.seq} (${content.id}): ${wrong}`)
      const denied = contradicted(witnesses, whole, part, partOf(content))
      if (denied) return verdict(`row ${row.seq} (${content.id}): ${denied}`)
    }
    const head = await seals.findOne({ _id: /** @type {any} */ (INSTALLATION) })
    if ((head?.seq ?? 0) === whole.head.seq) break
    if (round === ROUNDS || (head?.seq ?? 0) < whole.head.seq) {
      return verdict(`the head is at row ${head?.seq ?? 0}, the last row is ${whole.head.seq}`)
    }
  }
  return verdict((await againstSeals(seals, whole, parts)) ?? cutOff(witnesses, whole, parts))
}

/**
 * An exported file by itself: its rows, in its chain, up to its head.
 *
 * @param {string} text
 * @returns {Verdict}
 */
export function verifyFile(text) {
  const chain = new Chain()
  /** @param {string | null} broken @param {string} [name] */
  const verdict = (broken, name = 'file') => ({
    rows: chain.head.seq,
    waiting: 0,
    heads: { [name]: chain.head },
    broken,
  })
  /** @type {any} */
  let file
  try {
    file = JSON.parse(text)
  } catch {
    return verdict('it is not JSON, or not all of it')
  }
  if (file?.format !== 'twinward-record' || file.version !== 1 || !Array.isArray(file.rows)) {
    return verdict('it is no record that this version can read')
  }
  const partnership = file.chain === 'programme' ? null : file.chain
  for (const [at, row] of file.rows.entries()) {
    const { seq, hash, ...content } = row ?? {}
    const wrong =
      content.partnership === partnership
        ? chain.add(seq, hash, content)
        : 'it belongs to another record'
    if (wrong) return verdict(`row ${at + 1} (${content.id}): ${wrong}`, file.chain)
  }
  const { head } = chain
  const isWhole = file.head?.seq === head.seq && file.head?.hash === head.hash
  return verdict(isWhole ? null : `the head in the file is not its last row`, file.chain)
}

/**
 * @param {readonly Witness[]} witnesses @param {Chain} whole @param {Chain} part @param {string} name
 */
function contradicted(witnesses, whole, part, name) {
  for (const { chain, seq, hash } of witnesses) {
    const at = chain === INSTALLATION ? whole : chain === name ? part : null
    if (at?.head.seq === seq && at.head.hash !== hash) {
      return `the head that was kept for number ${seq} of ${chain} was another one`
    }
  }
  return null
}

/** @param {readonly Witness[]} witnesses @param {Chain} whole @param {Map<string, Chain>} parts */
function cutOff(witnesses, whole, parts) {
  for (const { chain, seq } of witnesses) {
    const last = (chain === INSTALLATION ? whole : parts.get(chain))?.head.seq ?? 0
    if (last < seq) return `${chain} ends at number ${last}, but number ${seq} has been there`
  }
  return null
}

/**
 * @param {import('mongodb').Collection} seals @param {Chain} whole @param {Map<string, Chain>} parts
 */
async function againstSeals(seals, whole, parts) {
  const chains = new Map([[INSTALLATION, whole], ...parts])
  for await (const { _id, seq, hash } of seals.find()) {
    const head = chains.get(String(_id))?.head
    // what was sealed after the last look is beyond it
    if (head && (seq > head.seq || hash === head.hash)) continue
    return `the head kept for ${_id} is not its last row`
  }
  return null
}

/** @param {any} row @returns {import('./chain.js').Content} */
function contentOf({ _id, partnership, kind, by, subject, detail, at }) {
  return {
    id: String(_id),
    partnership: partnership ? String(partnership) : null,
    kind,
    by: by ? String(by) : null,
    subject,
    detail,
    at: at instanceof Date && !Number.isNaN(at.getTime()) ? at.toISOString() : String(at),
  }
}

/** @param {import('./chain.js').Content} content */
function partOf({ partnership }) {
  return partnership ?? 'programme'
}
