import { useTranslation } from 'react-i18next'
import type { PlanChoices } from '../../../server/services/workshop-choices'
import { FALLBACKS, WORKSHOP_LIMITS } from '../../../shared/workshops'
import { Field } from '../../components/field'
import { TheirWords, useTheirId } from '../../components/their-words'
import { ChannelFields } from './channel-fields'
import { fieldId } from './fault-list'
import type { PlanFaults } from './plan-faults'
import { FoldPart, Tick, Ticks } from './plan-parts'
import { numbered } from './read-plan'

/** Links for sound and picture, and what to do without. */
export function LineFields({
  values,
  choices,
  faults,
  wrong,
}: {
  values: Readonly<Record<string, string>>
  choices: PlanChoices
  faults: PlanFaults
  /** What is wrong with a field. */
  wrong: (field: string) => string | undefined
}) {
  const { t } = useTranslation('workshops')
  const rows = numbered(values, 'channels', WORKSHOP_LIMITS.channels)
  const theirs = useTheirId('phone')
  const isUsed = rows.some(({ kind, url }) => kind || url) || Boolean(values.phone)
  const isWrong = Object.keys(faults).some((name) => /^(channels\.|phone)/.test(name))
  return (
    <FoldPart title={t('form.line')} isOpen={isUsed || isWrong}>
      <ChannelFields rows={rows} kinds={choices.channelKinds} wrong={wrong} />
      <Ticks name="fallbacks" legend={t('form.fallbacks')}>
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
          error={wrong('phone')}
          id={fieldId('phone')}
          name="phone"
          aria-describedby={theirs}
          inputMode="tel"
          maxLength={60}
          defaultValue={values.phone ?? ''}
          after={<TheirWords of="phone" />}
        />
      </div>
    </FoldPart>
  )
}
