import { type ClientSession, type PipelineStage, Types } from 'mongoose'
import type { WorkshopRow } from '../../models/workshop'
import { type VoteRow, WorkshopTally, type WorkshopTallyRow } from '../../models/workshop-tally'
import type { OwnMarks, TallyView } from '../../shared/room-views'
import type { Ports } from '../ports'
import { together } from './together'
import { voterOf } from './workshop-voters'

/** What has been acknowledged is on disk: a server that is killed in the middle of a poll loses no vote. */
const DURABLE = { writeConcern: { w: 'majority', j: true } } as const

type Place = { _id: Types.ObjectId; partnership: Types.ObjectId; workshop: Types.ObjectId }

/** Open or close what counts the votes of an item, in the transaction of its change; made when first opened. */
export async function setTally(
  { _id, partnership, workshop }: Place,
  kind: 'poll' | 'question',
  open: boolean,
  session: ClientSession,
): Promise<void> {
  await WorkshopTally.updateOne(
    { _id, partnership, workshop },
    { $set: { open }, $setOnInsert: { kind } },
    { session, upsert: open, setDefaultsOnInsert: true },
  )
}

/**
 * Count a vote in one atomic change that asks whether the tally is open and whether its voter is new.
 *
 * @returns was it counted? If not it is closed, or they have voted.
 */
export async function countVote(
  { _id, partnership }: Place,
  vote: VoteRow,
  session?: ClientSession,
): Promise<boolean> {
  const { matchedCount } = await WorkshopTally.updateOne(
    { _id, partnership, open: true, 'votes.voter': { $ne: vote.voter } },
    { $push: { votes: vote }, $inc: { rev: 1 } },
    session ? { session } : DURABLE,
  )
  return matchedCount > 0
}

/** Put another vote in the place of their first, while it is open. */
export async function replaceVote(
  { _id, partnership }: Place,
  vote: VoteRow,
  session?: ClientSession,
): Promise<boolean> {
  const { matchedCount } = await WorkshopTally.updateOne(
    { _id, partnership, open: true, 'votes.voter': vote.voter },
    { $set: { 'votes.$': vote }, $inc: { rev: 1 } },
    session ? { session } : DURABLE,
  )
  return matchedCount > 0
}

/** Take a vote back, while it is open. */
export async function withdrawVote({ _id, partnership }: Place, voter: string): Promise<boolean> {
  const { matchedCount } = await WorkshopTally.updateOne(
    { _id, partnership, open: true, 'votes.voter': voter },
    { $pull: { votes: { voter } }, $inc: { rev: 1 } },
    DURABLE,
  )
  return matchedCount > 0
}

/** Take these words out of every vote that has them. @returns were there any? */
export async function blankVotes(
  { _id, partnership }: Place,
  text: string,
  session: ClientSession,
): Promise<boolean> {
  const { modifiedCount } = await WorkshopTally.updateOne(
    { _id, partnership, 'votes.text': text },
    { $set: { 'votes.$[said].text': '' }, $inc: { rev: 1 } },
    { session, arrayFilters: [{ 'said.text': text }] },
  )
  return modifiedCount > 0
}

/** Somebody's vote as it is counted, if they have one. */
export async function voteOf({ _id, partnership }: Place, voter: string): Promise<VoteRow | null> {
  const which = { _id, partnership, votes: { $elemMatch: { voter } } }
  const row = await WorkshopTally.findOne(which, { 'votes.$': 1 }).lean()
  return row?.votes[0] ?? null
}

/** Counts of a room's questions and polls, for whoever comes in or back; for all of them together. */
export function tallyViews({
  _id,
  partnership,
}: Pick<WorkshopRow, '_id' | 'partnership'>): Promise<readonly TallyView[]> {
  return together(`tallies of ${_id}`, () =>
    viewsOf({ partnership, workshop: _id, kind: { $ne: 'pulse' } }),
  )
}

/**
 * Counts of these items; what has none is left out. Asked after `workshop:voted`, gathered: many votes
 * are one fact.
 */
export function readTallies(ids: readonly (Types.ObjectId | string)[]): Promise<TallyView[]> {
  return viewsOf({ _id: { $in: ids.map((id) => new Types.ObjectId(id)) } })
}

/** Counted in the database: the votes themselves stay there. */
async function viewsOf(filter: PipelineStage.Match['$match']): Promise<TallyView[]> {
  const rows = await WorkshopTally.aggregate<{ _id: Types.ObjectId; rev: number; count: number }>([
    { $match: filter },
    { $project: { rev: 1, count: { $size: '$votes' } } },
  ])
  return rows.map(({ _id, rev, count }) => ({ id: String(_id), rev, count }))
}

/**
 * What a participant has answered and voted for themselves.
 *
 * @param tallies all of the room
 */
export async function ownMarks(
  ports: Pick<Ports, 'secrets'>,
  workshop: Pick<WorkshopRow, '_id' | 'partnership'>,
  participant: Types.ObjectId,
  tallies: readonly TallyView[],
): Promise<OwnMarks> {
  if (tallies.length === 0) return { answers: {}, upvoted: [] }
  const at = { partnership: workshop.partnership, workshop: workshop._id }
  // each is of one tally alone, so that all of them may be asked for in one question
  const voters = tallies.map(({ id }) => voterOf(ports, id, participant))
  const mine = { voter: { $in: voters } }
  const rows = await WorkshopTally.find(
    { ...at, votes: { $elemMatch: mine } },
    { kind: 1, votes: { $elemMatch: mine } },
  ).lean()
  return {
    answers: Object.fromEntries(rows.flatMap((row) => (row.kind === 'poll' ? answerIn(row) : []))),
    upvoted: rows.flatMap(({ _id, kind }) => (kind === 'question' ? String(_id) : [])),
  }
}

function answerIn({ _id, votes }: Pick<WorkshopTallyRow, '_id' | 'votes'>) {
  const [vote] = votes
  return vote ? [[String(_id), { choices: vote.choices, text: vote.text }] as const] : []
}
