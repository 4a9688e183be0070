import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * @typedef {{ ok: true, item: string | null } | { ok: false, code: string, seconds: number }} Answer
 * @typedef {{ act: (act: object) => Promise<Answer>, slides: () => Promise<{ deck: string, pages: number }>, leave: () => Promise<void> }} Person
 * @typedef {Record<string, Person>} Cast by account
 * @typedef {import('./moments.js').Moment} Moment
 */

/** Whoever puts what is said into the other language, and whoever runs it. */
const INTERPRETER = 'reviewer'
const FACILITATOR = 'physician.us'
/** Milliseconds: between two moments, per letter that is typed, and for answers to come in. */
const BREATH_MS = 3_500
const LETTER_MS = 45
const THINK_MS = 9_000

/**
 * Play the moments over and over, at a human pace, until the signal. Hands that are up then are lowered,
 * the timer is ended.
 *
 * @param {{ cast: Cast, moments: readonly Moment[], pace: number, signal: AbortSignal, say: (line: string) => void }} options
 *   `pace` 1 is a human's, less is faster
 */
export async function play({ cast, moments, pace, signal, say }) {
  const raised = new Set()
  const wait = (/** @type {number} */ ms) => sleep(ms * pace, undefined, { signal })
  const stage = { question: /** @type {string | null} */ (null), page: 0 }

  /** @param {string} who @param {object} act @returns {Promise<string | null>} the item */
  async function act(who, act) {
    const person = cast[who]
    if (!person) throw new Error(`Nobody plays ${who}.`)
    for (;;) {
      const answer = await person.act(act)
      if (answer.ok) return answer.item
      if (answer.code !== 'too_many_requests') {
        say(`  (${who} was refused: ${answer.code})`)
        return null
      }
      await sleep(Math.max(1, answer.seconds) * 1_000, undefined, { signal })
    }
  }

  /** @param {string | null} item @param {'text' | 'answer'} of @param {import('./moments.js').Said | undefined} said */
  async function translate(item, of, said) {
    if (!item || !said) return
    await wait(LETTER_MS * said.text.length)
    await act(INTERPRETER, { act: 'translate', item, of, ...said })
  }

  /** @type {{ [K in Moment['kind']]: (moment: Extract<Moment, { kind: K }>) => Promise<void> }} */
  const doings = {
    async say({ who, said, translation }) {
      await wait(LETTER_MS * said.text.length)
      say(`${who}: ${said.text}`)
      const item = await act(who, { act: 'say', ...said, clientKey: randomUUID() })
      await translate(item, 'text', translation)
    },
    async ask({ who, said, translation, votes }) {
      await wait(LETTER_MS * said.text.length)
      say(`${who} asks: ${said.text}`)
      const item = await act(who, { act: 'ask', ...said, clientKey: randomUUID() })
      stage.question = item
      await translate(item, 'text', translation)
      for (const voter of item ? votes : []) {
        await wait(BREATH_MS / 3)
        await act(voter, { act: 'upvote', item, on: true })
      }
    },
    async answer({ who, said, translation }) {
      const item = stage.question
      if (!item) return
      await act(who, { act: 'set_question', item, status: 'on_air' })
      await wait(LETTER_MS * said.text.length)
      say(`${who} answers: ${said.text}`)
      await act(who, { act: 'answer', item, how: 'written', ...said })
      await translate(item, 'answer', translation)
      stage.question = null
    },
    async hand({ who }) {
      raised.add(who)
      const item = await act(who, { act: 'raise_hand', on: true, clientKey: randomUUID() })
      say(`${who} raises a hand, and is given the floor`)
      await wait(THINK_MS / 2)
      if (item) await act(FACILITATOR, { act: 'give_floor', item })
      await wait(THINK_MS)
      await lower(who)
    },
    async slide() {
      const { deck, pages } = (await cast[FACILITATOR]?.slides()) ?? { deck: '', pages: 0 }
      // they are made while the product runs; the first round may be without
      if (pages === 0) return say('  (the slides are still being made)')
      stage.page = (stage.page % pages) + 1
      say(`slide ${stage.page} of ${pages}`)
      await act(FACILITATOR, { act: 'show_slide', deck, page: stage.page })
    },
    async poll({ poll, votes }) {
      say(`poll: ${poll.promptEn}`)
      const item = await act(FACILITATOR, { act: 'make_poll', ...poll, clientKey: randomUUID() })
      if (!item) return
      await act(FACILITATOR, { act: 'open_poll', item })
      for (const [who, choices] of Object.entries(votes)) {
        await wait(BREATH_MS)
        await act(who, { act: 'vote', item, choices, lang: poll.lang })
      }
      await wait(THINK_MS)
      await act(FACILITATOR, { act: 'close_poll', item })
      await act(FACILITATOR, { act: 'show_results', item, on: true })
      say('poll closed, its results are shown')
    },
    async timer({ minutes }) {
      say(minutes === 0 ? 'the timer ends' : `timer: ${minutes} min`)
      await act(FACILITATOR, { act: 'set_timer', minutes })
    },
    async pulse({ who, pulse }) {
      await act(who, { act: 'pulse', pulse })
    },
  }

  /** @param {string} who */
  async function lower(who) {
    raised.delete(who)
    await act(who, { act: 'raise_hand', on: false, clientKey: randomUUID() })
  }

  try {
    while (!signal.aborted) {
      for (const moment of moments) {
        signal.throwIfAborted()
        // each kind has the doing of its own moments
        await doings[moment.kind](/** @type {never} */ (moment))
        await wait(BREATH_MS)
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    const person = cast[FACILITATOR]
    const ends = [...raised].map((who) =>
      cast[who]?.act({ act: 'raise_hand', on: false, clientKey: randomUUID() }),
    )
    await Promise.allSettled([...ends, person?.act({ act: 'set_timer', minutes: 0 })])
  }
}
