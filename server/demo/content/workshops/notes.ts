import type { Language } from '../../../../shared/languages'
import { type Line, NOT_FOR_USE } from '../types'

/** The shared notes of a workshop, written while it goes on; keys of members who wrote them. */
export type DemoNotes = {
  /** Short, in every block's id. */
  key: string
  source: Language
  translatedBy: string
  reviewedBy: string
  editedBy: string
  /** Minutes after the beginning: when the first pair was marked, and the last edit. */
  markedAfter: number
  editedAfter: number
  lines: readonly Line[]
}

/** By the key of the workshop. */
export const NOTES: Readonly<Record<string, DemoNotes>> = {
  'cd4-clinic': {
    key: 'cd4notes',
    source: 'en',
    translatedBy: 'reviewer',
    reviewedBy: 'reviewer',
    editedBy: 'physician.us',
    markedAfter: 8,
    editedAfter: 24,
    lines: [
      NOT_FOR_USE,
      ['h2', 'Two numbers, one patient', 'Два числа, один пациент'],
      [
        'p',
        'We always read both results together, and the earlier ones beside them.',
        'Оба результата всегда читаем вместе, а рядом держим прежние.',
      ],
      [
        'p',
        'Before anything is changed, we ask about missed doses and repeat the test.',
        'Прежде чем что-либо менять, повторяем анализ.',
        { enWas: 'Before anything is changed, we repeat the test.' },
      ],
      ['h2', 'What we agree on', 'О чём договорились'],
      [
        'li',
        'Both sides write results in one form, with the units in words.',
        'Обе стороны записывают результаты по одной форме, единицы — словами.',
      ],
      [
        'li',
        'The nurse who draws the blood writes down what the patient says about the last week.',
        'Медсестра, которая берёт кровь, записывает, что пациент говорит о последней неделе.',
        'draft',
      ],
      ['h2', 'To do', 'Что сделать'],
      [
        'li',
        'Put the conversion table on the wall of both treatment rooms.',
        'Повесить таблицу перевода единиц в обоих процедурных кабинетах.',
      ],
      ['li', 'Write a one-page sheet for patients that shows both numbers.', null],
    ],
  },
  'art-basics': {
    key: 'artnotes',
    source: 'ru',
    translatedBy: 'physician.ru',
    reviewedBy: 'reviewer',
    editedBy: 'coordinator.ru',
    markedAfter: 60,
    editedAfter: 2_880,
    lines: [
      NOT_FOR_USE,
      ['h2', 'The first month', 'Первый месяц', 'reviewed'],
      [
        'p',
        'Most questions come in the first two weeks, and most of them in the evening.',
        'Больше всего вопросов в первые две недели, и чаще всего вечером.',
        'reviewed',
      ],
      [
        'p',
        'The nurse hears of side effects first, so the nurse has the list at hand.',
        'О побочных эффектах первой слышит медсестра, поэтому список под рукой у неё.',
        'reviewed',
      ],
      [
        'p',
        'The leaflet is given out at the first dispensing, and read aloud together.',
        'Памятку выдают при первой выдаче препаратов и читают вслух вместе с пациентом.',
        { ruWas: 'Памятку выдают при первой выдаче препаратов.' },
      ],
      ['h2', 'What stayed open', 'Что осталось открытым'],
      [
        'li',
        'Who answers the telephone at night?',
        'Кто отвечает на телефонные звонки ночью?',
        'reviewed',
      ],
      ['li', null, 'Как рассказать о лечении семье, если пациент этого хочет?'],
    ],
  },
}
