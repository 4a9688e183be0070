import { describe, expect, it } from 'vitest'
import { groupOf } from '../../app/features/room/panels/group-of'
import {
  draftOf,
  missingIn,
  type PollDraft,
  problemOf,
  toAsked,
  withOption,
} from '../../app/features/room/panels/poll-draft'
import { shareOf } from '../../app/features/room/panels/poll-share'
import { countByFilter, inOrder, matches } from '../../app/features/room/panels/question-order'
import { nextRow } from '../../app/features/room/panels/rows'
import { problemOf as problemOfAct } from '../../app/features/room/panels/use-doing'
import { wholeNumber } from '../../app/features/room/panels/whole-number'
import type { GroupView, QuestionView } from '../../shared/room-views'
import { RoomAct } from '../../shared/schemas/workshop-room'

const question = (id: string, born: number, part: Partial<QuestionView> = {}): QuestionView => ({
  kind: 'question',
  id,
  born,
  rev: born,
  by: null,
  at: '2026-11-22T10:00:00.000Z',
  lang: 'en',
  text: id,
  translation: null,
  translationAsked: false,
  status: 'open',
  answer: null,
  threadId: null,
  deletedAt: null,
  clientKey: id,
  ...part,
})

describe('questions of a room', () => {
  const asked = [
    question('early', 1),
    question('wanted', 2),
    question('late', 3),
    question('gone', 4, { deletedAt: '2026-11-22T11:00:00.000Z' }),
  ]

  it('puts the most wanted first, of equals the one asked first, and leaves out the deleted', () => {
    const votes = new Map([
      ['wanted', 3],
      ['gone', 9],
    ])
    expect(inOrder(asked, votes).map(({ id }) => id)).toEqual(['wanted', 'early', 'late'])
  })

  it('counts for each filter what it would show', () => {
    const all = [
      ...asked,
      question('now', 5, { status: 'on_air' }),
      question('aside', 6, { status: 'set_aside' }),
      question('done', 7, { status: 'answered' }),
    ]
    expect(countByFilter(all)).toEqual({ open: 3, on_air: 1, answered: 2 })
    expect(all.filter((each) => matches(each, 'answered')).map(({ id }) => id)).toEqual([
      'aside',
      'done',
    ])
  })
})

describe('a poll being prepared', () => {
  const quiz: PollDraft = {
    ...draftOf('quiz'),
    promptEn: 'Which one?',
    promptRu: 'Который?',
    options: [
      { id: 'a', en: 'This', ru: 'Этот' },
      { id: 'b', en: 'That', ru: '' },
      { id: 'c', en: ' ', ru: '' },
    ],
    right: ['c', 'b'],
  }

  it('leaves out options without words, and right answers that went with them', () => {
    expect(toAsked(quiz).options.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(toAsked(quiz).right).toEqual(['b'])
  })

  it('says what the server would refuse', () => {
    expect(problemOf(draftOf('yes_no'))).toBe('prompt')
    expect(problemOf({ ...draftOf('empty'), promptRu: 'Да?' })).toBe('options')
    expect(problemOf({ ...quiz, right: ['c'] })).toBe('right')
    expect(problemOf(quiz)).toBeNull()
    expect(problemOf({ ...draftOf('scale'), promptEn: 'How sure?' })).toBeNull()
  })

  it('names the language in which something is missing', () => {
    expect(missingIn(quiz)).toEqual(['ru'])
    expect(missingIn({ ...draftOf('yes_no'), promptEn: 'Ready?' })).toEqual(['ru'])
    expect(missingIn({ ...draftOf('yes_no'), promptEn: 'Ready?', promptRu: 'Готовы?' })).toEqual([])
  })

  it('gives a new option an id that no other has, and makes acts the server reads', () => {
    const larger = withOption({ ...quiz, options: quiz.options.filter(({ id }) => id !== 'b') })
    expect(larger.options.map(({ id }) => id)).toEqual(['a', 'c', 'b'])
    const clientKey = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'
    for (const draft of [quiz, { ...draftOf('scale'), promptEn: 'How sure?' }]) {
      const act = { act: 'make_poll', ...toAsked(draft), clientKey }
      expect(RoomAct.safeParse(act).error).toBeUndefined()
    }
  })

  it('makes no quiz of what has no right answer', () => {
    expect(toAsked({ ...quiz, form: 'scale' })).toMatchObject({ purpose: 'poll', right: [] })
  })

  it('takes shares of those who answered, and of nobody none', () => {
    expect([shareOf(1, 3), shareOf(0, 0)]).toEqual([33, 0])
  })
})

describe('the room around somebody', () => {
  const group = (id: string, open: boolean, people: string[]) =>
    ({ id, open, people: people.map((id) => ({ id })) }) as unknown as GroupView

  it('finds the open group they are in, never one that was called back', () => {
    const groups = [group('before', false, ['me']), group('other', true, ['you'])]
    expect(groupOf(groups, 'me')).toBeNull()
    expect(groupOf([...groups, group('now', true, ['me'])], 'me')?.id).toBe('now')
  })

  it('goes on with the row after the present one, and with the first at the beginning', () => {
    const rows = [{ id: 'a' }, { id: 'b' }]
    expect([null, 'a', 'b'].map((now) => nextRow(rows, now)?.id)).toEqual(['a', 'b', undefined])
  })

  it('takes whole numbers within their bounds, however they are typed, and nothing else', () => {
    const typed = ['2', ' 12 ', '', '1', '13', '2.5', '-3', '1e1', 'два']
    expect(typed.map((text) => wholeNumber(text, 2, 12))).toEqual([
      ...[2, 12],
      ...typed.slice(2).map(() => null),
    ])
  })

  it('says that a facilitator’s act has not happened, and lets a vote wait for the line', () => {
    const vote = { act: 'upvote', item: 'x', on: true } as const
    expect(problemOfAct(vote, 'unreachable')).toBeNull()
    expect(problemOfAct(vote, { refused: 'conflict' })).toBe('conflict')
    expect(problemOfAct({ act: 'call_back' }, 'unreachable')).toBe('unreachable')
  })
})
