import { useTranslation } from 'react-i18next'
import type { Language } from '../../../shared/languages'
import { byScript } from './term-filter'

const DOMAINS = [
  'art',
  'care',
  'doc',
  'dosing',
  'drug',
  'ethics',
  'hiv',
  'lab',
  'org',
  'pmtct',
  'prevention',
  'safety',
  'tb',
  'twinning',
] as const

/** A domain in words; one that is not known here by the mark it has. */
export function useDomainName(): (domain: string) => string {
  const { t } = useTranslation('search')
  return (domain) => {
    const known = DOMAINS.find((each) => each === domain)
    return known ? t(`domain.${known}`) : domain
  }
}

const PARTS = ['n', 'adj', 'adv', 'v', 'phr', 'abbr'] as const

/** A part of speech as dictionaries shorten it, the whole words for whoever asks. */
export function PartOfSpeech({ pos }: { pos: string }) {
  const { t } = useTranslation('search')
  const parts = pos.split(' ').flatMap((each) => PARTS.find((part) => part === each) ?? [])
  return parts.map((part, at) => (
    <span key={part}>
      {at > 0 && ' '}
      <abbr title={t(`pos.${part}`)} className="no-underline">
        {t(`posShort.${part}`)}
      </abbr>
    </span>
  ))
}

/** A text with names and abbreviations of the other language in it, each marked with its own. */
export function InScripts({ text, lang }: { text: string; lang: Language }) {
  return (
    <span lang={lang}>
      {byScript(text, lang).map((stretch, at) =>
        stretch.lang === lang ? (
          stretch.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no other name than their place
          <span key={at} lang={stretch.lang}>
            {stretch.text}
          </span>
        ),
      )}
    </span>
  )
}
