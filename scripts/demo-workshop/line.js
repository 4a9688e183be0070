import { createHash } from 'node:crypto'
import { io } from 'socket.io-client'
import { SetupError } from '../setup/setup-error.js'

/** The demonstration's workshop that is going on, and its slides; as server/demo/ids.ts makes ids. */
const WORKSHOP = idOf('workshop cd4-clinic')
const DECK = idOf('deck cd4-slides')
const WAIT_MS = 15_000

/**
 * Sign in with a demonstration account and come into the room, as a browser does.
 *
 * @param {string} origin of the running product
 * @param {string} account as the sign-in page offers it
 * @returns {Promise<import('./player.js').Person>}
 * @throws SetupError when the product does not run there, or without its demonstration
 */
export async function enterAs(origin, account) {
  const cookie = await signIn(origin, account)
  const socket = io(origin, {
    transports: ['websocket'],
    extraHeaders: { cookie, origin },
    forceNew: true,
  })
  const join = () =>
    socket.timeout(WAIT_MS).emitWithAck('workshop:join', { workshopId: WORKSHOP, afterRev: 0 })
  const joined = await join().catch(() => null)
  if (!joined?.ok) {
    socket.close()
    throw new SetupError(
      `${account} cannot come into the demonstration’s workshop (${joined?.code ?? 'no answer'}); start the product with DEMO=1 on an empty database.`,
    )
  }
  // after a break the room counts whoever says so as there again
  socket.io.on('reconnect', () => void join().catch(() => {}))

  return {
    async act(act) {
      const form = new URLSearchParams({ act: JSON.stringify(act) })
      const answer = await post(origin, `/workshops/${WORKSHOP}/act`, form, cookie)
      const body = await answer.json().catch(() => ({}))
      if (answer.ok) return { ok: true, item: body.item?.id ?? null }
      const seconds = Number(body.detail?.seconds ?? 0)
      return { ok: false, code: String(body.code ?? answer.status), seconds }
    },
    async slides() {
      const path = `/workshops/${WORKSHOP}/slides?deck=${DECK}`
      const answer = await fetch(`${origin}${path}`, { headers: { cookie } })
      const { slides = [] } = answer.ok ? await answer.json().catch(() => ({})) : {}
      return { deck: DECK, pages: slides.length }
    },
    async leave() {
      if (socket.connected) {
        await socket
          .timeout(2_000)
          .emitWithAck('workshop:leave', { workshopId: WORKSHOP })
          .catch(() => {})
      }
      socket.close()
    },
  }
}

/** @param {string} origin @param {string} account @returns {Promise<string>} the cookie */
async function signIn(origin, account) {
  const form = new URLSearchParams({
    email: `${account}@demo.twinward.example`,
    password: 'twinward-demo',
  })
  const answer = await post(origin, '/sign-in', form)
  const session = answer.headers.getSetCookie().find((each) => each.startsWith('twinward_session='))
  if (session) return session.split(';')[0] ?? ''
  if (answer.status === 429) {
    throw new SetupError(`${origin} asks to wait before signing in again; try in 15 minutes.`)
  }
  throw new SetupError(
    `The product at ${origin} runs without its demonstration; start it with DEMO=1 (npm start has it by itself).`,
  )
}

/**
 * @param {string} origin
 * @param {string} path
 * @param {URLSearchParams} body
 * @param {string} [cookie]
 */
async function post(origin, path, body, cookie) {
  const headers = { origin, ...(cookie ? { cookie } : {}) }
  try {
    return await fetch(`${origin}${path}`, { method: 'POST', redirect: 'manual', headers, body })
  } catch {
    throw new SetupError(
      `No product answers at ${origin}; start it with npm start, then try again.`,
    )
  }
}

/** @param {string} name */
function idOf(name) {
  return createHash('sha256').update(`twinward demonstration ${name}`).digest('hex').slice(0, 24)
}
