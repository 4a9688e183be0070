import { randomUUID } from 'node:crypto'
import type { OutcomesPage } from '../../../shared/outcome-views'
import { OutcomeChange } from '../../../shared/schemas/outcomes'
import { type Member, parseForm } from '../../lib/route'

export type KeyedOutcomes = ReturnType<typeof withKeys>

/** The page with a key for each of its forms: sent twice, each makes its thing once. */
export function withKeys(page: OutcomesPage) {
  return {
    ...page,
    addKey: randomUUID(),
    protocolKey: randomUUID(),
    notes: page.notes.map((line) => ({
      ...line,
      keys: { decision: randomUUID(), task: randomUUID(), thread: randomUUID() },
    })),
    unanswered: page.unanswered.map((question) => ({ question, key: randomUUID() })),
  }
}

/**
 * What the forms of the outcomes page do.
 *
 * @returns the page that is shown then, within the partnership's
 * @throws AppError as the services
 */
export async function changeOutcomes(
  { actor, services: { outcomes }, request }: Member,
  { workshopId, partnershipId }: { workshopId: string; partnershipId: string },
): Promise<string> {
  const change = await parseForm(request, OutcomeChange)
  const here = `workshops/${workshopId}/outcomes`
  const at = [actor, workshopId] as const
  switch (change.intent) {
    case 'add':
      await outcomes.addOutcome(...at, change, partnershipId)
      // back to the paragraph it was made from
      return change.unit ? `${here}#note-${change.unit}` : here
    case 'assign':
      await outcomes.assignOutcome(...at, change, partnershipId)
      return here
    case 'done':
    case 'open':
      await outcomes.settleOutcome(...at, change, partnershipId)
      return here
    case 'remove':
      await outcomes.removeOutcome(...at, change, partnershipId)
      return here
    case 'thread': {
      const { threadId } = await outcomes.threadFrom(...at, change, partnershipId)
      return `discussions/${threadId}`
    }
    case 'protocol': {
      const { protocolId } = await outcomes.protocolFrom(...at, change, partnershipId)
      return `protocols/${protocolId}`
    }
  }
}
