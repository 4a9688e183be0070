import { Mark } from '../../models/mark'
import { Partnership } from '../../models/partnership'
import { Protocol, type ProtocolRow } from '../../models/protocol'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import type { PresenceIdentity } from '../../shared/collab/wire'
import { countUnits, deriveUnits, type UnitStatus } from '../../shared/editor/alignment'
import { readLedger } from '../../shared/editor/blocks'
import type { Ledger, LiveContent } from '../../shared/editor/content'
import { ledgerKey, writeMark } from '../../shared/editor/ledger'
import { unitNumbers } from '../../shared/editor/page-rows'
import { AppError } from '../../shared/errors'
import { type Language, otherLanguage } from '../../shared/languages'
import { can } from '../../shared/policy'
import type { MarkInSync } from '../../shared/schemas/protocols'
import type { Ports, RoomAddress } from '../ports'
import {
  type AuthorsOf,
  compareAttention,
  driftNotices,
  type Editing,
  type EditingOf,
  isNoted,
  noteAttention,
  withdrawDrifts,
} from './attention'
import { noteDraftView } from './audit-drafts'
import { inOrder } from './in-order'
import { toPresence } from './names'
import { announceNotices, recordNotices } from './notify'
import { forgetHashes, keepMark } from './protocol-purge'
import { syncProtocolTexts } from './protocol-texts'
import { addressOf, findProtocol, subjectOf, toFact } from './protocols'
import { inTransaction } from './transaction'

/** What a socket may do in a protocol's room, and whose face it shows. */
export type Admission = {
  at: RoomAddress
  /** May change the text. */
  write: boolean
  /** May show a caret. */
  cursor: boolean
  identity: PresenceIdentity
}

/**
 * Decide at the door of the live document; asked again whenever access changes.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function admitToProtocol(
  ports: Ports,
  actor: Actor,
  protocolId: string,
): Promise<Admission> {
  const row = await findProtocol(actor, 'collab:join', protocolId)
  const subject = subjectOf(row)
  const sideId = actor.memberships.find((m) => m.partnershipId === subject.partnershipId)?.sideId
  const [user, partnership] = await Promise.all([
    User.findById(actor.userId).lean(),
    Partnership.findById(row.partnership, { sides: 1 }).lean(),
  ])
  if (!user || !partnership) throw new AppError('not_found')
  const tone = partnership.sides.find((side) => String(side._id) === sideId)?.tone ?? 'a'
  await noteDraftView(ports, actor, row)
  return {
    at: addressOf(row),
    write: can(actor, 'collab:write', subject),
    cursor: can(actor, 'collab:send-cursor', subject),
    identity: toPresence(user, tone),
  }
}

/**
 * Record that a unit's two texts agree as the person saw them. A repeated `clientKey` answers as the
 * first time did.
 *
 * @throws AppError `text_moved` with the current hashes if either text has changed meanwhile;
 *   `not_found`, `forbidden`; `own_review` if one reviews what one marked oneself
 */
export async function markInSync(
  { live, clock }: Ports,
  actor: Actor,
  protocolId: string,
  input: MarkInSync,
  partnershipId?: string,
): Promise<{ unit: string }> {
  const operation = input.state === 'reviewed' ? 'translation:review' : 'translation:mark-in-sync'
  const row = await findProtocol(actor, operation, protocolId, partnershipId)
  const known = await Mark.exists({ by: actor.userId, clientKey: input.clientKey })
  if (known) return { unit: input.unit }

  const at = clock.now()
  const user = await User.findById(actor.userId).lean()
  if (!user) throw new AppError('unauthenticated')
  await live.edit(addressOf(row), (doc) => {
    if (input.state === 'reviewed') refuseOwnReview(readLedger(doc), input, actor)
    writeMark(doc, {
      unit: input.unit,
      from: input.from,
      to: input.to,
      state: input.state,
      by: actor.userId,
      at: at.toISOString(),
      expectedSrc: input.sourceHash,
      expectedTgt: input.targetHash,
    })
  })
  await keepMark(row, actor, input, at)
  return { unit: input.unit }
}

/** Four eyes: a review is somebody else's, whichever direction it is said in. */
function refuseOwnReview(ledger: Ledger, { unit, from, to }: MarkInSync, actor: Actor): void {
  const entries = [ledger[ledgerKey(unit, from, to)], ledger[ledgerKey(unit, to, from)]]
  if (entries.some((entry) => entry?.state === 'translated' && entry.by === actor.userId)) {
    throw new AppError('own_review')
  }
}

