import { randomBytes } from 'node:crypto'
import { AppError } from '../../shared/errors'
import { MEASURE_BYTES } from '../../shared/guests'
import { actionForAnyAttendee, forAnyAttendee } from '../lib/attendee-route'

/** Bytes that nothing makes smaller, for the check of a line. */
export const loader = forAnyAttendee(async ({ request }) => {
  const wanted = new URL(request.url).searchParams.get('bytes')
  const size = Object.entries(MEASURE_BYTES).find(([name]) => name === wanted)?.[1]
  if (size === undefined) throw new AppError('not_found')
  return new Response(randomBytes(size), { headers: HEAD })
})

/** Takes as many and keeps none. */
export const action = actionForAnyAttendee(async ({ request }) => {
  const declared = Number(request.headers.get('content-length'))
  // a length is asked for, so that nothing larger is read
  if (!(declared > 0 && declared <= MEASURE_BYTES.many)) throw new AppError('too_large')
  await request.arrayBuffer()
  return new Response(null, { status: 204, headers: HEAD })
})

const HEAD = { 'Content-Type': 'application/octet-stream', 'Cache-Control': 'no-store' }
