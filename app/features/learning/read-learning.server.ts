import { z } from 'zod'
import { AppError } from '../../../shared/errors'
import { AnswerTest, Evaluate, SaveTest } from '../../../shared/schemas/learning'
import { EVALUATION_SCALES, TEST_OPTIONS, WORKSHOP_LIMITS } from '../../../shared/workshops'
import { parseForm } from '../../lib/route'
import { SPARE_ITEMS, startingWith } from './test-fields'

const Fields = z.record(z.string().max(60), z.string().max(5_000))
const ROWS = WORKSHOP_LIMITS.testItems + SPARE_ITEMS

/**
 * The test's form: `items.0.promptEn`, `items.0.option0Ru` … Rows without a word are left out.
 *
 * @throws AppError as `parseForm`; what is wrong is named by its place in the form
 */
export async function readTestForm(request: Request): Promise<SaveTest> {
  const fields = await parseForm(request, Fields)
  const items = Array.from({ length: ROWS }, (_, place) => {
    const of = (field: string) => fields[`items.${place}.${field}`] ?? ''
    const options = Array.from({ length: TEST_OPTIONS.most }, (_, at) => ({
      en: of(`option${at}En`),
      ru: of(`option${at}Ru`),
    }))
    return {
      place,
      promptEn: of('promptEn'),
      promptRu: of('promptRu'),
      options,
      right: of('right'),
    }
  }).filter(({ promptEn, promptRu, options }) =>
    [promptEn, promptRu, ...options.flatMap(({ en, ru }) => [en, ru])].some(
      (text) => text.trim() !== '',
    ),
  )
  return parsed(SaveTest, { ...fields, items }, (path) => {
    const [list, at, ...rest] = path
    if (list !== 'items' || typeof at !== 'number') return path
    return [list, items[at]?.place ?? at, ...rest]
  })
}

/** A filled-in test: `answer.<item>`. @throws AppError as `parseForm` */
export async function readAnswers(request: Request): Promise<AnswerTest> {
  const fields = await parseForm(request, Fields)
  const answers = startingWith(fields, 'answer.')
  // whoever has no code from before gets the one that came with the page
  const sign = fields.sign?.trim() || fields.spare
  return parsed(AnswerTest, { ...fields, sign, answers })
}

/** An evaluation: `scale.clarity`, its texts. @throws AppError as `parseForm` */
export async function readEvaluation(request: Request): Promise<Evaluate> {
  const fields = await parseForm(request, Fields)
  const marks = startingWith(fields, 'scale.')
  const scales = Object.fromEntries(
    EVALUATION_SCALES.flatMap((scale) => (marks[scale] ? [[scale, marks[scale]]] : [])),
  )
  return parsed(Evaluate, { ...fields, scales })
}

function parsed<S extends z.ZodType>(
  schema: S,
  input: unknown,
  named = (path: PropertyKey[]) => path,
): z.infer<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const wrong = result.error.issues.map(({ path, message }) => [named(path).join('.'), message])
  throw new AppError('invalid_input', Object.fromEntries(wrong))
}
