import { useTranslation } from 'react-i18next'
import { CHANNEL_KINDS, FALLBACKS, SPOKEN, WORKSHOP_LIMITS } from '../../../shared/workshops'
import { Field } from '../../components/field'
import { Choice } from '../library/fields'
import { FormPart, Tick, Ticks } from './plan-parts'
import { numbered } from './read-plan'

/** Links for sound and picture, and what to do without. */
export function LineFields({
  values,
  isWrong,
}: {
  values: Readonly<Record<string, string>>
  isWrong: boolean
}) {
  const { t } = useTranslation('workshops')
  const rows = numbered(values, 'channels', WORKSHOP_LIMITS.channels)
  return (
    <FormPart title={t('form.line')}>
      <div className="grid gap-4">
        <div>
          <h3 className="font-medium">{t('form.channels')}</h3>
          <p className="max-w-[64ch] text-[13px] text-ink-2">{t('form.channelsHint')}</p>
          {isWrong && (
            <p role="alert" tabIndex={-1} className="text-[13px] font-medium text-danger">
              {t('form.channelWrong')}
            </p>
          )}
        </div>
        {Array.from({ length: WORKSHOP_LIMITS.channels }, (_, at) => {
          const row = rows[at] ?? {}
          const name = (field: string) => `channels.${at}.${field}`
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed number of places
            <fieldset key={at} className="grid gap-3 sheet:grid-cols-[10rem_10rem_1fr]">
              <legend className="mb-1 text-[13px] text-ink-2">
                {t('form.channel', { number: at + 1 })}
              </legend>
              <input type="hidden" name={name('id')} value={row.id ?? ''} />
              <Choice
                label={t('form.channelKind')}
                name={name('kind')}
                defaultValue={row.kind ?? ''}
              >
                <option value="">{t('form.channelNone')}</option>
                {CHANNEL_KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {t(`form.kind.${kind}`)}
                  </option>
                ))}
              </Choice>
              <Choice
                label={t('form.spoken')}
                name={name('spoken')}
                defaultValue={row.spoken ?? 'both'}
              >
                {SPOKEN.map((spoken) => (
                  <option key={spoken} value={spoken}>
                    {t(`spoken.${spoken}`)}
                  </option>
                ))}
              </Choice>
              <Field
                label={t('form.channelUrl')}
                after={<p className="text-[13px] text-ink-2">{t('form.channelUrlHint')}</p>}
                name={name('url')}
                inputMode="url"
                maxLength={500}
                defaultValue={row.url ?? ''}
              />
            </fieldset>
          )
        })}
      </div>
      <Ticks legend={t('form.fallbacks')}>
        {FALLBACKS.map((each) => (
          <Tick
            key={each}
            name={`fallbacks.${each}`}
            checked={values[`fallbacks.${each}`] === 'on'}
            label={t(`fallback.${each}`)}
          />
        ))}
      </Ticks>
      <div className="max-w-[22rem]">
        <Field
          label={t('form.phone')}
          name="phone"
          inputMode="tel"
          maxLength={60}
          defaultValue={values.phone ?? ''}
        />
      </div>
    </FormPart>
  )
}
