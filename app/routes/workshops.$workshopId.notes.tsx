import { z } from 'zod'
import { AppError } from '../../shared/errors'
import { Id } from '../../shared/ids'
import { toReading } from '../features/reading/reading-rows'
import { actionForAttendee, forAttendee } from '../lib/attendee-route'
import { asData } from '../lib/data-route'
import { parseForm } from '../lib/route'

/** Whose notes: everybody's, or those of a group. */
const Which = z.object({ group: Id.optional() })

/** The text of a workshop's notes as it is stored, row by row, for whoever attends it. */
export const loader = asData(
  forAttendee(async ({ actor, workshopId, services, request }) => {
    const { searchParams } = new URL(request.url)
    const which = Which.safeParse({ group: searchParams.get('group') ?? undefined })
    if (!which.success) throw new AppError('not_found')
    const { group } = which.data
    const at = [workshopId, group ? 'group' : 'notes', group] as const
    const { protocolId, content } = await services.workshopDocuments.readDocument(actor, ...at)
    const rows = toReading(content).rows.map(({ key, text }) => ({ key, text }))
    return Response.json({ protocolId, rows })
  }),
)

/** Begin the shared notes, or find them begun. */
export const action = asData(
  actionForAttendee(async ({ actor, workshopId, services, request }) => {
    await parseForm(request, z.object({ part: z.literal('notes') }))
    return Response.json(await services.workshopDocuments.beginDocument(actor, workshopId, 'notes'))
  }),
)
