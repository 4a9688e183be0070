import { Fleet } from '../clients/fleet'
import { checkTyping, placesOf } from '../clients/typing'
import { cost } from '../meter'
import { residentKb } from '../processes'
import { firstContent } from '../seed'
import { passesMessages, type Scenario } from './scenario'
import { checkContent, drain, figuresOf, typeEvenly } from './typing'

const PER_SECOND = 5
const CHECKED_ROOMS = 20

const sizeOf = (quick: boolean) =>
  quick ? { rooms: 100, warmUp: 1, seconds: 2 } : { rooms: 500, warmUp: 2, seconds: 6 }

/** The twinning case: many documents, two people in each. */
export const pairs: Scenario = {
  name: 'pairs',
  title({ quick }) {
    const { rooms, seconds } = sizeOf(quick)
    return `${rooms} rooms x 2 people x ${PER_SECOND}/s for ${seconds} s; per update`
  },
  includes: passesMessages,
  columns: { 'CPU us': 1, '+db us': 1, 'p50 ms': 2, 'p99 ms': 1, 'KB/pair': 1, 'KB/pair after': 1 },
  ratios: ['+db us', 'KB/pair after', 'p99 ms'],

  async measure(contestant, { quick, profiling }) {
    const { rooms, warmUp, seconds } = sizeOf(quick)
    const seed = firstContent()
    checkTyping(seed)
    const places = placesOf(seed)
    const stage = await contestant.prepare({ rooms, sockets: rooms * 2, seed })
    try {
      const target = await stage.start()
      const before = residentKb(target.pid)
      const fleet = new Fleet(target)
      // all first people, then all second ones: ten sockets of a person are in ten rooms
      await fleet.join([...stage.rooms, ...stage.rooms])
      for (const [n, client] of fleet.clients.entries()) {
        fleet.assign(client, n < rooms ? 0 : 1, places)
      }
      await new Promise((resolve) => setTimeout(resolve, 500))
      const opened = residentKb(target.pid) - before
      await typeEvenly(fleet.clients, PER_SECOND, warmUp)
      const spent = await cost(target, profiling, async () => {
        fleet.countFrom = performance.now()
        await typeEvenly(fleet.clients, PER_SECOND, seconds)
        await drain(fleet)
      })
      const after = residentKb(target.pid) - before
      const step = Math.ceil(rooms / CHECKED_ROOMS)
      const checked = stage.rooms.filter((_, n) => n % step === 0)
      await checkContent(target, fleet, checked, seed)
      fleet.close()
      return {
        ...figuresOf(spent, fleet.delivered, fleet),
        'KB/pair': opened / rooms,
        'KB/pair after': after / rooms,
      }
    } finally {
      await stage.clear()
    }
  },
}
