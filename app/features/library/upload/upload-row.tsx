import { useTranslation } from 'react-i18next'
import { Button } from '../../../components/button'
import { useFileWords } from '../file-words'
import { ReasonWords } from './reason-words'
import type { Upload, UploadDesk } from './upload-desk'
import { mayTryAgain, secondsLeft, type UploadPhase, type UploadState } from './upload-machine'

/** One file on its way: how far it is, what holds it up, and what can be done. */
export function UploadRow({ upload, desk }: { upload: Upload; desk: UploadDesk }) {
  const { t } = useTranslation('library')
  const { key, job, state } = upload
  const { phase, reason } = state
  const tell = (is: 'pause' | 'go-on' | 'give-up') => () => desk.tell(key, { is })
  const isRefused = phase === 'refused' && reason !== null
  return (
    <li
      data-upload={phase}
      className={`grid gap-2 rounded-lg px-3.5 py-3 ${isRefused ? 'border-l-[3px] border-danger bg-danger-wash' : 'border border-line bg-paper'}`}
    >
      <div className="grid gap-x-4 gap-y-2 sheet:grid-cols-[minmax(0,1fr)_auto]">
        <div className="grid min-w-0 content-start gap-0.5">
          <p lang={job.lang} className="font-medium [overflow-wrap:anywhere]">
            {job.file.name}
          </p>
          {/* said when it changes, unlike the bar, which may be asked */}
          <div role="status" className="text-[13px] text-ink-2">
            {isRefused ? <ReasonWords reason={reason} /> : <PhaseWords phase={phase} />}
          </div>
        </div>
        <p className="flex flex-wrap content-start gap-2">
          {PAUSABLE.includes(phase) && (
            <Button type="button" look="quiet" onClick={tell('pause')}>
              {t('upload.pause')}
            </Button>
          )}
          {(phase === 'paused' || mayTryAgain(state)) && (
            <Button type="button" look="quiet" onClick={tell('go-on')}>
              {phase === 'paused' ? t('upload.goOn') : t('upload.tryAgain')}
            </Button>
          )}
          {CLOSED.includes(phase) ? (
            <Button type="button" look="quiet" onClick={() => desk.forget(key)}>
              {t('upload.close')}
            </Button>
          ) : (
            <Button type="button" look="quiet" onClick={tell('give-up')}>
              {t('upload.giveUp')}
            </Button>
          )}
        </p>
      </div>
      {!isRefused && <Progress name={job.file.name} state={state} />}
    </li>
  )
}

const PAUSABLE: readonly UploadPhase[] = ['queued', 'sending', 'waiting']
const CLOSED: readonly UploadPhase[] = ['arrived', 'ended', 'refused']

function PhaseWords({ phase }: { phase: UploadPhase }) {
  const { t } = useTranslation('library')
  return phase === 'refused' || phase === 'dropped' ? null : t(`upload.phase.${phase}`)
}

function Progress({ name, state }: { name: string; state: UploadState }) {
  const text = useProgressText(state)
  const share = state.bytes === 0 ? 0 : state.sent / state.bytes
  return (
    <div className="grid gap-1.5">
      <div
        role="progressbar"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
        aria-valuetext={text}
        className="h-1.5 overflow-hidden rounded-full bg-wash forced-colors:border"
      >
        <div
          className={`h-full origin-left rounded-full ${state.phase === 'sending' ? 'bg-accent' : 'bg-line-control'}`}
          style={{ transform: `scaleX(${share.toFixed(4)})` }}
        />
      </div>
      <p aria-hidden="true" className="text-[13px] text-ink-2">
        {text}
      </p>
    </div>
  )
}

/** «1,3 из 4,0 МБ, осталось ~2 мин». */
function useProgressText(state: UploadState): string {
  const { t } = useTranslation('library')
  const words = useFileWords()
  const part = words.sizes(state.sent, state.bytes)
  const seconds = state.phase === 'sending' ? secondsLeft(state) : null
  if (seconds === null) return t('upload.part', part)
  if (seconds < 60) return t('upload.partSoon', part)
  const minutes = Math.round(seconds / 60)
  return minutes < 90
    ? t('upload.partMinutes', { ...part, minutes })
    : t('upload.partHours', { ...part, hours: Math.round(minutes / 60) })
}
