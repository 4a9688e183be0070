import { z } from 'zod'
import { isAppError } from '../../shared/errors'
import { RoomAct } from '../../shared/schemas/workshop-room'
import { actionForAnyone, idParam, parseForm } from '../lib/route'

/** Bytes of one act as JSON; the longest case is less. */
const ACT_MAX = 20_000

const Act = z.object({
  act: z
    .string()
    .max(ACT_MAX)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        context.addIssue({ code: 'custom', message: 'json' })
        return z.NEVER
      }
    })
    .pipe(RoomAct),
})

/**
 * Do something in a room. A route without a page: a live room posts here and stays as it is, so refusals
 * are answered as data too.
 */
export const action = actionForAnyone(
  async ({ attendeeFor, services, params, request, retryAfter }) => {
    try {
      const workshopId = idParam(params, 'workshopId')
      const actor = await attendeeFor(workshopId)
      const { act } = await parseForm(request, Act)
      return Response.json(await services.workshopRoom.act(actor, workshopId, act))
    } catch (error) {
      if (!isAppError(error)) throw error
      const { code, detail, status } = error
      if (detail.seconds) retryAfter(detail.seconds)
      return Response.json({ code, detail }, { status })
    }
  },
)
