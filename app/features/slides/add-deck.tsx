import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { pickText } from '../../../shared/languages'
import type { PdfView } from '../../../shared/workshop-views'
import { SLIDES_PDF_MAX_BYTES, WORKSHOP_LIMITS } from '../../../shared/workshops'
import { Button } from '../../components/button'
import { useReader } from '../../lib/format'
import { sizeOf } from '../library/sizes'
import type { useDone } from '../workshops/use-done'

/** Choosing a PDF of the library and having slides made of it. */
export function AddDeck({
  pdfs,
  clientKey,
  doings,
}: {
  pdfs: readonly PdfView[]
  clientKey: string
  doings: ReturnType<typeof useDone>
}) {
  const { t } = useTranslation(['slides', 'library'])
  const { lang: reader } = useReader()
  const { value, unit } = sizeOf(SLIDES_PDF_MAX_BYTES, reader)
  return (
    <Form method="post" onSubmit={doings.doing(t('done.added'))} className="grid gap-3">
      <input type="hidden" name="intent" value="make" />
      <input type="hidden" name="clientKey" value={clientKey} />
      <div className="grid gap-1.5">
        <label htmlFor="slides-pdf" className="font-medium">
          {t('add.pdf')}
        </label>
        <p id="slides-pdf-hint" className="text-[13px] text-ink-2">
          {t('add.hint', {
            size: t(`library:size.${unit}`, { value }),
            count: WORKSHOP_LIMITS.deckPages,
          })}
        </p>
        <select
          id="slides-pdf"
          name="renditionId"
          required
          aria-describedby="slides-pdf-hint"
          className="min-h-10 w-full rounded-lg border border-line-control bg-surface px-3 py-2 text-base"
        >
          {pdfs.map(({ renditionId, title, lang, name }) => (
            <option key={renditionId} value={renditionId} lang={pickText(title, reader).lang}>
              {t('add.choice', {
                title: pickText(title, reader).text,
                lang: t(`ofLang.${lang}`),
                name,
              })}
            </option>
          ))}
        </select>
      </div>
      <div>
        <Button aria-disabled={doings.isSending || undefined}>{t('add.button')}</Button>
      </div>
    </Form>
  )
}
