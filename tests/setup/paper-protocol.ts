import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import * as Y from 'yjs'
import { Mark } from '../../models/mark'
import { Protocol } from '../../models/protocol'
import type { Actor } from '../../shared/actor'
import { readContent } from '../../shared/editor/blocks'
import { BODY_ROOT } from '../../shared/editor/content'
import { writeMark } from '../../shared/editor/ledger'
import { unitHash } from '../../shared/editor/unit-hash'
import { LANGUAGES, type Language, otherLanguage } from '../../shared/languages'
import type { World } from './world'

/**
 * A protocol whose document no room holds: what is noted of it is what the test says was committed,
 * when, and by whom.
 */
export async function paperProtocol(world: World, fields: object = {}) {
  const doc = new Y.Doc()
  const _id = new Types.ObjectId()
  const at = { partnership: world.partnershipId, room: String(_id) }
  await Protocol.create({
    _id,
    partnership: world.partnershipId,
    title: { en: 'Missed doses', ru: 'Пропуск приёма' },
    status: 'draft',
    createdBy: new Types.ObjectId(),
    clientKey: randomUUID(),
    createdAt: world.clock.now(),
    editedAt: world.clock.now(),
    ...fields,
  })

  /** The paragraph of a unit says this now; it is added at the end when there is none. */
  function write(
    unit: string,
    lang: Language,
    text: string,
    kind: 'paragraph' | 'heading' = 'paragraph',
  ): void {
    const body = doc.getXmlFragment(BODY_ROOT[lang])
    const known = body
      .toArray()
      .find((node) => node instanceof Y.XmlElement && node.getAttribute('unit') === unit)
    if (known instanceof Y.XmlElement) {
      known.delete(0, known.length)
      known.insert(0, [new Y.XmlText(text)])
      return
    }
    const paragraph = new Y.XmlElement(kind)
    paragraph.setAttribute('uid', `${unit}-${lang}`)
    paragraph.setAttribute('unit', unit)
    paragraph.insert(0, [new Y.XmlText(text)])
    body.push([paragraph])
  }

  const read = () => readContent(doc)
  const textOf = (unit: string, lang: Language) =>
    read().blocks[lang].find((block) => block.unit === unit)?.text ?? ''

  return {
    id: String(_id),
    at,
    write,
    read,
    textOf,
    /** Both texts of a unit at once. */
    both(unit: string, en: string, ru: string): void {
      write(unit, 'en', en)
      write(unit, 'ru', ru)
    },
    /** The two texts agree, says that person; the history has it too. */
    async mark(
      unit: string,
      by: Actor,
      state: 'translated' | 'reviewed' = 'translated',
      from: Language = 'en',
    ): Promise<void> {
      const to = otherLanguage(from)
      const hashes = {
        expectedSrc: unitHash([textOf(unit, from)]),
        expectedTgt: unitHash([textOf(unit, to)]),
      }
      const now = world.clock.now()
      writeMark(doc, { unit, from, to, state, by: by.userId, at: now.toISOString(), ...hashes })
      await Mark.create({
        partnership: world.partnershipId,
        protocol: _id,
        unit,
        from,
        to,
        sourceHash: hashes.expectedSrc,
        targetHash: hashes.expectedTgt,
        state,
        by: by.userId,
        clientKey: randomUUID(),
        at: now,
      })
    },
    /** What stands there is committed. */
    settle: (by: Actor | null, when = world.clock.now()) =>
      world.services.protocols.noteSettled(at, read(), by && { userId: by.userId, at: when }),
    languages: LANGUAGES,
  }
}
