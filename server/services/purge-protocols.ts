import type { ClientSession, Types } from 'mongoose'
import { Attention } from '../../models/attention'
import type { ProtocolRow } from '../../models/protocol'
import { Purge } from '../../models/purge'
import { Thread } from '../../models/thread'
import type { Actor } from '../../shared/actor'
import { deriveUnits } from '../../shared/editor/alignment'
import type { Language } from '../../shared/languages'
import { LANGUAGES, otherLanguage } from '../../shared/languages'
import { cutOutShortened } from '../../shared/patient-data/cut-out'
import type { Ports } from '../ports'
import { inOrder } from './in-order'
import { readThreadChanged } from './posting'
import { syncProtocolTexts } from './protocol-texts'
import { addressOf, findProtocol, toFact } from './protocols'
import { dropStaleExports, recordPurge, recordPurgeFact } from './purge-rows'
import { inTransaction } from './transaction'

type At = { protocol: string; unit?: string | undefined; lang?: Language | undefined }

/**
 * Take passages out of a protocol's text for ever: out of the document and all that is stored of it,
 * and then out of what was copied from it: the quotes of discussions, the lines of the home page, the
 * search. The record tells of it before anything is destroyed. Repeating it finishes what was cut off.
 *
 * @returns how many places held one
 * @throws AppError `not_found`, `forbidden`, `document_unavailable`
 */
export async function purgeProtocolText(
  ports: Ports,
  actor: Actor,
  partnershipId: string,
  { protocol, unit, lang }: At,
  passages: readonly string[],
): Promise<number> {
  const row = await findProtocol(actor, 'protocol:purge', protocol, partnershipId)
  const { _id, partnership } = row
  const place = { partnership, what: 'text' as const, of: _id, within: null }
  const subject = { protocol: String(_id), ...(unit ? { unit } : {}) }
  const intent: { id?: Types.ObjectId } = {}
  // before the text is touched: whoever is killed now has left word of it
  const begin = (found: number) =>
    inTransaction(async (session) => {
      const fields = { ...place, count: found, by: actor.userId, at: ports.clock.now() }
      const [row] = await Purge.create([{ ...fields, done: false }], { session })
      await recordPurgeFact(ports, actor, { ...place, subject }, found, session)
      if (row) intent.id = row._id
    })
  const wanted = (lang ? [lang] : LANGUAGES).flatMap((each) =>
    passages.map((text) => ({ lang: each, ...(unit ? { unit } : {}), text })),
  )
  const { removed } = await ports.live.purge(addressOf(row), wanted, begin)
  const { blocks, ledger } = await ports.live.read(addressOf(row))
  const units = deriveUnits(blocks, ledger)
  const cleaned = await inOrder(String(_id), () =>
    inTransaction(async (session) => {
      await syncProtocolTexts(row, units, session)
      const kept =
        (await cutAttention(row, passages, session)) + (await cutQuotes(row, passages, session))
      const count = removed + kept
      if (intent.id) await Purge.updateOne({ _id: intent.id }, { $set: { count } }, { session })
      else if (count > 0) await recordPurge(ports, actor, { ...place, subject }, count, session)
      // those that were cut off before are whole now, and were told of when they began
      const open = { partnership, of: _id, what: 'text' as const, done: false }
      await Purge.updateMany(open, { $set: { done: true } }, { session })
      return count
    }),
  )
  await announce(ports, row)
  return cleaned
}

/** Nobody is still at it after this, milliseconds. */
const CUT_OFF_MS = 15 * 60_000

/**
 * Purges whose process was killed are over, as far as that can be without the passages: the sync server
 * has finished the document, the record tells of them, archives made before go, and whoever sees the
 * gap is told. Quotes are cut when it is repeated.
 *
 * @returns how many there were
 */
export async function sweepPurges(ports: Pick<Ports, 'clock'>): Promise<number> {
  const before = new Date(ports.clock.now().getTime() - CUT_OFF_MS)
  const rows = await Purge.find({ done: false, at: { $lt: before } }).lean()
  for (const { _id, partnership } of rows) {
    await dropStaleExports(ports, partnership)
    await Purge.updateOne({ _id, partnership, done: false }, { $set: { done: true } })
  }
  return rows.length
}

async function cutAttention(
  { _id: protocol, partnership }: ProtocolRow,
  passages: readonly string[],
  session: ClientSession,
): Promise<number> {
  const rows = await Attention.find({ partnership, protocol, kind: 'drift' })
    .session(session)
    .lean()
  let count = 0
  for (const row of rows) {
    const lang = otherLanguage(row.needs)
    const [before, after] = [row.before, row.after].map((text) =>
      cutOutShortened(text, passages, lang),
    )
    if (!before || !after || before.count + after.count === 0) continue
    count += before.count + after.count
    const set = { before: before.text, after: after.text }
    await Attention.updateOne({ _id: row._id, partnership }, { $set: set }, { session })
  }
  return count
}

/** How paragraphs read when discussions about them were opened. */
async function cutQuotes(
  { _id, partnership }: ProtocolRow,
  passages: readonly string[],
  session: ClientSession,
): Promise<number> {
  const rows = await Thread.find({ partnership, 'anchor.protocol': _id }).session(session).lean()
  let count = 0
  for (const { _id: thread, anchor } of rows) {
    if (!anchor) continue
    const quote = { ...anchor.quote }
    let found = 0
    for (const lang of LANGUAGES) {
      const cut = cutOutShortened(quote[lang] ?? '', passages, lang)
      found += cut.count
      if (cut.count > 0) quote[lang] = cut.text
    }
    if (found === 0) continue
    count += found
    const set = { $set: { 'anchor.quote': quote }, $inc: { rev: 1 } }
    await Thread.updateOne({ _id: thread, partnership }, set, { session })
  }
  return count
}

async function announce({ bus }: Ports, row: ProtocolRow): Promise<void> {
  const { _id, partnership } = row
  bus.publish('protocol:changed', await toFact(row))
  const threads = await Thread.find({ partnership, 'anchor.protocol': _id }, { _id: 1 }).lean()
  for (const { _id: thread } of threads) {
    const changed = await readThreadChanged({ partnership, thread })
    if (changed) bus.publish('thread:changed', changed)
  }
}
