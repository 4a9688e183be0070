import { useTranslation } from 'react-i18next'
import { type LocalizedText, otherLanguage } from '../../../shared/languages'
import { useReader } from '../../lib/format'

/** A word beside a text that is not there in the reader's language; else nothing. */
export function OtherLanguageOnly({
  text,
  className = '',
}: {
  text: LocalizedText
  className?: string
}) {
  const { t } = useTranslation('workshops')
  const { lang } = useReader()
  const other = otherLanguage(lang)
  if (text[lang] || !text[other]) return null
  return (
    <span className={`text-[13px] font-normal text-ink-2 ${className}`}>
      {t('about.oneLanguage', { language: t(`language.${other}`) })}
    </span>
  )
}
