import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../shared/languages'
import type { ProfileView } from '../../../shared/schemas/profiles'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { useFocusRefused } from '../../lib/focus-refused'
import { type Refusal, wrongIn } from '../../lib/refusal'
import { Choice } from '../library/fields'
import { Refused } from '../sign-in/refused'
import { AsOthersSee } from './as-others-see'
import { OtherNameFields, OwnNameFields, useOfferedLatin } from './name-fields'
import { StoredMeanwhile } from './stored-meanwhile'

type Props = {
  profile: ProfileView
  /** IANA zones to choose from. */
  zones: readonly string[]
  isSaved: boolean
  refusal: Refusal | null
}

/** Who one is to others: names, languages, time zone. */
export function ProfilePage({ profile, zones, isSaved, refusal }: Props) {
  const { t } = useTranslation(['account', 'common'])
  const form = useFocusRefused(refusal)
  const { offered, onInput } = useOfferedLatin(refusal, profile.name)
  const kept = refusal?.values
  const wrong = wrongIn(refusal)
  const reads = (lang: 'en' | 'ru') => {
    if (kept) return (lang === 'en' ? kept.readsEn : kept.readsRu) === 'on'
    return profile.languages.includes(lang)
  }
  const saved = isSaved && !refusal
  return (
    <div className="grid max-w-[720px] gap-6">
      <div>
        <h1 tabIndex={-1}>{t('profile.title')}</h1>
        <p className="mt-1 text-ink-2 [overflow-wrap:anywhere]">
          {t('profile.email', { email: profile.email })}
        </p>
      </div>
      <p role="status" className={saved ? 'rounded-lg bg-accent-wash px-3.5 py-2.5' : 'sr-only'}>
        {saved ? t('profile.saved') : ''}
      </p>
      <AsOthersSee name={profile.name} />
      <Form
        ref={form}
        method="post"
        reloadDocument
        noValidate
        onInput={onInput}
        className="grid gap-6"
      >
        {refusal?.refused.code === 'conflict' ? (
          <StoredMeanwhile profile={profile} values={refusal.values} />
        ) : (
          <Refused refusal={refusal} />
        )}
        <Card title={t('profile.name')} id="name-title">
          <div className="mt-3 grid gap-4">
            <OwnNameFields refusal={refusal} name={profile.name} />
            <OtherNameFields refusal={refusal} name={profile.name} offered={offered} />
          </div>
        </Card>
        <Card title={t('profile.languages')} id="languages-title">
          <div className="mt-3 grid gap-4">
            <fieldset
              aria-describedby={wrong.languages ? 'languages-error' : undefined}
              className="grid gap-2"
            >
              <legend className="mb-1.5 font-medium">{t('profile.reads')}</legend>
              {LANGUAGES.map((lang) => (
                <label key={lang} className="flex items-center gap-2.5">
                  <input
                    type="checkbox"
                    name={lang === 'en' ? 'readsEn' : 'readsRu'}
                    defaultChecked={reads(lang)}
                    aria-invalid={wrong.languages ? true : undefined}
                    className="size-5 accent-accent"
                  />
                  {t(`common:language.${lang}`)}
                </label>
              ))}
              {wrong.languages && (
                <p id="languages-error" className="text-[13px] font-medium text-danger">
                  {t('profile.languageNeeded')}
                </p>
              )}
            </fieldset>
            <Choice
              label={t('profile.interface')}
              name="lang"
              defaultValue={kept?.lang ?? profile.lang}
            >
              {LANGUAGES.map((lang) => (
                <option key={lang} value={lang}>
                  {t(`common:language.${lang}`)}
                </option>
              ))}
            </Choice>
            <Choice
              label={t('profile.zone')}
              name="timeZone"
              defaultValue={kept?.timeZone ?? profile.timeZone}
              error={wrong.timeZone ? t('profile.zoneUnknown') : undefined}
            >
              {zones.map((zone) => (
                <option key={zone} value={zone} lang="en">
                  {zone}
                </option>
              ))}
            </Choice>
          </div>
        </Card>
        <input type="hidden" name="rev" value={profile.rev} />
        <p>
          <Button>{t('profile.save')}</Button>
        </p>
      </Form>
    </div>
  )
}
