import { once } from 'node:events'
import * as Y from 'yjs'
import type { RoomAddress } from '../../../server/ports'
import { BODY_ROOT } from '../../../shared/editor/content'
import type { Language } from '../../../shared/languages'
import { acked, firstText, frame, heardOf, until } from '../../fixtures/collab'
import { openRaw, type Raw } from '../../fixtures/raw-line'
import { closeAfterFile } from '../closing'
import type { World } from '../world'

export type Line = Raw & { cookie: string | undefined }

/** A socket to a live document with somebody's cookie; `status` is what the upgrade was answered with. */
export async function openLine(
  origin: string,
  cookie: string | undefined,
  room: string,
): Promise<Line> {
  const url = `${origin.replace('http', 'ws')}/collab/${room}?ack=1`
  const line = await openRaw(url, { origin, ...(cookie ? { cookie } : {}) })
  closeAfterFile(() => line.socket.terminate())
  return { ...line, cookie }
}

/** Read the document's state into one of one's own. */
export async function readDoc(line: Line): Promise<Y.Doc> {
  const doc = new Y.Doc()
  const before = heardOf(line, 'step2').length
  line.socket.send(frame.sync(0, Y.encodeStateVector(doc)))
  await until('the state came', () => heardOf(line, 'step2').length > before)
  for (const { payload } of heardOf(line, 'step2')) Y.applyUpdate(doc, payload)
  return doc
}

/** What an edit of it is as an update. */
export function changeOf(doc: Y.Doc, edit: (doc: Y.Doc) => unknown): Uint8Array {
  const updates: Uint8Array[] = []
  const collect = (update: Uint8Array) => updates.push(update)
  doc.on('update', collect)
  doc.transact(() => edit(doc))
  doc.off('update', collect)
  return Y.mergeUpdates(updates)
}

/** Type words at the beginning, where there may not be a text yet. */
export function typeInto(doc: Y.Doc, words: string, lang: Language = 'en'): void {
  const [block] = doc.getXmlFragment(BODY_ROOT[lang]).toArray()
  if (!(block instanceof Y.XmlElement)) throw new Error('the body has no block')
  if (block.length === 0) block.insert(0, [new Y.XmlText()])
  firstText(doc, lang).insert(0, words)
}

/** Send a change and wait until it is stored or refused. */
export async function sendChange(line: Line, update: Uint8Array): Promise<'stored' | number> {
  const before = acked(line)
  line.socket.send(frame.sync(2, update))
  await until('answered', () => acked(line) > before || line.closed() !== undefined)
  return line.closed()?.code ?? 'stored'
}

/** Write much, remove most of it, and name the copy that was kept of it. */
export async function keepCopy(
  { collab }: World,
  origin: string,
  cookie: string,
  at: RoomAddress,
): Promise<string> {
  const line = await openLine(origin, cookie, at.room)
  const doc = await readDoc(line)
  await sendChange(
    line,
    changeOf(doc, () => typeInto(doc, 'Dose checked. '.repeat(300))),
  )
  await sendChange(
    line,
    changeOf(doc, () => firstText(doc).delete(0, firstText(doc).length)),
  )
  line.socket.close()
  await once(line.socket, 'close')
  const [copy] = await collab.live.copies(at)
  if (!copy) throw new Error('no copy was kept')
  return copy.id
}

/** A protocol that says something in both languages. */
export async function writeBoth(world: World, origin: string, cookie: string): Promise<string> {
  const room = await world.protocol()
  const line = await openLine(origin, cookie, room)
  const doc = await readDoc(line)
  const words = changeOf(doc, () => {
    typeInto(doc, 'Dose checked.', 'en')
    typeInto(doc, 'Доза проверена.', 'ru')
  })
  await sendChange(line, words)
  line.socket.close()
  return room
}
