import { useFetcher } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { RegistrationView, SeriesPlace } from '../../../shared/registration-views'
import type { WorkshopView } from '../../../shared/workshop-views'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusWhenLost } from '../../lib/focus-when-lost'
import { isRefusal } from '../../lib/refusal'
import { SeriesPlaces } from './series-places'

type Words = ReturnType<typeof useTranslation<'workshop-registration'>>['t']

/** One's own place in a workshop: what it is, in words, and the one thing to do about it. */
export function RegistrationPanel({
  workshop,
  series,
  isMain,
}: {
  workshop: WorkshopView
  /** One's places in it and in the later ones of its series; none where it stands alone. */
  series: readonly SeriesPlace[]
  /** Is registering the one next step of the page? */
  isMain: boolean
}) {
  const { t } = useTranslation('workshop-registration')
  const { id, status, mode, capacity, registered, mine, outside } = workshop
  const isRefused = outside === 'forbidden'
  const registration = mine?.registration ?? 'none'
  const { form, refusal, waitingPlace } = useRegistration(id, registration)
  const isOpen = status === 'announced' || status === 'live'
  const isIn = registration === 'registered' || registration === 'waiting'
  const isFull = capacity !== null && registered >= capacity
  const busy = form.state !== 'idle'
  const line = useFocusWhenLost<HTMLDivElement>(registration)
  return (
    <Card id="registration" title={t('panel.title')}>
      <div ref={line} role="status" tabIndex={-1}>
        <p className="font-medium">
          {isRefused && isOpen
            ? t('panel.refused')
            : stateIn(t, { registration, waitingPlace, isOpen })}
        </p>
        {isOpen && (
          <p className="text-[13px] text-ink-2">{placesIn(t, { capacity, registered })}</p>
        )}
      </div>
      {registration === 'waiting' && isOpen && mode !== 'on_site' && !mine?.facilitates && (
        <p className="mt-1 text-[13px] text-ink-2">
          {t(outside === 'in_waiting_room' ? 'panel.waitingDoor' : 'panel.waitingRoom')}
        </p>
      )}
      {mine?.facilitates && isOpen && (
        <p className="mt-1 text-[13px] text-ink-2">{t('panel.facilitates')}</p>
      )}
      <RefusedNotice code={refusal?.refused.code ?? null} />
      {isOpen && !isRefused && (
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <form.Form
            method="post"
            action={`/workshops/${id}/registration`}
            onSubmit={(event) => busy && event.preventDefault()}
          >
            <input type="hidden" name="intent" value={isIn ? 'cancel' : 'register'} />
            {/* another doing is another control: a second press does not take the first one back */}
            <Button
              key={String(isIn)}
              look={isMain && !isIn ? 'primary' : 'quiet'}
              aria-disabled={busy}
            >
              {t(isIn ? cancelOf(registration) : isFull ? 'panel.wait' : 'panel.register')}
            </Button>
          </form.Form>
          <a
            href={`/workshops/${id}/event.ics`}
            className="inline-flex min-h-9 items-center text-accent underline-offset-4 hover:underline"
          >
            {t('panel.calendar')}
          </a>
        </div>
      )}
      {isOpen && !isRefused && series.length > 0 && (
        <SeriesPlaces workshopId={id} places={series} />
      )}
    </Card>
  )
}

/** The form, and the number in the waiting list, which is asked for when there is one. */
function useRegistration(id: string, registration: string) {
  const form = useFetcher()
  const own = useFetcher<RegistrationView>()
  const { load } = own
  useEffect(() => {
    if (registration === 'waiting') load(`/workshops/${id}/registration`)
  }, [load, id, registration])
  const waitingPlace = registration === 'waiting' ? (own.data?.waitingPlace ?? null) : null
  return { form, refusal: isRefusal(form.data) ? form.data : null, waitingPlace }
}

function stateIn(
  t: Words,
  {
    registration,
    waitingPlace,
    isOpen,
  }: { registration: string; waitingPlace: number | null; isOpen: boolean },
): string {
  if (registration === 'registered') return t(isOpen ? 'panel.registered' : 'panel.wasRegistered')
  if (!isOpen) return t('panel.over')
  if (registration !== 'waiting') return t('panel.notYet')
  return waitingPlace === null ? t('panel.waiting') : t('panel.waitingAs', { place: waitingPlace })
}

/** How many places there are; more people than places when there have become fewer. */
function placesIn(
  t: Words,
  { capacity, registered }: { capacity: number | null; registered: number },
): string {
  if (capacity === null) return t('panel.people', { count: registered })
  if (registered > capacity) return t('panel.overbooked', { registered, count: capacity })
  return t('panel.places', { registered, count: capacity })
}

function cancelOf(registration: string): 'panel.leaveList' | 'panel.cancel' {
  return registration === 'waiting' ? 'panel.leaveList' : 'panel.cancel'
}
