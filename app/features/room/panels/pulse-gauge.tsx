import { useTranslation } from 'react-i18next'
import { PULSES } from '../../../../shared/workshops'
import { useRoomState } from '../room-context'

/** How the room feels, to whoever runs it: counts of the last minutes, of how many who are there. */
export function PulseGauge() {
  const { t } = useTranslation('room-panels')
  const { pulse: counts, here, staff, status } = useRoomState()
  // what is not known yet is no zero
  if (!staff || status !== 'live' || !counts) return null
  return (
    <section aria-label={t('pulse.gauge')} className="grid gap-1.5">
      <h3>{t('pulse.gauge')}</h3>
      <dl className="grid gap-1.5">
        {PULSES.map((sign) => {
          const share = Math.min(
            100,
            Math.round((100 * counts[sign]) / Math.max(1, here?.count ?? 1)),
          )
          return (
            <div key={sign} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3">
              <dt>{t(`pulse.${sign}`)}</dt>
              <dd className="font-semibold tabular-nums">{counts[sign]}</dd>
              <span aria-hidden="true" className="col-span-2 h-1.5 rounded-full bg-wash">
                <span
                  className="block h-1.5 rounded-full bg-line-control"
                  style={{ width: `${share}%` }}
                />
              </span>
            </div>
          )
        })}
      </dl>
      <p className="text-[13px] text-ink-2">{t('pulse.window')}</p>
    </section>
  )
}
