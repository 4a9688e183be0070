import { useTranslation } from 'react-i18next'
import type { Language } from '../../../shared/languages'
import { LinkButton } from './link-button'
import { mismatchOf } from './writing'

/** In which language a post is; nothing to choose for who writes in one. */
export function WritingLanguage({
  languages,
  value,
  onChange,
}: {
  languages: readonly Language[]
  value: Language
  onChange: (lang: Language) => void
}) {
  const { t } = useTranslation('discussions')
  if (languages.length < 2) return <input type="hidden" name="lang" value={value} />
  return (
    <fieldset className="flex items-center gap-2 text-[13px] text-ink-2">
      <legend className="sr-only">{t('composer.language')}</legend>
      {languages.map((lang) => (
        <label
          key={lang}
          className="flex min-h-7 cursor-pointer items-center gap-1.5 has-checked:font-semibold has-checked:text-ink"
        >
          <input
            type="radio"
            name="lang"
            value={lang}
            checked={lang === value}
            onChange={() => onChange(lang)}
            className="size-4 accent-(--accent)"
          />
          {lang === 'en' ? t('composer.inEn') : t('composer.inRu')}
        </label>
      ))}
    </fieldset>
  )
}

/** A gentle word when the letters are of the other language than the one chosen. */
export function LanguageOffer({
  text,
  lang,
  languages,
  onChange,
}: {
  text: string
  lang: Language
  languages: readonly Language[]
  onChange: (lang: Language) => void
}) {
  const { t } = useTranslation('discussions')
  const other = mismatchOf(text, lang, languages)
  return (
    <p role="status" className="text-[13px] text-ink-2 empty:hidden">
      {other && (
        <>
          {other === 'en' ? t('composer.looksEn') : t('composer.looksRu')}{' '}
          <LinkButton tone="accent" onClick={() => onChange(other)}>
            {other === 'en' ? t('composer.switchEn') : t('composer.switchRu')}
          </LinkButton>
        </>
      )}
    </p>
  )
}
