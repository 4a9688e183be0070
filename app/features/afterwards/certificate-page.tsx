import { useTranslation } from 'react-i18next'
import type { CertificateView } from '../../../shared/after-views'
import { type LocalizedText, ownLanguageFirst } from '../../../shared/languages'
import { useReader } from '../../lib/format'
import { NarrowPage } from '../sign-in/narrow-page'

/** What anybody may see of a certificate: name, title, hours, date, and whether it still holds. */
export function CertificatePage({ certificate }: { certificate: CertificateView }) {
  const { t } = useTranslation('workshop-after')
  const { lang } = useReader()
  const { code, name, title, hours, date, revoked } = certificate
  const day = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeZone: 'UTC' })
  const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 })
  return (
    <NarrowPage
      title={t(revoked ? 'check.revoked' : 'check.title')}
      lead={t(revoked ? 'check.revokedLead' : 'check.lead')}
    >
      <dl className="grid gap-3">
        <Fact label={t('check.name')}>
          <Both text={name} />
        </Fact>
        <Fact label={t('check.workshop')}>
          <Both text={title} />
        </Fact>
        <Fact label={t('check.hours')}>
          {t('providers.hours', { count: hours, hours: number.format(hours) })}
        </Fact>
        <Fact label={t('check.date')}>{day.format(new Date(`${date}T12:00:00Z`))}</Fact>
        <Fact label={t('check.code')}>
          <span lang="zxx" className="font-mono">
            {code}
          </span>
        </Fact>
      </dl>
    </NarrowPage>
  )
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-[13px] text-ink-2">{label}</dt>
      <dd className="font-medium">{children}</dd>
    </div>
  )
}

/** Both languages, as on the paper that is compared with it; the reader's own first. */
function Both({ text }: { text: LocalizedText }) {
  const { lang: reader } = useReader()
  const isOne = text.en === text.ru
  return ownLanguageFirst(reader).map((lang, at) =>
    !text[lang] || (isOne && at > 0) ? null : (
      <span key={lang} lang={lang} className="block">
        {text[lang]}
      </span>
    ),
  )
}
