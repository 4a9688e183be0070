import { useTranslation } from 'react-i18next'
import type { ProfileView } from '../../../shared/schemas/profiles'

const FIELDS = ['family', 'given', 'patronymic', 'latin', 'cyrillic', 'address'] as const

/** The profile was saved elsewhere since the form was opened: both values of whatever differs. */
export function StoredMeanwhile({
  profile,
  values,
}: {
  profile: ProfileView
  values: Readonly<Record<string, string>>
}) {
  const { t } = useTranslation(['account', 'common'])
  const stored = [
    ...FIELDS.map((field) => ({
      label: t(`name.${field}`),
      now: profile.name[field] ?? '',
      typed: values[field] ?? '',
    })),
    { label: t('profile.zone'), now: profile.timeZone, typed: values.timeZone ?? '' },
    {
      label: t('profile.interface'),
      now: t(`common:language.${profile.lang}`),
      typed: values.lang === profile.lang ? t(`common:language.${profile.lang}`) : '',
    },
  ].filter(({ now, typed }) => now.trim() !== typed.trim())
  return (
    <div
      role="alert"
      tabIndex={-1}
      className="rounded-lg border-l-[3px] border-danger bg-danger-wash px-3.5 py-2.5"
    >
      <p className="font-semibold">{t('profile.stale')}</p>
      <p className="text-[13px]">{t('profile.staleAdvice')}</p>
      <dl className="mt-2 grid gap-1.5 text-[13px]">
        {stored.map(({ label, now }) => (
          <div key={label} className="flex flex-wrap gap-x-2">
            <dt className="text-ink-2">{label}:</dt>
            <dd>
              <bdi className="font-medium">{now || t('profile.empty')}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
