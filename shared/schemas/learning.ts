import { z } from 'zod'
import { CADRES } from '../cadres'
import { LANGUAGES } from '../languages'
import {
  EVALUATION_SCALES,
  EVALUATION_TEXTS,
  type EvaluationScale,
  LEARNING_LENGTH,
  NOT_APPLICABLE,
  PROMISE_OUTCOMES,
  TEST_OPTIONS,
  TEST_PHASES,
  WORKSHOP_LIMITS,
} from '../workshops'
import { Acknowledged } from './purges'
import { OneLine, Prose } from './text'

const Rev = z.coerce.number().int().min(0)
const Text = z.literal('').or(Prose(LEARNING_LENGTH.text)).default('')
const Name = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/)

const TestItem = z
  .object({
    /** Its number in the form, by which its fields are named. */
    place: z.number().int().min(0),
    promptEn: OneLine(LEARNING_LENGTH.prompt).default(''),
    promptRu: OneLine(LEARNING_LENGTH.prompt).default(''),
    /** Those without a word are left out. */
    options: z
      .array(
        z.object({
          en: OneLine(LEARNING_LENGTH.option).default(''),
          ru: OneLine(LEARNING_LENGTH.option).default(''),
        }),
      )
      .max(TEST_OPTIONS.most),
    /** Number of the right option among them all. */
    right: z.coerce.number().int().min(0),
  })
  .superRefine(({ promptEn, promptRu, options, right }, context) => {
    const wrong = (path: string) => context.addIssue({ code: 'custom', path: [path] })
    const isThere = options.map(({ en, ru }) => en !== '' || ru !== '')
    if (promptEn === '' && promptRu === '') wrong('prompt')
    if (isThere.filter(Boolean).length < TEST_OPTIONS.fewest) wrong('options')
    else if (!isThere[right]) wrong('right')
  })

/** All items of a test; `base` is the count of changes that the form was opened with. */
export const SaveTest = z.object({
  base: Rev,
  items: z.array(TestItem).max(WORKSHOP_LIMITS.testItems),
  acknowledged: Acknowledged,
})
export type SaveTest = z.infer<typeof SaveTest>

/** Begin or end taking answers. */
export const OpenTest = z.object({
  phase: z.enum(TEST_PHASES),
  open: z.enum(['yes', 'no']).transform((open) => open === 'yes'),
})
export type OpenTest = z.infer<typeof OpenTest>

/** Take a text out of the evaluations, as it reads; what two have written alike goes from both. */
export const BlankVoice = z.object({
  name: z.enum(EVALUATION_TEXTS),
  text: Prose(LEARNING_LENGTH.text),
})
export type BlankVoice = z.infer<typeof BlankVoice>

export const Phase = z.enum(TEST_PHASES)

const LATIN: Readonly<Record<string, string>> = {
  б: 'b',
  д: 'd',
  г: 'g',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  з: 'z',
  а: 'a',
  и: 'i',
  о: 'o',
  у: 'u',
}

/** What joins the two tests of one person: four syllables and three digits, in either script. */
export const SheetCode = z
  .string()
  .max(60)
  .transform((typed) =>
    [...typed.toLowerCase().replace(/[^\p{L}\d]/gu, '')]
      .map((each) => LATIN[each] ?? each)
      .join(''),
  )
  .pipe(z.string().regex(/^(?:[bdgklmnprstz][aiou]){4}[1-9]\d{2}$/))

/** A code in the letters of the reader. */
export function inScript(code: string, script: 'latin' | 'cyrillic'): string {
  const letter = (latin: string) =>
    Object.keys(LATIN).find((cyrillic) => LATIN[cyrillic] === latin) ?? latin
  const written = script === 'latin' ? code : [...code].map(letter).join('')
  return written.replace(/^(..)(..)(..)(..)/, '$1-$2-$3-$4 ')
}

/** A filled-in test. */
export const AnswerTest = z.object({
  phase: Phase,
  sign: SheetCode,
  /** Count of changes of the items that were on the page. */
  base: Rev,
  answers: z
    .record(Name, Name)
    .refine((answers) => Object.keys(answers).length <= WORKSHOP_LIMITS.testItems)
    .refine((answers) => Object.keys(answers).length > 0),
})
export type AnswerTest = z.infer<typeof AnswerTest>

const Mark = z.coerce.number().int().min(1).max(5)
const NotApplicable = z.literal(NOT_APPLICABLE)

/** What does not apply is kept no other way than what was left out. */
function marksOf(
  scales: Partial<Record<EvaluationScale, number | typeof NOT_APPLICABLE>>,
): Partial<Record<EvaluationScale, number>> {
  const marks = Object.entries(scales).filter(([, mark]) => mark !== NOT_APPLICABLE)
  return Object.fromEntries(marks)
}

/** An evaluation (T10); everything may be left out, but not all of it. */
export const Evaluate = z
  .object({
    /** Of the browser; sent again it is the same sheet. */
    sign: SheetCode,
    lang: z.enum(LANGUAGES),
    cadre: z
      .enum(CADRES)
      .or(z.literal('').transform(() => undefined))
      .optional(),
    scales: z.partialRecord(z.enum(EVALUATION_SCALES), Mark.or(NotApplicable)).transform(marksOf),
    mostUseful: Text,
    leastUseful: Text,
    willChange: Text,
    acknowledged: Acknowledged,
  })
  .refine(
    (sheet) =>
      Object.keys(sheet.scales).length > 0 || EVALUATION_TEXTS.some((text) => sheet[text] !== ''),
    { path: ['scales'] },
  )
export type Evaluate = z.infer<typeof Evaluate>

/** What somebody means to change; they agree to be asked about it. */
export const SavePromise = z.object({
  text: Prose(LEARNING_LENGTH.text),
  lang: z.enum(LANGUAGES),
  consent: z.literal('on'),
  acknowledged: Acknowledged,
})
export type SavePromise = z.infer<typeof SavePromise>

/** What has become of it. */
export const AnswerPromise = z.object({
  outcome: z.enum(PROMISE_OUTCOMES),
  answer: Text,
  acknowledged: Acknowledged,
})
export type AnswerPromise = z.infer<typeof AnswerPromise>
