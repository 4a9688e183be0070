import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PULSE_MS, PULSES, type Pulse } from '../../../../shared/workshops'
import { Button } from '../../../components/button'
import { isOk } from '../../../lib/ask'
import { useRoomState } from '../room-context'
import { ProblemLine } from './problem-line'
import { useDoing } from './use-doing'

/** Two signs to whoever runs the room, without a name; each rests for as long as it counts. */
export function PulseButtons() {
  const { t } = useTranslation('room-panels')
  const { status } = useRoomState()
  const hint = useId()
  const doing = useDoing()
  const [given, setGiven] = useState<readonly Pulse[]>([])
  useEffect(() => {
    if (given.length === 0) return
    const timer = setTimeout(() => setGiven([]), PULSE_MS)
    return () => clearTimeout(timer)
  }, [given])
  if (status !== 'live') return null
  async function give(pulse: Pulse) {
    if (doing.busy || given.includes(pulse)) return
    const answer = await doing.ask({ act: 'pulse', pulse })
    if (isOk(answer)) setGiven((known) => [...known, pulse])
  }
  return (
    <fieldset aria-label={t('pulse.label')} aria-describedby={hint} className="contents">
      <div className="flex flex-wrap gap-1.5">
        {PULSES.map((pulse) => (
          <Button
            key={pulse}
            type="button"
            look="quiet"
            className="px-1.5! text-[13px] sheet:px-3!"
            aria-disabled={given.includes(pulse) || undefined}
            onClick={() => void give(pulse)}
          >
            {t(`pulse.${pulse}`)}
          </Button>
        ))}
      </div>
      <span id={hint} className="sr-only">
        {t('pulse.promise')}
      </span>
      <p role="status" className="basis-full text-[13px] text-ink-2 empty:hidden">
        {given.length > 0 && t('pulse.given')}
      </p>
      <ProblemLine code={doing.problem} />
    </fieldset>
  )
}

/** How the room feels, to whoever runs it: counts of the last minutes, of how many who are there. */
export function PulseGauge() {
  const { t } = useTranslation('room-panels')
  const { pulse, here, staff, status } = useRoomState()
  if (!staff || status !== 'live') return null
  const counts = pulse ?? { too_fast: 0, lost: 0 }
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
