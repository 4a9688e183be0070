import { useTranslation } from 'react-i18next'
import { pickText } from '../../../shared/languages'
import { Sentence } from '../../components/sentence'
import { useReader } from '../../lib/format'
import type { News } from './library-news'

/** Says quietly what has just changed here, on screen and to screen readers; one thing at a time. */
export function NewsLine({ news }: { news: News | null }) {
  const { t } = useTranslation('library')
  const { lang } = useReader()
  const title = news && pickText(news.item.title, lang)
  const say = (part: (name: 'title') => string) => {
    if (!news) return ''
    return 'lang' in news
      ? t(`news.${news.kind}_${news.lang}`, { title: part('title') })
      : t(`news.${news.kind}`, { title: part('title') })
  }
  return (
    <p role="status" className="min-h-5 text-[13px] text-ink-2">
      {title && (
        <Sentence say={say} parts={{ title: <span lang={title.lang}>{title.text}</span> }} />
      )}
    </p>
  )
}
