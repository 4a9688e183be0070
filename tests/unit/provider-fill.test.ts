import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { watchFill } from '../../app/features/editor/provider/document-fill'
import * as limits from '../../server/collab/limits'
import * as cap from '../../shared/collab/document-cap'
import { HandTimers, write } from './provider-fakes'

function watch(doc: Y.Doc) {
  const timers = new HandTimers()
  const heard: number[] = []
  const end = watchFill(
    doc,
    (run) => timers.after(1_000, run),
    (share) => heard.push(share),
  )
  return { timers, heard, end }
}

describe('watchFill', () => {
  it('measures by the limits that the server holds to', () => {
    expect(limits.MAX_DOCUMENT_BYTES).toBe(cap.MAX_DOCUMENT_BYTES)
    expect(limits.MAX_DOCUMENT_STRUCTS).toBe(cap.MAX_DOCUMENT_STRUCTS)
  })

  it('measures once, not at every key', () => {
    const doc = new Y.Doc()
    write(doc, 'word')
    const { timers, heard } = watch(doc)
    timers.pass(1_000)
    expect(heard).toEqual([3 / cap.MAX_DOCUMENT_STRUCTS])
    for (let i = 0; i < 100; i++) write(doc, 'another word')
    expect(timers.open).toBe(0)
  })

  it('measures again when it has grown, later and once', () => {
    const doc = new Y.Doc()
    const { timers, heard, end } = watch(doc)
    timers.pass(1_000)
    for (let i = 0; i < 3; i++) write(doc, 'x'.repeat(60_000))
    expect([timers.open, heard.length]).toEqual([1, 1])
    timers.pass(1_000)
    expect(heard[1]).toBeCloseTo(180_000 / cap.MAX_DOCUMENT_BYTES, 4)
    write(doc, 'x'.repeat(70_000))
    end()
    expect(timers.open).toBe(0)
  })

  it('notices a document of many small parts, and one that was tidied', () => {
    const doc = new Y.Doc()
    write(doc, '')
    const text = doc.getXmlFragment('body:en').get(0)
    if (!(text instanceof Y.XmlElement)) throw new Error('a paragraph')
    doc.transact(() => {
      // each at the front: a struct of its own
      for (let i = 0; i < cap.MAX_DOCUMENT_STRUCTS * 0.8; i++) text.insert(0, [new Y.XmlText()])
    })
    const { timers, heard } = watch(doc)
    timers.pass(1_000)
    expect(heard.at(-1)).toBeGreaterThan(cap.NEARLY_FULL)
    doc.getXmlFragment('body:en').delete(0, 1)
    write(doc, 'x'.repeat(70_000))
    timers.pass(1_000)
    expect(heard.at(-1)).toBeLessThan(cap.NEARLY_FULL)
  })
})
