import { describe, expect, it } from 'vitest'
import type { DocJson } from '../../shared/editor/content'
import { counterpartOf, placeCounterpart, planCounterpart } from '../../shared/editor/counterpart'
import { protocolSchema } from '../../shared/editor/schema'
import { body, callout, h, list, p, table } from '../fixtures/bilingual'

const toNode = (...content: DocJson[]) => protocolSchema.nodeFromJSON(body(...content))

/** The other body after the counterpart was put in: kind and unit of each block, indented by depth. */
function afterPlan(source: DocJson[], target: DocJson[], unit: string): string[] | null {
  const doc = toNode(...target)
  let count = 0
  const plan = planCounterpart(toNode(...source), doc, unit, () => `n${++count}`)
  if (!plan) return null
  const inserted = protocolSchema.nodeFromJSON(plan.node)
  const result = doc.replace(plan.pos, plan.pos, sliceOf(inserted))
  result.check()
  const lines: string[] = []
  result.descendants((node, pos) => {
    if (!node.isTextblock) return true
    lines.push(`${'  '.repeat(result.resolve(pos).depth)}${node.type.name} ${node.attrs.unit}`)
    return false
  })
  return lines
}

function sliceOf(node: ReturnType<typeof toNode>) {
  return protocolSchema.topNodeType.create(null, node).slice(0, node.nodeSize)
}

describe('counterpartOf', () => {
  it('has the shape, level, kind and units, but no text and new uids', () => {
    let count = 0
    const newId = () => `n${++count}`
    expect(counterpartOf(h('a', 'Head', 3), newId)).toEqual({
      type: 'heading',
      attrs: { uid: 'n1', unit: 'a', level: 3 },
    })
    expect(counterpartOf(callout('contraindication', p('c', 'Not')), newId)).toEqual(
      callout('contraindication', { type: 'paragraph', attrs: { uid: 'n2', unit: 'c' } }),
    )
    expect(counterpartOf(table([p('t1', 'x'), p('t2', 'y')]), newId)).toEqual(
      table([
        { type: 'paragraph', attrs: { uid: 'n3', unit: 't1' } },
        { type: 'paragraph', attrs: { uid: 'n4', unit: 't2' } },
      ]),
    )
  })
})

describe('placeCounterpart', () => {
  const target = toNode(p('a', 'Раз'), list([p('l', 'Пункт')]), p('z', 'Конец'))

  it('is after the nearest preceding unit that is there', () => {
    expect(placeCounterpart(target, ['a', 'gone'])).toBe(5)
    expect(placeCounterpart(target, ['a', 'l'])).toBe(16)
  })

  it('is at the beginning when none is there', () => {
    expect(placeCounterpart(target, [])).toBe(0)
    expect(placeCounterpart(target, ['gone'])).toBe(0)
  })
})

describe('planCounterpart', () => {
  const cases: {
    title: string
    source: DocJson[]
    target: DocJson[]
    unit: string
    expected: string[] | null
  }[] = [
    {
      title: 'puts a heading after the preceding unit',
      source: [p('a', '1'), h('b', '2'), p('c', '3')],
      target: [p('a', '1'), p('c', '3')],
      unit: 'b',
      expected: ['paragraph a', 'heading b', 'paragraph c'],
    },
    {
      title: 'puts a list item beside its neighbours in the list',
      source: [list([p('a', '1')], [p('b', '2')], [p('c', '3')])],
      target: [list([p('a', '1')], [p('c', '3')])],
      unit: 'b',
      expected: ['    paragraph a', '    paragraph b', '    paragraph c'],
    },
    {
      title: 'puts the first item before the second',
      source: [list([p('a', '1')], [p('b', '2')])],
      target: [list([p('b', '2')])],
      unit: 'a',
      expected: ['    paragraph a', '    paragraph b'],
    },
    {
      title: 'puts a nested item at its own level',
      source: [list([p('a', '1'), list([p('n1', 'x')], [p('n2', 'y')])], [p('b', '2')])],
      target: [list([p('a', '1'), list([p('n1', 'x')])], [p('b', '2')])],
      unit: 'n2',
      expected: [
        '    paragraph a',
        '        paragraph n1',
        '        paragraph n2',
        '    paragraph b',
      ],
    },
    {
      title: 'puts an item after a sibling with a nested list, at the sibling’s level',
      source: [list([p('a', '1'), list([p('n1', 'x')])], [p('b', '2')])],
      target: [list([p('a', '1'), list([p('n1', 'x')])])],
      unit: 'b',
      expected: ['    paragraph a', '        paragraph n1', '    paragraph b'],
    },
    {
      title: 'brings the whole callout when nothing of it is there',
      source: [p('a', '1'), callout('warning', p('c1', 'x'), p('c2', 'y'))],
      target: [p('a', '1'), p('z', '9')],
      unit: 'c2',
      expected: ['paragraph a', '  paragraph c1', '  paragraph c2', 'paragraph z'],
    },
    {
      title: 'brings the whole table when nothing of it is there',
      source: [p('a', '1'), table([p('t1', 'x'), p('t2', 'y')])],
      target: [p('a', '1')],
      unit: 't2',
      expected: ['paragraph a', '      paragraph t1', '      paragraph t2'],
    },
    {
      title: 'adds the row that a table lacks',
      source: [table([p('t1', 'x')], [p('t2', 'y')], [p('t3', 'z')])],
      target: [table([p('t1', 'x')], [p('t3', 'z')])],
      unit: 't2',
      expected: ['      paragraph t1', '      paragraph t2', '      paragraph t3'],
    },
    {
      title: 'wraps an item in a list of its own where its neighbours are plain paragraphs',
      source: [list([p('a', '1')], [p('b', '2')])],
      target: [p('a', '1'), p('z', '9')],
      unit: 'b',
      expected: ['paragraph a', '    paragraph b', 'paragraph z'],
    },
    {
      title: 'does not break the shape of a row',
      source: [table([p('t1', 'x'), p('t2', 'y')])],
      target: [table([p('t1', 'x'), p('t9', 'y')])],
      unit: 't2',
      expected: null,
    },
    {
      title: 'has nothing to do where the unit is already',
      source: [p('a', '1')],
      target: [p('a')],
      unit: 'a',
      expected: null,
    },
  ]
  for (const { title, source, target, unit, expected } of cases) {
    it(title, () => {
      expect(afterPlan(source, target, unit)).toEqual(expected)
    })
  }
})
