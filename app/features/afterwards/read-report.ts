import { z } from 'zod'
import { AppError } from '../../../shared/errors'
import { SaveReport } from '../../../shared/schemas/afterwards'
import { parseForm } from '../../lib/route'

const Fields = z.record(z.string().max(40), z.string().max(20_000))
const QUOTES_MOST = 10

/**
 * The report's form, its quotes put together from `quotes.0.text`, `quotes.0.who` …
 *
 * @throws AppError as `parseForm`
 */
export async function readReportForm(request: Request): Promise<SaveReport> {
  const fields = await parseForm(request, Fields)
  const quotes = Array.from({ length: QUOTES_MOST }, (_, index) => ({
    text: fields[`quotes.${index}.text`] ?? '',
    who: fields[`quotes.${index}.who`] ?? '',
    consent: fields[`quotes.${index}.consent`] === 'on',
  })).filter(({ text, who }) => text !== '' || who !== '')
  const parsed = SaveReport.safeParse({ ...fields, quotes })
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message])
  throw new AppError('invalid_input', Object.fromEntries(wrong))
}
