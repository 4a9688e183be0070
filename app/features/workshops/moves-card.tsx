import { Form, Link } from '@remix-run/react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LaterList } from '../../../server/services/workshop-later'
import { utcOffset } from '../../../shared/wall-clock'
import type { WorkshopView } from '../../../shared/workshop-views'
import { isLobbyOpen, type WorkshopVerb } from '../../../shared/workshops'
import { Button, ButtonLink } from '../../components/button'
import { Card } from '../../components/card'
import { Field } from '../../components/field'
import { useFormat, useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import { AskedForm } from '../privacy/asked-form'
import { AskFirst } from './ask-first'
import { ScopeChoice } from './scope-choice'
import type { useDone } from './use-done'

type Props = {
  workshop: WorkshopView
  /** Of its series; null where it stands alone or cannot be cancelled. */
  later: LaterList | null
  slug: string
  refusal: Refusal | null
  /** Milliseconds since 1970. */
  now: number
  moves: ReturnType<typeof useDone>
}

/** What its facilitators can do with the workshop as a whole. */
export function MovesCard({ workshop, later, slug, refusal, now, moves }: Props) {
  const { t } = useTranslation('workshops')
  const say = useMoved(workshop)
  const { status, may } = workshop
  const next = may.moves.find((verb) => verb !== 'cancel')
  const form = useRef<HTMLFormElement>(null)
  const isCancelling = refusal?.values.verb === 'cancel'
  const isOver = status === 'closed' || status === 'cancelled'
  const hasLater = later !== null && later.open.length > 0
  const another = <Another workshop={workshop} slug={slug} />
  if (status === 'cancelled') {
    return (
      <Card title={t('move.title')} id="moves">
        {another}
      </Card>
    )
  }
  return (
    <Card title={t('move.title')} id="moves">
      <div className="grid gap-3">
        <p className="text-[13px] text-ink-2">{t(`move.hint.${status}`)}</p>
        <div className="flex flex-wrap items-end gap-3">
          {/* another step is another control: the focus of the last one does not stay on it */}
          {next && (
            <NextMove
              key={next}
              verb={next}
              workshop={workshop}
              later={later}
              now={now}
              moves={moves}
              say={say}
            />
          )}
          {!isOver && (
            <ButtonLink
              to={`/partnerships/${slug}/workshops/${workshop.id}/edit`}
              look="quiet"
              prefetch="intent"
            >
              {t('move.edit')}
            </ButtonLink>
          )}
        </div>
        {another}
        {may.moves.includes('cancel') && (
          <details open={isCancelling}>
            <summary className="cursor-pointer rounded-sm py-1 text-[13px] text-ink-2">
              {t('move.cancelFold')}
            </summary>
            <Form
              ref={form}
              method="post"
              onSubmit={moves.doing(say('cancel'))}
              className="mt-3 grid justify-items-start gap-3"
            >
              <input type="hidden" name="verb" value="cancel" />
              {/* later ones may have been announced before it */}
              {(status !== 'draft' || hasLater) && (
                <Field
                  label={t('move.reason')}
                  hint={t('move.reasonHint')}
                  name="reason"
                  maxLength={300}
                  defaultValue={isCancelling ? (refusal?.values.reason ?? '') : ''}
                />
              )}
              {hasLater && (
                <ScopeChoice
                  legend={t('scope.whichCancel')}
                  hint={t('scope.laterCancel', { count: later.open.length })}
                  over={later.over}
                  others={later.others}
                  sent={isCancelling ? refusal?.values.scope : undefined}
                />
              )}
              {isCancelling && <AskedForm refusal={refusal} form={form} />}
              <p className="text-[13px]">{t('move.sure')}</p>
              <Button look="danger" aria-disabled={moves.isSending || undefined}>
                {t('move.cancel')}
              </Button>
            </Form>
          </details>
        )}
      </div>
    </Card>
  )
}

/** The step that comes next; a workshop is not started by one press while it is still far away. */
function NextMove({
  verb,
  workshop: { startsAt },
  later,
  now,
  moves,
  say,
}: Pick<Props, 'workshop' | 'later' | 'now' | 'moves'> & {
  verb: WorkshopVerb
  say: (verb: WorkshopVerb) => string
}) {
  const { t } = useTranslation('workshops')
  const format = useFormat()
  const { timeZone } = useReader()
  const zone = utcOffset(Date.parse(startsAt), timeZone)
  const isEarly = verb === 'start' && !isLobbyOpen(startsAt, now)
  const form = (
    <Form
      method="post"
      onSubmit={moves.doing(say(verb))}
      className="grid justify-items-start gap-3"
    >
      <input type="hidden" name="verb" value={verb} />
      {verb === 'announce' && later !== null && later.drafts > 0 && (
        <ScopeChoice
          name="announced"
          legend={t('scope.whichAnnounce')}
          hint={t('scope.laterAnnounce', { count: later.drafts })}
          over={later.over}
          others={later.others}
          sent={undefined}
        />
      )}
      <Button
        look={verb === 'announce' ? 'primary' : 'quiet'}
        aria-disabled={moves.isSending || undefined}
      >
        {t(isEarly ? 'move.startYes' : `move.${verb}`)}
      </Button>
    </Form>
  )
  if (!isEarly) return form
  return (
    <AskFirst
      label={t('move.startEarly')}
      question={t('move.startAsk', { time: `${format.dateTime(startsAt)} (${zone})` })}
    >
      {form}
    </AskFirst>
  )
}

/** The same plan again: by itself, or as one more date of the series. */
function Another({ workshop: { id, series }, slug }: Pick<Props, 'workshop' | 'slug'>) {
  const { t } = useTranslation('workshops')
  const plan = `/partnerships/${slug}/workshops/new?like=${id}`
  const links = [
    { to: plan, words: t('move.again') },
    { to: `${plan}&join=1`, words: t(series ? 'move.addDate' : 'move.makeSeries') },
  ]
  return (
    <p className="flex flex-wrap gap-x-5 gap-y-1 text-[13px]">
      {links.map(({ to, words }) => (
        <Link key={to} to={to} className="rounded-sm py-1 underline underline-offset-4">
          {words}
        </Link>
      ))}
    </p>
  )
}

/** What is said once it is done, and to whom it was told. */
function useMoved({ audience, status }: WorkshopView): (verb: WorkshopVerb) => string {
  const { t } = useTranslation(['workshops', 'people'])
  return (verb) => {
    switch (verb) {
      case 'announce': {
        const cadres = audience.map((cadre) => t(`people:cadre.${cadre}`)).join(', ')
        return cadres ? t('moved.announcedTo', { cadres }) : t('moved.announced')
      }
      case 'start':
        return t('moved.started')
      case 'close':
        return t('moved.closed')
      case 'reopen':
        return t('moved.reopened')
      case 'cancel':
        return t(status === 'draft' ? 'moved.dropped' : 'moved.cancelled')
    }
  }
}
