import { randomUUID } from 'node:crypto'
import { recordNotices } from '../../../server/services/notify'
import { inTransaction } from '../../../server/services/transaction'
import { frame, heardOf, until } from '../../fixtures/collab'
import { type Client, connect, listenTo, next, opened } from '../sockets'
import { type Answer, answerOf, type Door } from './door'
import type { House, Who } from './house'
import { changeOf, type Line, openLine, readDoc, sendChange, typeInto } from './live'

/** The live document and Socket.IO. */
export const LIVE_DOORS: readonly Door[] = [
  {
    name: 'the handshake',
    key: 'collab:join',
    kind: 'collab',
    act: (house, who) => within(house, who, async () => 'done'),
  },
  {
    name: 'a state vector',
    key: 'collab:read',
    kind: 'collab',
    act: (house, who) =>
      within(house, who, async (line) => {
        await readDoc(line)
        return 'done'
      }),
  },
  {
    name: 'a change of the text',
    key: 'collab:write',
    kind: 'collab',
    act: (house, who) =>
      within(house, who, async (line) => {
        const doc = await readDoc(line)
        const sent = await sendChange(
          line,
          changeOf(doc, () => typeInto(doc, 'x')),
        )
        return sent === 'stored' ? 'done' : answerOf(sent - 4_000)
      }),
  },
  {
    name: 'a caret that is shown',
    key: 'collab:send-cursor',
    kind: 'collab',
    act: (house, who) => within(house, who, (line) => showCaret(house, line)),
  },
  {
    name: 'the carets of others',
    key: 'collab:see-cursors',
    kind: 'collab',
    act: (house, who) =>
      within(house, who, async (line) => {
        const other = await openLine(house.origin, house.keeper.cookie, house.things.draft)
        await readDoc(line)
        return showCaret(house, other, line)
      }),
  },
  {
    name: 'partnership:join',
    key: 'live:partnership',
    kind: 'socket.io',
    act: (house, who) =>
      onSocket(house, who, (socket) =>
        socket.emitWithAck('partnership:join', { partnershipId: house.world.partnershipId }),
      ),
  },
  {
    name: 'thread:join',
    key: 'live:thread',
    kind: 'socket.io',
    act: (house, who) =>
      onSocket(house, who, (socket) =>
        socket.emitWithAck('thread:join', { threadId: house.things.thread, afterRev: 0 }),
      ),
  },
  {
    name: 'who is here',
    key: 'presence:see',
    kind: 'socket.io',
    act: (house, who) =>
      onSocket(house, who, async (socket) => {
        const here = next(socket, 'partnership:here')
        const { partnershipId } = house.world
        const answer = await socket.emitWithAck('partnership:join', { partnershipId })
        if (answer.ok) await here
        return answer
      }),
  },
  {
    name: 'one’s own room',
    key: 'live:self',
    kind: 'socket.io',
    // who has left is told nothing more of what they left: their own rooms elsewhere stay
    act: (house, who) =>
      onSocket(house, who, async (_socket, heard) => {
        const has = (fits: (fact: string) => boolean) => () =>
          heard.some(
            ([event, fact]) => event === 'notifications:changed' && fits(JSON.stringify(fact)),
          )
        await until(
          'counted',
          has(() => true),
        )
        const isTold = await tell(house, who)
        if (isTold)
          await until(
            'told',
            has((fact) => !fact.includes('"added":null')),
          )
        return who.standing === 'removed' && !isTold
          ? { ok: false, code: 'not_found' }
          : { ok: true }
      }),
  },
  {
    name: 'a notice',
    key: 'notification:receive',
    kind: 'jobs',
    // the programme is told of nothing it is no member of; nothing that is told of is published
    without: ['programmeAdmin', 'observer', 'anonymous'],
    act: async (house, who) => ((await tell(house, who)) ? 'done' : 'not_found'),
  },
]

/** Try to tell somebody of a post; whether it was recorded for them. */
async function tell({ world, things, keeper }: House, { actor }: Who): Promise<boolean> {
  if (!actor) return false
  const notice = {
    kind: 'mention' as const,
    partnership: world.partnershipId,
    event: `test ${randomUUID()}`,
    by: keeper.actor?.userId ?? null,
    to: [actor.userId],
    thread: things.thread,
    at: new Date(),
  }
  const recorded = await inTransaction((session) => recordNotices([notice], session))
  for (const each of recorded) world.bus.publish('notifications:changed', each)
  return recorded.length > 0
}

async function within(
  { origin, things }: House,
  { cookie }: Who,
  act: (line: Line) => Promise<Answer>,
): Promise<Answer> {
  const line = await openLine(origin, cookie, things.draft)
  if (line.status !== 101) return answerOf(line.status)
  try {
    return await act(line)
  } finally {
    line.socket.terminate()
  }
}

/** A place in the text, as the editor says it. */
const CARET = {
  anchor: { type: null, tname: 'body:en', item: null, assoc: 0 },
  head: { type: null, tname: 'body:en', item: null, assoc: 0 },
}

/** Show a caret on a line; whether another one sees it. */
async function showCaret(house: House, line: Line, by?: Line): Promise<Answer> {
  const watching = by ?? (await openLine(house.origin, house.keeper.cookie, house.things.draft))
  await readDoc(watching)
  const doc = await readDoc(line)
  const seen = heardOf(watching, 'awareness').length
  const client = doc.clientID
  line.socket.send(frame.awareness({ client, clock: 1, state: JSON.stringify({ cursor: CARET }) }))
  // a state that nobody is to see is answered by silence; the next answer shows that it was taken
  await readDoc(line)
  const isSeen = () =>
    heardOf(watching, 'awareness')
      .slice(seen)
      .some(({ entries }) =>
        entries.some((entry) => entry.client === client && entry.state?.cursor),
      )
  await until('seen', isSeen, 1_000).catch(() => {})
  if (watching !== by) watching.socket.terminate()
  else line.socket.terminate()
  return isSeen() ? 'done' : 'forbidden'
}

type Acked = { ok: true } | { ok: false; code: string }

export async function onSocket(
  { origin }: House,
  { cookie }: Who,
  act: (socket: Client, heard: [string, unknown][]) => Promise<Acked>,
): Promise<Answer> {
  const socket = connect(origin, cookie)
  const heard = listenTo(socket)
  try {
    const how = await opened(socket)
    if (how !== 'connected') return how === 'unauthenticated' ? how : `odd: ${how}`
    const answer = await act(socket, heard)
    if (answer.ok) return 'done'
    const { code } = answer
    return code === 'not_found' || code === 'forbidden' ? code : `odd: ${code}`
  } finally {
    socket.disconnect()
  }
}
