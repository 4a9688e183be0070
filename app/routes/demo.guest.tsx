import { AppError } from '../../shared/errors'
import { cameIn } from '../features/entering/entering.server'
import { actionForAnyone } from '../lib/route'

/** One click makes a visitor of the demonstration the guest of its workshop. */
export const action = actionForAnyone(async (asked) => {
  if (!asked.demo) throw new AppError('not_found')
  return cameIn(asked, await asked.services.workshopGuests.beginDemoGuest())
})
