import type { CertificateRow } from '../../models/certificate'
import { type Language, type LocalizedText, pickText } from '../../shared/languages'
import type { CertificateWords } from '../papers/certificate'
import { longDate, number, paperWords } from './paper-words'

/** What a certificate says in both languages. */
export function certificateWords(
  { name, title, hours, date }: Pick<CertificateRow, 'name' | 'title' | 'hours' | 'date'>,
  about: { partnership: LocalizedText; accreditation: LocalizedText },
): Record<Language, CertificateWords> {
  const inLanguage = (lang: Language): CertificateWords => {
    const t = paperWords(lang)
    return {
      heading: t('certificate.heading'),
      intro: t('certificate.intro'),
      name: pickText(name, lang).text,
      took: t('certificate.took'),
      title: pickText(title, lang).text,
      when: t('certificate.when', {
        date: longDate(date, lang),
        hours: t('certificate.hours', { count: hours, hours: number(hours, lang) }),
      }),
      accreditation: about.accreditation[lang] ?? '',
      partnership: t('certificate.partnership', { name: pickText(about.partnership, lang).text }),
      check: t('certificate.check'),
    }
  }
  return { en: inLanguage('en'), ru: inLanguage('ru') }
}
