import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import { AppError } from '../../shared/errors'
import type { MeetingServer } from '../ports'

/** How long it may take to answer, milliseconds; somebody waits for it. */
const ANSWER_MS = 8_000
/** Its answers are short. */
const ANSWER_MAX = 100_000

/**
 * A BigBlueButton, spoken to by its API: each call carries the SHA-256 of its name, its query and the
 * secret, which itself never leaves.
 *
 * @param at.url up to `/bigbluebutton`, with or without `/api`
 */
export function createBigBlueButton(
  at: { url: string; secret: string },
  log: Logger,
  answerMs: number = ANSWER_MS,
): MeetingServer {
  const base = at.url.replace(/\/+$/, '').replace(/\/api$/, '')
  const addressOf: MeetingServer['addressOf'] = (call, params) => {
    const query = new URLSearchParams(params).toString()
    const checksum = createHash('sha256').update(`${call}${query}${at.secret}`).digest('hex')
    return `${base}/api/${call}?${query}&checksum=${checksum}`
  }
  return {
    addressOf,
    async ask(call, params) {
      try {
        const answer = await fetch(addressOf(call, params), {
          redirect: 'error',
          signal: AbortSignal.timeout(answerMs),
        })
        const said = (await answer.text()).slice(0, ANSWER_MAX)
        if (/<returncode>SUCCESS<\/returncode>/.test(said)) return
        const key = /<messageKey>(\w{1,60})<\/messageKey>/.exec(said)?.[1]
        throw new Error(`it answered ${answer.status} ${key ?? ''}`)
      } catch (error) {
        // never the address: it is signed
        log.warn({ why: error instanceof Error ? error.message : '?' }, 'BigBlueButton refused')
        throw new AppError('unavailable')
      }
    },
  }
}
