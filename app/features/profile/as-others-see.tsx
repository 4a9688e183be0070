import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../shared/languages'
import type { PersonName } from '../../../shared/views'
import { Card } from '../../components/card'
import { Face } from '../../components/face'
import { addressName, fullName } from '../../lib/names'

/** One's name as a reader of each language meets it, with the polite way to say it. */
export function AsOthersSee({ name }: { name: PersonName }) {
  const { t } = useTranslation(['account', 'common'])
  return (
    <Card title={t('profile.seen')} id="seen-title">
      <dl className="mt-2 grid gap-4 sheet:grid-cols-2">
        {LANGUAGES.map((lang) => {
          const { main, other } = fullName(name, lang)
          const address = addressName(name, lang)
          return (
            <div key={lang}>
              <dt className="text-[13px] text-ink-2">{t(`profile.seenIn.${lang}`)}</dt>
              <dd className="mt-1.5 flex items-start gap-3">
                <Face name={name} tone={null} />
                <div className="min-w-0">
                  <span lang={main.lang} className="block font-semibold">
                    {main.text}
                  </span>
                  {other && (
                    <span lang={other.lang} className="block text-[13px] text-ink-2">
                      {other.text}
                    </span>
                  )}
                  <span className="block text-[13px] text-ink-2">
                    {t('profile.addressed')} <span lang={address.lang}>{address.text}</span>
                  </span>
                </div>
              </dd>
            </div>
          )
        })}
      </dl>
    </Card>
  )
}
