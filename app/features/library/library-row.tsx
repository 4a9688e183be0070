import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { otherLanguage } from '../../../shared/languages'
import type { ResourceView } from '../../../shared/views'
import { LocalizedTitle } from '../../components/localized-title'
import { useFormat, useReader } from '../../lib/format'
import { LanguageLine } from './language-line'

/** One item: both titles, what there is in each language, when it last changed. */
export function LibraryRow({ item, base }: { item: ResourceView; base: string }) {
  const { t } = useTranslation('library')
  const { lang } = useReader()
  const format = useFormat()
  return (
    <li className="relative grid gap-x-6 gap-y-2.5 border-t border-line px-4 py-4 first:border-t-0 hover:bg-paper sheet:px-5 rail:grid-cols-[minmax(0,1fr)_minmax(0,23rem)_7.5rem]">
      <div className="min-w-0">
        <Link
          to={`${base}/${item.id}`}
          prefetch="intent"
          className="font-semibold after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-[inset_0_0_0_2px_var(--accent)]"
        >
          <LocalizedTitle text={item.title} otherClassName="text-[13px] font-normal" />
        </Link>
      </div>
      <div className="grid content-start gap-1.5">
        <LanguageLine item={item} lang={lang} />
        <LanguageLine item={item} lang={otherLanguage(lang)} />
      </div>
      <p className="text-[13px] text-ink-3 rail:pt-0.5 rail:text-right">
        <span className="rail:sr-only">{t('list.lastChange')}: </span>
        <time dateTime={item.changedAt}>{format.date(item.changedAt)}</time>
      </p>
    </li>
  )
}
