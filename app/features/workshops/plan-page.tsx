import { Form, useLocation, useNavigation } from '@remix-run/react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanChoices } from '../../../server/services/workshop-choices'
import type { LaterList } from '../../../server/services/workshop-later'
import { planParts } from '../../../shared/plan-parts'
import { seenOf } from '../../../shared/seen-words'
import type { SavedView, SideView } from '../../../shared/views'
import { AskToLeave } from '../../components/ask-to-leave'
import { Button, ButtonLink } from '../../components/button'
import { LateNotice } from '../../components/late-notice'
import { FormHead, PageBody } from '../../components/page-frame'
import { RefusedNotice } from '../../components/refused-notice'
import { WithTheirs } from '../../components/their-words'
import { useFocusRefused } from '../../lib/focus-refused'
import { useReader } from '../../lib/format'
import { useLate, useRefused } from '../../lib/late-form'
import type { Refusal } from '../../lib/refusal'
import { ownSideFirst } from '../../lib/sides'
import { AskedForm } from '../privacy/asked-form'
import { AgendaFields } from './agenda-fields'
import { useAgenda } from './agenda-rows'
import { PlanRefused, useFaultWords } from './fault-list'
import { firstValues } from './first-values'
import { joinPlanForm } from './joined-plan'
import { LineFields } from './line-fields'
import { MaterialFields, PeopleFields } from './people-fields'
import { faultsIn, isAsSent } from './plan-faults'
import { FoldPart, FormPart, TwoTexts } from './plan-parts'
import { minutesOf, withoutEmptyRows } from './read-plan'
import { ScopeFields } from './scope-fields'
import { usePlanClashes } from './use-plan-clashes'
import { WhenFields } from './when-fields'

type PlanOpened = {
  id: string
  values: Record<string, string>
  rev: number
  saved: SavedView | null
  /** How many others are in its series, and the later ones among them. */
  siblings: number
  later: LaterList
}

export type PlanLike = {
  id: string
  title: string
  /** Without what is that workshop's own. */
  values: Record<string, string>
  /** Is it to be one more of its series? */
  joins: boolean
}

export type PlanPageData = {
  /** Address of the list of workshops. */
  list: string
  sides: readonly SideView[]
  mySideId: string | null
  choices: PlanChoices
  /** UTC, ISO-8601. */
  now: string
  /** The reader's own id. */
  mine: string
  /** Of a new plan, so that sending it twice plans once. */
  clientKey: string
  /** The plan that is changed; null for a new one. */
  plan: PlanOpened | null
  /** Another workshop that a new plan begins like; null for an empty one. */
  like: PlanLike | null
  refusal: Refusal | null
}

/** Planning a workshop, or changing its plan. What was typed comes back with a refusal. */
export function PlanPage(data: PlanPageData) {
  const { t } = useTranslation('workshops')
  const { list, plan, like } = data
  const newTitle = like?.joins ? t('form.joinTitle') : t('form.newTitle')
  const name = `${plan?.id} ${like?.id} ${like?.joins}`
  const box = useRef<HTMLDivElement>(null)
  const { refusal, typed, turn } = useRefused(data.refusal, name, box)
  const late = useLate(refusal, plan?.rev ?? 0, box)
  const isConflict = refusal?.refused.code === 'conflict'
  return (
    <PageBody>
      <FormHead
        list={{ to: list, title: t('list.title') }}
        title={plan ? t('form.editTitle') : newTitle}
        lead={plan ? t('form.editLead') : t('form.newLead')}
      />
      {like && (
        <p className="mt-1 max-w-[64ch] text-ink-2">
          {like.joins
            ? t('form.joinLead', { title: like.title })
            : t('form.likeLead', { title: like.title })}
        </p>
      )}
      {plan && plan.siblings > 0 && (
        <p className="mt-1 max-w-[64ch] text-ink-2">
          {plan.later.open.length > 0
            ? t('form.editSeries')
            : t('form.editAlone', { count: plan.siblings })}
        </p>
      )}
      {isConflict && !late.values && <RefusedNotice code="conflict" />}
      <div ref={box}>
        <PlanForm
          key={`${name} ${turn} ${late.turn}`}
          {...data}
          refusal={refusal}
          typed={typed}
          late={late.values}
        />
      </div>
    </PageBody>
  )
}

