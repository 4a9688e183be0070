import { Term, type TermRow } from '../../models/term'
import type { Actor } from '../../shared/actor'
import { LANGUAGES } from '../../shared/languages'
import type { TermView } from '../../shared/views'
import type { Ports } from '../ports'
import { demand } from './access'
import { putSearchTexts } from './search-index'

/** A glossary is read whole; a longer one needs another page than this. */
const TERMS_MAX = 2_000

/**
 * The terms of a partnership in both languages, by the term in the reader's own.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function listTerms(
  _ports: Ports,
  actor: Actor,
  partnershipId: string,
): Promise<TermView[]> {
  demand(actor, 'glossary:read', { partnershipId })
  const rows = await Term.find({ partnership: partnershipId }).limit(TERMS_MAX).lean()
  const collator = new Intl.Collator(actor.lang, { numeric: true })
  return rows
    .map(({ _id, en, ru, pos, domain, note }) => ({ id: String(_id), en, ru, pos, domain, note }))
    .sort((a, b) => collator.compare(a[actor.lang], b[actor.lang]) || collator.compare(a.en, b.en))
}

/** Make terms findable, each in both languages; for whoever stores them. */
export async function indexTerms(terms: readonly TermRow[], at: Date): Promise<void> {
  await putSearchTexts(
    terms.flatMap(({ _id, partnership, en, ru, note }) =>
      LANGUAGES.map((lang) => ({
        partnership,
        kind: 'term' as const,
        of: _id,
        part: `term ${lang}`,
        title: { en, ru },
        lang,
        // notes are written in English, with Russian words in between
        text: lang === 'en' && note ? `${en}. ${note}` : lang === 'en' ? en : ru,
        published: false,
        at,
      })),
    ),
  )
}
