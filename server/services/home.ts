import { Partnership } from '../../models/partnership'
import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import type { HomeView, PersonView } from '../../shared/views'
import type { Ports } from '../ports'
import { demand } from './access'
import { readChanges, readResume } from './home-changes'
import { type Unnamed, type WaitingRow, waitingForMe, waitingForOthers } from './home-waiting'
import { peopleById } from './people'
import { tongueOf } from './side-language'
import { noteVisit } from './visits'

/** What a first visit shows of the past, milliseconds. */
const FIRST_MS = 7 * 24 * 3_600_000

/**
 * What matters to the actor in a partnership now: what waits for them, what waits for the other side,
 * what changed since their last visit. Opens no document and scans no list. Looking is a visit.
 *
 * @throws AppError `not_found`
 */
export async function readHome(
  { clock }: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<HomeView> {
  demand(actor, 'partnership:see', { partnershipId })
  const row = await Partnership.findById(partnershipId, { slug: 1, sides: 1 }).lean()
  if (!row) throw new AppError('not_found')
  const now = clock.now()
  const [since, tongue] = await Promise.all([
    noteVisit(actor, partnershipId, now),
    tongueOf(actor, row),
  ])
  const at = { actor, partnership: row, tongue }
  const [forMe, forOthers, changes, resume] = await Promise.all([
    waitingForMe(at),
    waitingForOthers(at),
    readChanges(actor, partnershipId, since ?? new Date(now.getTime() - FIRST_MS)),
    readResume(actor, partnershipId),
  ])
  const people = can(actor, 'member:list', { partnershipId })
    ? await peopleById(
        partnershipId,
        [...forMe, ...forOthers, ...changes].map((item) => byOf(item)),
      )
    : // an observer knows of the partnership, not of its people
      new Map<string, PersonView>()
  return {
    waitingForMe: forMe.map((item) => named(item, people)),
    waitingForOthers: forOthers.map((item) => named(item, people)),
    since: since?.toISOString() ?? null,
    changes: changes.map((item) => ({ ...item, by: personOf(item.by, people) })),
    resume,
  }
}

function byOf(item: Unnamed<{ by: PersonView | null }> | WaitingRow) {
  return 'by' in item ? item.by : null
}

function named(item: WaitingRow, people: ReadonlyMap<string, PersonView>) {
  return item.kind === 'missing' ? item : { ...item, by: personOf(item.by, people) }
}

function personOf(id: string | null, people: ReadonlyMap<string, PersonView>): PersonView | null {
  return id === null ? null : (people.get(id) ?? null)
}
