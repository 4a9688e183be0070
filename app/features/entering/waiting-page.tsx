import { useTranslation } from 'react-i18next'
import type { DoorView } from '../../../server/services/workshop-door'
import { ButtonLink } from '../../components/button'
import { LeaveLink } from '../../components/leave-link'
import { LocalizedTitle } from '../../components/localized-title'
import { ClockTable } from './clock-table'
import { EnteringFrame } from './entering-frame'
import { LineCheck } from './line-check'
import { useDoor } from './use-door'

type Stage = 'refused' | 'over' | 'early' | 'live'

/** What is going on at the door, in words; it opens by itself. */
export function WaitingPage({
  view,
  timeZone,
  isGuest,
}: {
  view: DoorView
  /** The reader's, IANA. */
  timeZone: string
  isGuest: boolean
}) {
  const { t } = useTranslation('entering')
  const stage = stageOf(view)
  const isWaiting = stage === 'early' || stage === 'live'
  // whoever was turned away may be let in later
  const isHoping = isWaiting || stage === 'refused'
  useDoor(view.workshopId, isHoping)
  return (
    <EnteringFrame>
      {isHoping && (
        <noscript>
          <meta httpEquiv="refresh" content="20" />
        </noscript>
      )}
      <h1 tabIndex={-1}>{t(`waiting.${stage}.title`)}</h1>
      <div className="mt-4">
        <LocalizedTitle text={view.title} className="font-semibold" />
        <ClockTable startsAt={view.startsAt} endsAt={null} places={view.places} own={timeZone} />
      </div>
      <p role="status" className="mt-4 max-w-[60ch]">
        {t(`waiting.${stage}.text`)}
      </p>
      {isHoping && (
        <p className="mt-2 text-[13px] text-ink-2">
          {t(`waiting.${stage === 'refused' ? 'ifLetIn' : 'byItself'}`)}
        </p>
      )}
      {isWaiting && (
        <section aria-labelledby="line-check" className="mt-8 border-t border-line pt-6">
          <h2 id="line-check">{t('check.title')}</h2>
          <p className="mt-1 text-ink-2">{t('check.meanwhile')}</p>
          <LineCheck workshopId={view.workshopId} />
        </section>
      )}
      {isGuest && (
        <p className="mt-6">
          <LeaveLink workshopId={view.workshopId} />
        </p>
      )}
      {/* of the product behind it a guest knows nothing */}
      {stage === 'over' && !isGuest && (
        <p className="mt-6">
          <ButtonLink to="/" look="quiet">
            {t('waiting.leave')}
          </ButtonLink>
        </p>
      )}
    </EnteringFrame>
  )
}

function stageOf({ door, status }: DoorView): Stage {
  if (status === 'closed' || status === 'cancelled') return 'over'
  if (door === 'refused') return 'refused'
  return status === 'live' ? 'live' : 'early'
}
