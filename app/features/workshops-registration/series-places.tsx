import { useFetcher } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { SeriesPlace } from '../../../shared/registration-views'
import { Button } from '../../components/button'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusWhenLost } from '../../lib/focus-when-lost'
import { useFormat } from '../../lib/format'
import { isRefusal } from '../../lib/refusal'
import { AskFirst } from '../workshops/ask-first'

/** One's places in this workshop and the later ones of its series: taken or given back all at once. */
export function SeriesPlaces({
  workshopId,
  places,
}: {
  workshopId: string
  /** This one first. */
  places: readonly SeriesPlace[]
}) {
  const { t } = useTranslation('workshop-registration')
  const form = useFetcher()
  const summary = useSummary(places)
  const line = useFocusWhenLost<HTMLParagraphElement>(summary)
  const busy = form.state !== 'idle' || undefined
  const refusal = isRefusal(form.data) ? form.data : null
  const taken = places.filter(({ registration }) => isTaken(registration)).length
  const action = `/workshops/${workshopId}/registration`
  return (
    <section aria-labelledby="series-places" className="mt-5 border-t border-line pt-4">
      <h3 id="series-places" className="font-medium">
        {t('series.title')}
      </h3>
      <p ref={line} role="status" tabIndex={-1} className="mt-1 rounded-sm">
        {summary}
      </p>
      <RefusedNotice code={refusal?.refused.code ?? null} />
      <details className="mt-1">
        <summary className="cursor-pointer rounded-sm py-1 text-[13px] text-ink-2">
          {t('series.dates', { count: places.length })}
        </summary>
        <ol className="mt-1 grid gap-1 text-[13px]">
          {places.map((place) => (
            <SeriesDate key={place.workshopId} place={place} />
          ))}
        </ol>
      </details>
      <div className="mt-3 grid justify-items-start gap-3">
        {taken < places.length && (
          <form.Form
            method="post"
            action={action}
            onSubmit={(event) => busy && event.preventDefault()}
          >
            <input type="hidden" name="intent" value="register" />
            <input type="hidden" name="scope" value="later" />
            <Button look="quiet" aria-disabled={busy} aria-describedby="series-places-how">
              {t('series.register')}
            </Button>
            <p id="series-places-how" className="mt-1.5 text-[13px] text-ink-2">
              {t('series.registerHow')}
            </p>
          </form.Form>
        )}
        {taken > 0 && (
          <AskFirst
            // answered, it is closed again
            key={taken}
            label={t('series.cancel')}
            question={t('series.cancelAsk', { count: taken })}
          >
            <form.Form
              method="post"
              action={action}
              onSubmit={(event) => busy && event.preventDefault()}
            >
              <input type="hidden" name="intent" value="cancel" />
              <input type="hidden" name="scope" value="later" />
              <Button look="danger" aria-disabled={busy}>
                {t('series.cancelYes')}
              </Button>
            </form.Form>
          </AskFirst>
        )}
      </div>
    </section>
  )
}

function SeriesDate({ place }: { place: SeriesPlace }) {
  const { t } = useTranslation('workshop-registration')
  const format = useFormat()
  const { number, startsAt, registration, waitingPlace, isFull } = place
  const own = () => {
    if (registration === 'registered') return t('series.isRegistered')
    if (waitingPlace !== null) return t('series.isWaiting', { place: waitingPlace })
    return t(isFull ? 'series.isFull' : 'series.isFree')
  }
  return (
    <li>
      {number}. <time dateTime={startsAt}>{format.dateTime(startsAt)}</time>: {own()}
    </li>
  )
}

/** What one has of the series, in words. */
function useSummary(places: readonly SeriesPlace[]): string {
  const { t } = useTranslation('workshop-registration')
  const countOf = (wanted: string) =>
    places.filter(({ registration }) => registration === wanted).length
  const [registered, waiting] = [countOf('registered'), countOf('waiting')]
  const parts = [
    registered > 0 && t('series.registeredFor', { count: registered }),
    waiting > 0 && t('series.waitingFor', { count: waiting }),
  ].filter(Boolean)
  return parts.length > 0 ? parts.join(' ') : t('series.none')
}

function isTaken(registration: string): boolean {
  return registration === 'registered' || registration === 'waiting'
}
