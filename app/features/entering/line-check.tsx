import { useRouteLoaderData } from '@remix-run/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'
import { Chip, type ChipTone } from '../../components/chip'
import { useReader } from '../../lib/format'
import { useHydrated } from '../../lib/hydrated'
import type { loader as rootLoader } from '../../root'
import { type LineMeasured, type LineVerdict, verdictOf } from './line-verdict'
import { measureLine } from './measure-line'

type State = 'idle' | 'measuring' | 'failed' | LineMeasured

/** What this line will carry, in words, from what is measured when one asks for it. */
export function LineCheck({ workshopId }: { workshopId: string }) {
  const { t } = useTranslation('entering')
  const saver = useRouteLoaderData<typeof rootLoader>('root')?.dataSaver ?? false
  const [state, setState] = useState<State>('idle')
  // it measures by scripts
  const isLive = useHydrated()
  const measure = async () => {
    setState('measuring')
    try {
      setState(await measureLine(`/workshops/${workshopId}/measure`, saver))
    } catch {
      setState('failed')
    }
  }
  return (
    <div className="mt-4 grid justify-items-start gap-4">
      <noscript>
        <p>{t('check.withoutScripts')}</p>
      </noscript>
      {isLive && (
        <div>
          <Button
            type="button"
            look="quiet"
            aria-disabled={state === 'measuring'}
            onClick={() => state !== 'measuring' && measure()}
          >
            {t(state === 'idle' ? 'check.begin' : 'check.again')}
          </Button>
          <p className="mt-2 text-[13px] text-ink-2">
            {t(saver ? 'check.fewBytes' : 'check.bytes')}
          </p>
        </div>
      )}
      <div role="status" className="w-full">
        {state === 'measuring' && <p>{t('check.measuring')}</p>}
        {state === 'failed' && <p>{t('check.failed')}</p>}
        {typeof state === 'object' && <Verdict line={state} />}
      </div>
    </div>
  )
}

/** A slide that takes longer than that is talked about before it is there. */
const LATE_SECONDS = 5

const TONES: Record<string, ChipTone> = { yes: 'ok', late: 'plain', perhaps: 'plain', no: 'plain' }

function Verdict({ line }: { line: LineMeasured }) {
  const { t } = useTranslation('entering')
  const number = new Intl.NumberFormat(useReader().lang)
  const verdict: LineVerdict = verdictOf(line)
  const rows = [
    ['text', verdict.text, t(`check.text.${verdict.text}`)],
    [
      'slides',
      verdict.slideSeconds > LATE_SECONDS ? 'late' : 'yes',
      t('check.slides.each', { count: verdict.slideSeconds }),
    ],
    ['sound', verdict.sound, t(`check.sound.${verdict.sound}`)],
    ['video', verdict.video, t(`check.video.${verdict.video}`)],
  ] as const
  return (
    <>
      <dl className="divide-y divide-line rounded-card border border-line bg-surface">
        {rows.map(([name, answer, words]) => (
          <div key={name} className="px-4 py-3 sheet:flex sheet:gap-6">
            <dt className="min-w-[200px] font-medium">{t(`check.name.${name}`)}</dt>
            <dd className="flex-1">
              <span className="mr-2">
                <Chip tone={TONES[answer] ?? 'plain'}>{t(`check.answer.${answer}`)}</Chip>
              </span>
              {words}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-[13px] text-ink-2">
        {t('check.numbers', {
          latency: number.format(line.latencyMs),
          down: number.format(line.downKbps),
          up: number.format(line.upKbps),
        })}
      </p>
    </>
  )
}
