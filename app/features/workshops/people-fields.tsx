import { useTranslation } from 'react-i18next'
import type { PlanChoices } from '../../../server/services/workshop-choices'
import { CADRES } from '../../../shared/cadres'
import { Field } from '../../components/field'
import { InLanguage } from '../../components/localized-title'
import { ShortName } from '../../components/person-name'
import { CadreName } from '../people/cadre-name'
import { FormPart, Tick, Ticks } from './plan-parts'

/** For whom it is, who runs it, and what is shown. */
export function PeopleFields({
  values,
  choices,
  wrong,
}: {
  values: Readonly<Record<string, string>>
  choices: PlanChoices
  wrong: { capacity: boolean; facilitators: boolean }
}) {
  const { t } = useTranslation('workshops')
  const isOn = (name: string) => values[name] === 'on'
  return (
    <FormPart title={t('form.who')}>
      <Ticks
        legend={t('form.facilitators')}
        hint={t('form.facilitatorsHint')}
        error={wrong.facilitators ? t('form.facilitatorsWrong') : undefined}
      >
        {choices.people
          .filter(({ facilitates }) => facilitates)
          .map(({ id, name }) => (
            <Tick
              key={id}
              name={`facilitators.${id}`}
              checked={isOn(`facilitators.${id}`)}
              label={<ShortName name={name} />}
            />
          ))}
      </Ticks>
      <Ticks legend={t('form.audience')} hint={t('form.audienceHint')}>
        {CADRES.map((cadre) => (
          <Tick
            key={cadre}
            name={`audience.${cadre}`}
            checked={isOn(`audience.${cadre}`)}
            label={<CadreName cadre={cadre} />}
          />
        ))}
      </Ticks>
      <div className="max-w-[22rem]">
        <Field
          label={t('form.capacity')}
          hint={t('form.capacityHint')}
          error={wrong.capacity ? t('form.capacityWrong') : undefined}
          name="capacity"
          inputMode="numeric"
          defaultValue={values.capacity ?? ''}
        />
      </div>
      <div className="grid gap-2">
        <Tick name="waitingRoom" checked={isOn('waitingRoom')} label={t('form.waitingRoom')} />
        <Tick name="guests" checked={isOn('guests')} label={t('form.guests')} />
      </div>
      {choices.resources.length === 0 ? (
        <p className="text-[13px] text-ink-2">{t('form.noMaterials')}</p>
      ) : (
        <Ticks legend={t('form.materials')}>
          {choices.resources.map(({ id, title }) => (
            <Tick
              key={id}
              name={`materials.${id}`}
              checked={isOn(`materials.${id}`)}
              label={<InLanguage text={title} />}
            />
          ))}
        </Ticks>
      )}
    </FormPart>
  )
}
