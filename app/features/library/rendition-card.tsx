import { useTranslation } from 'react-i18next'
import type { RenditionView } from '../../../shared/views'
import { ButtonLink } from '../../components/button'
import { ShortName } from '../../components/person-name'
import { Sentence } from '../../components/sentence'
import { useFormat } from '../../lib/format'
import { FileName } from '../privacy/file-name'
import { useFileWords } from './file-words'
import type { OpenedItem } from './open-item'
import { outdatedBy } from './outdated'
import { RenditionActions } from './rendition-actions'
import { StatusChip } from './status-chip'

/** One version: how it stands, what it is, who added it when, and the way to it. */
export function RenditionCard({
  rendition,
  opened,
  isFirst,
}: {
  rendition: RenditionView
  opened: OpenedItem
  /** The reader's own: its download is the page's next step. */
  isFirst: boolean
}) {
  const { source, status, lang } = rendition
  return (
    <li
      data-rendition={rendition.id}
      className="grid gap-2.5 border-t border-line py-4 first:border-t-0 last:pb-1"
    >
      <p>
        <StatusChip status={status} />
      </p>
      <div className="min-w-0">
        {source.kind === 'file' ? (
          <p lang={lang} className="font-semibold [overflow-wrap:anywhere]">
            <FileName name={source.name} />
          </p>
        ) : (
          <p lang="en" className="font-semibold [overflow-wrap:anywhere]">
            {hostOf(source.url)}
          </p>
        )}
        <AddedLine rendition={rendition} />
      </div>
      {status === 'outdated' && <OutdatedNote rendition={rendition} opened={opened} />}
      <RenditionActions rendition={rendition} opened={opened}>
        <WayTo rendition={rendition} isFirst={isFirst} />
      </RenditionActions>
    </li>
  )
}

function AddedLine({ rendition }: { rendition: RenditionView }) {
  const { t } = useTranslation('library')
  const words = useFileWords()
  const format = useFormat()
  const { source, addedBy, addedAt } = rendition
  return (
    <p className="mt-0.5 text-[13px] text-ink-2">
      {source.kind === 'file'
        ? `${words.type(source.mediaType)}, ${words.size(source.bytes)}`
        : t('item.linkNote')}
      <span className="block">
        {addedBy ? (
          <Sentence
            say={(part) => t('item.addedBy', { who: part('who'), at: part('at') })}
            parts={{
              who: <ShortName name={addedBy.name} />,
              at: <time dateTime={addedAt}>{format.dateTime(addedAt)}</time>,
            }}
          />
        ) : (
          t('item.addedAt', { at: format.dateTime(addedAt) })
        )}
      </span>
    </p>
  )
}

/** To the file or the other site; the file is named for those who hear the page. */
function WayTo({ rendition, isFirst }: { rendition: RenditionView; isFirst: boolean }) {
  const { t } = useTranslation('library')
  const { source, lang } = rendition
  const look = isFirst ? 'primary' : 'quiet'
  if (source.kind === 'link') {
    return (
      <ButtonLink to={source.url} look={look} rel="noopener noreferrer" target="_blank">
        <span>
          <Sentence
            say={(part) => t('item.open', { host: part('host') })}
            parts={{ host: <span lang="en">{hostOf(source.url)}</span> }}
          />
        </span>
      </ButtonLink>
    )
  }
  return (
    <ButtonLink to={source.path} look={look} reloadDocument download={source.name}>
      {t('item.download')}
      <span lang={lang} className="sr-only">
        {source.name}
      </span>
    </ButtonLink>
  )
}

function OutdatedNote({ rendition, opened }: { rendition: RenditionView; opened: OpenedItem }) {
  const { t } = useTranslation('library')
  const format = useFormat()
  const newer = outdatedBy(rendition, opened.item.renditions)
  return (
    <p className="rounded-lg bg-drift-wash px-3 py-2 text-[13px] text-drift">
      {newer
        ? t(`item.outdatedBy_${newer.lang}`, { at: format.date(newer.addedAt) })
        : t('item.outdated')}
    </p>
  )
}

/** “who.int” of “https://www.who.int/…”: where a link leads. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host.replace(/^www\./, '') : url
}
