import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LocalizedText } from '../../../shared/languages'
import type { WorkshopView } from '../../../shared/workshop-views'
import { InLanguage } from '../../components/localized-title'

/** Where it is, what to dial, and what it counts for: as members see it in their workspace. */
export function HomeFacts({ view }: { view: WorkshopView }) {
  const { t } = useTranslation('entering')
  const { place, accreditation, phone, status } = view
  const dials = phone !== '' && status === 'announced'
  if (!hasText(place) && !hasText(accreditation) && !dials) return null
  return (
    <dl className="mt-3 grid gap-x-8 gap-y-2 border-t border-line pt-3 sheet:grid-cols-[auto_1fr]">
      {hasText(place) && (
        <Fact name={t('home.place')}>
          <InLanguage text={place} />
        </Fact>
      )}
      {dials && <Fact name={t('home.phone')}>{phone}</Fact>}
      {hasText(accreditation) && (
        <Fact name={t('home.accreditation')}>
          <InLanguage text={accreditation} />
        </Fact>
      )}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-ink-2">{name}</dt>
      <dd className="mb-1 min-w-0 whitespace-pre-line font-medium [overflow-wrap:anywhere]">
        {children}
      </dd>
    </div>
  )
}

/** What is recorded and who agrees to it, to those who are heard in it. */
export function Consent({ text }: { text: LocalizedText }) {
  const { t } = useTranslation('entering')
  if (!hasText(text)) return null
  return (
    <section aria-labelledby="consent" className="mt-8">
      <h2 id="consent">{t('home.consent')}</h2>
      <p className="mt-2 max-w-[64ch] whitespace-pre-line [overflow-wrap:anywhere]">
        <InLanguage text={text} />
      </p>
    </section>
  )
}

function hasText({ en, ru }: LocalizedText): boolean {
  return Boolean(en || ru)
}
