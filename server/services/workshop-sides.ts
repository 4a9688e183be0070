import type { Actor } from '../../shared/actor'
import type { LocalizedText } from '../../shared/languages'
import type { Ports } from '../ports'
import { placesOf } from './guest-links'
import { findWorkshop } from './workshop-access'

/**
 * Both sides of a workshop, for their clocks; guests have no workspace to know them from.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listSides(
  _ports: Ports,
  actor: Actor,
  workshopId: string,
): Promise<readonly { place: LocalizedText; timeZone: string }[]> {
  return placesOf((await findWorkshop(actor, workshopId)).partnership)
}
