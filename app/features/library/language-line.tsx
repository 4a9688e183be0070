import { useTranslation } from 'react-i18next'
import type { Language } from '../../../shared/languages'
import type { RenditionView, ResourceView } from '../../../shared/views'
import { Chip } from '../../components/chip'
import { ShortName } from '../../components/person-name'
import { Sentence } from '../../components/sentence'
import { useFileWords } from './file-words'
import { StatusChip } from './status-chip'

/** What a library item has in one language: «RU ● оригинал 1,2 МБ», or that it has nothing, and who is at it. */
export function LanguageLine({ item, lang }: { item: ResourceView; lang: Language }) {
  const { t } = useTranslation(['library', 'common'])
  const own = item.renditions.filter((rendition) => rendition.lang === lang)
  const best = bestOf(own)
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <abbr
        title={t(`common:language.${lang}`)}
        className="w-6 text-[12.5px] font-semibold text-ink-2 no-underline"
      >
        {lang.toUpperCase()}
      </abbr>
      {best ? (
        <Standing rendition={best} others={own.length - 1} />
      ) : (
        <Missing item={item} lang={lang} />
      )}
    </span>
  )
}

function Standing({ rendition, others }: { rendition: RenditionView; others: number }) {
  const { t } = useTranslation('library')
  const words = useFileWords()
  const { source, status } = rendition
  return (
    <>
      <StatusChip status={status} />
      <span className="text-[13px] text-ink-2">
        {source.kind === 'file' ? words.size(source.bytes) : t('list.link')}
        {others > 0 && ` ${t('list.more', { count: others })}`}
      </span>
    </>
  )
}

function Missing({ item, lang }: { item: ResourceView; lang: Language }) {
  const { t } = useTranslation('library')
  const request = item.requests.find(({ to }) => to === lang)
  const person = request?.takenBy ?? request?.askedBy
  return (
    <>
      {item.renditions.length > 0 ? (
        <span className="rounded-full border border-dashed border-line-strong px-2.5 py-px text-[12.5px] font-semibold text-ink-2">
          <span aria-hidden="true">+ </span>
          {t('status.missing')}
        </span>
      ) : (
        <Chip>{t('status.none')}</Chip>
      )}
      {request && (
        <span className="text-[13px] text-ink-2">
          {person ? (
            <Sentence
              say={(part) =>
                request.takenBy
                  ? t('list.takenBy', { who: part('who') })
                  : t('list.askedBy', { who: part('who') })
              }
              parts={{ who: <ShortName name={person.name} /> }}
            />
          ) : (
            t('list.asked')
          )}
        </span>
      )}
    </>
  )
}

/** Of several versions in a language the one to take: not outdated, the newest. */
function bestOf(renditions: readonly RenditionView[]): RenditionView | undefined {
  return [...renditions].sort(
    (one, other) =>
      Number(one.status === 'outdated') - Number(other.status === 'outdated') ||
      (one.addedAt < other.addedAt ? 1 : -1),
  )[0]
}