/** Who wrote in a live document, as it knows by its clients and by what they sent. */
export type Writers = {
  authorsOf?: AuthorsOf
  /** Who last changed a unit's text in that language, and when, as far as it is remembered. */
  editorOf?: (unit: string, lang: Language) => Editing | undefined
  /** The row of the document's log after which it was seen; several processes may have it open. */
  seq?: number
  /** The generation whose log that is; a purge of patient data begins a new one. */
  gen?: number
}

/**
 * Note how a protocol's units stand after its document has been committed, so that lists, the home
 * page and the search show it without opening the document; announce it, and tell those who wrote or
 * reviewed a paragraph that the other language has left behind. One at a time for each protocol, and
 * never an older state over a newer one, whichever process saw it.
 *
 * @param by the last editor, or null when the server itself changed the document
 * @param writers of what; asked only when a unit has newly drifted
 */
export function noteSettled(
  ports: Ports,
  at: RoomAddress,
  content: LiveContent,
  by: { userId: string; at: Date } | null,
  writers: Writers = {},
): Promise<void> {
  return inOrder(at.room, () => note(ports, at, content, by, writers))
}

const NOTED = { counts: 1, notedSeq: 1, notedGen: 1, workshop: 1 } as const

async function note(
  ports: Ports,
  at: RoomAddress,
  content: LiveContent,
  by: { userId: string; at: Date } | null,
  writers: Writers,
): Promise<void> {
  const units = deriveUnits(content.blocks, content.ledger)
  const which = { _id: at.room, partnership: at.partnership }
  // again while another process notes an older or the same state between the comparison and the writing
  for (;;) {
    const before = await Protocol.findOne(which, NOTED).lean()
    if (!before || isOlder(writers, before)) return
    if (await noteSince(before, ports, at, { content, units }, by, writers)) return
  }
}

/** What another generation said is older than anything that this one says. */
function isOlder(
  { seq = Number.POSITIVE_INFINITY, gen }: Writers,
  { notedSeq = 0, notedGen = 1 }: Pick<ProtocolRow, 'notedSeq' | 'notedGen'>,
): boolean {
  if (gen !== undefined && gen !== notedGen) return gen < notedGen
  return notedSeq > seq
}

/** @returns whether it was written: not if something else was noted since `before` was read */
async function noteSince(
  before: Pick<ProtocolRow, '_id' | 'counts' | 'notedSeq' | 'notedGen' | 'workshop'>,
  { bus, clock }: Ports,
  at: RoomAddress,
  { content, units }: { content: LiveContent; units: readonly UnitStatus[] },
  by: { userId: string; at: Date } | null,
  { authorsOf, editorOf, seq, gen = before.notedGen ?? 1 }: Writers,
): Promise<boolean> {
  const change = await compareAttention(at, units, unitNumbers(content.blocks))
  const now = clock.now()
  const editingOf: EditingOf = ({ unit, needs }) =>
    (unit === null ? undefined : editorOf?.(unit, otherLanguage(needs))) ??
    by ?? { userId: null, at: now }
  // a document from before drifts were noted one by one: what is old is no news
  const isAnew = gen !== (before.notedGen ?? 1)
  // notes of a workshop are nobody's task, and not among the protocols
  const isProtocol = !before.workshop
  const isNews =
    isProtocol &&
    !isAnew &&
    change.fresh.length > 0 &&
    (before.counts.drifted === 0 || (await isNoted(at)))
  const notices = isNews ? await driftNotices(at, change, editingOf, authorsOf) : []
  const edited = by ? { editedAt: by.at, editedBy: by.userId } : {}
  const seen = seq === undefined ? {} : { notedSeq: seq, ...(gen > 1 && { notedGen: gen }) }
  const noted = await inTransaction(async (session) => {
    const row = await Protocol.findOneAndUpdate(
      {
        _id: at.room,
        partnership: at.partnership,
        notedSeq: before.notedSeq ?? null,
        notedGen: before.notedGen ?? null,
      },
      { $set: { counts: countUnits(units), ...edited, ...seen } },
      { session, returnDocument: 'after' },
    ).lean()
    if (!row) return null
    if (isProtocol) await noteAttention(at, change, editingOf, session)
    const relieved = await withdrawDrifts(at, change, units, session)
    const told = await recordNotices(notices, session)
    await syncProtocolTexts(row, units, session)
    if (isAnew) await forgetHashes(at, content.ledger, session)
    return { row, relieved, told }
  })
  if (!noted) return false
  announceNotices(bus, noted.told)
  for (const userId of noted.relieved) {
    bus.publish('notifications:changed', { userId, notificationId: null })
  }
  const { _id, workshop } = noted.row
  if (workshop) {
    bus.publish('workshop:notes', { workshopId: String(workshop), protocolId: String(_id) })
  } else {
    bus.publish('protocol:changed', await toFact(noted.row))
  }
  return true
}
