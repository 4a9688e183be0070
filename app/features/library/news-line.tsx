import { useTranslation } from 'react-i18next'
import { type Language, pickText } from '../../../shared/languages'
import type { RenditionView } from '../../../shared/views'
import { Sentence } from '../../components/sentence'
import { useReader } from '../../lib/format'
import type { News } from './library-news'
import { hostOf } from './rendition-card'

/**
 * Says quietly what has just changed here, on screen and to screen readers; one thing at a time.
 *
 * @param isOfPage the page is about that one item, whose title need not be said again
 */
export function NewsLine({ news, isOfPage = false }: { news: News | null; isOfPage?: boolean }) {
  return (
    <p role="status" className="min-h-5 text-[13px] [overflow-wrap:anywhere] text-ink-2">
      {news && (isOfPage ? <Here news={news} /> : <Anywhere news={news} />)}
    </p>
  )
}

function Anywhere({ news }: { news: News }) {
  const { lang } = useReader()
  return <Named news={news} name={pickText(news.item.title, lang)} />
}

function Here({ news }: { news: News }) {
  const { t } = useTranslation('library')
  if ('version' in news) return <Named news={news} name={nameOf(news.version)} />
  return news.kind === 'asked' ? t(`news.here.asked_${news.lang}`) : t(`news.here.${news.kind}`)
}

function Named({ news, name }: { news: News; name: { text: string; lang: Language } }) {
  const { t } = useTranslation('library')
  const say = (part: (name: 'title') => string) =>
    'lang' in news
      ? t(`news.${news.kind}_${news.lang}`, { title: part('title') })
      : t(`news.${news.kind}`, { title: part('title') })
  return <Sentence say={say} parts={{ title: <span lang={name.lang}>{name.text}</span> }} />
}

/** A file by its name, a link by where it leads. */
function nameOf({ source, lang }: RenditionView): { text: string; lang: Language } {
  return source.kind === 'file'
    ? { text: source.name, lang }
    : { text: hostOf(source.url), lang: 'en' }
}
