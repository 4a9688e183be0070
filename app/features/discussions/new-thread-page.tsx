import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { PageBody } from '../../components/page-frame'
import type { Refusal } from '../../lib/refusal'
import type { NewThreadData } from '../../routes/partnerships.$slug.discussions.new'
import { AnchorQuote } from './anchor'
import { NewThreadForm } from './new-thread-form'

/** Beginning a discussion, perhaps about a paragraph. */
export function NewThreadPage({
  slug,
  people,
  languages,
  anchor,
  clientKey,
  refusal,
}: NewThreadData & { refusal: Refusal | null }) {
  const { t } = useTranslation('discussions')
  const base = `/partnerships/${slug}/discussions`
  return (
    <PageBody>
      <p className="text-[13px] text-ink-2">
        <Link to={base} className="rounded-sm py-1 underline-offset-4 hover:underline">
          {t('list.title')}
        </Link>
      </p>
      <h1 tabIndex={-1} className="mt-1">
        {anchor ? t('new.titleAnchored') : t('new.title')}
      </h1>
      <p className="mt-1 max-w-[64ch] text-ink-2">{t('new.lead')}</p>
      {anchor && (
        <div className="mt-5">
          <AnchorQuote anchor={anchor} slug={slug} />
        </div>
      )}
      <NewThreadForm
        base={base}
        people={people}
        languages={languages}
        anchor={anchor}
        clientKey={clientKey}
        refusal={refusal}
      />
    </PageBody>
  )
}
