import { useTranslation } from 'react-i18next'
import { FormHead, PageBody } from '../../components/page-frame'
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
      <FormHead
        list={{ to: base, title: t('list.title') }}
        title={anchor ? t('new.titleAnchored') : t('new.title')}
        lead={t('new.lead')}
      />
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
