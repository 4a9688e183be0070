import type { Types } from 'mongoose'
import type { Ports } from '../ports'

/**
 * Who votes, as a tally keeps it: the same person is the same in one tally and somebody else in every
 * other one, and nobody who reads the database alone can tell who it is.
 *
 * @param tally its id; of the pulse with the sign
 * @param participant their place in the workshop
 */
export function voterOf(
  { secrets }: { secrets: Pick<Ports['secrets'], 'digest'> },
  tally: Types.ObjectId | string,
  participant: Types.ObjectId,
): string {
  return secrets.digest(String(participant), `workshop vote: ${tally}`)
}
