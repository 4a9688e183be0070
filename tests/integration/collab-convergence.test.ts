import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import pino from 'pino'
import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { openStore } from '../../server/collab/persistence'
import { loadRoom } from '../../server/collab/persistence-load'
import type { RoomAddress } from '../../server/ports'
import { BODY_ROOT } from '../../shared/editor/content'
import { bilingual, list, p, table } from '../fixtures/bilingual'
import { createCollabWorld, until } from '../fixtures/collab'
import {
  CollabEditor,
  createDice,
  type Dice,
  fingerprint,
  type Wire,
} from '../fixtures/collab-editor'
import { isWhole } from '../setup/runs'

const world = await createCollabWorld()

/** What a person does, and how bad their line is meanwhile. */
const step = fc.record({
  by: fc.nat(5),
  what: fc.nat(8),
  where: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
})
const scene = fc.record({
  people: fc.integer({ min: 3, max: 6 }),
  seed: fc.nat(),
  steps: fc.array(step, { minLength: 10, maxLength: 60 }),
})

it('C61 brings everybody to the same document, over lines that lose, repeat, delay and reorder', async () => {
  await fc.assert(
    fc.asyncProperty(scene, async ({ people, seed, steps }) => {
      const at = await world.room(
        bilingual([
          p('a', 'One and more'),
          list([p('b', 'Two')], [p('c', 'Three')]),
          table([p('d', 'Four'), p('e', 'Five')]),
        ]),
      )
      const dice = createDice(seed)
      const everyone = Array.from({ length: people }, () => new Person(at, badLine(dice)))
      for (const person of everyone) await person.arrive()
      for (const { by, what, where } of steps) {
        const person = everyone[by % people]
        person?.act(what, where)
        if (dice.below(4) === 0) await pause(dice.below(8))
      }
      // over a good line, everybody says what they have and hears the rest
      for (const person of everyone) await person.comeBack(straight)
      await until(
        'all have the same',
        () => new Set(everyone.map(({ doc }) => fingerprint(doc))).size === 1,
        10_000,
      )
      const newcomer = new Person(at, straight)
      await newcomer.arrive()
      const stored = await loadRoom(openStore(world.db), at, pino({ level: 'silent' }))
      const expected = contentOf(newcomer.doc)
      expect(everyone.map(({ doc }) => contentOf(doc))).toEqual(everyone.map(() => expected))
      expect(stored && contentOf(stored.doc)).toEqual(expected)
      for (const { editor } of [...everyone, newcomer]) {
        expect(editor?.closed).toBeUndefined()
        editor?.leave()
      }
    }),
    { numRuns: isWhole ? 60 : 12, endOnFailure: true },
  )
}, 180_000)

/** Somebody who keeps their document through all their sockets. */
class Person {
  readonly doc = new Y.Doc()
  readonly who = world.person()
  editor: CollabEditor | undefined
  private coming: Promise<void> | undefined
  private readonly undo = new Y.UndoManager(this.doc.getXmlFragment(BODY_ROOT.en))

  constructor(
    private readonly at: RoomAddress,
    private wire: Wire,
  ) {}

  /** In, however often the line has to be tried; who is asked while coming in comes in once. */
  arrive(): Promise<void> {
    this.coming ??= this.tryTheLine().finally(() => {
      this.coming = undefined
    })
    return this.coming
  }

  /** Over another line, until the server has all of it. */
  async comeBack(wire: Wire): Promise<void> {
    this.wire = wire
    await this.coming
    await this.arrive()
    await this.editor?.settled()
  }

  private async tryTheLine(): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      this.editor?.leave()
      const editor = new CollabEditor(
        world.base,
        this.at.room,
        this.who.userId,
        this.doc,
        this.wire,
      )
      this.editor = editor
      const deadline = performance.now() + 300
      while (!editor.isSynced && !editor.closed && performance.now() < deadline) await pause(3)
      if (editor.isSynced) return
    }
    throw new Error(`never in: ${JSON.stringify(this.editor?.closed ?? 'not answered')}`)
  }

  act(what: number, where: number): void {
    if (what === 8) void this.arrive()
    else if (what === 6) this.undo.undo()
    else this.doc.transact(() => edit(what, where, this.doc))
  }
}

/** An edit as the grammar allows it, by number. */
function edit(what: number, where: number, doc: Y.Doc): void {
  const body = doc.getXmlFragment(BODY_ROOT.en)
  const texts = [...body.createTreeWalker((node) => node instanceof Y.XmlText)] as Y.XmlText[]
  const text = texts[Math.floor(where * texts.length)]
  const place = text ? Math.floor(where * text.length) : 0
  const index = Math.floor(where * body.length)
  if (what <= 1) text?.insert(place, 'word ')
  else if (what === 2) text?.delete(place, Math.min(3, text.length - place))
  else if (what === 3) text?.format(0, place, { bold: where < 0.5 ? {} : null })
  else if (what === 4) body.insert(index, [paragraph('new')])
  else if (what === 5 && body.length > 1) body.delete(index, 1)
  else if (what === 7 && text?.parent === body.get(index)) {
    // a block is split: the rest of its text goes into a new one behind it
    const rest = text.toString().slice(place)
    text.delete(place, text.length - place)
    body.insert(index + 1, [paragraph(rest.replace(/<[^>]*>/g, '') || 'rest')])
  }
}

function paragraph(text: string): Y.XmlElement {
  const block = new Y.XmlElement('paragraph')
  block.insert(0, [new Y.XmlText(text)])
  return block
}

const straight: Wire = (deliver) => deliver()

/** Loses a tenth, repeats a tenth, and delays a third, so that some come before others. */
function badLine(dice: Dice): Wire {
  return (deliver) => {
    const chance = dice.below(100)
    if (chance < 10) return
    if (chance < 20) deliver()
    if (chance < 50) setTimeout(deliver, dice.below(12))
    else deliver()
  }
}

function contentOf(doc: Y.Doc): unknown {
  const bodies = Object.values(BODY_ROOT).map((root) => doc.getXmlFragment(root).toString())
  return [fingerprint(doc), ...bodies]
}
