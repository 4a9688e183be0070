import type { Connection } from 'mongoose'
import { RateLimiterMemory, RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '../../shared/errors'
import type { LimitRule, Limits } from '../ports'

/** Attempts allowed per key within a time, in seconds. Generous to a clinic behind one address. */
const RULES = {
  // passwords tried on one account from one address
  'sign-in-account': { points: 10, duration: 15 * 60 },
  'sign-in-address': { points: 60, duration: 15 * 60 },
  // passwords tried on one account from everywhere: a code by mail is the way in meanwhile
  'sign-in-guesses': { points: 100, duration: 15 * 60 },
  // tries of a second factor: of a sign-in per account and address, of a proof within one per session
  'second-factor': { points: 10, duration: 15 * 60 },
  // the same per account, from everywhere: a passkey is the way in meanwhile
  'second-factor-account': { points: 50, duration: 15 * 60 },
  // codes and links asked for, per account and address they are asked from
  'mail-code': { points: 5, duration: 15 * 60 },
  'mail-code-day': { points: 15, duration: 24 * 60 * 60 },
  // the same per account: a mailbox is not flooded, and it takes several addresses to use that up
  'mail-code-account': { points: 60, duration: 24 * 60 * 60 },
  // codes and links asked for, per address they are asked from
  'mail-address': { points: 30, duration: 15 * 60 },
  // openings of invitations, per address they are opened from
  join: { points: 60, duration: 15 * 60 },
  // invitations of guests sent again, per workshop and e-mail address
  'guest-code': { points: 5, duration: 15 * 60 },
  // guesses at the links of guests, per network address
  'guest-code-address': { points: 60, duration: 15 * 60 },
  // codes of guests, per workshop and network address: a hall of hundreds comes in behind one, in minutes;
  // each letter box is counted for itself
  'guest-code-hall': { points: 600, duration: 15 * 60 },
  // certificates and reports laid out, per person
  paper: { points: 300, duration: 60 * 60 },
  // codes of certificates looked up, per network address
  certificate: { points: 60, duration: 15 * 60 },
  // invitations sent, per coordinator
  invite: { points: 200, duration: 60 * 60 },
  export: { points: 10, duration: 60 * 60 },
  // requests of one personal token
  api: { points: 600, duration: 60 },
  post: { points: 60, duration: 60 },
  // acts of one person in the room of a workshop: fast typing, turning pages
  room: { points: 120, duration: 60 },
  write: { points: 120, duration: 60 },
  upload: { points: 60, duration: 10 * 60 },
  search: { points: 120, duration: 60 },
  // writes of everybody behind one network address, counted by each process for itself
  'address-write': { points: 1_200, duration: 60 },
} as const satisfies Record<LimitRule, { points: number; duration: number }>

/** Limits counted in MongoDB, so that several processes count together; in memory while it is away. */
export function createMongoLimits(connection: Connection): Limits {
  const client = connection.getClient()
  const limiterOf = (rule: LimitRule) =>
    new RateLimiterMongo({
      storeClient: client,
      dbName: connection.name,
      tableName: 'rate_limits',
      keyPrefix: rule,
      ...RULES[rule],
      insuranceLimiter: new RateLimiterMemory({ keyPrefix: rule, ...RULES[rule] }),
    })
  const limiters: Record<LimitRule, RateLimiterMongo | RateLimiterMemory> = {
    'sign-in-account': limiterOf('sign-in-account'),
    'sign-in-address': limiterOf('sign-in-address'),
    'sign-in-guesses': limiterOf('sign-in-guesses'),
    'second-factor': limiterOf('second-factor'),
    'second-factor-account': limiterOf('second-factor-account'),
    'mail-code': limiterOf('mail-code'),
    'mail-code-day': limiterOf('mail-code-day'),
    'mail-code-account': limiterOf('mail-code-account'),
    'mail-address': limiterOf('mail-address'),
    join: limiterOf('join'),
    'guest-code': limiterOf('guest-code'),
    'guest-code-address': limiterOf('guest-code-address'),
    'guest-code-hall': limiterOf('guest-code-hall'),
    certificate: limiterOf('certificate'),
    paper: limiterOf('paper'),
    invite: limiterOf('invite'),
    export: limiterOf('export'),
    api: limiterOf('api'),
    post: limiterOf('post'),
    room: limiterOf('room'),
    write: limiterOf('write'),
    upload: limiterOf('upload'),
    search: limiterOf('search'),
    'address-write': new RateLimiterMemory({
      keyPrefix: 'address-write',
      ...RULES['address-write'],
    }),
  }
  return {
    async take(rule, key) {
      try {
        await limiters[rule].consume(key)
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000))
        throw new AppError('too_many_requests', { seconds: String(seconds) })
      }
    },
    async forget(rule, key) {
      await limiters[rule].delete(key)
    },
  }
}
