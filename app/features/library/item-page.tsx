import { useTranslation } from 'react-i18next'
import { otherLanguage } from '../../../shared/languages'
import { PageBody } from '../../components/page-frame'
import { RefusedNotice } from '../../components/refused-notice'
import { useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import { RemovedLines } from '../privacy/removed-line'
import { AddVersion } from './add-version'
import { ItemHead } from './item-head'
import { LanguageGroup } from './language-group'
import { NewsLine } from './news-line'
import type { OpenedItem } from './open-item'
import { useLiveItem } from './use-live-item'

/** A library item: what it is, what there is of it in either language, and what can be added. */
export function ItemPage({
  opened: loaded,
  posted,
}: {
  opened: OpenedItem
  /** The description that was posted without scripts and refused. */
  posted: Refusal | null
}) {
  const { t } = useTranslation('library')
  const { lang } = useReader()
  const { partnershipId, may } = loaded
  const { item, news } = useLiveItem(may.listen ? partnershipId : undefined, loaded.item)
  const opened = { ...loaded, item }
  return (
    <PageBody>
      <ItemHead opened={opened} posted={posted} />
      <RemovedLines purges={loaded.purges} />
      {loaded.refused && (
        <div className="mt-5">
          <RefusedNotice code={loaded.refused} />
        </div>
      )}
      <div className="mt-1">
        <NewsLine news={news} isOfPage />
      </div>
      <section aria-label={t('item.versions')} className="mt-4 grid gap-5 rail:grid-cols-2">
        {[lang, otherLanguage(lang)].map((each) => (
          <LanguageGroup key={each} lang={each} opened={opened} />
        ))}
      </section>
      {may.add && <AddVersion opened={opened} />}
    </PageBody>
  )
}
