import { Form } from '@remix-run/react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { UnseenView } from '../../../shared/after-views'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Chip } from '../../components/chip'
import { InLanguage } from '../../components/localized-title'
import { PersonName } from '../../components/person-name'
import { neighboursOf } from '../../lib/focus-after'
import { useReader } from '../../lib/format'
import { fullName } from '../../lib/names'
import { CadreName } from '../people/cadre-name'
import type { useDone } from '../workshops/use-done'

/** More of them are folded. */
const MOST_SHOWN = 20

type Props = {
  unseen: readonly UnseenView[]
  /** Minutes that they are written down with. */
  whole: number
  doings: ReturnType<typeof useDone>
  focusAfter: (...ids: string[]) => void
}

/** Those with a place who came without a device, or did not come: each, or all, were there. */
export function UnseenCard({ unseen, whole, doings, focusAfter }: Props) {
  const { t } = useTranslation('workshop-after')
  const { lang } = useReader()
  const names = new Map(
    unseen.map(({ attendee }) => [attendee.id, fullName(attendee.name, lang).main]),
  )
  const buttons = unseen.map(({ attendee }) => buttonOf(attendee.id))
  const say = (event: FormEvent) => {
    const { submitter } = event.nativeEvent as SubmitEvent
    const pressed = submitter?.getAttribute('value') ?? ''
    const one = names.get(pressed)
    doings.doing(
      one ? t('add.done', { name: one.text }) : t('unseen.done', { count: unseen.length }),
    )(event)
    if (one && !event.defaultPrevented) focusAfter(...neighboursOf(buttons, buttonOf(pressed)))
  }
  const list = (
    <ul className="mt-2 divide-y divide-line">
      {unseen.map((person) => {
        const { id } = person.attendee
        const who = names.get(id)
        return (
          <li
            key={id}
            className="flex flex-wrap items-center justify-between gap-x-5 gap-y-2 py-2.5"
          >
            <Who person={person} />
            <Button id={buttonOf(id)} look="quiet" name="participants" value={id}>
              <span>
                {t('unseen.was')}{' '}
                <span className="sr-only" lang={who?.lang}>
                  {who?.text}
                </span>
              </span>
            </Button>
          </li>
        )
      })}
    </ul>
  )
  return (
    <Card id="unseen" title={t('unseen.title')} aside={<Chip>{unseen.length}</Chip>}>
      <p className="max-w-[64ch] text-ink-2">{t('unseen.lead', { whole })}</p>
      <Form method="post" onSubmit={say} className="mt-3">
        <input type="hidden" name="intent" value="there" />
        {unseen.length > 1 && (
          <Button
            look="quiet"
            name="participants"
            value={unseen.map(({ attendee }) => attendee.id).join(' ')}
            aria-disabled={doings.isSending || undefined}
          >
            {t('unseen.all', { count: unseen.length })}
          </Button>
        )}
        {unseen.length > MOST_SHOWN ? (
          <details className="mt-3">
            <summary className="min-h-6 w-fit cursor-pointer text-accent">
              {t('unseen.each')}
            </summary>
            {list}
          </details>
        ) : (
          list
        )}
      </Form>
    </Card>
  )
}

function buttonOf(participantId: string): string {
  return `there-${participantId}`
}

function Who({ person: { attendee, cadre, institution, guest } }: { person: UnseenView }) {
  const { t } = useTranslation('workshop-after')
  return (
    <div className="min-w-0 [overflow-wrap:anywhere]">
      <PersonName name={attendee.name} className="font-medium" />
      <p className="text-[13px] text-ink-2">
        {cadre && <CadreName cadre={cadre} />}
        {cadre && institution && ' · '}
        {institution && <InLanguage text={institution} />}
        {guest && (cadre || institution) && ' · '}
        {guest && t('attendance.guest')}
      </p>
    </div>
  )
}
