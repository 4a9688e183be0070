import { hash, verify } from '@node-rs/argon2'
import { AppError } from '../../shared/errors'

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** Node has four threads for such work; one is left for files and names. */
const AT_ONCE = 3
/** At some 30 ms each: whoever comes later would wait longer than a second. */
const MOST_WAITING = 100

let running = 0
const waiting: (() => void)[] = []

/**
 * argon2id in PHC string format; the caller has normalised the password (NFKC).
 *
 * @throws AppError `too_many_requests` when too many wait already
 */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, COST))
}

let decoy: Promise<string> | undefined

/**
 * Is it the password? With no account to compare with, the same work is done against a decoy, so
 * that the time of the answer does not tell which addresses exist.
 *
 * @throws AppError `too_many_requests` when too many wait already
 */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  decoy ??= hash('no account has this password', COST)
  const known = passwordHash ?? (await decoy)
  const matches = await inTurn(() => verify(known, password))
  return matches && passwordHash !== null
}

/** A few at a time, 19 MiB each; a crowd is told to come back instead of filling the memory. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) throw new AppError('too_many_requests', { seconds: '5' })
    // the place is handed over, so nobody who comes meanwhile takes it
    await new Promise<void>((go) => waiting.push(go))
  } else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}
