import * as z from 'zod/mini'
import type { Language } from '../../../../shared/languages'
import type { PollView } from '../../../../shared/room-views'
import type { RoomActOf } from '../../../../shared/schemas/workshop-room'
import { POLL_FORMS, POLL_PURPOSES } from '../../../../shared/workshops'

/** A poll as its form has it. */
export const PollDraft = z.object({
  form: z.enum(POLL_FORMS),
  purpose: z.enum(POLL_PURPOSES),
  promptEn: z.string(),
  promptRu: z.string(),
  options: z.readonly(z.array(z.object({ id: z.string(), en: z.string(), ru: z.string() }))),
  right: z.readonly(z.array(z.string())),
})
export type PollDraft = z.infer<typeof PollDraft>

/** A new poll as the tab keeps it; sent again with the same key it is the same poll. */
export const BegunPoll = z.object({ draft: PollDraft, clientKey: z.string() })
export type BegunPoll = z.infer<typeof BegunPoll>

export const POLL_TEMPLATES = ['empty', 'yes_no', 'scale', 'quiz', 'text'] as const
export type PollTemplate = (typeof POLL_TEMPLATES)[number]

const BLANK = [
  { id: 'a', en: '', ru: '' },
  { id: 'b', en: '', ru: '' },
]
const EMPTY: PollDraft = {
  form: 'single',
  purpose: 'poll',
  promptEn: '',
  promptRu: '',
  options: BLANK,
  right: [],
}

/** What a poll begins with; its words are in both languages, whoever makes it. */
export function draftOf(template: PollTemplate): PollDraft {
  switch (template) {
    case 'yes_no':
      return {
        ...EMPTY,
        options: [
          { id: 'a', en: 'Yes', ru: 'Да' },
          { id: 'b', en: 'No', ru: 'Нет' },
          { id: 'c', en: 'Not sure', ru: 'Не уверены' },
        ],
      }
    case 'scale':
      return { ...EMPTY, form: 'scale', options: [] }
    case 'quiz':
      return { ...EMPTY, purpose: 'quiz', options: [...BLANK, { id: 'c', en: '', ru: '' }] }
    case 'text':
      return { ...EMPTY, form: 'text', options: [] }
    default:
      return EMPTY
  }
}

/** A draft that is stored, to be changed. */
export function draftFrom({ form, purpose, prompt, options, right }: PollView): PollDraft {
  return {
    form,
    purpose,
    promptEn: prompt.en ?? '',
    promptRu: prompt.ru ?? '',
    options:
      options.length > 0
        ? options.map(({ id, text }) => ({ id, en: text.en ?? '', ru: text.ru ?? '' }))
        : BLANK,
    right: right ?? [],
  }
}

export function hasOptions({ form }: Pick<PollDraft, 'form'>): boolean {
  return form === 'single' || form === 'multiple'
}

/** The draft with another option, whose id no option has. */
export function withOption(draft: PollDraft): PollDraft {
  const taken = new Set(draft.options.map(({ id }) => id))
  const id = [...'abcdefghijklmnopqrstuvwxyz'].find((letter) => !taken.has(letter))
  return id ? { ...draft, options: [...draft.options, { id, en: '', ru: '' }] } : draft
}

/** Languages in which something of it is still to be said; those who read only them would guess. */
export function missingIn(draft: PollDraft): Language[] {
  const options = hasOptions(draft) ? filled(draft) : []
  const lacks = (prompt: string, lang: Language) =>
    prompt.trim() === '' || options.some((option) => option[lang].trim() === '')
  const languages: Language[] = []
  if (lacks(draft.promptEn, 'en')) languages.push('en')
  if (lacks(draft.promptRu, 'ru')) languages.push('ru')
  return languages
}

export type DraftProblem = 'prompt' | 'options' | 'right'

/** What the server would refuse, said before. */
export function problemOf(draft: PollDraft): DraftProblem | null {
  if (draft.promptEn.trim() === '' && draft.promptRu.trim() === '') return 'prompt'
  if (!hasOptions(draft)) return null
  if (filled(draft).length < 2) return 'options'
  return draft.purpose === 'quiz' && rightIn(draft).length === 0 ? 'right' : null
}

/** The act's own fields: without options that nobody filled in. */
export function toAsked(draft: PollDraft): Omit<RoomActOf<'make_poll'>, 'act' | 'clientKey'> {
  const { form, promptEn, promptRu } = draft
  const options = hasOptions(draft) ? filled(draft) : []
  // a scale or free words have no right answer
  const purpose = hasOptions(draft) ? draft.purpose : 'poll'
  const right = purpose === 'quiz' ? rightIn(draft) : []
  return { form, purpose, promptEn, promptRu, options: [...options], right }
}

function filled({ options }: PollDraft) {
  return options.filter(({ en, ru }) => en.trim() !== '' || ru.trim() !== '')
}

function rightIn(draft: PollDraft): string[] {
  const ids = filled(draft).map(({ id }) => id)
  const right = ids.filter((id) => draft.right.includes(id))
  return draft.form === 'single' ? right.slice(0, 1) : right
}
