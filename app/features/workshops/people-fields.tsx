import { useTranslation } from 'react-i18next'
import type { PlanChoices } from '../../../server/services/workshop-choices'
import { CADRES } from '../../../shared/cadres'
import { Field } from '../../components/field'
import { InLanguage } from '../../components/localized-title'
import { ShortName } from '../../components/person-name'
import { TheirWords, useTheirId } from '../../components/their-words'
import { CadreName } from '../people/cadre-name'
import { fieldId } from './fault-list'
import { FoldPart, FormPart, Tick, Ticks } from './plan-parts'

/** For whom it is, who runs it, and what is shown. */
export function PeopleFields({
  values,
  choices,
  mine,
  wrong,
}: {
  values: Readonly<Record<string, string>>
  choices: PlanChoices
  /** The reader's own id. */
  mine: string
  /** What is wrong with a field. */
  wrong: (field: string) => string | undefined
}) {
  const { t } = useTranslation('workshops')
  const isOn = (name: string) => values[name] === 'on'
  const theirs = useTheirId('capacity')
  return (
    <FormPart title={t('form.who')}>
      <Ticks
        name="facilitators"
        legend={t('form.facilitators')}
        hint={t('form.facilitatorsHint')}
        error={wrong('facilitators')}
      >
        {choices.people
          .filter(({ facilitates }) => facilitates)
          .map(({ id, name }) => (
            <Tick
              key={id}
              name={`facilitators.${id}`}
              checked={isOn(`facilitators.${id}`)}
              label={
                <>
                  <ShortName name={name} />
                  {id === mine && <span className="text-ink-2"> {t('form.you')}</span>}
                </>
              }
            />
          ))}
      </Ticks>
      <Ticks name="audience" legend={t('form.audience')} hint={t('form.audienceHint')}>
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
          error={wrong('capacity')}
          id={fieldId('capacity')}
          name="capacity"
          aria-describedby={theirs}
          inputMode="numeric"
          defaultValue={values.capacity ?? ''}
          after={<TheirWords of="capacity" />}
        />
      </div>
      <div className="grid gap-2">
        <Tick name="waitingRoom" checked={isOn('waitingRoom')} label={t('form.waitingRoom')} />
        <Tick name="guests" checked={isOn('guests')} label={t('form.guests')} />
      </div>
    </FormPart>
  )
}

/** What of the library is shown with it. */
export function MaterialFields({
  values,
  choices,
  wrong,
}: Omit<Parameters<typeof PeopleFields>[0], 'mine'>) {
  const { t } = useTranslation('workshops')
  const error = wrong('materials')
  const isAny = choices.resources.some(({ id }) => values[`materials.${id}`] === 'on')
  return (
    <FoldPart title={t('form.materials')} isOpen={isAny || Boolean(error)}>
      {choices.resources.length === 0 ? (
        <p className="text-[13px] text-ink-2">{t('form.noMaterials')}</p>
      ) : (
        <Ticks name="materials" legend={t('form.materials')} isLegendSeen={false} error={error}>
          {choices.resources.map(({ id, title }) => (
            <Tick
              key={id}
              name={`materials.${id}`}
              checked={values[`materials.${id}`] === 'on'}
              label={<InLanguage text={title} />}
            />
          ))}
        </Ticks>
      )}
    </FoldPart>
  )
}
