import { Fleet } from '../clients/fleet'
import { placesOf } from '../clients/typing'
import { cost } from '../meter'
import { firstContent } from '../seed'
import { passesMessages, type Scenario } from './scenario'
import { checkContent, drain, figuresOf, typeAhead, typeEvenly } from './typing'

const PEOPLE = 50
const IN_FLIGHT = 16

type Way = { name: string; writers: number; perSecond: number | null }

const timesOf = (quick: boolean) => (quick ? { warmUp: 1, seconds: 1 } : { warmUp: 2, seconds: 5 })

/** One room full of people; some of them type, and everybody else sees it. */
function fanout({ name, writers, perSecond }: Way): Scenario {
  return {
    name,
    title({ quick }) {
      const how = perSecond
        ? `${writers} of them at ${perSecond}/s each, open loop`
        : `${writers} of them with ${IN_FLIGHT} in flight each, closed loop`
      return `one room of ${PEOPLE} people, ${how}, ${timesOf(quick).seconds} s; per delivery`
    },
    includes: passesMessages,
    columns: {
      'CPU us': 2,
      '+db us': 2,
      'p50 ms': 2,
      'p99 ms': 1,
      'deliveries/s': 0,
      'bytes/delivery': 1,
    },
    ratios: ['+db us', 'p99 ms'],

    async measure(contestant, { quick, profiling }) {
      const { warmUp, seconds } = timesOf(quick)
      const seed = firstContent()
      const places = placesOf(seed)
      const stage = await contestant.prepare({ rooms: 1, sockets: PEOPLE, seed })
      try {
        const target = await stage.start()
        const fleet = new Fleet(target)
        await fleet.join(Array.from({ length: PEOPLE }, () => stage.rooms[0] ?? ''))
        const authors = fleet.clients.slice(0, writers)
        for (const [n, author] of authors.entries()) fleet.assign(author, n, places)
        const observer = fleet.clients.at(-1)
        if (!observer) throw new Error('nobody came')
        const type = (s: number) =>
          perSecond ? typeEvenly(authors, perSecond, s) : typeAhead(authors, observer, IN_FLIGHT, s)
        await type(warmUp)
        const bytesBefore = fleet.bytesIn
        const spent = await cost(target, profiling, async () => {
          fleet.countFrom = performance.now()
          await type(seconds)
          await drain(fleet)
        })
        const bytes = fleet.bytesIn - bytesBefore
        await checkContent(target, fleet, stage.rooms, seed)
        fleet.close()
        return {
          ...figuresOf(spent, fleet.delivered, fleet),
          'deliveries/s': (fleet.delivered * 1_000) / spent.wall,
          'bytes/delivery': bytes / fleet.delivered,
        }
      } finally {
        await stage.clear()
      }
    },
  }
}

export const fanouts = [
  fanout({ name: 'fanout40', writers: 5, perSecond: 8 }),
  fanout({ name: 'fanout200', writers: 10, perSecond: 20 }),
  fanout({ name: 'fanout-full', writers: 10, perSecond: null }),
]
