import type { RecordPage } from '../../../shared/audit'
import { isAppError } from '../../../shared/errors'
import type { Member } from '../../lib/route'
import type { RecordAsked } from './record-filters'

/**
 * What the page of a record shows; what was asked for stands in the form again.
 *
 * @param partnershipId null: the rows of no partnership
 */
export async function loadRecord(
  { actor, services, request }: Member,
  partnershipId: string | null,
): Promise<{ asked: RecordAsked; loaded: RecordPage | null }> {
  const query = new URL(request.url).searchParams
  const read = (name: keyof RecordAsked) => query.get(name)?.slice(0, 200) ?? ''
  const asked = {
    group: read('group'),
    by: read('by'),
    from: read('from'),
    to: read('to'),
    cursor: read('cursor'),
  }
  try {
    return { asked, loaded: await services.record.listRecord(actor, partnershipId, asked) }
  } catch (error) {
    if (!isAppError(error) || error.code !== 'invalid_input') throw error
    return { asked, loaded: null }
  }
}
