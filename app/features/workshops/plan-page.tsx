import { Form, Link, useNavigation } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanChoices } from '../../../server/services/workshop-choices'
import type { SideView } from '../../../shared/views'
import { Button, ButtonLink } from '../../components/button'
import { FormHead, PageBody } from '../../components/page-frame'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import type { Refusal } from '../../lib/refusal'
import { AskedForm } from '../privacy/asked-form'
import { AgendaFields } from './agenda-fields'
import { LineFields } from './line-fields'
import { PeopleFields } from './people-fields'
import { FormPart, TwoTexts } from './plan-parts'
import { numbered } from './read-plan'
import { WhenFields } from './when-fields'

export type PlanPageData = {
  /** Address of the list of workshops. */
  list: string
  sides: readonly SideView[]
  mySideId: string | null
  choices: PlanChoices
  /** UTC, ISO-8601. */
  now: string
  /** Of a new plan, so that sending it twice plans once. */
  clientKey: string
  /** The plan that is changed; null for a new one. */
  plan: { id: string; values: Record<string, string>; rev: number } | null
  refusal: Refusal | null
}

/** What a new plan begins with. */
const FIRST: Readonly<Record<string, string>> = {
  mode: 'virtual',
  startsTime: '16:00',
  'fallbacks.slides_only': 'on',
  'agenda.0.minutes': '15',
  'agenda.1.minutes': '45',
  'agenda.2.minutes': '30',
}

/** Planning a workshop, or changing its plan. What was typed comes back with a refusal. */
export function PlanPage(data: PlanPageData) {
  const { t } = useTranslation('workshops')
  const { list, plan, refusal } = data
  return (
    <PageBody>
      <FormHead
        list={{ to: list, title: t('list.title') }}
        title={plan ? t('form.editTitle') : t('form.newTitle')}
        lead={plan ? t('form.editLead') : t('form.newLead')}
      />
      <PlanForm key={refusal?.values.clientKey ?? plan?.rev ?? 'new'} {...data} />
    </PageBody>
  )
}

function PlanForm({ list, sides, mySideId, choices, now, clientKey, plan, refusal }: PlanPageData) {
  const { t } = useTranslation('workshops')
  const form = useFocusRefused(refusal)
  const isSending = useNavigation().state !== 'idle'
  const values = refusal?.values ?? plan?.values ?? FIRST
  const own = sides.find(({ id }) => id === mySideId) ?? sides[0]
  const [minutes, setMinutes] = useState(() => minutesIn(values))
  const [when, setWhen] = useState({
    date: values.startsOn ?? '',
    time: values.startsTime ?? '',
    zone: values.timeZone ?? own?.timeZone ?? 'UTC',
  })
  const code = refusal?.refused.code ?? null
  const detail = code === 'invalid_input' ? (refusal?.refused.detail ?? {}) : {}
  const wrong = (field: string) => detail[`plan.${field}`] ?? detail[field]
  const isWrong = (field: string) =>
    Object.keys(detail).some((name) => name.replace(/^plan\./, '').split('.')[0] === field)
  const tooLong = (field: string) => (wrong(field) ? t('form.tooLong') : undefined)
  const texts = { values, tooLong }
  const back = plan ? `${list}/${plan.id}` : list
  return (
    <Form ref={form} method="post" noValidate className="mt-6 grid max-w-[880px] gap-8">
      {code === 'conflict' ? (
        <div
          role="alert"
          tabIndex={-1}
          className="rounded-lg border-l-[3px] border-danger bg-danger-wash px-3.5 py-2.5"
        >
          <p>{t('form.stale')}</p>
          <Link to={back} target="_blank" className="underline underline-offset-4">
            {t('form.staleLink')}
          </Link>
        </div>
      ) : (
        <RefusedNotice code={code} />
      )}
      <FormPart title={t('form.what')}>
        <TwoTexts
          {...texts}
          name="title"
          labels={{ en: t('form.titleEn'), ru: t('form.titleRu') }}
          needed={wrong('titleEn') === 'title_required' ? t('form.titleNeeded') : undefined}
          max={200}
        />
        <TwoTexts
          {...texts}
          name="objectives"
          labels={{ en: t('form.objectivesEn'), ru: t('form.objectivesRu') }}
          max={4_000}
          rows={4}
        />
      </FormPart>
      <WhenFields
        sides={sides}
        mySideId={mySideId}
        now={now}
        minutes={minutes}
        when={when}
        setWhen={setWhen}
        isNew={plan === null}
        values={values}
        wrong={{
          when: isWrong('startsAt') || isWrong('timeZone'),
          times: isWrong('times') || isWrong('repeats'),
        }}
        place={
          <TwoTexts
            {...texts}
            name="place"
            labels={{ en: t('form.placeEn'), ru: t('form.placeRu') }}
            max={200}
          />
        }
      />
      <AgendaFields
        values={values}
        choices={choices}
        sides={sides}
        mySideId={mySideId}
        when={when}
        isWrong={isWrong('agenda')}
        onMinutes={setMinutes}
      />
      <PeopleFields
        values={values}
        choices={choices}
        wrong={{ capacity: isWrong('capacity'), facilitators: isWrong('facilitators') }}
      />
      <LineFields values={values} isWrong={isWrong('channels')} />
      <FormPart title={t('form.formal')}>
        <TwoTexts
          {...texts}
          name="consent"
          labels={{ en: t('form.consentEn'), ru: t('form.consentRu') }}
          max={2_000}
          rows={3}
        />
        <TwoTexts
          {...texts}
          name="accreditation"
          labels={{ en: t('form.accreditationEn'), ru: t('form.accreditationRu') }}
          max={200}
        />
      </FormPart>
      {plan ? (
        <input type="hidden" name="base" value={plan.rev} />
      ) : (
        <input type="hidden" name="clientKey" value={values.clientKey ?? clientKey} />
      )}
      <AskedForm refusal={refusal} form={form} />
      <p className="flex flex-wrap gap-3">
        <Button aria-disabled={isSending || undefined}>
          {plan ? t('form.save') : t('form.create')}
        </Button>
        <ButtonLink to={back} look="quiet">
          {t('form.cancel')}
        </ButtonLink>
      </p>
    </Form>
  )
}

/** Minutes of all rows of the agenda as they are typed. */
export function minutesIn(values: Readonly<Record<string, string>>): number {
  return numbered(values, 'agenda', 99).reduce(
    (sum, { minutes }) => sum + (Number(minutes) || 0),
    0,
  )
}
