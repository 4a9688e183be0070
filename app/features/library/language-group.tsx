import { useTranslation } from 'react-i18next'
import type { Language } from '../../../shared/languages'
import { useReader } from '../../lib/format'
import type { OpenedItem } from './open-item'
import { RenditionCard } from './rendition-card'
import { TranslationRequest } from './translation-request'

/** What there is in one language, newest first; or that there is nothing, and what is done about it. */
export function LanguageGroup({ lang, opened }: { lang: Language; opened: OpenedItem }) {
  const { t } = useTranslation(['library', 'common'])
  const { lang: reader } = useReader()
  const { item } = opened
  const renditions = item.renditions
    .filter((rendition) => rendition.lang === lang)
    .sort(
      (one, other) =>
        Number(one.status === 'outdated') - Number(other.status === 'outdated') ||
        (one.addedAt < other.addedAt ? 1 : -1),
    )
  const hasOther = item.renditions.length > renditions.length
  return (
    <section
      aria-labelledby={`in-${lang}`}
      data-lang={lang}
      className="min-w-0 self-start rounded-card border border-line bg-surface px-4 py-4 sheet:px-5"
    >
      <h2 id={`in-${lang}`}>{t(`item.in_${lang}`)}</h2>
      {renditions.length === 0 ? (
        <p className="mt-2 text-ink-2">{t(hasOther ? 'item.missing' : 'item.nothing')}</p>
      ) : (
        <ul>
          {renditions.map((rendition, at) => (
            <RenditionCard
              key={rendition.id}
              rendition={rendition}
              opened={opened}
              isFirst={lang === reader && at === 0 && rendition.status !== 'outdated'}
            />
          ))}
        </ul>
      )}
      <TranslationRequest
        lang={lang}
        opened={opened}
        mayAsk={renditions.length === 0 && hasOther}
      />
    </section>
  )
}
