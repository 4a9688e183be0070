import { redirect } from '@remix-run/node'
import type { Actor } from '../../shared/actor'
import { AppError, isAppError } from '../../shared/errors'
import { type Anyone, actionForAnyone, forAnyone, idParam } from './route'

/** Somebody of the workshop in the address: a member of the partnership or a guest. */
export type Attendee = Anyone & { actor: Actor; workshopId: string }

/**
 * A loader of a page of one workshop, for members and its guests alike. Nobody is sent to the page
 * where one comes in; a guest who has not been let in yet, to where one waits.
 */
export function forAttendee<T>(load: (asked: Attendee) => Promise<T>) {
  return forAnyone((asked) => loadFor(asked, load))
}

/**
 * A loader of what a link leads to that is no page, a file or a place elsewhere: no page of ours is
 * around it, so what is refused is a page of its own.
 */
export function forAttendeeLink(load: (asked: Attendee) => Promise<Response>) {
  return linkFor(load, attending)
}

/** The same for what is one's own, whatever one has become since: the service asks whose it is. */
export function forOwnLink(load: (asked: Attendee) => Promise<Response>) {
  return linkFor(load, owning)
}

function linkFor(
  load: (asked: Attendee) => Promise<Response>,
  who: (asked: Anyone) => Promise<Attendee>,
) {
  return forAnyone(async (asked) => {
    try {
      return await loadFor(asked, load, who)
    } catch (error) {
      if (error instanceof Response) throw error
      const refusal = isAppError(error) ? error : new AppError('unexpected')
      if (error !== refusal) asked.log.error({ err: error, id: asked.requestId }, 'link failed')
      // to whoever is not of the workshop there is none
      if (refusal.code === 'not_found') return asked.refuse(refusal)
      const to = `/workshops/${asked.params.workshopId}`
      return asked.refuse(refusal, { to, label: 'page.toWorkshop' })
    }
  })
}

async function loadFor<T>(
  asked: Anyone,
  load: (asked: Attendee) => Promise<T>,
  who: (asked: Anyone) => Promise<Attendee> = attending,
): Promise<T> {
  const attendee = await who(asked)
  try {
    return await load(attendee)
  } catch (error) {
    // a member whom the room keeps waiting
    if (!isAppError(error) || error.code !== 'in_waiting_room') throw error
    throw redirect(`/workshops/${attendee.workshopId}/waiting`)
  }
}

/** An action of a page of one workshop; what the form can mend comes back to it with its text kept. */
export function actionForAttendee<T>(act: (asked: Attendee) => Promise<T>) {
  return actionForAnyone(async (asked) => act(await attending(asked)))
}

/** The same for pages that are there for those outside too: one's own waiting. */
export function forAnyAttendee<T>(load: (asked: Attendee) => Promise<T>) {
  return forAnyone(async (asked) => load(await known(asked)))
}

/** The same for what those outside may send: bytes to measure their line by. */
export function actionForAnyAttendee<T>(act: (asked: Attendee) => Promise<T>) {
  return actionForAnyone(async (asked) => act(await known(asked)))
}

async function attending(asked: Anyone): Promise<Attendee> {
  const attendee = await known(asked)
  if (!attendee.actor.guest?.outside) return attendee
  if (asked.request.method !== 'GET') throw new AppError('in_waiting_room')
  throw redirect(`/workshops/${attendee.workshopId}/waiting`)
}

async function owning(asked: Anyone): Promise<Attendee> {
  try {
    return await attending(asked)
  } catch (error) {
    if (!asked.actor || !isAppError(error) || error.code !== 'not_found') throw error
    return { ...asked, actor: asked.actor, workshopId: idParam(asked.params, 'workshopId') }
  }
}

async function known(asked: Anyone): Promise<Attendee> {
  const workshopId = idParam(asked.params, 'workshopId')
  try {
    return { ...asked, actor: await asked.attendeeFor(workshopId), workshopId }
  } catch (error) {
    if (!isAppError(error) || error.code !== 'unauthenticated') throw error
    if (asked.request.method !== 'GET') throw error
    throw redirect(`/workshops/${workshopId}/enter`)
  }
}
