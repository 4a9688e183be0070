import type { ClientSession, Types } from 'mongoose'
import { Certificate, type CertificateRow } from '../../models/certificate'
import { WorkshopPromise } from '../../models/workshop-promise'
import type { Ports } from '../ports'
import { revokeIn } from './certificate-revoking'

/** Of which workshop, from whose place to whose. */
export type Move = {
  partnership: Types.ObjectId
  workshop: Types.ObjectId
  from: Types.ObjectId
  to: Types.ObjectId
}

/**
 * One certificate and one promise a person: what hangs on a guest's place goes to the member's, in the
 * transaction that joins the two. Nothing valid is lost, and nothing is left where nobody finds it.
 */
export async function movePapers(
  ports: Pick<Ports, 'clock'>,
  move: Move,
  session: ClientSession,
): Promise<void> {
  await moveCertificate(ports, move, session)
  await movePromise(move, session)
}

/** A valid one of the member's own stays; one that was taken back gives way to the guest's valid one. */
async function moveCertificate(
  ports: Pick<Ports, 'clock'>,
  { partnership, workshop, from, to }: Move,
  session: ClientSession,
): Promise<void> {
  const of = { partnership, workshop }
  const theirs = await Certificate.findOne({ ...of, participant: from })
    .session(session)
    .lean()
  if (!theirs) return
  const mine = await Certificate.findOne({ ...of, participant: to })
    .session(session)
    .lean()
  if (!mine) {
    const set = { $set: { participant: to } }
    await Certificate.updateOne({ _id: theirs._id, partnership }, set, { session })
  } else if (!mine.revokedAt) {
    await revokeIn(ports, { partnership, _id: workshop }, from, null, session)
  } else if (!theirs.revokedAt) {
    const { code, name, title, hours, date, issuedAt, issuedBy, former = [] } = theirs
    const set = { code, name, title, hours, date, issuedAt, issuedBy, revokedAt: null }
    const push = { former: { $each: [...former, asFormer(mine)] } }
    // first: of each code there is one
    await Certificate.deleteOne({ _id: theirs._id, partnership }, { session })
    await Certificate.updateOne(
      { _id: mine._id, partnership },
      { $set: set, $push: push },
      { session },
    )
  }
}

/** What was taken back goes on being found by the code that is printed on it. */
function asFormer({ code, name, title, hours, date }: CertificateRow) {
  return { code, name, title, hours, date }
}

/** Where there are two, the member's says both, and they are asked of it at its time. */
async function movePromise(
  { partnership, workshop, from, to }: Move,
  session: ClientSession,
): Promise<void> {
  const of = { partnership, workshop }
  const theirs = await WorkshopPromise.findOne({ ...of, participant: from })
    .session(session)
    .lean()
  if (!theirs) return
  const mine = await WorkshopPromise.findOne({ ...of, participant: to })
    .session(session)
    .lean()
  if (!mine) {
    const set = { $set: { participant: to } }
    await WorkshopPromise.updateOne({ _id: theirs._id, partnership }, set, { session })
    return
  }
  const set = {
    text: both(mine.text, theirs.text),
    answer: both(mine.answer, theirs.answer),
    outcome: mine.outcome ?? theirs.outcome,
    answeredAt: mine.answeredAt ?? theirs.answeredAt,
  }
  await WorkshopPromise.deleteOne({ _id: theirs._id, partnership }, { session })
  await WorkshopPromise.updateOne({ _id: mine._id, partnership }, { $set: set }, { session })
}

function both(mine: string, theirs: string): string {
  if (mine === theirs) return mine
  return [mine, theirs].filter((text) => text !== '').join('\n\n')
}
