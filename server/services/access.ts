import type { Actor } from '../../shared/actor'
import { AppError } from '../../shared/errors'
import {
  can,
  grantFor,
  mayKnowOf,
  type Operation,
  type Subject,
  standingOf,
} from '../../shared/policy'

/**
 * Ask the policy and refuse in one voice: a stranger learns nothing (`not_found`), a member is told
 * (`forbidden`). What is hidden until published does not exist for those who only read what is.
 *
 * @throws AppError `unauthenticated`, `not_found`, `forbidden`
 */
export function demand(actor: Actor, operation: Operation, subject: Subject): void {
  if (can(actor, operation, subject)) return
  const hidden = grantFor(standingOf(actor, subject.partnershipId), operation) === 'p'
  throw new AppError(mayKnowOf(actor, subject.partnershipId) && !hidden ? 'forbidden' : 'not_found')
}

/**
 * One's own account is managed by whoever signed in, or by a token made for it; never somebody else's.
 *
 * @throws AppError `forbidden`
 */
export function demandSelf(actor: Actor): void {
  if (!can(actor, 'self:manage', { partnershipId: '' })) throw new AppError('forbidden')
}
