import { enterAs } from '../demo-workshop/line.js'
import { ACCOUNTS, MOMENTS } from '../demo-workshop/moments.js'
import { play } from '../demo-workshop/player.js'
import { SetupError } from '../setup/setup-error.js'

const USAGE =
  'npm run demo:workshop -- [http://127.0.0.1:3000] [--minutes 10] [--fast]   (Ctrl+C ends it)'

/** Invented participants in the running product's live workshop, until Ctrl+C. @param {string[]} args */
export async function demoWorkshop(args) {
  const { origin, minutes, fast } = read(args)
  const ending = new AbortController()
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => ending.abort())
  }
  const timer = minutes && setTimeout(() => ending.abort(), minutes * 60_000)
  const say = (/** @type {string} */ line) => console.log(line)
  /** @type {import('../demo-workshop/player.js').Cast} */
  const cast = {}
  try {
    for (const account of ACCOUNTS) cast[account] = await enterAs(origin, account)
    say(`${ACCOUNTS.length} invented participants are in the room of ${origin}. Ctrl+C ends it.`)
    await play({ cast, moments: MOMENTS, pace: fast ? 0.02 : 1, signal: ending.signal, say })
    say('They have left the room.')
  } finally {
    clearTimeout(timer || undefined)
    await Promise.all(Object.values(cast).map((person) => person.leave()))
  }
}

/** @param {string[]} args */
function read(args) {
  const at = args.indexOf('--minutes')
  const minutes = at < 0 ? null : Number(args[at + 1])
  const rest = args.filter(
    (arg, index) => arg !== '--fast' && (at < 0 || (index !== at && index !== at + 1)),
  )
  const [address = 'http://127.0.0.1:3000', ...more] = rest
  const isMinutes = minutes === null || minutes > 0
  if (more.length > 0 || !isMinutes || !URL.canParse(address)) throw new SetupError(USAGE)
  return { origin: new URL(address).origin, minutes, fast: args.includes('--fast') }
}
