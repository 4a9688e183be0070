import { Fleet, readState } from '../clients/fleet'
import { placesOf, textsOf } from '../clients/typing'
import { firstContent } from '../seed'
import { demand, keepsDocuments, type Scenario } from './scenario'

const UPDATES = 300
const PER_SECOND = 100
const CONTROL_MS = 13_000
/** Some answer a newcomer before they have read their storage. */
const READING_MS = 1_500

const AT_ONCE = 'lost'
const LATER = 'lost after 13 s'

/** Two people, one typing; the server is killed in the moment the other one sees the last letter. */
export const kill: Scenario = {
  name: 'kill',
  title: () =>
    `${UPDATES} updates at ${PER_SECOND}/s, kill -9 of the server when the last reaches the other one; then started again. The database is not killed`,
  includes: keepsDocuments,
  columns: { seen: 0, [AT_ONCE]: 0, acknowledged: 0, 'acknowledged, lost': 0, [LATER]: 0 },
  ratios: [],

  async measure(contestant, { quick, rep }) {
    const at = await loseSome(0)
    // the control shows that storing works at all
    const control = quick || rep > 0 ? null : await loseSome(CONTROL_MS)
    return {
      seen: at.seen,
      [AT_ONCE]: at.seen - at.kept,
      acknowledged: at.acknowledged,
      'acknowledged, lost': Number.isNaN(at.acknowledged)
        ? Number.NaN
        : Math.max(0, at.acknowledged - at.kept),
      [LATER]: control ? control.seen - control.kept : Number.NaN,
    }

    async function loseSome(waitMs: number) {
      const seed = firstContent()
      const stage = await contestant.prepare({ rooms: 1, sockets: 20, seed })
      try {
        const target = await stage.start()
        const room = stage.rooms[0] ?? ''
        const fleet = new Fleet(target)
        await fleet.join([room, room])
        const [writer, reader] = fleet.clients
        if (!writer || !reader) throw new Error('nobody came')
        fleet.assign(writer, 0, placesOf(seed))
        const author = writer.typist?.client ?? 0
        const ackedBefore = writer.frames
        const killed = new Promise<void>((resolve) => {
          reader.onSeen = () => {
            if ((reader.seen.get(author) ?? 0) < UPDATES) return
            if (waitMs === 0) resolve(stage.kill())
            else setTimeout(() => resolve(stage.kill()), waitMs)
            reader.onSeen = () => {}
          }
        })
        for (let n = 0; n < UPDATES; n++) {
          writer.type(performance.now())
          await new Promise((resolve) => setTimeout(resolve, 1_000 / PER_SECOND))
        }
        await killed
        const acked = Math.max(0, writer.acked - ackedBefore)
        fleet.close()
        const again = await stage.start()
        const [before] = textsOf(seed)
        const [now] = textsOf(await readState(again, room, READING_MS))
        demand(now !== undefined, 'nothing is left of the document')
        return {
          seen: reader.seen.get(author) ?? 0,
          kept: (now?.length ?? 0) - (before?.length ?? 0),
          acknowledged: target.acknowledges ? acked : Number.NaN,
        }
      } finally {
        await stage.clear()
      }
    }
  },
}
