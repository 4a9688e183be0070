import { useEffect, useId, useRef, useState } from 'react'
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
  const { given, rest } = useResting()
  if (status !== 'live') return null
  async function give(pulse: Pulse) {
    if (doing.busy || given.includes(pulse)) return
    const answer = await doing.ask({ act: 'pulse', pulse })
    if (isOk(answer)) rest(pulse)
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

/** Which signs have been given and count still, each for its own time. */
function useResting() {
  const [given, setGiven] = useState<readonly Pulse[]>([])
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>())
  useEffect(() => {
    const running = timers.current
    return () => {
      for (const timer of running) clearTimeout(timer)
      running.clear()
    }
  }, [])
  function rest(pulse: Pulse) {
    setGiven((known) => [...known, pulse])
    const timer = setTimeout(() => {
      timers.current.delete(timer)
      setGiven((known) => known.filter((each) => each !== pulse))
    }, PULSE_MS)
    timers.current.add(timer)
  }
  return { given, rest }
}

/** The same in one line, to whoever speaks and does not run the room: told where there is anything. */
export function PulseLine() {
  const { t } = useTranslation('room-panels')
  const { pulse, may, staff, status } = useRoomState()
  if (staff || !may.present || status !== 'live' || !pulse) return null
  const signs = PULSES.filter((sign) => pulse[sign] > 0)
  if (signs.length === 0) return null
  return (
    // never read out of itself: whoever reads it is speaking
    <p className="mt-1 text-[13px]">
      <span className="text-ink-2">{t('pulse.gauge')}:</span>{' '}
      {signs.map((sign) => `${t(`pulse.${sign}`)}: ${pulse[sign]}`).join(' · ')}
    </p>
  )
}