function PlanForm({
  refusal: answer,
  typed,
  late,
  ...data
}: PlanPageData & {
  /** What the form had when it was refused; null where it had not been drawn. */
  typed: Refusal['values'] | null
  /** What was typed into a form that came too late. */
  late: Refusal['values'] | null
}) {
  const { list, sides, mySideId, choices, now, mine, clientKey, like } = data
  // as it was opened: what a colleague saves meanwhile is told on sending, and takes nothing away here
  const [plan] = useState(data.plan)
  const { t } = useTranslation('workshops')
  const { lang } = useReader()
  const [sent] = useState(() => answer && { ...answer, values: withoutEmptyRows(answer.values) })
  const [refusal] = useState(() =>
    sent && typed ? { ...sent, values: withoutEmptyRows(typed) } : sent,
  )
  const [joined] = useState(() => late && plan && joinPlanForm(late, plan.values))
  const theirs = usePlanClashes(joined?.clashes ?? [], choices, sides)
  const { pathname } = useLocation()
  const form = useFocusRefused(refusal)
  const isSending = useNavigation().state !== 'idle'
  const values =
    joined?.values ?? refusal?.values ?? plan?.values ?? like?.values ?? firstValues(choices, mine)
  const own = sides.find(({ id }) => id === mySideId) ?? sides[0]
  const agenda = useAgenda(values)
  const minutes = minutesOf(agenda.rows.map((row) => row.values))
  const [when, setWhen] = useState({
    date: values.startsOn ?? '',
    time: values.startsTime ?? '',
    zone: values.timeZone ?? own?.timeZone ?? 'UTC',
  })
  const [isTyped, setIsTyped] = useState(refusal !== null)
  const touch = () => setIsTyped(true)
  const faults = faultsIn(sent, lang)
  const say = useFaultWords(faults)
  const wrong = (name: string) => (isAsSent(name, refusal, sent) ? say(name) : undefined)
  const texts = { values, wrong }
  const shared = { values, choices, wrong }
  const hasFormal = ['consentEn', 'consentRu', 'accreditationEn', 'accreditationRu'].some(
    (field) => values[field] || faults[field],
  )
  const back = plan ? `${list}/${plan.id}` : list
  return (
    <WithTheirs lines={theirs}>
      <Form
        ref={form}
        method="post"
        noValidate
        onChange={touch}
        className="mt-6 grid max-w-[880px] gap-8"
      >
        {joined && plan ? (
          <LateNotice saved={plan.saved} lines={theirs} here={pathname} />
        ) : (
          <PlanRefused code={refusal?.refused.code ?? null} faults={faults} />
        )}
        {joined?.isAlike && (
          <p className="max-w-[64ch] rounded-lg border-l-[3px] border-drift bg-wash px-3.5 py-2.5">
            {t('form.alikeLater')}
          </p>
        )}
        <FormPart title={t('form.what')}>
          <TwoTexts
            {...texts}
            name="title"
            labels={{ en: t('form.titleEn'), ru: t('form.titleRu') }}
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
          setWhen={(next) => {
            setWhen(next)
            touch()
          }}
          isNew={plan === null && !like?.joins}
          values={values}
          wrong={wrong}
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
          agenda={agenda}
          choices={choices}
          sides={sides}
          mySideId={mySideId}
          when={when}
          wrong={wrong}
        />
        <PeopleFields {...shared} mine={mine} />
        <MaterialFields {...shared} />
        <LineFields {...shared} faults={faults} />
        <FoldPart title={t('form.formal')} isOpen={hasFormal}>
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
        </FoldPart>
        {plan && plan.later.open.length > 0 && (
          <ScopeFields
            later={plan.later}
            planned={{
              wall: `${plan.values.startsOn}T${plan.values.startsTime}`,
              timeZone: plan.values.timeZone ?? when.zone,
            }}
            when={when}
            minutes={minutes}
            sides={ownSideFirst(sides, mySideId)}
            now={now}
            sent={values.scope}
            error={wrong('scope')}
          />
        )}
        {plan ? (
          <>
            <input type="hidden" name="base" value={values.base ?? plan.rev} />
            <input
              type="hidden"
              name="seen"
              value={values.seen ?? seenOf(planParts(plan.values))}
            />
          </>
        ) : (
          <>
            <input type="hidden" name="clientKey" value={values.clientKey ?? clientKey} />
            {like?.joins && <input type="hidden" name="joins" value={like.id} />}
          </>
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
        <AskToLeave
          isAsked={isTyped || agenda.news !== null}
          words={{
            title: t('form.leave.title'),
            note: t('form.leave.note'),
            stay: t('form.leave.stay'),
            go: t('form.leave.go'),
          }}
        />
      </Form>
    </WithTheirs>
  )
}
